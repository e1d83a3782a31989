package vectors

import (
	"os"
	"path/filepath"
	"testing"
)

// Sample reads published trust material by its path within the folder trust-samples, which lies beside that of the cases. It
// skips the test where the file is absent.
func Sample(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(samplesDir(t), filepath.FromSlash(name)))
	if err != nil {
		t.Skipf("Published trust material is not on this machine: %s", name)
	}
	return data
}

// Samples gives the names of published trust material that match a pattern, as [Sample] takes them. It skips the test
// where there is none.
func Samples(t testing.TB, pattern string) []string {
	t.Helper()
	dir := samplesDir(t)
	paths, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(pattern)))
	if err != nil {
		t.Fatal(err)
	}
	if len(paths) == 0 {
		t.Skipf("Published trust material is not on this machine: %s", pattern)
	}
	for i, p := range paths {
		rel, err := filepath.Rel(dir, p)
		if err != nil {
			t.Fatal(err)
		}
		paths[i] = filepath.ToSlash(rel)
	}
	return paths
}

func samplesDir(t testing.TB) string {
	t.Helper()
	return filepath.Join(filepath.Dir(Dir(t)), "trust-samples")
}
