package vectors_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/travelseal/travelseal/internal/vectors"
)

// module makes a module root with a package folder two levels down, and goes there.
func module(t *testing.T) (root string) {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	pkg := filepath.Join(root, "repo", "internal", "x")
	if err := os.MkdirAll(pkg, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, "repo", "go.mod"), []byte("module m\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Chdir(pkg)
	return root
}

func TestDirTakesRelativePathsFromTheModuleRoot(t *testing.T) {
	root := module(t)
	for _, dir := range []string{"shared/vectors", "repo/here"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for env, want := range map[string]string{
		"":                            "shared/vectors", // the default
		"here":                        "repo/here",
		"../shared/vectors":           "shared/vectors",
		filepath.Join(root, "shared"): "shared",
	} {
		t.Setenv(vectors.Env, env)
		if got := vectors.Dir(t); got != filepath.Join(root, want) {
			t.Errorf("%q: %q, want %q", env, got, filepath.Join(root, want))
		}
	}
}

func TestDirSkipsWhereThereAreNoCases(t *testing.T) {
	root := module(t)
	file := filepath.Join(root, "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for name, env := range map[string]string{"default": "", "absent": "nowhere", "a file": file} {
		t.Run(name, func(t *testing.T) {
			t.Setenv(vectors.Env, env)
			defer func() {
				if !t.Skipped() {
					t.Error("the test was not skipped")
				}
			}()
			vectors.Dir(t)
		})
	}
}
