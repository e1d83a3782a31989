package trustlist_test

import (
	"bytes"
	"crypto"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/trustlist"
)

// equal reports whether two public keys are one.
func equal(a, b crypto.PublicKey) bool {
	return a.(interface{ Equal(crypto.PublicKey) bool }).Equal(b)
}

func hint(keyID []byte) formats.Signer { return formats.Signer{KeyID: keyID} }

// names lists the sources of the anchors found, which the tests give each its own.
func names(found []*trustlist.Anchor) string {
	var list []string
	for _, a := range found {
		list = append(list, a.Source.Name)
	}
	return strings.Join(list, " ")
}

func named(name string, more object) object {
	return with(object{"source": object{"name": name}}, more)
}

func TestFindFollowsTheHintsOfADocument(t *testing.T) {
	v, r, x := utopia.Vaccination, utopia.Recovery, utopia.Test
	kid := []byte("shared")
	s := load(t, file(t, "list.json", list(t, nil,
		entry(v, named("v", nil)),
		entry(r, named("r", object{"key_id": b64(kid)})),
		entry(x, named("x", object{"key_id": b64(kid), "issuer": "https://x.example"})),
		object{"spki": b64(spki(utopia.AnyUse)), "key_id": b64(kid), "source": object{"name": "bare"}},
	)))
	certDigest, keyDigest := digest(v.Cert), digest(spki(v))
	wrongTail := append(slices.Clone(certDigest[:12]), 0, 0, 0, 0)
	for name, c := range map[string]struct {
		hint formats.Signer
		want string
	}{
		"nothing":                               {formats.Signer{}, ""},
		"an empty key ID":                       {hint([]byte{}), ""},
		"an unknown key ID":                     {hint([]byte("unknown!")), ""},
		"the digest of the certificate":         {hint(certDigest[:8]), "v"},
		"seven bytes of it":                     {hint(certDigest[:7]), ""},
		"nine bytes of it":                      {hint(certDigest[:9]), "v"},
		"all of it":                             {hint(certDigest), "v"},
		"all of it and more":                    {hint(append(slices.Clone(certDigest), 0)), ""},
		"twelve bytes of it and others":         {hint(wrongTail), ""},
		"the digest of the key":                 {hint(keyDigest[:8]), "v"},
		"all of the key's":                      {hint(keyDigest), "v"},
		"the digest of a bare key":              {hint(digest(spki(utopia.AnyUse))[:8]), "bare"},
		"the digest beside a listed key ID":     {hint(digest(r.Cert)[:8]), "r"},
		"a shared key ID":                       {hint(kid), "r bare"},
		"a part of it":                          {hint(kid[:5]), ""},
		"a shared key ID and the issuer":        {formats.Signer{KeyID: kid, Issuer: "https://x.example"}, "r x bare"},
		"a shared key ID and another":           {formats.Signer{KeyID: kid, Issuer: "https://y.example"}, "r bare"},
		"a digest without its issuer":           {hint(digest(x.Cert)[:8]), ""},
		"all of a digest without its issuer":    {hint(digest(x.Cert)), ""},
		"all of a digest with its issuer":       {formats.Signer{KeyID: digest(x.Cert), Issuer: "https://x.example"}, "x"},
		"an issuer that nobody asked for":       {formats.Signer{KeyID: certDigest[:8], Issuer: "UT"}, "v"},
		"an issuer alone":                       {formats.Signer{Issuer: "https://x.example"}, ""},
		"the country does not choose":           {formats.Signer{KeyID: certDigest[:8], Country: "XA"}, "v"},
		"a chain adds no key":                   {formats.Signer{Chain: [][]byte{mint.Fresh("forger").Cert}}, ""},
		"a chain that begins with a listed one": {formats.Signer{Chain: [][]byte{v.Cert, utopia.CSCA.Cert}}, "v"},
		"a chain that ends with a listed one":   {formats.Signer{Chain: [][]byte{mint.Fresh("forger").Cert, v.Cert}}, ""},
		"a chain and an unknown key ID":         {formats.Signer{KeyID: []byte("unknown!"), Chain: [][]byte{v.Cert}}, "v"},
		"a chain without the issuer":            {formats.Signer{Chain: [][]byte{x.Cert}}, ""},
		"a chain with the issuer":               {formats.Signer{Issuer: "https://x.example", Chain: [][]byte{x.Cert}}, "x"},
		"an empty certificate in a chain":       {formats.Signer{Chain: [][]byte{{}}}, ""},
		"a key ID of a thousand bytes":          {hint(bytes.Repeat([]byte{1}, 1000)), ""},
		"a shared key ID, the issuer in a case": {formats.Signer{KeyID: kid, Issuer: "HTTPS://x.example"}, "r bare"},
	} {
		if got := names(s.Find(c.hint)); got != c.want {
			t.Errorf("%s: found %q, want %q", name, got, c.want)
		}
	}
}

