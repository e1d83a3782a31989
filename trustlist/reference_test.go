package trustlist_test

import (
	"crypto/sha1"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/trustlist"
)

// sealSigner makes a signer of seals: country and two characters, and a serial number.
func sealSigner(country, common string, serial ...byte) *pki.Credential {
	name := pki.Name{pki.One(pki.Country, der.Printable(country)), pki.One(pki.CommonName, der.Printable(common))}
	return pki.NewCSCA("utopia", pki.CSCA()).Issue(country+common+string(serial), pki.DSC().Named(name).Numbered(der.IntBytes(serial...)))
}

func thumb(c *pki.Credential) []byte {
	sum := sha1.Sum(c.Cert)
	return sum[15:]
}

// asked is what a seal says of its signer.
func asked(country, keyID string) formats.Signer {
	return formats.Signer{KeyID: []byte(keyID), Country: country}
}

func TestASignerOfSealsIsFoundByItsNameAndNumber(t *testing.T) {
	for what, c := range map[string]struct {
		signer *pki.Credential
		name   string // "" where nothing of that kind names it
	}{
		"number":                 {sealSigner("UT", "TS", 0x5B), "UTTS5B"},
		"of one digit":           {sealSigner("UT", "TS", 0x07), "UTTS7"},
		"with its highest bit":   {sealSigner("UT", "TS", 0x00, 0x9A, 0x42), "UTTS9A42"},
		"zero":                   {sealSigner("UT", "TS", 0x00), "UTTS0"},
		"of two bytes":           {sealSigner("UT", "TS", 0x01, 0x02), "UTTS102"},
		"in small letters":       {sealSigner("ut", "ts", 0x1F), "UTTS1F"},
		"with a numeral":         {sealSigner("UT", "S1", 0x27), "UTS127"},
		"negative":               {sealSigner("UT", "TS", 0x9A), ""},
		"common name of three":   {sealSigner("UT", "TSX", 0x5B), ""},
		"common name of one":     {sealSigner("UT", "T", 0x5B), ""},
		"common name of a blank": {sealSigner("UT", "T ", 0x5B), ""},
		"country of three":       {sealSigner("UTO", "TS", 0x5B), ""},
	} {
		t.Run(what, func(t *testing.T) {
			s := load(t, file(t, "signer.pem", c.signer.PEM()))
			if c.name == "" {
				for _, guess := range []string{"UTTS5B", "UTTSX5B", "UTT5B", "UTT 5B", "UTOTS5B", "UTTS9A", "UTTS-66"} {
					if len(s.Find(asked("UT", guess))) != 0 {
						t.Errorf("found as %s", guess)
					}
				}
				return
			}
			found := s.Find(asked("UT", c.name))
			if len(found) != 1 || !found[0].IdentifiedBy(asked("UT", c.name)) || !found[0].IdentifiedBy(asked("XA", c.name)) {
				t.Fatalf("found %d by %s, or not identified", len(found), c.name)
			}
			for _, other := range []string{c.name[:5], c.name + "0", "X" + c.name[1:], c.name[:4] + "0" + c.name[4:], ""} {
				if other != c.name && (len(s.Find(asked("UT", other))) != 0 || found[0].IdentifiedBy(asked("UT", other))) {
					t.Errorf("found or identified as %q", other)
				}
			}
		})
	}
}

func TestASignerIsFoundByFiveBytesOfItsSHA1(t *testing.T) {
	c := sealSigner("UT", "TS", 0x5B)
	s := load(t, file(t, "signer.pem", c.PEM()))
	hint := asked("UT", string(thumb(c)))
	found := s.Find(hint)
	if len(found) != 1 || !found[0].IdentifiedBy(hint) {
		t.Fatalf("found %d, or not identified", len(found))
	}
	// Five bytes alone are too few to accuse by.
	for _, country := range []string{"", "XA", "ut"} {
		if h := asked(country, string(thumb(c))); len(s.Find(h)) != 1 || found[0].IdentifiedBy(h) {
			t.Errorf("country %q: not found, or identified", country)
		}
	}
	for what, keyID := range map[string]string{"four bytes": string(thumb(c)[1:]), "the first five": string(sha1Of(c)[:5]), "all": string(sha1Of(c))} {
		if h := asked("UT", keyID); len(s.Find(h)) != 0 || found[0].IdentifiedBy(h) {
			t.Errorf("%s: found or identified", what)
		}
	}
}

func sha1Of(c *pki.Credential) []byte {
	sum := sha1.Sum(c.Cert)
	return sum[:]
}

// What a list says of a key's issuer holds for the names that follow from its certificate too.
func TestANameDoesNotWidenAList(t *testing.T) {
	c := sealSigner("UT", "TS", 0x5B)
	s := load(t, file(t, "list.json", list(t, nil, object{"certificate": b64(c.Cert), "issuer": "UTXX", "key_id": b64([]byte("UTTS1"))})))
	if len(s.Find(asked("UT", "UTTS5B"))) != 0 {
		t.Error("found without the issuer that the list demands")
	}
	for _, id := range []string{"UTTS5B", "UTTS1", string(thumb(c))} {
		h := asked("UT", id)
		h.Issuer = "UTXX"
		if len(s.Find(h)) != 1 {
			t.Errorf("not found as %q with its issuer", id)
		}
	}
}

func TestAnAnchorWithoutACertificateHasNoName(t *testing.T) {
	for what, a := range map[string]trustlist.Anchor{"zero": {}, "outside a list": {Certificate: sealSigner("UT", "TS", 0x5B).Cert, Country: "UT"}} {
		if a.IdentifiedBy(asked("UT", "")) || a.IdentifiedBy(asked("UT", "UTTS5B")) {
			t.Errorf("%s: identified", what)
		}
	}
}
