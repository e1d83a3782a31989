package cose_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cose"
	"github.com/travelseal/travelseal/internal/mint"
)

var utopia = mint.Utopia()

func vaccination() mint.HCERT { return mint.Vaccination(utopia.Vaccination) }

// tagged is the message under these tags, outermost first.
func tagged(numbers ...uint64) mint.HCERT {
	h := vaccination()
	h.Tags = numbers
	return h
}

func parse(t *testing.T, h mint.HCERT, o formats.Options) cose.Message {
	t.Helper()
	m, err := cose.Parse(h.Build().COSE, o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// refused demands that bytes are no message, with the code and the step that say why.
func refused(t *testing.T, name string, message []byte, o formats.Options, code, step string) {
	t.Helper()
	m, err := cose.Parse(message, o)
	var fe *formats.Error
	if !errors.As(err, &fe) {
		t.Errorf("%s: %+v, %v", name, m, err)
		return
	}
	if fe.Code != code || fe.Step != step || fe.Format != "" {
		t.Errorf("%s: %s in step %q, want %s in %q (%v)", name, fe.Code, fe.Step, code, step, err)
	}
	if fe.Offset < 0 || fe.Offset > len(message) {
		t.Errorf("%s: at byte %d of %d", name, fe.Offset, len(message))
	}
	if m.Payload != nil || m.Seal.Signed != nil || m.Seal.Signature != nil {
		t.Errorf("%s: refused, and gives %+v all the same", name, m)
	}
}

func TestAMessageIsTakenApart(t *testing.T) {
	for name, c := range map[string]struct {
		signer    mint.Signer
		algorithm formats.Algorithm
	}{
		"ES256": {utopia.Vaccination, formats.ES256}, "ES384": {utopia.AnyUse, formats.ES384}, "PS256": {utopia.RSA, formats.PS256},
		"EdDSA": {utopia.CSCA.Issue("ed", mint.Template{Key: mint.Ed25519}), formats.EdDSA},
		"ES512": {utopia.CSCA.Issue("521", mint.Template{Key: mint.P521}), formats.ES512},
	} {
		h := mint.Vaccination(c.signer)
		built, m := h.Build(), parse(t, h, formats.Options{})
		if !bytes.Equal(m.Payload, built.Claims) || !bytes.Equal(m.Seal.Signature, built.Signature) || !bytes.Equal(m.Seal.Signed, built.SigStructure) {
			t.Errorf("%s: the parts are not those of the message", name)
		}
		s := m.Seal
		if s.Role != formats.Issuer || s.Envelope != "COSE_Sign1" || s.Algorithm != c.algorithm || s.Problem != (formats.Problem{}) {
			t.Errorf("%s: %+v", name, s)
		}
		if !bytes.Equal(s.Signer.KeyID, c.signer.KID) || s.Signer.Chain != nil || s.Signer.Issuer != "" || s.Signer.Country != "" {
			t.Errorf("%s: %+v", name, s.Signer)
		}
		if len(m.Checks) != 0 {
			t.Errorf("%s: %+v", name, m.Checks)
		}
	}
}

func TestTagsOtherThanThatOfSign1AreTolerancesOrRefused(t *testing.T) {
	for name, c := range map[string]struct {
		doc       mint.HCERT
		tolerance string
	}{
		"18":       {tagged(18), ""},
		"untagged": {tagged(), "cose-untagged"},
		"61(18)":   {tagged(61, 18), "cwt-tag"},
	} {
		m := parse(t, c.doc, formats.Options{})
		var noted []string
		for _, check := range m.Checks {
			if check.Kind != formats.Reading || check.Result != formats.Tolerated || check.Where != "COSE" || check.Text == "" {
				t.Errorf("%s: %+v", name, check)
			}
			noted = append(noted, check.Name)
		}
		if want := c.tolerance; want == "" && len(noted) != 0 || want != "" && (len(noted) != 1 || noted[0] != want) {
			t.Errorf("%s: noted %q, want %q", name, noted, want)
		}
		if c.tolerance != "" {
			refused(t, name, c.doc.Build().COSE, formats.Options{Refuse: []string{c.tolerance}}, formats.CodeEnvelope, "COSE tag")
		}
	}
	for name, h := range map[string]mint.HCERT{
		"17, COSE_Mac0": tagged(17), "98, COSE_Sign": tagged(98), "16, COSE_Encrypt0": tagged(16), "61 alone": tagged(61), "61(17)": tagged(61, 17),
		"61(61(18))": tagged(61, 61, 18), "18(18)": tagged(18, 18), "18(61)": tagged(18, 61), "55799(18)": tagged(55799, 18), "55799(61(18))": tagged(55799, 61, 18),
	} {
		m, err := cose.Parse(h.Build().COSE, formats.Options{})
		var fe *formats.Error
		if !errors.As(err, &fe) || fe.Code != formats.CodeEnvelope {
			t.Errorf("%s: %+v, %v", name, m, err)
		}
	}
}

func TestAnArrayOfFourIsNeeded(t *testing.T) {
	sign1 := func(change func(mint.Array) mint.Item) []byte {
		h := vaccination()
		h.Hooks.Sign1 = change
		return h.Build().COSE
	}
	with := func(i int, value mint.Item) []byte {
		return sign1(func(a mint.Array) mint.Item { return mint.Set(a, value, i) })
	}
	const whole = "COSE_Sign1"
	for name, message := range map[string][]byte{
		"three members":           sign1(func(a mint.Array) mint.Item { return a[:3] }),
		"five members":            sign1(func(a mint.Array) mint.Item { return append(a[:4:4], mint.Null{}) }),
		"no members":              sign1(func(mint.Array) mint.Item { return mint.Array{} }),
		"a map":                   sign1(func(a mint.Array) mint.Item { return mint.Map{{a[0], a[1]}, {a[2], a[3]}} }),
		"a byte string":           sign1(func(a mint.Array) mint.Item { return mint.Bytes(mint.Encode(a)) }),
		"a protected map":         with(0, vaccination().Protected),
		"a protected text":        with(0, mint.Text("")),
		"a protected null":        with(0, mint.Null{}),
		"an unprotected string":   with(1, mint.Bytes{0xa0}),
		"an unprotected null":     with(1, mint.Null{}),
		"a payload that is a map": with(2, vaccination().Claims),
		"a payload that is text":  with(2, mint.Text("x")),
		"a signature of text":     with(3, mint.Text("x")),
		"a signature that is not": with(3, mint.Null{}),
	} {
		refused(t, name, message, formats.Options{}, formats.CodeEnvelope, whole)
	}
	detached := vaccination()
	detached.Detached = true
	refused(t, "a detached payload", detached.Build().COSE, formats.Options{}, formats.CodePayload, whole)
	refused(t, "a text", mint.Encode(mint.Text("x")), formats.Options{}, formats.CodeEnvelope, "COSE")
	refused(t, "a map without a tag", mint.Encode(mint.Map{}), formats.Options{}, formats.CodeEnvelope, "COSE")
}

func TestTheBytesAreStrictCBORWithinLimits(t *testing.T) {
	good := vaccination().Build().COSE
	long := vaccination()
	long.Hooks.Sign1 = func(a mint.Array) mint.Item { return mint.LongHead{Item: a, Width: 1} }
	indefinite := vaccination()
	indefinite.Hooks.Sign1 = func(a mint.Array) mint.Item { return mint.IndefArray(a) }
	duplicate := vaccination()
	duplicate.Unprotected = mint.Map{{mint.Int(9), mint.Int(1)}, {mint.Int(9), mint.Int(1)}}
	deep := vaccination()
	deep.Unprotected = mint.Map{{mint.Int(9), mint.Nested(30, mint.Int(1))}}
	for name, c := range map[string]struct {
		message []byte
		o       formats.Options
		code    string
	}{
		"nothing":           {nil, formats.Options{}, formats.CodeTruncated},
		"a message cut":     {good[:len(good)-1], formats.Options{}, formats.CodeTruncated},
		"a byte too many":   {append(good[:len(good):len(good)], 0), formats.Options{}, formats.CodeTrailing},
		"a second message":  {append(good[:len(good):len(good)], good...), formats.Options{}, formats.CodeTrailing},
		"a long head":       {long.Build().COSE, formats.Options{}, formats.CodeNonCanonical},
		"indefinite length": {indefinite.Build().COSE, formats.Options{}, formats.CodeNonCanonical},
		"a repeated header": {duplicate.Build().COSE, formats.Options{}, formats.CodeEnvelope},
		"a reserved byte":   {[]byte{0xd2, 0x84, 0x1c, 0, 0, 0}, formats.Options{}, formats.CodeEnvelope},
		"too deep":          {deep.Build().COSE, formats.Options{}, formats.CodeLimit},
		"a limit of depth":  {good, formats.Options{Limits: formats.Limits{Depth: 1}}, formats.CodeLimit},
		"a limit of items":  {good, formats.Options{Limits: formats.Limits{Items: 3}}, formats.CodeLimit},
	} {
		refused(t, name, c.message, c.o, c.code, "COSE")
	}
}

func TestAnEmptySignatureIsStillAMessage(t *testing.T) {
	h := vaccination()
	h.Hooks.Signature = mint.NoSignature
	m := parse(t, h, formats.Options{})
	if len(m.Seal.Signature) != 0 || m.Seal.Signature == nil || m.Seal.Problem.Code != "" || m.Seal.Algorithm != formats.ES256 {
		t.Errorf("%+v", m.Seal)
	}
}
