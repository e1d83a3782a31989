package vectors

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// Env names the environment variable that holds the folder of the cases. A relative path is taken from the root of the
// module, so that one value serves the tests of every package.
const Env = "TRAVELSEAL_VECTORS"

const defaultDir = "../shared/vectors"

// Dir returns the folder of the cases. It skips the test where there is none.
func Dir(t testing.TB) string {
	t.Helper()
	dir := os.Getenv(Env)
	if dir == "" {
		dir = defaultDir
	}
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(moduleRoot(t), dir)
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		t.Skipf("The third-party test cases are not on this machine; set %s to their folder to run this test.", Env)
	}
	return dir
}

// moduleRoot is the nearest folder at or above the working directory that holds a go.mod.
func moduleRoot(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		_, err := os.Stat(filepath.Join(dir, "go.mod"))
		if err == nil {
			return dir
		}
		if !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("no go.mod at or above the working directory")
		}
		dir = parent
	}
}

// A record is one line of a cases.jsonl file and the folder that it stands in.
type record struct {
	folder string
	number int // of the line, from 1
	line   []byte
}

// records reads every <half>/<suite>/cases.jsonl, in the order of the suites' names and then of their lines.
func records(t testing.TB, half string) []record {
	t.Helper()
	dir := filepath.Join(Dir(t), half)
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []record
	for _, e := range entries {
		folder := filepath.Join(dir, e.Name())
		text, err := os.ReadFile(filepath.Join(folder, "cases.jsonl"))
		if errors.Is(err, fs.ErrNotExist) || !e.IsDir() {
			continue // a suite in another form, or a README
		}
		if err != nil {
			t.Fatal(err)
		}
		number := 0
		for line := range bytes.Lines(text) {
			number++
			if len(bytes.TrimSpace(line)) > 0 {
				all = append(all, record{folder, number, line})
			}
		}
	}
	return all
}

// decode reads a record into v.
func (r record) decode(t testing.TB, v any) {
	t.Helper()
	if err := json.Unmarshal(r.line, v); err != nil {
		t.Fatalf("%s: line %d: %v", filepath.Join(r.folder, "cases.jsonl"), r.number, err)
	}
}
