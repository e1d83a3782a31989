package vci_test

import (
	"crypto/sha256"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/mint/lists"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/vci"
)

var (
	directory = lists.Directory()
	first     = lists.CardJWK(pki.NewKey(pki.P256, "card 1"))
	second    = lists.CardJWK(pki.NewKey(pki.P256, "card 2"))
	anyone    = vci.Trust{Unauthenticated: true}
)

const address = "https://cards.utopia.example/issuer"

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

func pinned(t testing.TB, snapshot []byte) vci.Trust {
	t.Helper()
	return vci.Trust{Publisher: []trustlist.Anchor{anchor(t, directory)}, Signatures: [][]byte{lists.SignSnapshot(directory, snapshot)}}
}

func good() []byte {
	two := lists.CardIssuer("https://cards.utopia.example/other", first)
	two["issuer"].(lists.Object)["canonical_iss"] = address
	two["crls"] = []any{lists.Object{"kid": first["kid"], "method": "rid", "ctr": 2, "rids": []string{"abc", "Def-_1.1640995200"}}}
	return lists.Snapshot(lists.CardIssuer(address, first, second), two)
}

func refused(t testing.TB, name string, err, why error) {
	t.Helper()
	var le *trustlist.LoadError
	if !errors.As(err, &le) || le.Source == "" || !errors.Is(err, why) {
		t.Errorf("%s: %v, want %v", name, err, why)
	}
}

func TestASnapshotIsRead(t *testing.T) {
	data := good()
	s, err := vci.ReadSnapshot("snapshot.json", data, pinned(t, data))
	if err != nil {
		t.Fatal(err)
	}
	moment := time.Date(2026, 10, 28, 4, 0, 0, 0, time.UTC)
	want := trustlist.Source{Name: "snapshot.json", Date: moment, SHA256: sha256.Sum256(data), Authentication: trustlist.SignedList}
	if s.Source != want || s.Signer == nil || len(s.Issuers) != 2 || s.Issuers[1].Canonical != address || s.Issuers[0].Canonical != "" {
		t.Fatalf("%+v", s)
	}
	m := s.Material()
	if len(m.Anchors) != 3 || len(m.Dropped) != 0 || !m.Created.Equal(moment) || !slices.Equal(m.ListSigner, directory.Cert) {
		t.Fatalf("%+v", m)
	}
	for _, a := range m.Anchors {
		if a.Role != trustlist.Signer || !slices.Equal(a.Scope, []formats.ID{"shc"}) || !a.Source.Date.Equal(moment.AddDate(0, 0, -1)) || a.Source.Authentication != trustlist.SignedList {
			t.Errorf("%+v", a)
		}
	}
}

// A key that the directory has not had for months may have been withdrawn; what its issuer has revoked stays revoked.
func TestIssuersThatNoLongerAnswer(t *testing.T) {
	made := time.Date(2026, 10, 28, 4, 0, 0, 0, time.UTC)
	issuer := func(address string, retrieved any) lists.Object {
		o := lists.CardIssuer(address, first)
		if o["lastRetrieved"] = retrieved; retrieved == nil {
			delete(o, "lastRetrieved")
		}
		o["crls"] = []any{lists.Object{"kid": first["kid"], "method": "rid", "ctr": 1, "rids": []string{"abc"}}}
		return o
	}
	for name, c := range map[string]struct {
		retrieved any
		stale     bool
	}{
		"that day":   {made.Format(time.RFC3339), false},
		"90 days":    {made.Add(-vci.MaxAge).Format(time.RFC3339), false},
		"a bit more": {made.Add(-vci.MaxAge - time.Second).Format(time.RFC3339), true},
		"years ago":  {"2022-03-07T12:22:52Z", true},
		"no moment":  {nil, true},
		"not a time": {"yesterday", true},
	} {
		data := lists.Snapshot(lists.CardIssuer(address, second), issuer("https://cards.utopia.example/other", c.retrieved))
		s, err := vci.ReadSnapshot("snapshot.json", data, pinned(t, data))
		if err != nil {
			t.Fatal(err)
		}
		m := s.Material()
		want := 2
		if c.stale {
			want = 1
		}
		if len(m.Anchors) != want || len(m.Dropped) != 2-want || s.Issuers[1].Stale != c.stale || m.Revocations == nil || m.Revocations.Len() != 1 {
			t.Errorf("%s: %d anchors, %v, %+v", name, len(m.Anchors), m.Dropped, m.Revocations)
		}
		if c.stale && !strings.HasPrefix(m.Dropped[0].Reason, "SOURCE_STALE: ") {
			t.Errorf("%s: %v", name, m.Dropped)
		}
		trust := pinned(t, data)
		trust.Stale = true
		if s, err = vci.ReadSnapshot("snapshot.json", data, trust); err != nil || len(s.Material().Anchors) != 2 {
			t.Errorf("%s, asked for: %v", name, err)
		}
	}
	old := lists.Snapshot(issuer(address, "2022-03-07T12:22:52Z"))
	_, err := vci.ReadSnapshot("snapshot.json", old, pinned(t, old))
	refused(t, "nobody answers", err, vci.ErrEmpty)
}

