package revlists_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/lists"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/dgcg"
	"github.com/travelseal/travelseal/trustlist/drl"
	"github.com/travelseal/travelseal/trustlist/revlists"
	"github.com/travelseal/travelseal/trustlist/shcrev"
)

var (
	gateway   = lists.NewGateway()
	publisher = pki.NewKey(pki.P256, "distribution")
)

func root(t *testing.T, c *pki.Credential) trustlist.Anchor {
	t.Helper()
	parsed, err := cert.Parse(c.Cert)
	if err != nil {
		t.Fatal(err)
	}
	a, err := trustlist.FromCertificate(parsed, trustlist.Source{})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func key(t *testing.T, k *pki.Key) trustlist.Anchor {
	t.Helper()
	p, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), k.Curve.Encode(k.Public, pki.Uncompressed))
	if err != nil {
		t.Fatal(err)
	}
	return trustlist.Anchor{Role: trustlist.ListSigner, Key: p}
}

// folder writes files, with the digests of all whose names end in ".json" beside them.
func folder(t *testing.T, files map[string][]byte) string {
	t.Helper()
	dir := t.TempDir()
	var pins []byte
	for name, data := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, ".json") {
			pins = fmt.Appendf(pins, "%x  %s\n", sha256.Sum256(data), name)
		}
	}
	if pins != nil {
		if err := os.WriteFile(filepath.Join(dir, "SHA256SUMS"), pins, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func everything() map[string][]byte {
	files := map[string][]byte{
		"gateway/b1.txt": gateway.Batch("UCI", "a", "b").Text(), "gateway/b2.der": gateway.Batch("SIGNATURE", "c").DER(), "gateway/pages": lists.BatchPage(false, "b1", "b2"),
		"it/1.json": lists.JSON(lists.Chunk(3, 1, 2, 3, "d", "e")), "it/2.json": lists.JSON(lists.Chunk(3, 2, 2, 3, "f")),
		"cards.json": lists.JSON(lists.RevokedCards("kid", 4, "abc", "abd.1640995200")),
		"own.csv":    []byte("dcc.uci," + strings.Repeat("0a", 16) + "\n"),
	}
	tree := lists.RevokedTree{"f5c5970c3039d854": {"0b": {lists.RevokedHash("g"), lists.RevokedHash("h")}}}
	for name, data := range tree.Files(publisher) {
		files["de/"+name] = data
	}
	return files
}

func collect(o revlists.Options) (*revlists.Result, map[string]int, error) {
	got := make(map[string]int)
	r, err := revlists.Read(context.Background(), o, func(e trustlist.Revocation) error { got[e.Kind]++; return nil })
	return r, got, err
}

func TestEveryFormIsRead(t *testing.T) {
	o := revlists.Options{Paths: []string{folder(t, everything())}, Roots: []trustlist.Anchor{root(t, gateway.Upload), key(t, publisher)}}
	r, got, err := collect(o)
	if err != nil {
		t.Fatal(err)
	}
	if got["dcc.uci"] != 8 || got["dcc.signature"] != 1 || got["shc.rid"] != 2 || r.Entries != 11 || len(r.Sources) != 7 {
		t.Errorf("%v, %+v", got, r)
	}
	if !r.Created.IsZero() || !r.Expires.Equal(time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v", r)
	}
	for _, s := range r.Sources {
		if s.Form == "health cards" && (s.Cards == nil || s.Cards.Counter != 4 || s.Authentication != trustlist.PinnedHash) {
			t.Errorf("%+v", s)
		}
	}
	// The trust anchor answers for the office through the gateway's list.
	files := everything()
	files["gateway/list"] = lists.JSON(lists.Items(gateway.Good()...))
	o = revlists.Options{Paths: []string{folder(t, files)}, Roots: []trustlist.Anchor{root(t, gateway.Anchor), key(t, publisher)}}
	if _, _, err := collect(o); err != nil {
		t.Error(err)
	}
}

func TestWhateverIsWrongStopsTheReading(t *testing.T) {
	with := func(name string, data []byte) map[string][]byte {
		files := everything()
		if files[name] = data; data == nil {
			delete(files, name)
		}
		return files
	}
	pinned := []trustlist.Anchor{root(t, gateway.Upload), key(t, publisher)}
	for name, c := range map[string]struct {
		files map[string][]byte
		roots []trustlist.Anchor
		want  error
	}{
		"a batch is missing":     {with("gateway/b2.der", nil), pinned, dgcg.ErrMissing},
		"a page for a batch":     {with("gateway/b2.der", []byte("<html>please log in</html>")), pinned, revlists.ErrUnknown},
		"no office is pinned":    {everything(), pinned[1:], dgcg.ErrOffice},
		"a chunk is missing":     {with("it/2.json", nil), pinned, drl.ErrMissing},
		"the counter goes back":  {with("older.json", lists.JSON(lists.RevokedCards("kid", 3))), pinned, shcrev.ErrRollback},
		"a letter":               {with("letter.txt", []byte("Dear Sir or Madam")), pinned, revlists.ErrUnknown},
		"a line that is none":    {with("own.csv", []byte("kind,hash,issued_before\nall\n")), pinned, nil},
		"a line after the first": {with("own.csv", []byte("dcc.uci,"+strings.Repeat("0a", 16)+"\ndcc.uci,"+strings.Repeat("0A", 16)+"\n")), pinned, nil},
		"an unpinned chunk":      {with("it/SHA256SUMS", []byte("x")), pinned, revlists.ErrUnknown},
	} {
		_, _, err := collect(revlists.Options{Paths: []string{folder(t, c.files)}, Roots: c.roots})
		var le *trustlist.LoadError
		if !errors.As(err, &le) || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	old, err := shcrev.ReadList("old", lists.JSON(lists.RevokedCards("kid", 5)), shcrev.Trust{Unauthenticated: true})
	if err != nil {
		t.Fatal(err)
	}
	o := revlists.Options{Paths: []string{folder(t, everything())}, Roots: pinned, Seen: []*shcrev.List{old}}
	if _, _, err := collect(o); !errors.Is(err, shcrev.ErrRollback) {
		t.Error(err)
	}
	if _, _, err := collect(revlists.Options{Paths: []string{folder(t, map[string][]byte{"c.pem": mint.Fresh("c").PEM()})}}); !errors.Is(err, revlists.ErrNone) {
		t.Error(err)
	}
	r, _, err := collect(revlists.Options{Paths: []string{folder(t, map[string][]byte{"letter": []byte("Dear")})}, Others: true})
	if err != nil || len(r.Sources) != 0 {
		t.Error(r, err)
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := revlists.Read(ended, o, nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func FuzzLines(f *testing.F) {
	f.Add([]byte("kind,hash,issued_before\ndcc.uci," + strings.Repeat("0a", 16) + ",2026-01-01T00:00:00Z\n"))
	path := filepath.Join(f.TempDir(), "own.csv")
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		r, err := revlists.Read(context.Background(), revlists.Options{Paths: []string{path}, Others: true}, func(e trustlist.Revocation) error {
			if e.Kind == "" {
				t.Fatal(e)
			}
			return nil
		})
		if (r == nil) == (err == nil) {
			t.Fatal(r, err)
		}
	})
}
