package emrtd_test

import (
	"crypto"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/verify"
)

func TestABrokenSecurityObjectIsUnreadable(t *testing.T) {
	c := chip.Good()
	listing := func(n int, sum []byte) chip.Chip {
		return c.Listed(func(l *chip.LDS) { l.Entries = chip.Listing(n, sum) })
	}
	elements := func(change func([]der.Value) []der.Value) chip.Chip {
		return c.Listed(func(l *chip.LDS) { l.Elements = change })
	}
	version := func(n int, info ...string) chip.Chip {
		return c.Listed(func(l *chip.LDS) { l.Version, l.Info = n, info })
	}
	for name, x := range map[string]chip.Chip{
		"a group twice":          listing(1, make([]byte, 32)),
		"group 0":                listing(0, make([]byte, 32)),
		"group 17":               listing(17, make([]byte, 32)),
		"a digest of SHA-1":      listing(3, make([]byte, 20)),
		"an empty digest":        listing(3, nil),
		"an empty list":          c.Listed(func(l *chip.LDS) { l.Entries = func([]chip.Entry) []chip.Entry { return nil } }),
		"MD5":                    c.Listed(func(l *chip.LDS) { l.HashID = der.Seq(der.OID("1.2.840.113549.2.5"), der.Null()) }),
		"version 2":              version(2),
		"version -1":             version(-1),
		"version 0 with more":    version(0, "0108", "040000"),
		"version 1 without":      version(1),
		"something in it":        elements(func(v []der.Value) []der.Value { return append(v, der.Null()) }),
		"the list left out":      elements(func(v []der.Value) []der.Value { return v[:2] }),
		"a length in three":      elements(func(v []der.Value) []der.Value { return append(v[:2], der.Padded(v[2].(der.TLV), 1)) }),
		"something after it":     resealed(c, func(b []byte) []byte { return append(b, 0) }),
		"another one after it":   resealed(c, func(b []byte) []byte { return append(b, b...) }),
		"nothing":                resealed(c, func(b []byte) []byte { return nil }),
		"an object within a set": resealed(c, func(b []byte) []byte { return der.Set(der.Raw(b)).Encode() }),
	} {
		judged(t, name, x, unread)
		refused(t, input(x.Files()), formats.Options{}, formats.CodePayload, "security object")
	}
	judged(t, "version 1", version(1, "0108", "040000"), outcome{verify.Authentic, verify.Accept, "", ""})
}

// resealed gives a chip whose issuer has sealed another content.
func resealed(c chip.Chip, change func([]byte) []byte) chip.Chip {
	return c.Sealed(func(m pki.Message) pki.Message {
		m.Content = change(slices.Clone(m.Content))
		return m
	})
}

func TestTheEncodingOfTheSODIsRead(t *testing.T) {
	c := chip.Good()
	cut := func(n int) chip.Chip { return c.SOD(func(b []byte) []byte { return b[:len(b)-n] }) }
	tail := func(tail ...byte) chip.Chip { return c.SOD(func(b []byte) []byte { return append(b, tail...) }) }
	judged(t, "BER", c.Sealed(func(m pki.Message) pki.Message { m.BER = true; return m }), mentioned)
	judged(t, "without its tag", c.Unwrapped(), mentioned.at("EF.SOD"))
	judged(t, "zeros after it", tail(0, 0, 0), mentioned.at("EF.SOD"))
	judged(t, "FF after it", tail(0xFF, 0xFF), mentioned.at("EF.SOD"))
	for name, x := range map[string]chip.Chip{
		"garbage after it":       tail(0, 1, 2),
		"zeros and FF":           tail(0, 0xFF),
		"itself again":           c.SOD(func(b []byte) []byte { return append(b, b...) }),
		"cut by one":             cut(1),
		"cut in half":            cut(len(c.Files()["EF.SOD"]) / 2),
		"nothing":                c.PutFile("EF.SOD", nil),
		"the tag alone":          c.PutFile("EF.SOD", []byte{0x77}),
		"an empty file":          c.PutFile("EF.SOD", []byte{0x77, 0}),
		"another file":           c.PutFile("EF.SOD", c.Groups[1]),
		"text":                   c.PutFile("EF.SOD", []byte("web")),
		"two messages in one":    c.SOD(func(b []byte) []byte { return wrapped(c.Message().Encode(), c.Message().Encode()) }),
		"a message and a byte":   c.SOD(func(b []byte) []byte { return wrapped(c.Message().Encode(), []byte{5, 0}) }),
		"a message twice tagged": c.SOD(func(b []byte) []byte { return wrapped(b) }),
		"10,000 deep":            c.PutFile("EF.SOD", der.NestedOpen(10_000).Encode()),
		"10,000 deep, closed":    c.PutFile("EF.SOD", wrapped(der.Nested(10_000).Encode())),
		"a length bomb":          c.PutFile("EF.SOD", []byte{0x77, 0x84, 0x7F, 0xFF, 0xFF, 0xFF, 0x30, 0x80}),
		"more than 64 KiB":       c.PutFile("EF.SOD", wrapped(der.Octets(make([]byte, 64<<10)).Encode())),
	} {
		judged(t, name, x, unread)
	}
}

