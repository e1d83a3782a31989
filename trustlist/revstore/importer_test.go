package revstore_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/outside"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/all"
	"github.com/travelseal/travelseal/trustlist/revstore"
)

var moment = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

// folder holds a certificate and a store with "revoked", as "list.revocations".
func folder(t *testing.T) (dir string, sum [sha256.Size]byte) {
	t.Helper()
	dir = t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "signer.pem"), mint.Fresh("signer").PEM(), 0o600); err != nil {
		t.Fatal(err)
	}
	b, err := revstore.NewBuilder(revstore.BuildOptions{TempDir: dir, Created: moment, NextUpdate: moment.AddDate(0, 0, 7)})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	h := sha256.Sum256([]byte("revoked"))
	if err := b.Add("dcc.uci", [trustlist.HashSize]byte(h[:]), time.Time{}); err != nil {
		t.Fatal(err)
	}
	sum, err = b.Build(context.Background(), filepath.Join(dir, "list.revocations"))
	if err != nil {
		t.Fatal(err)
	}
	return dir, sum
}

func asked(s *trustlist.Snapshot, data string, at time.Time) trustlist.RevocationState {
	return s.Revoked([]formats.Handle{{Kind: "dcc.uci", Data: []byte(data)}}, time.Time{}, at).State
}

func TestAStoreIsLoadedAsTrustMaterial(t *testing.T) {
	dir, sum := folder(t)
	pem, err := os.ReadFile(filepath.Join(dir, "signer.pem"))
	if err != nil {
		t.Fatal(err)
	}
	list, signer := filepath.Join(dir, "list.revocations"), sha256.Sum256(pem)
	for name, paths := range map[string][]string{"a folder": {dir}, "files": {list, filepath.Join(dir, "signer.pem")}} {
		s, err := all.Loader().Load(paths...)
		if err != nil {
			t.Fatal(err)
		}
		if len(s.Anchors()) != 1 || len(s.Dropped()) != 0 {
			t.Errorf("%s: %d anchors, dropped %v", name, len(s.Anchors()), s.Dropped())
		}
		if s.Info().SHA256 != sha256.Sum256(append(sum[:], signer[:]...)) {
			t.Errorf("%s: the digest of the list does not name the store", name)
		}
		for data, want := range map[string]trustlist.RevocationState{"revoked": trustlist.Revoked, "other": trustlist.Good} {
			if got := asked(s, data, moment); got != want {
				t.Errorf("%s: %s is %v", name, data, got)
			}
		}
		if got := asked(s, "other", moment.AddDate(0, 1, 0)); got != trustlist.Unavailable {
			t.Errorf("%s: a stale store is %v", name, got)
		}
	}
	alone, err := all.Loader().Load(list)
	if err != nil || asked(alone, "revoked", moment) != trustlist.Revoked {
		t.Errorf("alone: %v", err)
	}
}

// What cannot be read is never an empty list.
func TestABrokenStoreStopsTheLoading(t *testing.T) {
	dir, sum := folder(t)
	path := filepath.Join(dir, "list.revocations")
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	changed := func(i int) []byte {
		d := append([]byte(nil), good...)
		d[i] ^= 1
		return d
	}
	for name, data := range map[string][]byte{
		"cut": good[:len(good)-1], "the header alone": good[:4096], "the magic alone": good[:8], "a row": changed(4096 + 15), "the header": changed(20), "longer": append(good[:len(good):len(good)], 0),
	} {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, p := range []string{dir, path} {
			var le *trustlist.LoadError
			if s, err := all.Loader().Load(p); s != nil || !errors.As(err, &le) || !errors.Is(err, revstore.ErrDamaged) || le.Source != path {
				t.Errorf("%s: %v", name, err)
			}
		}
	}

	// A caller that has verified the store spares reading it, and answers for it.
	if err := os.WriteFile(path, changed(4096+15), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, known := range [][32]byte{{}, sha256.Sum256(good)} {
		if _, err := (trustlist.Loader{Importers: []trustlist.Importer{revstore.Importer(known)}}).Load(path); !errors.Is(err, revstore.ErrDamaged) {
			t.Errorf("another digest is known: %v", err)
		}
	}
	if err := os.WriteFile(path, good, 0o600); err != nil {
		t.Fatal(err)
	}
	if s, err := (trustlist.Loader{Importers: []trustlist.Importer{revstore.Importer(sum)}}).Load(path); err != nil || asked(s, "revoked", moment) != trustlist.Revoked {
		t.Errorf("%v", err)
	}
}

// A store that is cut later answers "unavailable".
func TestAStoreThatIsCutAfterLoadingIsUnavailable(t *testing.T) {
	dir, _ := folder(t)
	s, err := all.Loader().Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(filepath.Join(dir, "list.revocations"), 4096); err != nil {
		outside.Absent(t, "This system does not cut files that are open: "+err.Error())
	}
	a := s.Revoked([]formats.Handle{{Kind: "dcc.uci", Data: []byte("revoked")}}, time.Time{}, moment)
	if a.State != trustlist.Unavailable || !strings.Contains(a.Detail, "cut") || strings.Contains(a.Detail, dir) {
		t.Errorf("%v, %q", a.State, a.Detail)
	}
}

// A partial store proves revocations and no more. One that is out of date says so, of documents of its kinds alone.
func TestAPartialStoreSaysNothingOfOthers(t *testing.T) {
	dir := t.TempDir()
	b, err := revstore.NewBuilder(revstore.BuildOptions{TempDir: dir, NextUpdate: moment.AddDate(0, 0, 7), Partial: true})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	h := sha256.Sum256([]byte("revoked"))
	if err := b.Add("dcc.uci", [trustlist.HashSize]byte(h[:]), time.Time{}); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "partial.srt")
	if _, err := b.Build(context.Background(), path); err != nil {
		t.Fatal(err)
	}
	s, err := all.Loader().Load(path)
	if err != nil {
		t.Fatal(err)
	}
	late := moment.AddDate(0, 1, 0)
	for _, c := range []struct {
		kind, data string
		at         time.Time
		want       trustlist.RevocationState
	}{
		{"dcc.uci", "revoked", moment, trustlist.Revoked}, {"dcc.uci", "revoked", late, trustlist.Revoked}, {"dcc.uci", "other", moment, trustlist.NotConfigured},
		{"dcc.uci", "other", late, trustlist.Unavailable}, {"shc.rid", "revoked", moment, trustlist.NotConfigured}, {"shc.rid", "other", late, trustlist.NotConfigured},
	} {
		if got := s.Revoked([]formats.Handle{{Kind: c.kind, Data: []byte(c.data)}}, time.Time{}, c.at).State; got != c.want {
			t.Errorf("%s %s at %s is %v, want %v", c.kind, c.data, c.at, got, c.want)
		}
	}
	if i := s.RevocationLists(); len(i) != 1 || !i[0].Partial || i[0].Kinds["dcc.uci"] != 1 || i[0].Name != trustlist.StoreList {
		t.Errorf("%+v", i)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	data[40] = 2 // and the header sealed again
	sum := sha256.Sum256(data[:4064])
	copy(data[4064:], sum[:])
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := revstore.Open(path); !errors.Is(err, revstore.ErrDamaged) {
		t.Errorf("another mark: %v", err)
	}
}
