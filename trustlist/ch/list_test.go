package ch_test

import (
	"bytes"
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
	"github.com/travelseal/travelseal/trustlist/ch"
)

var (
	government = lists.NewGovernment("UT")
	csca       = pki.NewCSCA("ch csca", pki.CSCA())
	first      = csca.Issue("ds-1", pki.DSC())
	second     = csca.Issue("ds-2", pki.DSC())
	third      = csca.Issue("ds-3", pki.DSC())
	rsa        = csca.Issue("ds-4", pki.DSC().Keyed(pki.RSA2048))
)

func parse(t testing.TB, raw []byte) *cert.Certificate {
	t.Helper()
	c, err := cert.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func file(data []byte) []trustlist.File { return []trustlist.File{{Name: "active.jws", Data: data}} }

// trusting takes the government's lists, of which one says what is in force.
func trusting(t testing.TB, active []byte) ch.Trust {
	return ch.Trust{Roots: []*cert.Certificate{parse(t, government.Root.Cert)}, CommonNames: []string{ch.CommonName}, Active: file(active)}
}

func swiss(claims any) []byte { return government.SwissBy(government.Swiss, claims).Encode() }

func good() []byte {
	return swiss(lists.SwissKeys(lists.SwissKey(first, ""), lists.SwissSPKI(second, "vt"), lists.SwissKey(rsa, "r"), lists.SwissKey(third, "")))
}

func active() []byte { return swiss(lists.SwissActive(first, second, rsa)) }

// at adds signed moments to what a list says.
func at(claims lists.Object, issued, expires time.Time) lists.Object {
	claims["iat"] = issued.Unix()
	if !expires.IsZero() {
		claims["exp"] = expires.Unix()
	}
	return claims
}

func TestAListIsRead(t *testing.T) {
	l, err := ch.ReadList("keys.jws", append(good(), '\n'), trusting(t, active()))
	if err != nil {
		t.Fatal(err)
	}
	// Neither list has a date, whatever it says of a duration.
	if len(l.Keys) != 4 || len(l.Signer) != 3 || l.Active != "active.jws" || !l.Source.Date.IsZero() || l.Source.Authentication != trustlist.SignedList || !l.NotAfter.Equal(pki.DSCUntil) {
		t.Errorf("%+v", l)
	}
	m := l.Material()
	if len(m.Anchors) != 3 || len(m.Dropped) != 1 || !strings.Contains(m.Dropped[0].Reason, "in force") || m.Dropped[0].Item != "key 4" || !m.Created.IsZero() {
		t.Fatalf("%d anchors, %v", len(m.Anchors), m.Dropped)
	}
	for i, want := range []formats.Uses{formats.AllUses, formats.Vaccination | formats.Test, formats.Recovery} {
		a := m.Anchors[i]
		if a.Uses != want || !slices.Equal(a.Scope, []formats.ID{"eu-dcc", "who-ddcc", "who-dvc"}) || len(a.KeyID) != 8 || a.Permits("ch-light") {
			t.Errorf("%d: %+v", i, a)
		}
	}
	open, err := ch.ReadList("keys.jws", good(), ch.Trust{Unauthenticated: true, Active: file(active())})
	if err != nil || open.Signer != nil || open.Source.Authentication != trustlist.Transport {
		t.Errorf("%+v, %v", open, err)
	}
}

// What is signed of the time counts, and nothing else.
func TestWhenAListCounts(t *testing.T) {
	made := time.Date(2026, 9, 1, 8, 0, 0, 0, time.UTC)
	keys := swiss(at(lists.SwissKeys(lists.SwissKey(first, "")), made, made.AddDate(0, 0, 14)))
	inForce := swiss(at(lists.SwissActive(first), made.Add(-time.Hour), made.AddDate(0, 0, 2)))
	trust := trusting(t, inForce)
	l, err := ch.ReadList("keys.jws", keys, trust)
	if err != nil || !l.Source.Date.Equal(made.Add(-time.Hour)) || !l.NotAfter.Equal(made.AddDate(0, 0, 2)) || !l.Material().Created.Equal(made.Add(-time.Hour)) {
		t.Fatalf("%+v, %v", l, err)
	}
	undated := trusting(t, active())
	for name, c := range map[string]struct {
		trust ch.Trust
		data  []byte
		at    time.Time
		since time.Time
		why   error
	}{
		"now":                                  {trust, keys, made.Add(time.Hour), time.Time{}, nil},
		"by clocks that differ":                {trust, keys, made.Add(-ch.Skew), time.Time{}, nil},
		"before":                               {trust, keys, made.Add(-time.Hour), time.Time{}, ch.ErrStale},
		"after the first of the two has ended": {trust, keys, made.AddDate(0, 0, 3), time.Time{}, ch.ErrActive},
		"a year later":                         {trust, keys, made.AddDate(1, 0, 0), time.Time{}, ch.ErrStale},
		"as new as the last":                   {trust, keys, time.Time{}, made.Add(-time.Hour), nil},
		"older than the last":                  {trust, keys, time.Time{}, made, ch.ErrOlder},
		"without a date":                       {undated, good(), made, time.Time{}, nil},
		"without a date, years later":          {undated, good(), pki.DSCUntil.AddDate(0, 0, 1), time.Time{}, ch.ErrStale},
		"without a date, years before":         {undated, good(), pki.DSCFrom.AddDate(0, 0, -1), time.Time{}, ch.ErrStale},
		"without a date after one that has":    {undated, good(), time.Time{}, made, ch.ErrOlder},
	} {
		c.trust.At, c.trust.Since = c.at, c.since
		if _, err := ch.ReadList("keys.jws", c.data, c.trust); c.why == nil && err != nil || c.why != nil && !errors.Is(err, c.why) {
			t.Errorf("%s: %v, want %v", name, err, c.why)
		}
	}
}

// Of several lists of what is in force, the newest counts; where that cannot be told, none.
func TestTheNewestListOfWhatIsInForce(t *testing.T) {
	old, young := time.Date(2026, 8, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)
	dated := func(when time.Time, of ...*pki.Credential) trustlist.File {
		return trustlist.File{Name: when.Format(time.DateOnly), Data: swiss(at(lists.SwissActive(of...), when, time.Time{}))}
	}
	trust := trusting(t, nil)
	for name, c := range map[string]struct {
		files []trustlist.File
		want  int
	}{
		"newer last":    {[]trustlist.File{dated(old, first, second, rsa), dated(young, first)}, 1},
		"newer first":   {[]trustlist.File{dated(young, first), dated(old, first, second, rsa)}, 1},
		"of one moment": {[]trustlist.File{dated(young, first), dated(young, first, second)}, 0},
		"one undated":   {[]trustlist.File{dated(young, first), {Name: "undated", Data: active()}}, 0},
		"a stranger's beside": {[]trustlist.File{dated(old, first, second), {Name: "stranger", Data: government.SwissBy(government.Server,
			at(lists.SwissActive(first, second, rsa, third), young, time.Time{})).Encode()}}, 2},
		"a list of keys beside": {[]trustlist.File{{Name: "keys", Data: good()}, dated(old, first)}, 1},
	} {
		trust.Active = c.files
		l, err := ch.ReadList("keys.jws", good(), trust)
		if c.want == 0 {
			if !errors.Is(err, ch.ErrActive) {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if err != nil || len(l.Material().Anchors) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestListsThatAreRefused(t *testing.T) {
	g := government
	by := func(c *pki.Credential) []byte {
		return g.SwissBy(c, lists.SwissKeys(lists.SwissKey(first, ""))).Encode()
	}
	issued := func(name string, template pki.Template) []byte { return by(g.Between.Issue(name, template)) }
	named := func(name string, subject pki.Name) []byte {
		return issued(name, government.Signer("").Named(subject))
	}
	header := func(edit func(lists.Object)) []byte {
		s := g.SwissBy(g.Swiss, lists.SwissKeys(lists.SwissKey(first, "")))
		edit(s.Header)
		return s.Encode()
	}
	// A certificate by the signer's name that an ordinary certificate under the root has issued, with that one beside it.
	beneath := g.Server.Issue("beneath", government.Signer(ch.CommonName))
	under := g.SwissBy(beneath, lists.SwissKeys(lists.SwissKey(first, "")))
	under.Header["x5c"] = []string{lists.Base64(beneath.Cert), lists.Base64(g.Server.Cert), lists.Base64(g.Between.Cert)}
	made := pki.ListedAt
	text := good()
	changed := bytes.Replace(text, text[len(text)-8:], []byte("AAAAAAAA"), 1)
	nameless := trusting(t, active())
	nameless.CommonNames = nil
	for name, c := range map[string]struct {
		data  []byte
		trust ch.Trust
		why   error
	}{
		"nobody pinned":   {good(), ch.Trust{}, ch.ErrUnpinned},
		"no name pinned":  {good(), nameless, ch.ErrUnpinned},
		"a web page":      {[]byte("<html>"), trusting(t, active()), ch.ErrFormat},
		"nothing":         {nil, trusting(t, active()), ch.ErrFormat},
		"JSON":            {lists.JSON(lists.SwissKeys()), trusting(t, active()), ch.ErrFormat},
		"two parts":       {text[:bytes.LastIndexByte(text, '.')], trusting(t, active()), ch.ErrFormat},
		"two line feeds":  {append(good(), "\n\n"...), trusting(t, active()), ch.ErrFormat},
		"a list of words": {swiss([]string{"certs"}), trusting(t, active()), ch.ErrFormat},
		"no certs":        {swiss(lists.Object{}), trusting(t, active()), ch.ErrFormat},
		"the other list":  {active(), trusting(t, active()), ch.ErrFormat},
		"no date":         {swiss(lists.Object{"certs": []any{}, "iat": "today"}), trusting(t, active()), ch.ErrFormat},
		"a date below 0":  {swiss(lists.Object{"certs": []any{}, "exp": -1}), trusting(t, active()), ch.ErrFormat},

		"no certificates beside": {header(func(h lists.Object) { delete(h, "x5c") }), trusting(t, active()), ch.ErrSigner},
		"half a certificate":     {header(func(h lists.Object) { h["x5c"] = []string{"MIIB"} }), trusting(t, active()), ch.ErrSigner},
		"none between":           {header(func(h lists.Object) { h["x5c"] = h["x5c"].([]string)[:1] }), trusting(t, active()), ch.ErrSigner},
		"in another order":       {header(func(h lists.Object) { h["x5c"] = []string{lists.Base64(g.Between.Cert), lists.Base64(g.Swiss.Cert)} }), trusting(t, active()), ch.ErrSigner},
		"a key of its own":       {header(func(h lists.Object) { h["jwk"] = lists.JWK(g.Swiss.Key) }), trusting(t, active()), ch.ErrSignature},
		"an address":             {header(func(h lists.Object) { h["x5u"] = "https://evil.example" }), trusting(t, active()), ch.ErrSignature},
		"none":                   {header(func(h lists.Object) { h["alg"] = "none" }), trusting(t, active()), ch.ErrSignature},
		"a MAC":                  {header(func(h lists.Object) { h["alg"] = "HS256" }), trusting(t, active()), ch.ErrSignature},
		"of another type of key": {header(func(h lists.Object) { h["alg"] = "RS256" }), trusting(t, active()), ch.ErrSignature},
		"another signature":      {changed, trusting(t, active()), ch.ErrSignature},

		"another's name":               {by(g.Server), trusting(t, active()), ch.ErrSigner},
		"a leaf as authority":          {under.Encode(), trusting(t, active()), ch.ErrNotCA},
		"an authority as signer":       {issued("ca", government.CA("x").Named(pki.DN("UT", "Government", ch.CommonName))), trusting(t, active()), ch.ErrSigner},
		"for other uses":               {issued("other", government.Signer(ch.CommonName).Replacing(pki.KeyUsage(pki.KeyEncipherment))), trusting(t, active()), ch.ErrSigner},
		"the name in an organization":  {named("o", pki.DN("UT", "x,CN="+ch.CommonName, "evil")), trusting(t, active()), ch.ErrSigner},
		"the name of another":          {named("ref", pki.DN("UT", "x", ch.CommonName+"-ref")), trusting(t, active()), ch.ErrSigner},
		"the name, then a comma":       {named("comma", pki.DN("UT", "x", ch.CommonName+",O=x")), trusting(t, active()), ch.ErrSigner},
		"the name and a zero byte":     {named("nul", pki.DN("UT", "x", ch.CommonName+"\x00")), trusting(t, active()), ch.ErrSigner},
		"two names":                    {named("two", append(pki.DN("UT", "x", ch.CommonName), pki.One(pki.CommonName, der.UTF8("evil")))), trusting(t, active()), ch.ErrSigner},
		"signed before it was valid":   {swiss(at(lists.SwissKeys(lists.SwissKey(first, "")), pki.DSCFrom.AddDate(0, 0, -1), time.Time{})), trusting(t, active()), ch.ErrSigner},
		"signed after it was valid":    {swiss(at(lists.SwissKeys(lists.SwissKey(first, "")), pki.DSCUntil.AddDate(0, 0, 1), time.Time{})), trusting(t, active()), ch.ErrSigner},
		"never valid together":         {issued("never", government.Signer(ch.CommonName).Valid(pki.CSCAUntil.AddDate(1, 0, 0), pki.CSCAUntil.AddDate(2, 0, 0))), trusting(t, active()), ch.ErrSigner},
		"nothing in force":             {good(), trusting(t, swiss(lists.SwissActive())), ch.ErrEmpty},
		"no list of what is in force":  {good(), trusting(t, nil), ch.ErrActive},
		"a stranger's list of it":      {good(), trusting(t, g.SwissBy(g.Server, lists.SwissActive(first)).Encode()), ch.ErrActive},
		"one that is not signed":       {good(), trusting(t, lists.JSON(lists.SwissActive(first))), ch.ErrActive},
		"one with a key ID of numbers": {good(), trusting(t, swiss(lists.Object{"activeKeyIds": []int{1}})), ch.ErrFormat},
		"empty, signed":                {swiss(at(lists.SwissKeys(), made, time.Time{})), trusting(t, active()), ch.ErrEmpty},
		"more than the limit":          {swiss(lists.Object{"certs": slices.Repeat([]any{1}, ch.MaxKeys+1)}), trusting(t, active()), ch.ErrLimit},
	} {
		_, err := ch.ReadList("keys.jws", c.data, c.trust)
		var le *trustlist.LoadError
		if !errors.As(err, &le) || le.Source != "keys.jws" || !errors.Is(err, c.why) {
			t.Errorf("%s: %v, want %v", name, err, c.why)
		}
	}
}

func TestKeysThatAreLeftOut(t *testing.T) {
	edited := func(o lists.Object, edit func(lists.Object)) lists.Object {
		edit(o)
		return o
	}
	ec := func(edit func(lists.Object)) lists.Object { return edited(lists.SwissKey(second, ""), edit) }
	for name, c := range map[string]struct {
		key any
		why string
	}{
		"no object":          {1, "cannot be read"},
		"no key ID":          {ec(func(o lists.Object) { delete(o, "keyId") }), "key ID"},
		"a key ID in base64": {ec(func(o lists.Object) { o["keyId"] = strings.TrimRight(o["keyId"].(string), "=") }), "key ID"},
		"not in force":       {lists.SwissKey(third, ""), "in force"},
		"no key":             {ec(func(o lists.Object) { delete(o, "x"); delete(o, "y") }), "no key"},
		"half a point":       {ec(func(o lists.Object) { delete(o, "y") }), "no point"},
		"no point":           {ec(func(o lists.Object) { o["x"] = o["y"] }), "cannot be read"},
		"too long":           {ec(func(o lists.Object) { o["x"] = lists.Base64(bytes.Repeat([]byte{1}, 33)) }), "no point"},
		"base64url":          {ec(func(o lists.Object) { o["x"] = "____" }), "cannot be read"},
		"another curve":      {ec(func(o lists.Object) { o["crv"] = "P-384" }), "no point"},
		"another algorithm":  {ec(func(o lists.Object) { o["alg"] = "HS256" }), "not known here"},
		"an unknown use":     {ec(func(o lists.Object) { o["use"] = "sig" }), "use is not known"},
		"half a modulus":     {edited(lists.SwissKey(rsa, ""), func(o lists.Object) { delete(o, "n") }), "modulus"},
		"a long exponent":    {edited(lists.SwissKey(rsa, ""), func(o lists.Object) { o["e"] = lists.Base64([]byte{1, 2, 3, 4, 5}) }), "exponent"},
		"another SPKI":       {ec(func(o lists.Object) { o["subjectPublicKeyInfo"] = lists.SwissSPKI(first, "")["subjectPublicKeyInfo"] }), "KEY_CONFLICT"},
		"an SPKI of RSA as EC": {ec(func(o lists.Object) {
			delete(o, "x")
			delete(o, "y")
			o["subjectPublicKeyInfo"] = lists.SwissSPKI(rsa, "")["subjectPublicKeyInfo"]
		}), "KEY_CONFLICT"},
		"half an SPKI": {edited(lists.SwissSPKI(second, ""), func(o lists.Object) { o["subjectPublicKeyInfo"] = "MFkw" }), "cannot be read"},
		"once more":    {lists.SwissKey(first, ""), "twice"},
	} {
		data := swiss(lists.Object{"certs": []any{lists.SwissKey(first, ""), c.key}})
		l, err := ch.ReadList("keys.jws", data, trusting(t, active()))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if m := l.Material(); len(m.Anchors) != 1 || len(m.Dropped) != 1 || !strings.Contains(m.Dropped[0].Reason, c.why) {
			t.Errorf("%s: %d anchors, %v, want %q", name, len(m.Anchors), m.Dropped, c.why)
		}
	}
	// A zero before a number is what programs write that know signed integers only.
	zero := ec(func(o lists.Object) {
		x, _ := lists.SwissKey(second, "")["x"].(string)
		raw := append([]byte{0}, unbase64(t, x)...)
		o["x"] = lists.Base64(raw)
	})
	l, err := ch.ReadList("keys.jws", swiss(lists.SwissKeys(zero)), trusting(t, active()))
	if err != nil || l.Keys[0].Dropped != "" {
		t.Errorf("%+v, %v", l, err)
	}
}

func unbase64(t *testing.T, s string) []byte {
	t.Helper()
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestALoaderNeedsTheRootAndWhatIsInForce(t *testing.T) {
	own := lists.NewGovernment("CH")
	all := map[string][]byte{
		"keys.jws":   own.SwissBy(own.Swiss, lists.SwissKeys(lists.SwissKey(first, ""), lists.SwissKey(second, ""), lists.SwissKey(rsa, "r"))).Encode(),
		"active.jws": own.SwissBy(own.Swiss, lists.SwissActive(first, second, rsa)).Encode(), "root.pem": own.Root.PEM()}
	for missing, want := range map[string]int{"": 3, "active.jws": 0, "root.pem": -1} {
		dir := t.TempDir()
		for name, data := range all {
			if name == missing {
				continue
			}
			if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		s, err := trustlist.Loader{Importers: ch.Importers}.Load(dir)
		if err != nil {
			t.Fatal(err)
		}
		got := 0
		for _, a := range s.Anchors() {
			if a.Source.Authentication == trustlist.SignedList {
				got++
			}
		}
		if got != max(want, 0) || want <= 0 && len(s.Dropped()) == 0 {
			t.Errorf("without %q: %d, %v", missing, got, s.Dropped())
		}
		if !s.Info().Created.IsZero() {
			t.Error("lists that say no date have one")
		}
	}
	trust := trusting(t, active())
	trust.Country = "CH"
	if _, err := ch.ReadList("keys.jws", good(), trust); !errors.Is(err, ch.ErrSigner) {
		t.Errorf("under the authority of another country: %v", err)
	}
}

// Whatever the two files hold, a list is what the pinned signer signed, or none.
func FuzzReadList(f *testing.F) {
	made := time.Date(2026, 9, 1, 8, 0, 0, 0, time.UTC)
	f.Add(good(), active())
	f.Add(swiss(at(lists.SwissKeys(lists.SwissKey(first, "v")), made, made)), swiss(lists.Object{"activeKeyIds": []any{}}))
	signed := [][]byte{good(), append(good(), '\n'), swiss(at(lists.SwissKeys(lists.SwissKey(first, "v")), made, made))}
	f.Fuzz(func(t *testing.T, data, active []byte) {
		if _, err := ch.ReadList("closed", data, trusting(t, active)); err == nil && !slices.ContainsFunc(signed, func(s []byte) bool { return bytes.Equal(s, data) }) {
			t.Fatal("it was signed by nobody")
		}
		l, err := ch.ReadList("open", data, ch.Trust{Unauthenticated: true, Active: file(active)})
		var le *trustlist.LoadError
		if err != nil && !errors.As(err, &le) {
			t.Fatal(err)
		}
		if err == nil {
			l.Material()
		}
	})
}
