package gdhcn_test

import (
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
	"github.com/travelseal/travelseal/trustlist/gdhcn"
)

var (
	network = lists.NewNetwork()
	anyone  = gdhcn.Trust{Unauthenticated: true}
)

func pinned(t testing.TB, authorities ...[]byte) gdhcn.Trust {
	t.Helper()
	trust := gdhcn.Trust{Roots: []*cert.Certificate{parse(t, network.Root.Cert)}, Between: []*cert.Certificate{parse(t, network.Between.Cert)}}
	for _, a := range authorities {
		trust.Authorities = append(trust.Authorities, trustlist.File{Name: "sca.json", Data: a})
	}
	return trust
}

func utopian(of *pki.Credential, usage string) lists.WHOEntry {
	return lists.WHOEntry{Of: of, Domain: "DCC", Participant: "UTO", Usage: usage}
}

func good() []byte {
	return lists.WHO(utopian(network.SCA, "SCA"), utopian(network.DSC, "DSC"), utopian(network.BrainpoolDSC, "DSC"), utopian(network.RSADSC(), "DSC"))
}

func read(t testing.TB, data []byte, trust gdhcn.Trust) *gdhcn.List {
	t.Helper()
	l, err := gdhcn.ReadList("did.json", data, trust)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// refused demands that a source is refused for the reason, by its name.
func refused(t testing.TB, name string, err, why error) {
	t.Helper()
	var le *trustlist.LoadError
	if !errors.As(err, &le) || le.Source == "" || !errors.Is(err, why) {
		t.Errorf("%s: %v, want %v", name, err, why)
	}
}

// Numbers with leading zeros, a curve without a name and a key of RSA cost nobody an entry.
func TestAListIsRead(t *testing.T) {
	l := read(t, good(), pinned(t, network.Authority(network.SCA)))
	if len(l.Entries) != 4 || len(l.Authorities) != 1 || len(l.Refused) != 0 || l.ID != lists.WHOList || l.Created.IsZero() || !l.Source.Date.IsZero() {
		t.Fatalf("%+v", l)
	}
	for i, e := range l.Entries {
		want := trustlist.IssuedUnderEntry
		if i == 0 {
			want = trustlist.SignedEntry
		}
		if e.Dropped != "" || e.Authentication != want || e.Domain != "DCC" || e.Participant != "UTO" || len(e.KeyID) != 8 || e.Index != i {
			t.Errorf("%s: %s; %+v", e, e.Dropped, e)
		}
	}
	m := l.Material()
	if len(m.Anchors) != 4 || len(m.Dropped) != 0 {
		t.Fatalf("%d anchors, %v", len(m.Anchors), m.Dropped)
	}
	for i, a := range m.Anchors {
		role := trustlist.Signer
		if i == 0 {
			role = trustlist.CA
		}
		if a.Role != role || a.Country != "UT" || !slices.Equal(a.Scope, []formats.ID{"eu-dcc", "who-ddcc", "who-dvc"}) || a.Permits("emrtd") {
			t.Errorf("%d: %+v", i, a)
		}
	}
}

// An authority that stands in the list without the trust anchor's signature is kept, and never said to be more than what its
// transport makes it.
func TestOnlyTheTrustAnchorAuthenticates(t *testing.T) {
	strangers := lists.WHO(utopian(network.SCA, "SCA"), utopian(network.Stranger, "SCA"), utopian(network.StrangerDSC, "DSC"), utopian(network.DSC, "DSC"))
	for name, c := range map[string]struct {
		trust gdhcn.Trust
		want  [4]trustlist.Authentication
	}{
		"signed":          {pinned(t, network.Authority(network.SCA)), [4]trustlist.Authentication{trustlist.SignedEntry, 0, 0, trustlist.IssuedUnderEntry}},
		"nothing signed":  {pinned(t), [4]trustlist.Authentication{}},
		"not asked for":   {anyone, [4]trustlist.Authentication{}},
		"unpinned signed": {gdhcn.Trust{Unauthenticated: true, Authorities: pinned(t, network.Authority(network.SCA)).Authorities}, [4]trustlist.Authentication{}},
	} {
		for i, e := range read(t, strangers, c.trust).Entries {
			if e.Dropped != "" || e.Authentication != c.want[i] {
				t.Errorf("%s, %s: %s %s", name, e, e.Authentication, e.Dropped)
			}
		}
	}
}

func TestEntriesThatAreLeftOut(t *testing.T) {
	edited := func(edit func(lists.Object)) lists.WHOEntry {
		e := utopian(network.DSC, "DSC")
		e.Edit = edit
		return e
	}
	key := func(edit func(lists.Object)) lists.WHOEntry {
		return edited(func(o lists.Object) { edit(o["publicKeyJwk"].(lists.Object)) })
	}
	of := func(c *pki.Credential, domain, participant, usage string) lists.WHOEntry {
		return lists.WHOEntry{Of: c, Domain: domain, Participant: participant, Usage: usage}
	}
	foreign := network.SCA.Issue("ds-5", pki.DSC().Named(pki.DN("NZ", "Other", "DS")))
	weak := network.SCA.Issue("ds-6", pki.DSC().Keyed(pki.RSA1024))
	critical := network.SCA.Issue("ds-7", pki.DSC().With(pki.UnknownCritical()))
	other := lists.SignedJWK(network.RSADSC().Key)
	for name, c := range map[string]struct {
		entry any
		why   string
	}{
		"another list":        {"did:web:dev.utopia.example:trustlist", "not followed"},
		"no object":           {7, "cannot be read"},
		"a name elsewhere":    {edited(func(o lists.Object) { o["id"] = "did:web:elsewhere.example:DCC:UTO:DSC#" + lists.WHOKeyID(network.DSC) }), "not one of this list"},
		"a master elsewhere":  {edited(func(o lists.Object) { o["controller"] = "did:web:elsewhere.example" }), "not one of this list"},
		"another type":        {edited(func(o lists.Object) { o["type"] = "Ed25519VerificationKey2018" }), "not one of this list"},
		"another participant": {edited(func(o lists.Object) { o["participant"] = lists.Object{"code": "#NZL"} }), "different things"},
		"another usage":       {edited(func(o lists.Object) { o["keyusage"] = lists.Object{"code": "#CSCA"} }), "different things"},
		"a test participant":  {of(network.DSC, "DCC", "XXH", "DSC"), "a test"},
		"no country":          {of(network.DSC, "DCC", "QQQ", "DSC"), "no country that is known"},
		"an unknown domain":   {of(network.DSC, "PH4H", "UTO", "DSC"), "domain"},
		"for data":            {of(network.DSC, "DCC", "UTO", "DESC"), "exchange of data"},
		"an authority of it":  {of(network.SCA, "DCC", "UTO", "DECA"), "exchange of data"},
		"no certificate":      {key(func(o lists.Object) { o["x5c"] = []string{} }), "there is none"},
		"no base64":           {key(func(o lists.Object) { o["x5c"] = []string{"MII\n"} }), "cannot be read"},
		"half a certificate":  {key(func(o lists.Object) { o["x5c"] = []string{lists.Base64(network.DSC.Cert[:300])} }), "cannot be read"},
		"another x":           {key(func(o lists.Object) { o["x"] = o["y"] }), "KEY_CONFLICT"},
		"no x":                {key(func(o lists.Object) { delete(o, "x") }), "KEY_CONFLICT"},
		"another type of key": {key(func(o lists.Object) { o["kty"], o["n"], o["e"] = "RSA", other["n"], other["e"] }), "KEY_CONFLICT"},
		"a kid of no base64":  {key(func(o lists.Object) { o["kid"] = "?" }), "key ID"},
		"another kid": {edited(func(o lists.Object) {
			kid := lists.WHOKeyID(network.RSADSC())
			o["id"] = strings.Replace(o["id"].(string), lists.WHOKeyID(network.DSC), kid, 1)
			o["publicKeyJwk"].(lists.Object)["kid"] = kid
		}), "digest of its certificate"},
		"another country":    {of(foreign, "DCC", "UTO", "DSC"), "another country"},
		"a signer as SCA":    {of(network.DSC, "DCC", "UTO", "SCA"), "not of the usage"},
		"an SCA as signer":   {of(network.SCA, "DCC", "UTO", "DSC"), "not of the usage"},
		"a short key":        {of(weak, "DCC", "UTO", "DSC"), "weak"},
		"a critical unknown": {of(critical, "DCC", "UTO", "DSC"), "critical"},
		"once more":          {utopian(network.RSADSC(), "DSC"), "twice"},
	} {
		l := read(t, lists.WHO(utopian(network.RSADSC(), "DSC"), c.entry), anyone)
		if e := l.Entries[1]; !strings.Contains(e.Dropped, c.why) {
			t.Errorf("%s: %q, want %q", name, e.Dropped, c.why)
		}
		m := l.Material()
		if len(m.Anchors) != 1 || len(m.Dropped) != 1 || m.Dropped[0].Item == "" {
			t.Errorf("%s: %d anchors, %v", name, len(m.Anchors), m.Dropped)
		}
	}
}

// A list of another form, one that holds nothing, and one that nobody is pinned for.
func TestListsThatAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		data  []byte
		trust gdhcn.Trust
		why   error
	}{
		"nobody pinned":   {good(), gdhcn.Trust{}, gdhcn.ErrUnpinned},
		"a web page":      {[]byte("<!DOCTYPE html><html></html>"), anyone, gdhcn.ErrFormat},
		"nothing":         {nil, anyone, gdhcn.ErrFormat},
		"half a list":     {good()[:1000], anyone, gdhcn.ErrFormat},
		"something after": {append(good(), '{'), anyone, gdhcn.ErrFormat},
		"no methods":      {[]byte(`{"id":"did:web:x"}`), anyone, gdhcn.ErrFormat},
		"no name":         {[]byte(`{"verificationMethod":[]}`), anyone, gdhcn.ErrFormat},
		"two names":       {[]byte(`{"id":"a","id":"b","verificationMethod":[]}`), anyone, gdhcn.ErrFormat},
		"empty":           {lists.WHO(), anyone, gdhcn.ErrEmpty},
		"references only": {lists.WHO("did:web:example.com"), anyone, gdhcn.ErrEmpty},
		"too long":        {lists.WHO(slices.Repeat([]any{"did:web:example.com"}, gdhcn.MaxEntries+1)...), anyone, gdhcn.ErrLimit},
	} {
		_, err := gdhcn.ReadList("did.json", c.data, c.trust)
		refused(t, name, err, c.why)
	}
}