// A file whose own tag has a length that DER does not know is read like the message within.
func TestTheTagOfTheFileMayBeInBER(t *testing.T) {
	c := chip.Good()
	want := decode(t, c, formats.Options{})
	for name, x := range map[string]struct {
		sod  func([]byte) []byte
		note string
	}{
		"indefinite": {func([]byte) []byte {
			return der.Indefinite(der.Application(23, der.Raw(c.Message().Encode()))).Encode()
		}, "ber.indefinite_length"},
		"long": {func([]byte) []byte { return der.Padded(der.Application(23, der.Raw(c.Message().Encode())), 2).Encode() }, "ber.long_length"},
	} {
		got := decode(t, c.SOD(x.sod), formats.Options{})
		if n := notable(got); !slices.Equal(n, []string{"EF.SOD: (" + x.note + ")"}) {
			t.Errorf("%s: %q", name, n)
		}
		got.Checks = want.Checks
		if same(got, want) != "" {
			t.Errorf("%s: %s", name, same(got, want))
		}
		refused(t, input(c.SOD(x.sod).Files()), formats.Options{Refuse: []string{x.note}}, formats.CodeNonCanonical, "EF.SOD")
	}
}

func TestLimitsAreKept(t *testing.T) {
	refused(t, input(chip.Good().Files()), formats.Options{Limits: formats.Limits{Items: 20}}, formats.CodeLimit, "CMS")
}

func wrapped(messages ...[]byte) []byte {
	var body []der.Value
	for _, m := range messages {
		body = append(body, der.Raw(m))
	}
	return der.Application(23, body...).Encode()
}

// What the message may not say is a problem of the seal: it is never checked, and the document never accepted.
func TestAMessageThatMayNotBeCheckedIsNot(t *testing.T) {
	c := chip.Good()
	for name, x := range map[string]chip.Chip{
		"no signed attributes": c.Signing(func(s *pki.SignerInfo) { s.NoAttributes = true }),
		"a master list":        c.Sealed(func(m pki.Message) pki.Message { m.Type = "2.23.136.1.1.2"; return m }),
	} {
		judged(t, name, x, outcome{verify.Indeterminate, verify.Refer, verify.SealHeader, ""})
	}
}

func TestWeakHashesAreNoted(t *testing.T) {
	judged(t, "SHA-1", chip.Good().Listed(func(l *chip.LDS) { l.Hash = crypto.SHA1 }), mentioned.at("EF.SOD"))
	c := chip.Good().Hashed(crypto.SHA1)
	doc := decode(t, c, formats.Options{})
	if n := notable(doc); !slices.Contains(n, "EF.SOD: (lds-sha1)") || !slices.Contains(n, "EF.SOD: (cms.sha1)") {
		t.Errorf("%q", n)
	}
	refused(t, input(c.Files()), formats.Options{Refuse: []string{"lds-sha1"}}, formats.CodePayload, "security object")
	refused(t, input(c.Files()), formats.Options{Refuse: []string{"cms.sha1"}}, formats.CodeNonCanonical, "EF.SOD")
}
