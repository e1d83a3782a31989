package formatstest

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/all"
	"github.com/travelseal/travelseal/internal/strict/json"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// A Suite is one format with what the suite must know to attack it.
type Suite struct {
	Format formats.Format
	// Layers are the encodings around the signed bytes, outermost first. Mutations are made inside each.
	Layers []Layer
	// Idle names the bits that may change without effect, by layer and place; "" means that there must be an effect. The
	// layer of a file is its name.
	Idle func(layer string, data []byte, bit int) string
	// Alphabet and Unseen are for a Format that is Unsealed, whose check digits are all that a change meets. Every byte of a
	// sound document is replaced by every byte of Alphabet; Unseen says why the check digits cannot notice that, and ""
	// means that they must.
	Alphabet string
	Unseen   func(data []byte, at int, to byte) string
}

// A Layer reaches the bytes inside one encoding and puts changed ones back.
type Layer struct {
	Name   string
	Unwrap func(outer []byte) ([]byte, error)
	Wrap   func(inner []byte) []byte
}

// A Case is one document of a manifest: a text, or the files of a folder.
type Case struct {
	Name  string
	Want  Want
	Data  []byte         // of a text
	Files []formats.File // of a folder, in the order of the manifest; or the one file that is no text
}

// Input is what the Case presents.
func (c Case) Input() formats.Input {
	if c.Files != nil {
		return formats.Input{Files: c.Files}
	}
	return formats.Bytes(c.Data)
}

// Want is what the manifest says of a Case.
type Want struct {
	Status  string `json:"status"`
	Verdict string `json:"verdict"`
	Code    string `json:"code"`
}

// A Corpus is the minted documents of one format with the moment and the trust that they were made for.
type Corpus struct {
	AsOf     time.Time
	Cases    []Case
	Verifier *verify.Verifier
}

// Root is the repository's root, found upwards from the test's folder.
func Root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above the test's folder")
		}
	}
}

// Load reads the corpus of one kind of document and builds a Verifier of every format with the trust of testdata/trust.
func Load(t testing.TB, id formats.ID) Corpus {
	t.Helper()
	dir := filepath.Join(Root(t), "testdata", string(id))
	text, err := os.ReadFile(filepath.Join(dir, "cases.json"))
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		AsOf  time.Time `json:"as_of"`
		Cases []struct {
			Name  string   `json:"name"`
			Want  Want     `json:"want"`
			Files []string `json:"files"` // of the folder of that name; none where the document is a text
			File  string   `json:"file"`  // where the document is one file that is no text
		} `json:"cases"`
	}
	if err := json.Unmarshal(text, &manifest, json.Limits{Depth: 8, Items: 100_000}); err != nil {
		t.Fatal(err)
	}
	c := Corpus{AsOf: manifest.AsOf, Verifier: Verifier(t, manifest.AsOf)}
	for _, m := range manifest.Cases {
		one := Case{Name: m.Name, Want: m.Want}
		switch {
		case m.File != "":
			one.Files = []formats.File{{Name: m.File, Data: read(t, dir, m.File)}}
		case len(m.Files) == 0:
			one.Data = trimLineEnd(read(t, dir, m.Name+".txt"))
		}
		for _, name := range m.Files {
			one.Files = append(one.Files, formats.File{Name: name, Data: read(t, dir, m.Name, name)})
		}
		c.Cases = append(c.Cases, one)
	}
	if len(c.Cases) == 0 {
		t.Fatalf("%s names no case", dir)
	}
	return c
}

func read(t testing.TB, path ...string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func trimLineEnd(b []byte) []byte {
	if n := len(b); n > 0 && b[n-1] == '\n' {
		return b[:n-1]
	}
	return b
}

// Verifier is a Verifier of every format with the trust of testdata/trust and the folders in it, the default policy and a fixed clock.
func Verifier(t testing.TB, now time.Time) *verify.Verifier { return verifier(t, all.Set(), now) }

// set is every format, and the Suite's own where it is not one of them.
func (s Suite) set(t testing.TB) *formats.Set {
	t.Helper()
	if _, listed := all.Set().Lookup(s.Format.ID); listed {
		return all.Set()
	}
	set, err := formats.NewSet(append(all.Formats(), s.Format)...)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// trustFolders are testdata/trust and the folders in it: the signers of the formats, and the authorities of some.
func trustFolders(t testing.TB) []string {
	t.Helper()
	root := filepath.Join(Root(t), "testdata", "trust")
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	folders := []string{root}
	for _, e := range entries {
		if e.IsDir() {
			folders = append(folders, filepath.Join(root, e.Name()))
		}
	}
	return folders
}

func verifier(t testing.TB, set *formats.Set, now time.Time) *verify.Verifier {
	t.Helper()
	trust, err := trustlist.Load(trustFolders(t)...)
	if err != nil {
		t.Fatal(err)
	}
	v, err := verify.New(verify.Config{
		Formats: set, Trust: trust, Policy: verify.DefaultPolicy(set.IDs()...), Now: func() time.Time { return now },
	})
	if err != nil {
		t.Fatal(err)
	}
	return v
}