func TestAuthoritiesThatAreRefused(t *testing.T) {
	n := network
	by := func(c *pki.Credential) []byte { return lists.SignedAuthority(n.SCA, n.Message(c, n.SCA.Cert)) }
	change := func(f func(*pki.SignerInfo)) []byte {
		return lists.SignedAuthority(n.SCA, n.Message(n.Anchor, n.SCA.Cert).Signer(f))
	}
	of := func(content []byte) []byte { return lists.SignedAuthority(n.SCA, n.Message(n.Anchor, content)) }
	text := string(n.Authority(n.SCA))
	for name, c := range map[string]struct {
		data []byte
		why  error
	}{
		"a web page":            {[]byte("<html>"), gdhcn.ErrAuthority},
		"no members":            {[]byte("{}"), gdhcn.ErrAuthority},
		"no base64":             {[]byte(strings.Replace(text, `"certificateRawData":"M`, `"certificateRawData":"?`, 1)), gdhcn.ErrAuthority},
		"another thumbprint":    {[]byte(strings.Replace(text, `"certificateThumbprint":"`, `"certificateThumbprint":"0`, 1)), gdhcn.ErrAuthority},
		"no signature":          {[]byte(strings.Replace(text, `"trustAnchorSignature":"M`, `"trustAnchorSignature":"?`, 1)), gdhcn.ErrAuthority},
		"no message":            {[]byte(strings.Replace(text, `"trustAnchorSignature":"M`, `"trustAnchorSignature":"A`, 1)), gdhcn.ErrAuthority},
		"a stranger":            {by(n.Stranger), gdhcn.ErrSigner},
		"itself":                {by(n.SCA), gdhcn.ErrSigner},
		"a server":              {by(n.Server), gdhcn.ErrSigner},
		"another digest":        {change(func(s *pki.SignerInfo) { s.Attributes = pki.Valued("1.2.840.113549.1.9.4") }), gdhcn.ErrAuthority},
		"another signature":     {change(func(s *pki.SignerInfo) { s.Signature = flipped }), gdhcn.ErrSignature},
		"signed before":         {change(func(s *pki.SignerInfo) { s.Time = pki.ListedAt.AddDate(-20, 0, 0) }), gdhcn.ErrSigner},
		"no signing time":       {change(func(s *pki.SignerInfo) { s.Time = time.Time{} }), gdhcn.ErrAuthority},
		"another type":          {lists.SignedAuthority(n.SCA, pki.Seal(pki.OIDMasterList, n.SCA.Cert, n.Anchor)), gdhcn.ErrAuthority},
		"signed nothing":        {of([]byte("null;null;null;null;null;")), gdhcn.ErrAuthority},
		"signed another":        {of(n.Stranger.Cert), gdhcn.ErrAuthority},
		"a signer as authority": {lists.SignedAuthority(n.DSC, n.Message(n.Anchor, n.DSC.Cert)), gdhcn.ErrAuthority},
	} {
		_, err := gdhcn.ReadAuthority("sca.json", c.data, pinned(t))
		refused(t, name, err, c.why)
		l := read(t, good(), pinned(t, c.data))
		if len(l.Authorities) != 0 || len(l.Refused) != 1 || l.Entries[0].Authentication != trustlist.Transport || l.Entries[1].Authentication != trustlist.Transport {
			t.Errorf("%s: %d authorities, %v", name, len(l.Authorities), l.Refused)
		}
	}
	if _, err := gdhcn.ReadAuthority("sca.json", n.Authority(n.SCA), pinned(t)); err != nil {
		t.Error(err)
	}
	_, err := gdhcn.ReadAuthority("sca.json", n.Authority(n.SCA), gdhcn.Trust{Roots: pinned(t).Roots})
	refused(t, "no certificate between", err, gdhcn.ErrSigner)
}

func flipped(b []byte) []byte {
	b = slices.Clone(b)
	b[len(b)-1] ^= 1
	return b
}
