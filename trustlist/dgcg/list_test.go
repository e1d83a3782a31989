package dgcg_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/mint/lists"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/dgcg"
)

var (
	gateway = lists.NewGateway()
	anyone  = dgcg.Trust{Unauthenticated: true}
)

func pinned(t testing.TB) dgcg.Trust {
	t.Helper()
	c, err := cert.Parse(gateway.Anchor.Cert)
	if err != nil {
		t.Fatal(err)
	}
	return dgcg.Trust{Anchors: []*cert.Certificate{c}}
}

func list(items ...any) []byte { return lists.JSON(lists.Items(items...)) }

func item(of *pki.Credential, kind string, by *pki.Credential) lists.GatewayItem {
	return lists.GatewayItem{Of: of, Type: kind, Country: "UT", By: by}
}

func read(t testing.TB, trust dgcg.Trust, items ...any) *dgcg.List {
	t.Helper()
	l, err := dgcg.ReadList("list.json", list(items...), trust)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestAListIsRead(t *testing.T) {
	l := read(t, pinned(t), gateway.Good()...)
	if len(l.Items) != 4 || !l.Source.Date.IsZero() || dgcg.Latest(l.Items).IsZero() {
		t.Fatalf("%+v", l)
	}
	for _, i := range l.Items[:3] {
		if i.Dropped != "" || i.Authentication != trustlist.SignedEntry {
			t.Errorf("%s: %s, %s", i, i.Authentication, i.Dropped)
		}
	}
	m := dgcg.Material(l.Items, l.Source)
	if len(m.Anchors) != 2 || len(m.Dropped) != 2 || m.Anchors[0].Role != trustlist.CA || m.Anchors[1].Role != trustlist.Signer {
		t.Fatalf("%+v", m)
	}
	a := m.Anchors[1]
	if a.Country != "UT" || len(a.KeyID) != 8 || !slices.Equal(a.Scope, []formats.ID{"eu-dcc", "who-ddcc", "who-dvc"}) {
		t.Errorf("%+v", a)
	}
}

// A signer needs the signature of its country's office and that of its authority, and both need the trust anchor's.
func TestOnlyTheWholeChainAuthenticates(t *testing.T) {
	csca, upload, dsc := item(gateway.CSCA, "CSCA", gateway.Anchor), item(gateway.Upload, "UPLOAD", gateway.Anchor), item(gateway.DSC, "DSC", gateway.Upload)
	flipped := func(i lists.GatewayItem) lists.GatewayItem {
		i.Message = func(m pki.Message) pki.Message {
			return m.Signer(func(s *pki.SignerInfo) {
				s.Signature = func(b []byte) []byte { b = slices.Clone(b); b[len(b)-1] ^= 1; return b }
			})
		}
		return i
	}
	about := func(i lists.GatewayItem, content []byte, detached bool) lists.GatewayItem {
		i.Message = func(pki.Message) pki.Message {
			m := pki.Seal(pki.OIDData, content, i.By)
			m.Detached = detached
			return m
		}
		return i
	}
	elsewhere := upload
	elsewhere.Country = "NZ" // whose certificate says UT
	for name, c := range map[string]struct {
		items []any
		want  bool
	}{
		"whole":                      {[]any{csca, upload, dsc}, true},
		"with its content":           {[]any{csca, upload, about(dsc, gateway.DSC.Cert, false)}, true},
		"in another order":           {[]any{dsc, upload, csca}, true},
		"no office":                  {[]any{csca, dsc}, false},
		"no authority":               {[]any{upload, dsc}, false},
		"another authority":          {[]any{item(gateway.Stranger, "CSCA", gateway.Anchor), upload, dsc}, false},
		"an authority of its own":    {[]any{item(gateway.CSCA, "CSCA", gateway.CSCA), upload, dsc}, false},
		"an office of its own":       {[]any{csca, item(gateway.Upload, "UPLOAD", gateway.Upload), dsc}, false},
		"an office of another state": {[]any{csca, elsewhere, dsc}, false},
		"signed by its authority":    {[]any{csca, upload, item(gateway.DSC, "DSC", gateway.CSCA)}, false},
		"signed by the anchor":       {[]any{csca, upload, item(gateway.DSC, "DSC", gateway.Anchor)}, false},
		"signed by itself":           {[]any{csca, upload, item(gateway.DSC, "DSC", gateway.DSC)}, false},
		"a signature that fails":     {[]any{csca, upload, flipped(dsc)}, false}, // which one implementation takes
		"an authority's that fails":  {[]any{flipped(csca), upload, dsc}, false},
		"about another certificate":  {[]any{csca, upload, about(dsc, gateway.CSCA.Cert, true)}, false},
		"with another content":       {[]any{csca, upload, about(dsc, []byte("null;null;null"), false)}, false},
	} {
		l := read(t, pinned(t), c.items...)
		for _, i := range l.Items {
			if i.Type == dgcg.DSC && (i.Authentication == trustlist.SignedEntry) != c.want {
				t.Errorf("%s: %s", name, i.Authentication)
			}
		}
	}
	for _, i := range read(t, anyone, csca, upload, dsc).Items {
		if i.Authentication != trustlist.Transport {
			t.Errorf("%s: %s", i, i.Authentication)
		}
	}
}

func TestItemsThatAreLeftOut(t *testing.T) {
	edited := func(member string, value any) lists.GatewayItem {
		i := item(gateway.DSC, "DSC", gateway.Upload)
		i.Edit = func(o lists.Object) { o[member] = value }
		return i
	}
	weak := gateway.CSCA.Issue("ds-6", pki.DSC().With(pki.UnknownCritical()))
	for name, c := range map[string]struct {
		item any
		why  string
	}{
		"no object":            {1, "cannot be read"},
		"no base64":            {edited("rawData", "?"), "rawData"},
		"no certificate":       {edited("rawData", "AAAA"), "rawData"},
		"no key ID":            {edited("kid", "?"), "kid"},
		"another key ID":       {edited("kid", lists.Base64([]byte("12345678"))), "key ID"},
		"a short key ID":       {edited("kid", ""), "key ID"},
		"another thumbprint":   {edited("thumbprint", strings.Repeat("0", 64)), "thumbprint"},
		"no signature":         {edited("signature", "?"), "signature"},
		"another country":      {edited("country", "NZ"), "another country"},
		"another type":         {edited("certificateType", "TOKEN"), "type is not known"},
		"a signer as CSCA":     {item(gateway.DSC, "CSCA", gateway.Upload), "not of the type"},
		"a CSCA as signer":     {item(gateway.CSCA, "DSC", gateway.Upload), "not of the type"},
		"for connections":      {item(gateway.Connection, "AUTHENTICATION", gateway.Anchor), "connections"},
		"a critical extension": {item(weak, "DSC", gateway.Upload), "critical"},
		"once more":            {item(gateway.Upload, "UPLOAD", gateway.Anchor), "twice"},
	} {
		l := read(t, anyone, item(gateway.Upload, "UPLOAD", gateway.Anchor), c.item)
		if i := l.Items[1]; !strings.Contains(i.Dropped, c.why) {
			t.Errorf("%s: %q, want %q", name, i.Dropped, c.why)
		}
	}
}

func TestListsThatAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		data  []byte
		trust dgcg.Trust
		why   error
	}{
		"nobody pinned":  {list(gateway.Good()...), dgcg.Trust{}, dgcg.ErrUnpinned},
		"a web page":     {[]byte("<html>"), anyone, dgcg.ErrFormat},
		"an object":      {[]byte("{}"), anyone, dgcg.ErrFormat},
		"half":           {list(gateway.Good()...)[:500], anyone, dgcg.ErrFormat},
		"empty":          {list(), anyone, dgcg.ErrEmpty},
		"nothing of use": {list(1, 2), anyone, dgcg.ErrEmpty},
		"too many":       {list(slices.Repeat([]any{1}, dgcg.MaxItems+1)...), anyone, dgcg.ErrLimit},
	} {
		_, err := dgcg.ReadList("list.json", c.data, c.trust)
		var le *trustlist.LoadError
		if !errors.As(err, &le) || le.Source != "list.json" || !errors.Is(err, c.why) {
			t.Errorf("%s: %v, want %v", name, err, c.why)
		}
	}
}

func FuzzReadList(f *testing.F) {
	f.Add(list(gateway.Good()...))
	trust := pinned(f)
	known := [][]byte{gateway.CSCA.Cert, gateway.Upload.Cert, gateway.DSC.Cert}
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := dgcg.ReadList("list.json", data, trust)
		var le *trustlist.LoadError
		if err != nil {
			if !errors.As(err, &le) {
				t.Fatal(err)
			}
			return
		}
		for _, i := range l.Items {
			if i.Authentication == trustlist.SignedEntry && !slices.ContainsFunc(known, func(c []byte) bool { return slices.Equal(c, i.Certificate.Raw) }) {
				t.Fatalf("%s was signed by nobody", i)
			}
		}
		dgcg.Material(l.Items, l.Source)
	})
}