// A key under one name vouches for nobody else, also where another name has the same key or groups with it.
func TestKeysBelongToTheirIssuers(t *testing.T) {
	s, err := vci.ReadSnapshot("snapshot.json", good(), anyone)
	if err != nil {
		t.Fatal(err)
	}
	list, err := trustlist.Build(trustlist.Info{}, s.Material())
	if err != nil {
		t.Fatal(err)
	}
	find := func(issuer string, key lists.Object) int {
		return len(list.Find(formats.Signer{Issuer: issuer, KeyID: []byte(key["kid"].(string))}))
	}
	other := "https://cards.utopia.example/other"
	if find(address, first) != 1 || find(address, second) != 1 || find(other, first) != 1 || find(other, second) != 0 || find("", first) != 0 {
		t.Error("a key is found under a name that does not have it, or not under its own")
	}
}

// What an issuer has revoked is revoked for cards before the moment that it gives; nothing is said of other cards.
func TestRevokedCardsAreRead(t *testing.T) {
	s, err := vci.ReadSnapshot("snapshot.json", good(), anyone)
	if err != nil {
		t.Fatal(err)
	}
	list, err := trustlist.Build(trustlist.Info{}, s.Material())
	if err != nil {
		t.Fatal(err)
	}
	turn := time.Unix(1640995200, 0)
	for _, c := range []struct {
		id     string
		issued time.Time
		want   trustlist.RevocationState
	}{
		{"abc", turn.AddDate(1, 0, 0), trustlist.Revoked}, {"Def-_1", turn.Add(-time.Second), trustlist.Revoked},
		{"Def-_1", turn, trustlist.NotConfigured}, {"xyz", turn, trustlist.NotConfigured},
	} {
		handle := formats.Handle{Kind: "shc.rid", Data: []byte(first["kid"].(string) + "\x00" + c.id)}
		if got := list.Revoked([]formats.Handle{handle}, c.issued, turn); got.State != c.want {
			t.Errorf("%s: %s, want %s", c.id, got.State, c.want)
		}
	}
}

func TestIssuersAndKeysThatAreLeftOut(t *testing.T) {
	with := func(members lists.Object) lists.Object {
		j := lists.Object{}
		for k, v := range first {
			j[k] = v
		}
		for k, v := range members {
			j[k] = v
		}
		return j
	}
	issuer := func(members lists.Object) lists.Object {
		i := lists.CardIssuer("https://x.example", first)
		for k, v := range members {
			i[k] = v
		}
		return i
	}
	list := func(kid any, method string, ids ...string) lists.Object {
		return issuer(lists.Object{"crls": []any{lists.Object{"kid": kid, "method": method, "rids": ids}}})
	}
	key := func(j lists.Object) lists.Object { return lists.CardIssuer("https://x.example", j) }
	p384 := lists.CardJWK(pki.NewKey(pki.P384, "card 3"))
	for name, c := range map[string]struct {
		issuer any
		why    string
	}{
		"no issuer":           {7, "address"},
		"issuer is a text":    {issuer(lists.Object{"issuer": "x"}), "cannot be read"},
		"over http":           {lists.CardIssuer("http://x.example", first), "address"},
		"a slash at the end":  {lists.CardIssuer("https://x.example/", first), "address"},
		"twice":               {lists.CardIssuer(address, first), "twice"},
		"no keys":             {lists.CardIssuer("https://x.example"), "no keys"},
		"another curve":       {key(p384), "algorithm"},
		"for encryption":      {key(with(lists.Object{"use": "enc"})), "use"},
		"no algorithm":        {key(with(lists.Object{"alg": ""})), "P-256"},
		"a secret":            {key(with(lists.Object{"kty": "oct"})), "key type"},
		"not on the curve":    {key(with(lists.Object{"x": second["x"]})), "cannot be read"},
		"a zero before x":     {key(with(lists.Object{"x": "AA" + first["x"].(string)})), "x"},
		"another's key ID":    {key(with(lists.Object{"kid": second["kid"]})), "thumbprint"},
		"a kid of no base64":  {key(with(lists.Object{"kid": first["kid"].(string) + "="})), "thumbprint"},
		"a key twice":         {lists.CardIssuer("https://x.example", first, first), "twice"},
		"a list of no key":    {list(second["kid"], "rid", "abc"), "none of the issuer's"},
		"another method":      {list(first["kid"], "all", "abc"), "method"},
		"an empty identifier": {list(first["kid"], "rid", ""), "form"},
		"a long identifier":   {list(first["kid"], "rid", strings.Repeat("a", 25)), "form"},
		"another alphabet":    {list(first["kid"], "rid", "a+b"), "form"},
		"no moment":           {list(first["kid"], "rid", "abc."), "form"},
		"a moment before all": {list(first["kid"], "rid", "abc.-1"), "form"},
		"no list":             {issuer(lists.Object{"crls": []any{1}}), "cannot be read"},
	} {
		s, err := vci.ReadSnapshot("snapshot.json", lists.Snapshot(lists.CardIssuer(address, second), c.issuer), anyone)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		m := s.Material()
		if len(m.Dropped) != 1 || !strings.Contains(m.Dropped[0].Reason, c.why) || m.Revocations != nil {
			t.Errorf("%s: dropped %v, want %q", name, m.Dropped, c.why)
		}
	}
}

