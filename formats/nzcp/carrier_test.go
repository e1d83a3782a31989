package nzcp_test

import (
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/nzcp"
	"github.com/travelseal/travelseal/internal/mint"
)

func TestDetectClaimsEveryVersionOfThePrefix(t *testing.T) {
	for text, want := range map[string]bool{
		"NZCP:/": true, "NZCP:/1/": true, "NZCP:/2/": true, "nzcp:/1/AB": true, "NZcp:/": true, "NZCP://": true, "NZCP:/w/": true,
		"": false, "NZCP:": false, "NZCP": false, "AUCP:/1/": false, " NZCP:/1/": false, "\ufeffNZCP:/1/": false, "HC1:": false, "shc:/": false,
	} {
		if got := nzcp.Format.Detect(formats.Text(text)); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
	named := formats.Input{Files: []formats.File{{Name: "DG1", Data: []byte("NZCP:/1/")}}}
	if nzcp.Format.Detect(named) || nzcp.Format.Detect(formats.Input{}) {
		t.Error("an Input that is not one text is claimed")
	}
}

func TestThePrefixIsReadStrictly(t *testing.T) {
	for prefix, c := range map[string]struct {
		code, step string
		offset     int
	}{
		"nzcp:/1/":                          {formats.CodeEncoding, "prefix", 0},
		"NZcP:/1/":                          {formats.CodeEncoding, "prefix", 0},
		"AUCP:/1/":                          {formats.CodeEncoding, "prefix", 0},
		"NZCP:1/":                           {formats.CodeEncoding, "prefix", 0},
		"":                                  {formats.CodeEncoding, "prefix", 0},
		"NZCP:/0/":                          {formats.CodeVersion, "version", 6},
		"NZCP:/2/":                          {formats.CodeVersion, "version", 6},
		"NZCP:/10/":                         {formats.CodeVersion, "version", 6},
		"NZCP:/18446744073709551617/":       {formats.CodeVersion, "version", 6},
		"NZCP://":                           {formats.CodeEncoding, "version", 6},
		"NZCP:/w/":                          {formats.CodeEncoding, "version", 6},
		"NZCP:/01/":                         {formats.CodeEncoding, "version", 6},
		"NZCP:/+1/":                         {formats.CodeEncoding, "version", 6},
		"NZCP:/-1/":                         {formats.CodeEncoding, "version", 6},
		"NZCP:/1.0.0/":                      {formats.CodeEncoding, "version", 6},
		"NZCP:/ 1/":                         {formats.CodeEncoding, "version", 6},
		"NZCP:/1//":                         {formats.CodeEncoding, "base32", 8},
		"NZCP:/1/ ":                         {formats.CodeEncoding, "base32", 8},
		"NZCP:/1/2KCEVIQEIVVWK6JNGEASNICZ/": {formats.CodeEncoding, "base32", 32},
	} {
		p := pass
		p.Prefix = prefix
		if fe := refused(t, p, c.code, c.step); fe.Offset != c.offset {
			t.Errorf("%q: at byte %d, want %d (%v)", prefix, fe.Offset, c.offset, fe)
		}
	}
	for _, text := range []string{"NZCP:/1", "NZCP:/"} {
		_, err := nzcp.Format.Decode(formats.Text(text), formats.Options{})
		if fe, ok := err.(*formats.Error); !ok || fe.Code != formats.CodeTruncated || fe.Step != "version" || fe.Offset != len(text) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestBase32HasOneSpelling(t *testing.T) {
	for name, change := range map[string]func(string) string{
		"padded":            func(s string) string { return s + strings.Repeat("=", (8-len(s)%8)%8) },
		"a sign of padding": func(s string) string { return s + "=" },
		"small letters":     strings.ToLower,
		"a small letter":    func(s string) string { return s[:1] + strings.ToLower(s[1:2]) + s[2:] },
		"0 for O":           func(s string) string { return "0" + s[1:] },
		"1 for I":           func(s string) string { return "1" + s[1:] },
		"a line feed":       func(s string) string { return s[:8] + "\n" + s[8:] },
		"a line feed after": func(s string) string { return s + "\n" },
		"a blank":           func(s string) string { return s[:8] + " " + s[8:] },
		"a hyphen":          func(s string) string { return s[:8] + "-" + s[8:] },
		"a lone character":  func(s string) string { return s[:len(s)/8*8] + "A" },
		"idle bits":         func(s string) string { return s[:len(s)/8*8] + "AB" },
		"two passes":        func(s string) string { return s + "NZCP:/1/" + s },
	} {
		p := pass
		p.Base32 = change
		if text := p.Build().Text; text == pass.Build().Text {
			t.Fatalf("%s: nothing has changed", name)
		}
		refused(t, p, formats.CodeEncoding, "base32")
	}
}

// "2D Barcode Encoding" and "Cryptographic Digital Signature Algorithm Selection": COSE_Sign1 with tag 18.
func TestTheEnvelopeIsReadStrictly(t *testing.T) {
	tags := func(list ...uint64) mint.Pass { return token(func(h *mint.HCERT) { h.Tags = list }) }
	message := func(f func([]byte) []byte) mint.Pass { return token(func(h *mint.HCERT) { h.Hooks.COSE = f }) }
	sign1 := func(f func(mint.Array) mint.Item) mint.Pass { return token(func(h *mint.HCERT) { h.Hooks.Sign1 = f }) }
	for name, c := range map[string]struct {
		pass       mint.Pass
		code, step string
	}{
		"no tag":                {tags(), formats.CodeEnvelope, "COSE tag"},
		"a CWT's tag":           {tags(61, 18), formats.CodeEnvelope, "COSE tag"},
		"a CWT's tag alone":     {tags(61), formats.CodeEnvelope, "COSE tag"},
		"COSE_Sign":             {tags(98), formats.CodeEnvelope, "COSE tag"},
		"COSE_Mac0":             {tags(17), formats.CodeEnvelope, "COSE tag"},
		"the tag twice":         {tags(18, 18), formats.CodeEnvelope, "COSE_Sign1"},
		"three members":         {sign1(func(a mint.Array) mint.Item { return a[:3] }), formats.CodeEnvelope, "COSE_Sign1"},
		"a text for the claims": {sign1(func(a mint.Array) mint.Item { return mint.Set(a, mint.Text("x"), 2) }), formats.CodeEnvelope, "COSE_Sign1"},
		"detached":              {token(func(h *mint.HCERT) { h.Detached = true }), formats.CodePayload, "COSE_Sign1"},
		"a text for the kid": {token(func(h *mint.HCERT) {
			h.Protected = mint.Set(h.Protected, mint.Text("key-1"), mint.HeaderKID)
		}), formats.CodeEnvelope, "COSE header 4 (kid)"},
		"nothing":         {message(func([]byte) []byte { return nil }), formats.CodeTruncated, "COSE"},
		"a message cut":   {message(func(b []byte) []byte { return b[:len(b)-1] }), formats.CodeTruncated, "COSE"},
		"a byte after it": {message(func(b []byte) []byte { return append(b, 0) }), formats.CodeTrailing, "COSE"},
		"indefinite":      {sign1(func(a mint.Array) mint.Item { return mint.IndefArray(a) }), formats.CodeNonCanonical, "COSE"},
	} {
		t.Run(name, func(t *testing.T) { refused(t, c.pass, c.code, c.step) })
	}
}

// No option makes a pass of what the specification rules out.
func TestNothingIsTolerated(t *testing.T) {
	o := formats.Options{Tolerate: []string{"cose-untagged", "cwt-tag", "alg-unprotected", "float-date"}}
	for name, p := range map[string]mint.Pass{
		"no tag": token(func(h *mint.HCERT) { h.Tags = nil }), "a CWT's tag": token(func(h *mint.HCERT) { h.Tags = []uint64{61, 18} }),
		"a float": pass.SetClaim(mint.Float64(mint.Expires.Unix()), mint.ClaimExpires),
	} {
		if doc, err := nzcp.Format.Decode(formats.Text(p.Build().Text), o); doc != nil || err == nil {
			t.Errorf("%s: decoded", name)
		}
	}
	open := token(func(h *mint.HCERT) { h.Protected, h.Unprotected = nil, h.Protected })
	doc, err := nzcp.Format.Decode(formats.Text(open.Build().Text), o)
	if err != nil || doc.Seals[0].Problem.Code != formats.CodeSealHeader {
		t.Errorf("an unprotected algorithm: %v, %v", doc, err)
	}
	if len(o.Refuse) != 0 || cap(o.Refuse) != 0 {
		t.Error("the caller's options were changed")
	}
}

func TestOneTextIsNeeded(t *testing.T) {
	text := []byte(pass.Build().Text)
	for name, in := range map[string]formats.Input{
		"none": {}, "named": {Files: []formats.File{{Name: "DG1", Data: text}}},
		"two": {Files: []formats.File{{Data: text}, {Name: "x", Data: text}}},
	} {
		if doc, err := nzcp.Format.Decode(in, formats.Options{}); doc != nil || err == nil {
			t.Errorf("%s: %v", name, doc)
		}
	}
}

func TestLimitsAreKept(t *testing.T) {
	for name, o := range map[string]formats.Options{
		"items": {Limits: formats.Limits{Items: 3}}, "depth": {Limits: formats.Limits{Depth: 1}},
	} {
		_, err := nzcp.Format.Decode(formats.Text(pass.Build().Text), o)
		if fe, ok := err.(*formats.Error); !ok || fe.Code != formats.CodeLimit {
			t.Errorf("%s: %v", name, err)
		}
	}
}
