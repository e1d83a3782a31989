package at_test

import (
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/lists"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/at"
)

var (
	csca      = pki.NewCSCA("at", pki.CSCA())
	dsc       = csca.Issue("ds-1", pki.DSC())
	austrian  = csca.Issue("ds-2", pki.DSC().Named(pki.DN("AT", "Utopian", "DS")))
	publisher = pki.NewCSCA("at publisher", pki.Bare().Valid(pki.CSCAFrom, pki.CSCAUntil).With(pki.KeyUsage(pki.DigitalSignature)))
	anyone    = at.Trust{Unauthenticated: true}
)

func anchor(t testing.TB, c *pki.Credential) trustlist.Anchor {
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

func good() []byte { return lists.Austrian(dsc, austrian) }

func pinned(t testing.TB, envelopes ...lists.AustrianEnvelope) at.Trust {
	trust := at.Trust{Publisher: []trustlist.Anchor{anchor(t, publisher)}}
	for _, e := range envelopes {
		trust.Envelopes = append(trust.Envelopes, e.Encode())
	}
	return trust
}

func TestAListIsRead(t *testing.T) {
	data := good()
	other := lists.Envelope(publisher.Key, []byte("another list"))
	l, err := at.ReadList("content.cbor", data, pinned(t, other, lists.Envelope(publisher.Key, data)))
	if err != nil {
		t.Fatal(err)
	}
	want := trustlist.Source{Name: "content.cbor", Date: pki.ListedAt, SHA256: sha256.Sum256(data), Authentication: trustlist.SignedList}
	if l.Source != want || !l.NotAfter.Equal(pki.ListedAt.Add(48*time.Hour)) || l.Signer == nil || len(l.Entries) != 2 {
		t.Fatalf("%+v", l)
	}
	m := l.Material()
	if len(m.Anchors) != 2 || len(m.Dropped) != 0 || !slices.Equal(m.ListSigner, publisher.Cert) || !m.Created.Equal(pki.ListedAt) {
		t.Fatalf("%+v", m)
	}
	if a := m.Anchors[0]; !slices.Equal(a.Scope, []formats.ID{"eu-dcc", "who-ddcc", "who-dvc"}) || len(a.KeyID) != 8 || a.Role != trustlist.Signer {
		t.Errorf("%+v", a)
	}
	if a := m.Anchors[1]; !a.Permits("at-ve") || a.Permits("emrtd") {
		t.Errorf("%+v", a)
	}
}

// A list counts from its beginning to its end, both of which are signed, and within the skew of clocks.
func TestTheMomentOfAList(t *testing.T) {
	from, to := pki.ListedAt, pki.ListedAt.Add(48*time.Hour)
	for _, c := range []struct {
		at   time.Time
		want bool
	}{
		{from.Add(-at.Skew), true}, {from.Add(-at.Skew - time.Second), false}, {to.Add(at.Skew), true}, {to.Add(at.Skew + time.Second), false}, {time.Time{}, true},
	} {
		trust := pinned(t, lists.Envelope(publisher.Key, good()))
		trust.At = c.at
		if _, err := at.ReadList("content.cbor", good(), trust); (err == nil) != c.want || err != nil && !errors.Is(err, at.ErrTime) {
			t.Errorf("%s: %v", c.at, err)
		}
	}
}

func TestListsThatAreRefused(t *testing.T) {
	data := good()
	sound := lists.Envelope(publisher.Key, data)
	edit := func(change func(*lists.AustrianEnvelope)) at.Trust {
		e := sound
		e.Claims = slices.Clone(e.Claims)
		change(&e)
		return pinned(t, e)
	}
	later := pinned(t, sound)
	later.Since = pki.NextListAt
	expired := pki.NewCSCA("at publisher", pki.Bare().Valid(pki.CSCAFrom, pki.CSCAFrom.AddDate(1, 0, 0)).With(pki.KeyUsage(pki.DigitalSignature)))
	old := pinned(t, sound)
	old.Publisher = []trustlist.Anchor{anchor(t, expired)}
	empty := lists.Austrian()
	for name, c := range map[string]struct {
		data  []byte
		trust at.Trust
		why   error
	}{
		"nobody pinned":       {data, at.Trust{}, at.ErrUnpinned},
		"no message":          {data, pinned(t), at.ErrEnvelope},
		"another list's":      {data, pinned(t, lists.Envelope(publisher.Key, empty)), at.ErrEnvelope},
		"a stranger's":        {data, pinned(t, lists.Envelope(csca.Key, data)), at.ErrSignature},
		"of an old publisher": {data, old, at.ErrSignature},
		"older than the last": {data, later, at.ErrOlder},
		"another version": {data, edit(func(e *lists.AustrianEnvelope) {
			e.Protected = mint.Map{{mint.Int(1), mint.Int(-7)}, {mint.Int(42), mint.Int(1)}}
		}), at.ErrEnvelope},
		"no version":    {data, edit(func(e *lists.AustrianEnvelope) { e.Protected = mint.Map{{mint.Int(1), mint.Int(-7)}} }), at.ErrEnvelope},
		"no algorithm":  {data, edit(func(e *lists.AustrianEnvelope) { e.Protected = mint.Map{{mint.Int(42), mint.Int(2)}} }), at.ErrEnvelope},
		"no digest":     {data, edit(func(e *lists.AustrianEnvelope) { e.Claims = e.Claims[1:] }), at.ErrEnvelope},
		"no end":        {data, edit(func(e *lists.AustrianEnvelope) { e.Claims = e.Claims[:2] }), at.ErrEnvelope},
		"no beginning":  {data, edit(func(e *lists.AustrianEnvelope) { e.Claims = slices.Delete(e.Claims, 1, 2) }), at.ErrEnvelope},
		"backwards":     {data, edit(func(e *lists.AustrianEnvelope) { e.Claims[2][1] = mint.Int(1) }), at.ErrEnvelope},
		"no moment":     {data, edit(func(e *lists.AustrianEnvelope) { e.Claims[1][1] = mint.Text("today") }), at.ErrEnvelope},
		"a far moment":  {data, edit(func(e *lists.AustrianEnvelope) { e.Claims[2][1] = mint.Int(1 << 60) }), at.ErrEnvelope},
		"no claims":     {data, edit(func(e *lists.AustrianEnvelope) { e.Claims = nil }), at.ErrEnvelope},
		"no message 2":  {data, at.Trust{Publisher: pinned(t).Publisher, Envelopes: [][]byte{{0xd2}}}, at.ErrEnvelope},
		"a web page":    {[]byte("<html>"), anyone, at.ErrFormat},
		"half":          {data[:200], anyone, at.ErrFormat},
		"one byte more": {append(slices.Clone(data), 0), anyone, at.ErrFormat},
		"no list":       {mint.Encode(mint.Map{{mint.Text("d"), mint.Array{}}}), anyone, at.ErrFormat},
		"no array":      {mint.Encode(mint.Map{{mint.Text("c"), mint.Int(1)}}), anyone, at.ErrFormat},
		"empty, signed": {empty, pinned(t, lists.Envelope(publisher.Key, empty)), at.ErrEmpty},
		"too many":      {mint.Encode(mint.Map{{mint.Text("c"), mint.Array(slices.Repeat([]mint.Item{mint.Int(0)}, at.MaxEntries+1))}}), anyone, at.ErrLimit},
	} {
		_, err := at.ReadList("content.cbor", c.data, c.trust)
		var le *trustlist.LoadError
		if !errors.As(err, &le) || le.Source != "content.cbor" || !errors.Is(err, c.why) {
			t.Errorf("%s: %v, want %v", name, err, c.why)
		}
	}
}

func TestEntriesThatAreLeftOut(t *testing.T) {
	sum := sha256.Sum256(austrian.Cert)
	critical := csca.Issue("ds-3", pki.DSC().With(pki.UnknownCritical()))
	for name, c := range map[string]struct {
		entry mint.Item
		why   string
	}{
		"no map":         {mint.Int(1), "no certificate"},
		"no certificate": {mint.Map{{mint.Text("i"), mint.Bytes(sum[:8])}}, "no certificate"},
		"half of one":    {lists.AustrianEntry(sum[:8], austrian.Cert[:100]), "cannot be read"},
		"another key ID": {lists.AustrianEntry(sum[1:9], austrian.Cert), "key ID"},
		"a short key ID": {lists.AustrianEntry(sum[:4], austrian.Cert), "key ID"},
		"a critical one": {lists.AustrianEntry(sum[:8], critical.Cert), "critical"},
		"once more":      {lists.AustrianEntry(digest(dsc.Cert), dsc.Cert), "twice"},
	} {
		data := mint.Encode(mint.Map{{mint.Text("c"), mint.Array{lists.AustrianEntry(digest(dsc.Cert), dsc.Cert), c.entry}}})
		l, err := at.ReadList("content.cbor", data, anyone)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if m := l.Material(); len(m.Anchors) != 1 || len(m.Dropped) != 1 || !strings.Contains(m.Dropped[0].Reason, c.why) {
			t.Errorf("%s: %v, want %q", name, m.Dropped, c.why)
		}
	}
}

func digest(b []byte) []byte {
	sum := sha256.Sum256(b)
	return sum[:8]
}

func TestALoaderNeedsThePinAndTheMessage(t *testing.T) {
	all := map[string][]byte{"content.cbor": good(), "content.sig": lists.Envelope(publisher.Key, good()).Encode(), "at.pem": publisher.PEM()}
	for _, missing := range []string{"", "content.sig", "at.pem"} {
		dir := t.TempDir()
		for name, data := range all {
			if name == missing {
				continue
			}
			if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		s, err := trustlist.Loader{Importers: at.Importers}.Load(dir)
		if err != nil {
			t.Fatal(err)
		}
		got := map[trustlist.Role]int{}
		for _, a := range s.Anchors() {
			got[a.Role]++
		}
		switch {
		case missing == "" && (got[trustlist.Signer] != 2 || got[trustlist.ListSigner] != 1 || len(s.Dropped()) != 0):
			t.Errorf("%v, %v", got, s.Dropped())
		case missing == "content.sig" && (got[trustlist.Signer] != 1 || len(s.Dropped()) != 1): // the publisher's certificate alone
			t.Errorf("without %s: %v, %v", missing, got, s.Dropped())
		case missing == "at.pem" && len(s.Anchors()) != 0:
			t.Errorf("without %s: %v, %v", missing, got, s.Dropped())
		}
	}
}

// Whatever a file and a message hold, a list is what the pinned key signed, or none.
func FuzzReadList(f *testing.F) {
	data := good()
	f.Add(data, lists.Envelope(publisher.Key, data).Encode())
	trust := pinned(f)
	f.Fuzz(func(t *testing.T, data, envelope []byte) {
		trust := trust
		trust.Envelopes = [][]byte{envelope}
		if _, err := at.ReadList("closed", data, trust); err == nil && string(data) != string(good()) {
			t.Fatal("it was signed by nobody")
		}
		l, err := at.ReadList("open", data, anyone)
		var le *trustlist.LoadError
		if err != nil && !errors.As(err, &le) {
			t.Fatal(err)
		}
		if err == nil {
			l.Material()
		}
	})
}