func TestSnapshotsThatAreRefused(t *testing.T) {
	data := good()
	signed := pinned(t, data)
	trust := func(change func(*vci.Trust)) vci.Trust {
		c := signed
		change(&c)
		return c
	}
	expired := pki.NewCSCA("directory", pki.Bare().Keyed(pki.P521).Named(pki.DN("UT", "Directory", "old")).With(pki.KeyUsage(pki.DigitalSignature)).
		Valid(pki.CSCAFrom, pki.CSCAFrom.AddDate(1, 0, 0)))
	stranger := pki.NewCSCA("stranger", pki.Bare().Keyed(pki.P521))
	for name, c := range map[string]struct {
		data  []byte
		trust vci.Trust
		why   error
	}{
		"nobody pinned":        {data, vci.Trust{Signatures: signed.Signatures}, vci.ErrUnpinned},
		"no signature":         {data, trust(func(c *vci.Trust) { c.Signatures = nil }), vci.ErrSignature},
		"a stranger's":         {data, trust(func(c *vci.Trust) { c.Signatures = [][]byte{lists.SignSnapshot(stranger, data)} }), vci.ErrSignature},
		"one byte more":        {append(slices.Clone(data), '\n'), signed, vci.ErrSignature},
		"of an old directory":  {data, trust(func(c *vci.Trust) { c.Publisher = []trustlist.Anchor{anchor(t, expired)} }), vci.ErrSignature},
		"older than the last":  {data, trust(func(c *vci.Trust) { c.Since = pki.NextListAt }), vci.ErrOlder},
		"a web page":           {[]byte("<html></html>"), anyone, vci.ErrFormat},
		"half":                 {data[:len(data)/2], anyone, vci.ErrFormat},
		"no moment":            {[]byte(`{"time":"today","issuerInfo":[]}`), anyone, vci.ErrFormat},
		"no text":              {[]byte(`{"time":1,"issuerInfo":[]}`), anyone, vci.ErrFormat},
		"no issuers":           {[]byte(`{"time":"2026-10-01T04:00:00Z","issuerInfo":{}}`), anyone, vci.ErrFormat},
		"empty":                {lists.Snapshot(), anyone, vci.ErrEmpty},
		"nothing of use":       {lists.Snapshot(lists.CardIssuer("http://x.example", first)), anyone, vci.ErrEmpty},
		"too many":             {lists.Snapshot(slices.Repeat([]any{0}, vci.MaxIssuers+1)...), anyone, vci.ErrLimit},
		"signed, but it holds": {lists.Snapshot(), pinned(t, lists.Snapshot()), vci.ErrEmpty},
	} {
		_, err := vci.ReadSnapshot("snapshot.json", c.data, c.trust)
		refused(t, name, err, c.why)
	}
}

// Whatever a file holds, a snapshot is what the pinned key signed, or none.
func FuzzReadSnapshot(f *testing.F) {
	data := good()
	f.Add(data)
	f.Add(lists.Snapshot())
	trust := pinned(f, data)
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, err := vci.ReadSnapshot("closed", b, trust); err == nil && string(b) != string(data) {
			t.Fatal("it was signed by nobody")
		}
		s, err := vci.ReadSnapshot("open", b, anyone)
		var le *trustlist.LoadError
		if err != nil {
			if !errors.As(err, &le) {
				t.Fatal(err)
			}
			return
		}
		if m := s.Material(); len(m.Anchors) == 0 {
			t.Fatalf("%+v", m)
		}
	})
}