// An anchor is identified only by what no other key can share; a failing signature then disproves the document.
func TestIdentifiedByIsMoreThanAKeyID(t *testing.T) {
	v := utopia.Vaccination
	kid := []byte("12345678")
	with := only(t, list(t, nil, entry(v, object{"key_id": b64(kid), "issuer": "https://ut.example"})))
	without := only(t, list(t, nil, entry(v, nil)))
	bare := only(t, list(t, nil, object{"spki": b64(spki(v)), "key_id": b64(kid)}))
	anonymous := only(t, list(t, nil, object{"spki": b64(spki(v)), "issuer": "https://ut.example"}))
	cert, key := digest(v.Cert), digest(spki(v))
	for _, c := range []struct {
		name string
		a    trustlist.Anchor
		s    formats.Signer
		want bool
	}{
		{"nothing", with, formats.Signer{}, false},
		{"an empty key ID", with, hint([]byte{}), false},
		{"the listed key ID alone", with, hint(kid), false},
		{"the issuer alone", with, formats.Signer{Issuer: "https://ut.example"}, false},
		{"issuer and key ID", with, formats.Signer{KeyID: kid, Issuer: "https://ut.example"}, true},
		{"another issuer", with, formats.Signer{KeyID: kid, Issuer: "https://xa.example"}, false},
		{"another key ID", with, formats.Signer{KeyID: kid[:7], Issuer: "https://ut.example"}, false},
		{"no issuer on either side", bare, hint(kid), false},
		{"no key ID on either side", anonymous, formats.Signer{Issuer: "https://ut.example"}, false},
		{"an empty key ID and the issuer", anonymous, formats.Signer{KeyID: []byte{}, Issuer: "https://ut.example"}, false},

		{"eight bytes of the certificate's digest", without, hint(cert[:8]), true},
		{"seven bytes of it", without, hint(cert[:7]), false},
		{"all of it", without, hint(cert), true},
		{"more than all of it", without, hint(append(slices.Clone(cert), 0)), false},
		{"its last eight bytes", without, hint(cert[24:]), false},
		{"a flipped bit", without, hint(mint.FlipBit(cert[:8], 63)), false},
		{"the digest of the key", without, hint(key[:8]), true},
		{"all of the key's", bare, hint(key), true},
		{"the certificate's digest of a bare key", bare, hint(cert[:8]), false},
		{"eight zero bytes for a bare key", bare, hint(make([]byte, 8)), false},

		{"the certificate itself", without, formats.Signer{Chain: [][]byte{v.Cert}}, true},
		{"the certificate and its issuer's", without, formats.Signer{Chain: [][]byte{v.Cert, utopia.CSCA.Cert}}, true},
		{"the certificate as another's issuer", without, formats.Signer{Chain: [][]byte{mint.Fresh("forger").Cert, v.Cert}}, false},
		{"another certificate", without, formats.Signer{Chain: [][]byte{utopia.Recovery.Cert}}, false},
		{"an empty chain", without, formats.Signer{Chain: [][]byte{}}, false},
		{"an empty certificate", bare, formats.Signer{Chain: [][]byte{{}}}, false},
		{"the certificate for a bare key", bare, formats.Signer{Chain: [][]byte{v.Cert}}, false},
	} {
		if got := c.a.IdentifiedBy(c.s); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// An Anchor that never went through New has no digests, and zeros must not stand for them.
func TestAnAnchorOutsideASnapshotIsIdentifiedByNoDigest(t *testing.T) {
	for name, a := range map[string]trustlist.Anchor{
		"zero": {}, "a key": {Key: utopia.Vaccination.Key.Public()}, "a certificate": {Certificate: utopia.Vaccination.Cert},
	} {
		if a.IdentifiedBy(hint(make([]byte, 8))) || a.IdentifiedBy(hint(make([]byte, 32))) {
			t.Errorf("%s: identified by zeros", name)
		}
	}
}

func TestOneKeyIDIsSharedBySixteenKeysAtMost(t *testing.T) {
	anchors := func(n int, more func(i int) object) []object {
		var l []object
		for i := range n {
			key := utopia.CSCA.Issue(fmt.Sprint("shared ", i), mint.Template{})
			l = append(l, entry(key, with(object{"source": object{"name": fmt.Sprint(i)}}, more(i))))
		}
		return l
	}
	same := func(int) object { return object{"key_id": b64([]byte("same"))} }
	s := load(t, file(t, "list.json", list(t, nil, anchors(trustlist.MaxSameKeyID, same)...)))
	if got, want := names(s.Find(hint([]byte("same")))), "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15"; got != want {
		t.Errorf("found %s, want %s", got, want)
	}
	le := notLoaded(t, "seventeen", file(t, "list.json", list(t, nil, anchors(trustlist.MaxSameKeyID+1, same)...)))
	if !strings.Contains(le.Error(), "17 keys share the key ID 73616d65, the limit is 16") {
		t.Error(le)
	}
	own := func(i int) object { return object{"key_id": b64([]byte{byte(i)})} }
	load(t, file(t, "list.json", list(t, nil, anchors(trustlist.MaxSameKeyID+1, own)...)))
}
