package mobile_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/internal/mint/mobile"
)

const committed = "../../../testdata"

func TestCasesHaveNamesOfTheirOwnAndSoundWants(t *testing.T) {
	allowed := map[string][]string{
		"authentic": {"accept", "refer", "reject"}, "invalid": {"reject"}, "untrusted": {"refer"},
		"indeterminate": {"refer"}, "unreadable": {"refer"},
	}
	names, texts := map[string]bool{}, map[string]string{}
	for _, c := range mobile.Cases() {
		if names[c.Name] || texts[c.Text] != "" {
			t.Errorf("%s has the name or the content of %q", c.Name, texts[c.Text])
		}
		names[c.Name], texts[c.Text] = true, c.Name
		if !slices.Contains(allowed[c.Want.Status], c.Want.Verdict) {
			t.Errorf("%s: %s and %s do not go together", c.Name, c.Want.Status, c.Want.Verdict)
		}
		if (c.Want.Verdict == "accept") != (c.Want.Code == "") || c.About == "" {
			t.Errorf("%s: a document that is not accepted has a code, and each says what it is", c.Name)
		}
	}
}

func TestTheCommittedTestdataAreWhatTheGeneratorWrites(t *testing.T) {
	dir := t.TempDir()
	if err := mobile.WriteTestdata(dir); err != nil {
		t.Fatal(err)
	}
	size := 0
	written := readAll(t, dir)
	for name, want := range written {
		size += len(want)
		got, err := os.ReadFile(filepath.Join(committed, filepath.FromSlash(name)))
		if err != nil {
			t.Errorf("testdata/%s is missing: run go generate ./internal/mint (%v)", name, err)
		} else if !bytes.Equal(got, want) {
			t.Errorf("testdata/%s is not what the generator writes: run go generate ./internal/mint", name)
		}
	}
	if size > 1<<20 {
		t.Errorf("%d bytes", size)
	}
	for _, folder := range []string{"mdoc/", "trust/mdoc/"} {
		for name := range readAll(t, filepath.Join(committed, folder)) {
			if _, ok := written[folder+name]; !ok {
				t.Errorf("testdata/%s%s is not written by the generator: remove it, or add it to the cases", folder, name)
			}
		}
	}
}

func TestAFolderThatCannotBeWrittenIsAnError(t *testing.T) {
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := mobile.WriteTestdata(blocked); err == nil {
		t.Error("no error")
	}
}

// readAll reads every file below a folder, by its path with slashes.
func readAll(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files[name], err = os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
