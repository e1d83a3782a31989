package nl_test

import (
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/lists"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/nl"
)

var (
	government = lists.NewGovernment("UT")
	csca       = pki.NewCSCA("nl csca", pki.CSCA())
	first      = csca.Issue("ds-1", pki.DSC())
	second     = csca.Issue("ds-2", pki.DSC())
	anyone     = nl.Trust{Unauthenticated: true}
)

const kid = "AAAAAAAAAAE="

func parse(t testing.TB, raw []byte) *cert.Certificate {
	t.Helper()
	c, err := cert.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func pinned(t testing.TB) nl.Trust {
	return nl.Trust{Roots: []*cert.Certificate{parse(t, government.Root.Cert)}, CommonNames: []string{"other.utopia.example", lists.DutchSigner}}
}

// payload is a list of two keys under one key ID, and one of RSA or of limited use under another.
func payload() []byte {
	own := lists.DutchKey(first)
	own["san"], own["ian"] = "UTO", "UT"
	return lists.DutchPayload(map[string][]lists.Object{kid: {own, lists.DutchKey(second)}, "AAAAAAAAAAI=": {lists.DutchKey(second, "v", "r")}})
}

func good() []byte {
	return lists.Dutch(payload(), government.DutchMessage(government.Dutch, payload()))
}

func TestAListIsRead(t *testing.T) {
	l, err := nl.ReadList("keys.json", good(), pinned(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(l.Keys) != 5 || len(l.Signer) != 3 || !l.Source.Date.Equal(pki.ListedAt) || l.Source.Authentication != trustlist.SignedList {
		t.Errorf("%+v", l)
	}
	m := l.Material()
	if len(m.Anchors) != 3 || len(m.Dropped) != 2 || !m.Created.Equal(pki.ListedAt) {
		t.Fatalf("%d anchors, %v", len(m.Anchors), m.Dropped)
	}
	for _, d := range m.Dropped {
		if !strings.Contains(d.Reason, "domestic") || !strings.Contains(d.Item, "UT-CL-2") && d.Item != "cl_keys[0]" {
			t.Errorf("%+v", d)
		}
	}
	a := m.Anchors[0]
	if a.Country != "UT" || a.Uses != formats.AllUses || !slices.Equal(a.Scope, []formats.ID{"eu-dcc", "who-ddcc", "who-dvc"}) || len(a.KeyID) != 8 {
		t.Errorf("%+v", a)
	}
	if c := m.Anchors[2]; c.Uses != formats.Vaccination|formats.Recovery || c.Country != "" {
		t.Errorf("%+v", c)
	}
	within := government.DutchMessage(government.Dutch, payload())
	within.Detached = false
	if _, err := nl.ReadList("keys.json", lists.Dutch(payload(), within), pinned(t)); err != nil {
		t.Errorf("the payload within the message: %v", err)
	}
	open, err := nl.ReadList("keys.json", good(), anyone)
	if err != nil || open.Signer != nil || open.Source.Authentication != trustlist.Transport || !open.Source.Date.IsZero() {
		t.Errorf("%+v, %v", open, err)
	}
}

// by is the list as signed by a certificate that the government has issued.
func by(name string, t pki.Template) []byte {
	c := government.Between.Issue(name, t)
	return lists.Dutch(payload(), government.DutchMessage(c, payload()))
}

func TestListsThatAreRefused(t *testing.T) {
	g := government
	signed := func(f func(*pki.SignerInfo)) []byte {
		return lists.Dutch(payload(), g.DutchMessage(g.Dutch, payload()).Signer(f))
	}
	named := func(name string, subject pki.Name) []byte {
		return by(name, government.Signer("").Named(subject))
	}
	// A certificate by the signer's name that an ordinary certificate under the root has issued, with that one beside it.
	beneath := g.Server.Issue("beneath", government.Signer(lists.DutchSigner))
	under := g.DutchMessage(beneath, payload())
	under.Certificates = [][]byte{beneath.Cert, g.Server.Cert, g.Between.Cert}
	stranger := lists.NewGovernment("UT")
	stranger.Root = stranger.Root.Twin("stranger")
	stranger.Between = stranger.Root.Issue("between", government.CA("SIGN"))
	stranger.Dutch = stranger.Between.Issue("dutch", government.Signer(lists.DutchSigner))
	alone := g.DutchMessage(g.Dutch, payload())
	alone.Certificates = [][]byte{g.Dutch.Cert}
	of := func(payload []byte) []byte { return lists.Dutch(payload, g.DutchMessage(g.Dutch, payload)) }
	later := pinned(t)
	later.Since = pki.ListedAt.Add(time.Second)
	nameless, rootless := pinned(t), pinned(t)
	nameless.CommonNames, rootless.Roots = nil, nil
	text := string(good())
	for name, c := range map[string]struct {
		data  []byte
		trust nl.Trust
		why   error
	}{
		"nobody pinned":            {good(), nl.Trust{}, nl.ErrUnpinned},
		"no name pinned":           {good(), nameless, nl.ErrUnpinned},
		"no root pinned":           {good(), rootless, nl.ErrUnpinned},
		"a web page":               {[]byte("<html>"), anyone, nl.ErrFormat},
		"nothing":                  {nil, anyone, nl.ErrFormat},
		"half of it":               {good()[:100], anyone, nl.ErrFormat},
		"no signature":             {lists.JSON(lists.Object{"payload": "AAAA"}), anyone, nl.ErrFormat},
		"a payload of no base64":   {[]byte(strings.Replace(text, `"payload":"`, `"payload":"?`, 1)), anyone, nl.ErrFormat},
		"a signature of no base64": {[]byte(strings.Replace(text, `"signature":"`, `"signature":"?`, 1)), anyone, nl.ErrFormat},
		"no message":               {lists.JSON(lists.Object{"payload": "AAAA", "signature": "AAAA"}), pinned(t), nl.ErrFormat},
		"two payloads":             {[]byte(`{"payload":"AAAA","payload":"AAAA","signature":"AAAA"}`), anyone, nl.ErrFormat},

		"another's name":                     {lists.Dutch(payload(), g.DutchMessage(g.Server, payload())), pinned(t), nl.ErrSigner},
		"a stranger's root":                  {lists.Dutch(payload(), stranger.DutchMessage(stranger.Dutch, payload())), pinned(t), nl.ErrSigner},
		"no certificate between":             {lists.Dutch(payload(), alone), pinned(t), nl.ErrSigner},
		"a leaf as authority":                {lists.Dutch(payload(), under), pinned(t), nl.ErrNotCA},
		"an authority as signer":             {by("ca", government.CA("x").Named(pki.DN("UT", "Government", lists.DutchSigner))), pinned(t), nl.ErrSigner},
		"for other uses":                     {by("other use", government.Signer(lists.DutchSigner).Replacing(pki.KeyUsage(pki.KeyEncipherment))), pinned(t), nl.ErrSigner},
		"the name in an organization":        {named("o", pki.DN("UT", "x,CN="+lists.DutchSigner, "evil")), pinned(t), nl.ErrSigner},
		"the name at the end of another":     {named("end", pki.DN("UT", "x", "evil."+lists.DutchSigner)), pinned(t), nl.ErrSigner},
		"the name at the beginning":          {named("begin", pki.DN("UT", "x", lists.DutchSigner+".evil.example")), pinned(t), nl.ErrSigner},
		"the name and a zero byte":           {named("nul", pki.DN("UT", "x", lists.DutchSigner+"\x00.evil.example")), pinned(t), nl.ErrSigner},
		"the name in capitals":               {named("capitals", pki.DN("UT", "x", strings.ToUpper(lists.DutchSigner))), pinned(t), nl.ErrSigner},
		"the name beside another":            {named("two", append(pki.DN("UT", "x", "evil"), pki.One(pki.CommonName, der.UTF8(lists.DutchSigner)))), pinned(t), nl.ErrSigner},
		"the name in one part with others":   {named("joined", pki.DN("UT", "x", lists.DutchSigner).Joined()), pinned(t), nl.ErrSigner},
		"no name":                            {named("none", pki.DN("UT", "x", "")), pinned(t), nl.ErrSigner},
		"signed before it was valid":         {signed(func(s *pki.SignerInfo) { s.Time = pki.DSCFrom.AddDate(0, 0, -1) }), pinned(t), nl.ErrSigner},
		"signed after it was valid":          {signed(func(s *pki.SignerInfo) { s.Time = pki.DSCUntil.AddDate(0, 0, 1) }), pinned(t), nl.ErrSigner},
		"no signing time":                    {signed(func(s *pki.SignerInfo) { s.Time = time.Time{} }), pinned(t), nl.ErrSignature},
		"no signed attributes":               {signed(func(s *pki.SignerInfo) { s.NoAttributes = true }), pinned(t), nl.ErrSignature},
		"another signature":                  {signed(func(s *pki.SignerInfo) { s.Signature = flipped }), pinned(t), nl.ErrSignature},
		"another payload":                    {lists.Dutch(lists.DutchPayload(nil), g.DutchMessage(g.Dutch, payload())), pinned(t), nl.ErrSignature},
		"one space more":                     {lists.Dutch(append(payload(), ' '), g.DutchMessage(g.Dutch, payload())), pinned(t), nl.ErrSignature},
		"older than the last":                {good(), later, nl.ErrOlder},
		"a signed text":                      {of([]byte("null;null")), pinned(t), nl.ErrFormat},
		"a signed nothing":                   {of([]byte("{}")), pinned(t), nl.ErrFormat},
		"signed domestic keys alone":         {of(lists.DutchPayload(map[string][]lists.Object{})), pinned(t), nl.ErrEmpty},
		"under a key ID no list":             {of(lists.JSON(lists.Object{"eu_keys": lists.Object{kid: lists.DutchKey(first)}})), pinned(t), nl.ErrFormat},
		"more keys than the limit, European": {of(lists.JSON(lists.Object{"eu_keys": lists.Object{kid: slices.Repeat([]any{1}, nl.MaxKeys+1)}})), pinned(t), nl.ErrLimit},
	} {
		_, err := nl.ReadList("keys.json", c.data, c.trust)
		var le *trustlist.LoadError
		if !errors.As(err, &le) || le.Source != "keys.json" || !errors.Is(err, c.why) {
			t.Errorf("%s: %v, want %v", name, err, c.why)
		}
	}
}

func flipped(b []byte) []byte {
	b = slices.Clone(b)
	b[len(b)-1] ^= 1
	return b
}

func TestKeysThatAreLeftOut(t *testing.T) {
	edited := func(edit func(lists.Object)) lists.Object {
		o := lists.DutchKey(second)
		edit(o)
		return o
	}
	for name, c := range map[string]struct {
		id  string
		key lists.Object
		why string
	}{
		"no base64":        {"?", lists.DutchKey(second), "key ID"},
		"a short key ID":   {"AAAA", lists.DutchKey(second), "key ID"},
		"no key":           {kid, edited(func(o lists.Object) { delete(o, "subjectPk") }), "cannot be read"},
		"half a key":       {kid, edited(func(o lists.Object) { o["subjectPk"] = o["subjectPk"].(string)[:40] }), "cannot be read"},
		"a line feed":      {kid, edited(func(o lists.Object) { o["subjectPk"] = o["subjectPk"].(string) + "\n" }), "cannot be read"},
		"a number":         {kid, edited(func(o lists.Object) { o["keyUsage"] = 1 }), "cannot be read"},
		"an unknown use":   {kid, lists.DutchKey(second, "v", "x"), "uses"},
		"the same, twice":  {kid, lists.DutchKey(first), "twice"},
		"an empty use":     {kid, lists.DutchKey(second, ""), "uses"},
		"uses in capitals": {kid, lists.DutchKey(second, "V"), "uses"},
	} {
		keys := map[string][]lists.Object{kid: {lists.DutchKey(first)}}
		keys[c.id] = append(keys[c.id], c.key)
		p := lists.JSON(lists.Object{"eu_keys": keys})
		l, err := nl.ReadList("keys.json", lists.Dutch(p, government.DutchMessage(government.Dutch, p)), pinned(t))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if m := l.Material(); len(m.Anchors) != 1 || len(m.Dropped) != 1 || !strings.Contains(m.Dropped[0].Reason, c.why) || !strings.HasPrefix(m.Dropped[0].Item, "eu_keys[") {
			t.Errorf("%s: %d anchors, %v, want %q", name, len(m.Anchors), m.Dropped, c.why)
		}
	}
}

func TestALoaderNeedsTheRootAndTheName(t *testing.T) {
	own := lists.NewGovernment("NL")
	all := map[string][]byte{"keys.json": lists.Dutch(payload(), own.DutchMessage(own.Dutch, payload())), "root.pem": own.Root.PEM(), "signer.txt": []byte("nl-signer: " + lists.DutchSigner + "\n")}
	for missing, want := range map[string]int{"": 3, "root.pem": 0, "signer.txt": 0} {
		dir := t.TempDir()
		for name, data := range all {
			if name == missing {
				continue
			}
			if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		s, err := trustlist.Loader{Importers: nl.Importers}.Load(dir)
		if err != nil {
			if missing != "root.pem" {
				t.Errorf("without %s: %v", missing, err)
			}
			continue
		}
		got := 0
		for _, a := range s.Anchors() {
			if a.Source.Authentication == trustlist.SignedList {
				got++
			}
		}
		if got != want {
			t.Errorf("without %q: %d, %v", missing, got, s.Dropped())
		}
	}
	trust := pinned(t)
	trust.Country = "NL"
	if _, err := nl.ReadList("keys.json", good(), trust); !errors.Is(err, nl.ErrSigner) {
		t.Errorf("under the authority of another country: %v", err)
	}
	for _, other := range []string{"", "hello\n", "nl-signer: \n", "nl-signer:  a\n", "nl-signer: a\nb\n", strings.Repeat("nl-signer: a\n", 400)} {
		if nl.Importers[0].Beside([]byte(other)) {
			t.Errorf("%.40q names signers", other)
		}
	}
}

// Whatever a file holds, a list is what the pinned signer signed, or none.
func FuzzReadList(f *testing.F) {
	f.Add(good())
	f.Add(lists.Dutch([]byte("{}"), government.DutchMessage(government.Dutch, []byte("{}"))))
	trust, want := pinned(f), base64.StdEncoding.EncodeToString(payload())
	f.Fuzz(func(t *testing.T, data []byte) {
		if l, err := nl.ReadList("closed", data, trust); err == nil && (l.Signer == nil || !strings.Contains(string(data), want) && !strings.Contains(string(data), `\`)) {
			t.Fatal("it was signed by nobody")
		}
		l, err := nl.ReadList("open", data, anyone)
		var le *trustlist.LoadError
		if err != nil && !errors.As(err, &le) {
			t.Fatal(err)
		}
		if err == nil {
			l.Material()
		}
	})
}
