package trustlist_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/travelseal/travelseal/trustlist"
)

// opener takes files that begin with a word, by their paths, and notes how much it was shown of each file.
func opener(shown *[]int, stores ...trustlist.RevocationStore) trustlist.Importer {
	return trustlist.Importer{
		Name: "test",
		Detect: func(head []byte) bool {
			*shown = append(*shown, len(head))
			return bytes.HasPrefix(head, []byte("large list"))
		},
		Open: func(path string) (trustlist.Opened, error) {
			if filepath.Base(path) == "broken" {
				return trustlist.Opened{}, errors.New("it is broken")
			}
			m := trustlist.Material{Stores: stores, Dropped: []trustlist.Dropped{{Source: filepath.Base(path)}}}
			return trustlist.Opened{Material: m, SHA256: [32]byte{1}}, nil
		},
	}
}

func TestAnImporterTakesAFileOfAnySizeByItsPath(t *testing.T) {
	var shown []int
	loader := trustlist.Loader{Importers: []trustlist.Importer{opener(&shown, holding("uci 1"))}}
	dir := t.TempDir()
	large := write(t, dir, "large", []byte("large list"))
	if err := os.Truncate(large, trustlist.MaxFile+1); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "signer.pem", utopia.Vaccination.PEM())
	write(t, dir, "empty", nil)
	s, err := loader.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Revoked(handles("uci", "1"), time.Time{}, nextUpdate).State; got != trustlist.Revoked {
		t.Error(got)
	}
	if len(s.Anchors()) != 1 || len(s.Dropped()) != 2 { // the empty file, and what the importer says
		t.Errorf("%d anchors, dropped %v", len(s.Anchors()), s.Dropped())
	}
	named, pem := [32]byte{1}, sha256.Sum256(utopia.Vaccination.PEM())
	if want := sha256.Sum256(append(named[:], pem[:]...)); s.Info().SHA256 != want {
		t.Errorf("digest %x, want %x", s.Info().SHA256, want)
	}
	for _, n := range shown {
		if n > trustlist.DetectSize {
			t.Errorf("%d bytes were shown", n)
		}
	}
	if len(shown) != 3 {
		t.Errorf("shown %v", shown)
	}
}

func TestAFileThatAnImporterCannotOpenStopsTheLoading(t *testing.T) {
	var shown []int
	loader := trustlist.Loader{Importers: []trustlist.Importer{opener(&shown)}}
	dir := t.TempDir()
	broken := write(t, dir, "broken", []byte("large list"))
	write(t, dir, "signer.pem", utopia.Vaccination.PEM())
	for _, path := range []string{dir, broken} {
		var le *trustlist.LoadError
		if s, err := loader.Load(path); s != nil || !errors.As(err, &le) || le.Source != broken {
			t.Errorf("%v", err)
		}
	}
}
