package shcrev_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/lists"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/shcrev"
)

const kid = "3Kfdg-XwP-7gXyywtUfUADwBumDOPKMQx-iELL11W9s"

func load(t *testing.T, pinned bool, files map[string][]byte) (*trustlist.Snapshot, error) {
	t.Helper()
	dir := t.TempDir()
	var pins []byte
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
		pins = fmt.Appendf(pins, "%x  %s\n", sha256.Sum256(data), name)
	}
	if pinned {
		if err := os.WriteFile(filepath.Join(dir, "SHA256SUMS"), pins, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "signer.pem"), mint.Fresh("signer").PEM(), 0o600); err != nil {
		t.Fatal(err)
	}
	return trustlist.Loader{Importers: shcrev.Importers}.Load(dir)
}

func list(counter int, ids ...string) []byte {
	return lists.JSON(lists.RevokedCards(kid, counter, ids...))
}

func TestAPinnedListRevokesCardsOfItsKey(t *testing.T) {
	s, err := load(t, true, map[string][]byte{"crl.json": list(2, "abc", "Def-_1.1640995200")})
	if err != nil {
		t.Fatal(err)
	}
	moment := time.Unix(1640995200, 0)
	for name, c := range map[string]struct {
		data   string
		issued time.Time
		want   trustlist.RevocationState
	}{
		"all cards":           {kid + "\x00abc", moment.AddDate(5, 0, 0), trustlist.Revoked},
		"issued before":       {kid + "\x00Def-_1", moment.Add(-time.Second), trustlist.Revoked},
		"issued at the time":  {kid + "\x00Def-_1", moment, trustlist.NotConfigured},
		"another key's":       {"other\x00abc", time.Time{}, trustlist.NotConfigured},
		"another identifier":  {kid + "\x00ab", time.Time{}, trustlist.NotConfigured},
		"the moment included": {kid + "\x00Def-_1.1640995200", time.Time{}, trustlist.NotConfigured},
	} {
		if got := s.Revoked([]formats.Handle{{Kind: shcrev.HandleRID, Data: []byte(c.data)}}, c.issued, moment).State; got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestAListThatCannotBeTakenStopsTheLoading(t *testing.T) {
	edited := func(change func(lists.Object)) map[string][]byte {
		o := lists.RevokedCards(kid, 2, "abc")
		change(o)
		return map[string][]byte{"crl.json": lists.JSON(o)}
	}
	ids := func(id string) map[string][]byte { return map[string][]byte{"crl.json": list(2, "abc", id)} }
	for name, c := range map[string]struct {
		pinned bool
		files  map[string][]byte
		want   error
	}{
		"not pinned":                  {false, ids("x"), shcrev.ErrUnpinned},
		"an older one beside it":      {true, map[string][]byte{"a.json": list(2, "abc"), "b.json": list(3, "abc")}, shcrev.ErrRollback},
		"another of the same counter": {true, map[string][]byte{"a.json": list(2, "abc"), "b.json": list(2, "abd")}, shcrev.ErrRollback},
		"a pattern":                   {true, ids("a.*"), shcrev.ErrFormat}, "a path": {true, ids("a/b"), shcrev.ErrFormat}, "empty": {true, ids(""), shcrev.ErrFormat},
		"too long":    {true, ids("abcdefghijklmnopqrstuvwxy"), shcrev.ErrFormat},
		"before 1970": {true, ids("a.-1"), shcrev.ErrFormat}, "a sign": {true, ids("a.+1"), shcrev.ErrFormat}, "never": {true, ids("a."), shcrev.ErrFormat},
		"two moments": {true, ids("a.1.2"), shcrev.ErrFormat}, "after 9999": {true, ids("a.253402300800"), shcrev.ErrFormat},
		"another method": {true, edited(func(o lists.Object) { o["method"] = "uuid" }), shcrev.ErrFormat},
		"counter 0":      {true, edited(func(o lists.Object) { o["ctr"] = 0 }), shcrev.ErrFormat},
		"no key":         {true, edited(func(o lists.Object) { o["kid"] = "" }), shcrev.ErrFormat},
	} {
		s, err := load(t, c.pinned, c.files)
		if s != nil || !errors.Is(err, c.want) || !errors.Is(err, trustlist.ErrRevocations) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTheCounterOnlyRises(t *testing.T) {
	read := func(data []byte, seen ...*shcrev.List) (*shcrev.List, error) {
		return shcrev.ReadList("l", data, shcrev.Trust{Unauthenticated: true, Seen: seen})
	}
	second, err := read(list(2, "abc", "abd"))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		data []byte
		ok   bool
	}{
		"higher": {list(3), true}, "the same": {list(2, "abc", "abd"), true}, "in another order": {list(2, "abd", "abc"), true},
		"lower": {list(1, "abc", "abd", "abe"), false}, "the same counter, fewer": {list(2, "abc"), false},
		"another key's": {lists.JSON(lists.RevokedCards("other", 1)), true},
	} {
		if _, err := read(c.data, second); c.ok != (err == nil) || err != nil && !errors.Is(err, shcrev.ErrRollback) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzReadList(f *testing.F) {
	f.Add(list(2, "abc", "Def-_1.1640995200"))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := shcrev.ReadList("l", data, shcrev.Trust{Unauthenticated: true})
		if (l == nil) == (err == nil) {
			t.Fatal(l, err)
		}
		if l != nil {
			for e := range l.Entries() {
				if e.Kind != shcrev.HandleRID {
					t.Fatal(e)
				}
			}
		}
	})
}
