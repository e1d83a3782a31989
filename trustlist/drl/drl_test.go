package drl_test

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
	"github.com/travelseal/travelseal/trustlist/drl"
)

const uci = "URN:UVCI:01:UT:4QX7HB2M9WKD"

func two() map[string][]byte {
	return map[string][]byte{"1.json": lists.JSON(lists.Chunk(3, 1, 2, 3, uci, "b")), "2.json": lists.JSON(lists.Chunk(3, 2, 2, 3, "c"))}
}

func load(t *testing.T, files map[string][]byte, pinned ...string) (*trustlist.Snapshot, error) {
	t.Helper()
	dir := t.TempDir()
	var pins []byte
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, p := range pinned {
			if p == name {
				pins = fmt.Appendf(pins, "%x  %s\n", sha256.Sum256(data), name)
			}
		}
	}
	for name, data := range map[string][]byte{"signer.pem": mint.Fresh("signer").PEM(), "SHA256SUMS": pins} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return trustlist.Loader{Importers: drl.Importers}.Load(dir)
}

func TestAPinnedListRevokes(t *testing.T) {
	s, err := load(t, two(), "1.json", "2.json")
	if err != nil {
		t.Fatal(err)
	}
	for data, want := range map[string]trustlist.RevocationState{uci: trustlist.Revoked, "c": trustlist.Revoked, "other": trustlist.NotConfigured} {
		if got := s.Revoked([]formats.Handle{{Kind: drl.HandleUCI, Data: []byte(data)}}, time.Time{}, time.Now()).State; got != want {
			t.Errorf("%s is %v", data, got)
		}
	}
}

func TestAListThatIsNotWholeStopsTheLoading(t *testing.T) {
	with := func(name string, o lists.Object) map[string][]byte {
		files := two()
		files[name] = lists.JSON(o)
		return files
	}
	edited := func(change func(lists.Object)) map[string][]byte {
		o := lists.Chunk(3, 2, 2, 3, "c")
		change(o)
		return with("2.json", o)
	}
	one := two()
	delete(one, "2.json")
	for name, c := range map[string]struct {
		files  map[string][]byte
		pinned []string
		want   error
	}{
		"one is not pinned":      {two(), []string{"1.json"}, drl.ErrUnpinned},
		"none is pinned":         {two(), nil, drl.ErrUnpinned},
		"one is missing":         {one, []string{"1.json"}, drl.ErrMissing},
		"one twice":              {with("3.json", lists.Chunk(3, 2, 2, 3, "c")), []string{"1.json", "2.json", "3.json"}, drl.ErrMissing},
		"of another version":     {with("2.json", lists.Chunk(4, 2, 2, 3, "c")), []string{"1.json", "2.json"}, drl.ErrMissing},
		"fewer identifiers":      {with("2.json", lists.Chunk(3, 2, 2, 4, "c")), []string{"1.json", "2.json"}, drl.ErrMissing},
		"fewer than all state":   {map[string][]byte{"1.json": lists.JSON(lists.Chunk(3, 1, 1, 3, "c"))}, []string{"1.json"}, drl.ErrMissing},
		"empty":                  {map[string][]byte{"1.json": lists.JSON(lists.Chunk(3, 1, 1, 0))}, []string{"1.json"}, drl.ErrEmpty},
		"changes":                {edited(func(o lists.Object) { delete(o, "revokedUcvi"); o["delta"] = lists.Object{"insertions": []string{}} }), []string{"1.json", "2.json"}, drl.ErrChanges},
		"a hash of 16":           {edited(func(o lists.Object) { o["revokedUcvi"] = []string{lists.Base64(lists.RevokedHash("c"))} }), []string{"1.json", "2.json"}, drl.ErrFormat},
		"an identifier in clear": {edited(func(o lists.Object) { o["revokedUcvi"] = []string{uci} }), []string{"1.json", "2.json"}, drl.ErrFormat},
		"chunk 0":                {edited(func(o lists.Object) { o["chunk"] = 0 }), []string{"1.json", "2.json"}, drl.ErrFormat},
		"no version":             {edited(func(o lists.Object) { o["version"] = 0 }), []string{"1.json", "2.json"}, drl.ErrFormat},
		"no moment":              {edited(func(o lists.Object) { o["creationDate"] = "today" }), []string{"1.json", "2.json"}, drl.ErrFormat},
	} {
		s, err := load(t, c.files, c.pinned...)
		if s != nil || !errors.Is(err, c.want) || !errors.Is(err, trustlist.ErrRevocations) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzReadChunk(f *testing.F) {
	f.Add(lists.JSON(lists.Chunk(3, 1, 2, 3, uci, "b")))
	f.Add([]byte(`{"version":1,"chunk":1,"delta":{}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := drl.ReadChunk("c", data, drl.Trust{Unauthenticated: true})
		if (c == nil) == (err == nil) {
			t.Fatal(c, err)
		}
		if c != nil {
			_ = drl.Complete([]*drl.Chunk{c})
		}
	})
}
