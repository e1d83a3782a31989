package mint_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/internal/mint"
)

const committed = "../../testdata"

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

func TestTheCommittedTestdataAreWhatTheGeneratorWrites(t *testing.T) {
	dir := t.TempDir()
	if err := mint.WriteTestdata(dir); err != nil {
		t.Fatal(err)
	}
	for name, want := range readAll(t, dir) {
		got, err := os.ReadFile(filepath.Join(committed, filepath.FromSlash(name)))
		if err != nil {
			t.Errorf("testdata/%s is missing: run go generate ./internal/mint (%v)", name, err)
		} else if !bytes.Equal(got, want) {
			t.Errorf("testdata/%s is not what the generator writes: run go generate ./internal/mint", name)
		}
	}
}

// folders are the formats that the testdata have documents of.
var folders = []string{"eu-dcc", "mrz", "shc", "shlink", "nzcp", "vdsnc", "who-ddcc", "who-dvc", "at-ve", "ch-light", "divoc", "bcbp", "2ddoc"}

func TestNoFileIsLeftOverFromAnEarlierGenerator(t *testing.T) {
	dir := t.TempDir()
	if err := mint.WriteTestdata(dir); err != nil {
		t.Fatal(err)
	}
	for _, folder := range folders {
		written := readAll(t, filepath.Join(dir, folder))
		for name := range readAll(t, filepath.Join(committed, folder)) {
			if _, ok := written[name]; !ok {
				t.Errorf("testdata/%s/%s is not written by the generator: remove it, or add it to the cases", folder, name)
			}
		}
	}
}

func TestTheManifestsNameEveryFile(t *testing.T) {
	for _, folder := range folders {
		t.Run(folder, func(t *testing.T) { manifestNamesEveryFile(t, folder) })
	}
}

func manifestNamesEveryFile(t *testing.T, folder string) {
	files := readAll(t, filepath.Join(committed, folder))
	var manifest struct {
		Cases []struct {
			Name    string
			Picture bool
		}
		Pictures []struct {
			Name  string
			Holds []string
		}
	}
	if err := json.Unmarshal(files["cases.json"], &manifest); err != nil {
		t.Fatal(err)
	}
	named := []string{"cases.json"}
	var cases []string
	for _, c := range manifest.Cases {
		cases = append(cases, c.Name)
		named = append(named, c.Name+".txt")
		if c.Picture {
			named = append(named, c.Name+".png")
		}
	}
	for _, p := range manifest.Pictures {
		named = append(named, p.Name+".png")
		for _, held := range p.Holds {
			if !slices.Contains(cases, held) {
				t.Errorf("%s holds %s, which is no case", p.Name, held)
			}
		}
	}
	if len(named) != len(files) {
		t.Errorf("%d files are named, %d are there", len(named), len(files))
	}
	for _, name := range named {
		if _, ok := files[name]; !ok {
			t.Errorf("%s is named and not there", name)
		}
	}
}

func TestTheTestdataStaySmall(t *testing.T) {
	for _, folder := range folders {
		size := 0
		for _, data := range readAll(t, filepath.Join(committed, folder)) {
			size += len(data)
		}
		if size > 1<<20 {
			t.Errorf("testdata/%s has %d bytes", folder, size)
		}
	}
}

func TestAFolderThatCannotBeWrittenIsAnError(t *testing.T) {
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := mint.WriteTestdata(blocked); err == nil {
		t.Error("no error")
	}
}
