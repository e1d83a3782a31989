package dgcg_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/mint/lists"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/dgcg"
)

func offices(t testing.TB, list ...*pki.Credential) dgcg.BatchTrust {
	t.Helper()
	var trust dgcg.BatchTrust
	for _, c := range list {
		parsed, err := cert.Parse(c.Cert)
		if err != nil {
			t.Fatal(err)
		}
		trust.Offices = append(trust.Offices, parsed)
	}
	return trust
}

func TestABatchIsRead(t *testing.T) {
	for kind, handle := range map[string]string{"SIGNATURE": "dcc.signature", "UCI": "dcc.uci", "COUNTRYCODEUCI": "dcc.countrycode_uci"} {
		minted := gateway.Batch(kind, "one", "two")
		for form, data := range map[string][]byte{"DER": minted.DER(), "base64": minted.Text(), "lines": []byte(string(minted.Text()[:64]) + "\r\n" + string(minted.Text()[64:]) + "\n")} {
			b, err := dgcg.ReadBatch("b", data, offices(t, gateway.Upload))
			if err != nil {
				t.Fatalf("%s, %s: %v", kind, form, err)
			}
			if b.Country != "UT" || b.Type != kind || b.KeyID != nil || b.Signer == nil || !b.Expires.Equal(time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC)) {
				t.Errorf("%s: %+v", kind, b)
			}
			entries := slices.Collect(b.Entries())
			if len(entries) != 2 || entries[0].Kind != handle || string(entries[1].Hash[:]) != string(lists.RevokedHash("two")) || !entries[0].IssuedBefore.IsZero() {
				t.Errorf("%s: %+v", kind, entries)
			}
		}
	}
	keyed := gateway.Batch("UCI", "one")
	keyed.KeyID = lists.WHOKeyID(gateway.DSC)
	if b, err := dgcg.ReadBatch("b", keyed.DER(), offices(t, gateway.Upload)); err != nil || lists.Base64(b.KeyID) != keyed.KeyID {
		t.Errorf("%+v, %v", b, err)
	}
}

func TestWhatIsWrongWithABatchRefusesAllOfIt(t *testing.T) {
	edited := func(change func(lists.Object)) lists.RevokedBatch {
		b := gateway.Batch("UCI", "one", "two")
		b.Edit = change
		return b
	}
	set := func(name string, v any) lists.RevokedBatch {
		return edited(func(o lists.Object) { o[name] = v })
	}
	many := gateway.Batch("UCI", make([]string, dgcg.MaxHashes+1)...)
	by := func(c *pki.Credential) lists.RevokedBatch {
		b := gateway.Batch("UCI", "one")
		b.By = c
		return b
	}
	detached := gateway.Batch("UCI", "one")
	detached.Message = func(m pki.Message) pki.Message { m.Detached = true; return m }
	for name, c := range map[string]struct {
		batch lists.RevokedBatch
		want  error
	}{
		"another country's office":      {set("country", "XA"), dgcg.ErrOffice},
		"no country":                    {set("country", "Utopia"), dgcg.ErrBatch},
		"a type of its own":             {set("hashType", "NAME"), dgcg.ErrBatch},
		"no expiry":                     {edited(func(o lists.Object) { delete(o, "expires") }), dgcg.ErrBatch},
		"an expiry that is none":        {set("expires", "soon"), dgcg.ErrBatch},
		"a key ID of seven":             {set("kid", lists.Base64(make([]byte, 7))), dgcg.ErrBatch},
		"no entries":                    {set("entries", []any{}), dgcg.ErrEmptyBatch},
		"entries that are none":         {set("entries", "all"), dgcg.ErrBatch},
		"a hash of 15":                  {set("entries", []any{lists.Object{"hash": lists.Base64(make([]byte, 15))}}), dgcg.ErrBatch},
		"a whole digest":                {set("entries", []any{lists.Object{"hash": lists.RevokedDigest("one")}}), dgcg.ErrBatch},
		"one bad of two":                {set("entries", []any{lists.Object{"hash": lists.Base64(make([]byte, 16))}, lists.Object{}}), dgcg.ErrBatch},
		"too many":                      {many, dgcg.ErrLimit},
		"the authority's signature":     {by(gateway.CSCA), dgcg.ErrOffice},
		"a document signer's signature": {by(gateway.DSC), dgcg.ErrOffice},
		"a twin's signature":            {by(gateway.Upload.Twin("forger")), dgcg.ErrOffice},
		"no content":                    {detached, dgcg.ErrBatch},
	} {
		_, err := dgcg.ReadBatch("b", c.batch.DER(), offices(t, gateway.Upload))
		var le *trustlist.LoadError
		if !errors.Is(err, c.want) || !errors.As(err, &le) {
			t.Errorf("%s: %v", name, err)
		}
	}
	good := gateway.Batch("UCI", "one").DER()
	if _, err := dgcg.ReadBatch("b", good, dgcg.BatchTrust{}); !errors.Is(err, dgcg.ErrOffice) {
		t.Error(err)
	}
	for i := range good {
		if i%7 == 0 {
			bad := slices.Clone(good)
			bad[i] ^= 4
			if b, err := dgcg.ReadBatch("b", bad, offices(t, gateway.Upload)); err == nil && len(b.Hashes) != 1 {
				t.Errorf("byte %d: %+v", i, b)
			}
		}
	}
}

func loadAll(t *testing.T, files map[string][]byte) (*trustlist.Snapshot, error) {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return trustlist.Loader{Importers: dgcg.Importers}.Load(dir)
}

func state(s *trustlist.Snapshot, data string, at time.Time) trustlist.RevocationState {
	return s.Revoked([]formats.Handle{{Kind: "dcc.uci", Data: []byte(data)}}, time.Time{}, at).State
}

func TestALoaderTakesBatchesOfOffices(t *testing.T) {
	batch := gateway.Batch("UCI", "one").Text()
	before, after := time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC), time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
	for name, files := range map[string]map[string][]byte{
		"the office pinned":                   {"b1.txt": batch, "upload.pem": gateway.Upload.PEM()},
		"the trust anchor pinned, and a list": {"b1.txt": batch, "ta.pem": gateway.Anchor.PEM(), "list.json": list(gateway.Good()...)},
		"with the list of batches":            {"b1.txt": batch, "upload.pem": gateway.Upload.PEM(), "batches.json": lists.BatchPage(false, "b1")},
	} {
		s, err := loadAll(t, files)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, c := range []struct {
			data string
			at   time.Time
			want trustlist.RevocationState
		}{
			// An expired batch still proves a revocation; what it does not name is unknown, and never "not revoked".
			{"one", before, trustlist.Revoked}, {"one", after, trustlist.Revoked}, {"two", before, trustlist.NotConfigured}, {"two", after, trustlist.Unavailable},
		} {
			if got := state(s, c.data, c.at); got != c.want {
				t.Errorf("%s: %s at %s is %v", name, c.data, c.at, got)
			}
		}
		for _, a := range s.Anchors() {
			if string(a.Certificate) == string(gateway.Upload.Cert) && a.Role == trustlist.Signer {
				t.Errorf("%s: the office seals documents", name)
			}
		}
	}
}

// What cannot be read may revoke somebody: nothing is loaded.
func TestABrokenBatchStopsTheLoading(t *testing.T) {
	batch, page := gateway.Batch("UCI", "one").Text(), lists.BatchPage(false, "b1", "b2")
	flipped := slices.Clone(batch)
	flipped[len(flipped)-12] ^= 1
	for name, c := range map[string]struct {
		files map[string][]byte
		want  error
	}{
		"nobody pinned":         {map[string][]byte{"b1.txt": batch, "dsc.pem": gateway.DSC.PEM()}, dgcg.ErrOffice},
		"the anchor alone":      {map[string][]byte{"b1.txt": batch, "ta.pem": gateway.Anchor.PEM()}, dgcg.ErrOffice},
		"a bit of the seal":     {map[string][]byte{"b1.txt": flipped, "upload.pem": gateway.Upload.PEM()}, dgcg.ErrOffice},
		"one is missing":        {map[string][]byte{"b1.txt": batch, "upload.pem": gateway.Upload.PEM(), "batches.json": page}, dgcg.ErrMissing},
		"there are more":        {map[string][]byte{"b1.txt": batch, "upload.pem": gateway.Upload.PEM(), "batches.json": lists.BatchPage(true, "b1")}, dgcg.ErrMissing},
		"a page that is broken": {map[string][]byte{"b1.txt": batch, "upload.pem": gateway.Upload.PEM(), "batches.json": []byte(`{"more":false,"batches":[{}]}`)}, dgcg.ErrFormat},
	} {
		s, err := loadAll(t, c.files)
		if s != nil || !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTheLastWordOnABatchCounts(t *testing.T) {
	page := func(more bool, items ...dgcg.BatchItem) *dgcg.BatchList {
		return &dgcg.BatchList{More: more, Items: items}
	}
	day := func(n int) time.Time { return time.Date(2026, 10, n, 0, 0, 0, 0, time.UTC) }
	first := page(true, dgcg.BatchItem{ID: "a", Date: day(1)}, dgcg.BatchItem{ID: "b", Date: day(2)})
	last := page(false, dgcg.BatchItem{ID: "a", Date: day(3), Deleted: true})
	for name, c := range map[string]struct {
		pages []*dgcg.BatchList
		files []string
		whole bool
	}{
		"deleted later":          {[]*dgcg.BatchList{first, last}, []string{"b.txt"}, true},
		"in another order":       {[]*dgcg.BatchList{last, first}, []string{"b"}, true},
		"the other is missing":   {[]*dgcg.BatchList{first, last}, []string{"a"}, false},
		"without the last page":  {[]*dgcg.BatchList{first}, []string{"a", "b"}, false},
		"the last page is empty": {[]*dgcg.BatchList{first, page(false)}, []string{"a", "b"}, true},
		"nothing":                {nil, nil, true},
	} {
		err := dgcg.Complete(c.pages, c.files)
		if c.whole != (err == nil) || err != nil && !errors.Is(err, dgcg.ErrMissing) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, bad := range []string{`{}x`, `{"more":false,"batches":[{"batchId":"../a","date":"2026-10-01T00:00:00Z"}]}`, `{"more":1,"batches":[]}`} {
		if _, err := dgcg.ReadBatchList("l", []byte(bad)); !errors.Is(err, dgcg.ErrFormat) || !strings.HasPrefix(err.Error(), "trust list l: ") {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

func FuzzReadBatch(f *testing.F) {
	b := gateway.Batch("UCI", "one", "two")
	f.Add(b.DER())
	f.Add(b.Text())
	f.Add([]byte("MI"))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := dgcg.ReadBatch("b", data, dgcg.BatchTrust{Unauthenticated: true})
		if (b == nil) == (err == nil) {
			t.Fatal(b, err)
		}
		if b != nil && (len(b.Hashes) == 0 || len(b.Hashes) > dgcg.MaxHashes) {
			t.Fatalf("%d hashes", len(b.Hashes))
		}
	})
}

func FuzzReadBatchList(f *testing.F) {
	f.Add(lists.BatchPage(true, "a", "b"))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := dgcg.ReadBatchList("l", data)
		if (l == nil) == (err == nil) {
			t.Fatal(l, err)
		}
		if l != nil {
			_ = dgcg.Complete([]*dgcg.BatchList{l}, nil)
		}
	})
}
