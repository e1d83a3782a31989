package vds_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/vds"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/barcode"
)

var format = vds.Format

func textDocument(text []byte) (*formats.Document, error) {
	return format.Decode(formats.Bytes(text), formats.Options{})
}

func message(f func([]byte) []byte) []byte { return visa.Hooked(barcode.VDSHooks{Message: f}).Build() }

func behind(b ...byte) []byte { return message(func(m []byte) []byte { return append(m, b...) }) }

func TestTheSignatureIsOverEverythingBeforeItsTag(t *testing.T) {
	b := visa.Build()
	s := decode(t, visa, formats.Options{}).Seals[0]
	if len(s.Signature) != 64 || !bytes.Equal(s.Signed, b[:len(b)-66]) || !bytes.Equal(s.Signature, b[len(b)-64:]) {
		t.Errorf("%d bytes signed of %d, signature of %d", len(s.Signed), len(b), len(s.Signature))
	}
}

func TestLengthsThatAreNone(t *testing.T) {
	strict := formats.Options{Refuse: []string{"raw-length"}}
	long := func(n int) []byte { return make([]byte, n) }
	for what, c := range map[string]struct {
		seal []byte
		code string
	}{
		"indefinite":              {behind(0x70, 0x80), formats.CodeNonCanonical},
		"127 in two bytes":        {behind(append([]byte{0x70, 0x81, 0x7F}, long(127)...)...), formats.CodeNonCanonical},
		"255 in three bytes":      {behind(append([]byte{0x70, 0x82, 0, 0xFF}, long(255)...)...), formats.CodeNonCanonical},
		"four bytes":              {behind(0x70, 0x84, 0, 0, 0, 1, 0), formats.CodeNonCanonical},
		"reserved":                {behind(0x70, 0xFF, 0), formats.CodeNonCanonical},
		"longer than what is":     {behind(0x70, 0x7F), formats.CodeTruncated},
		"longer, in two bytes":    {behind(0x70, 0x81, 0xFF), formats.CodeTruncated},
		"longer, in three bytes":  {behind(0x70, 0x82, 0xFF, 0xFF), formats.CodeTruncated},
		"a tag at the end":        {visa.But(func(v *barcode.VDS) { v.Signer = nil }).With(0x70, nil).Build(), ""},
		"the signature's is long": {visa.Hooked(barcode.VDSHooks{Whole: func(b []byte) []byte { return b[:len(b)-1] }}).Build(), formats.CodeTruncated},
	} {
		if c.code == "" {
			b := c.seal[:len(c.seal)-1] // without the length
			refused(t, what, b, strict, formats.CodeTruncated, "tag 70")
			continue
		}
		step := "tag 70"
		if strings.HasPrefix(what, "the signature") {
			step = "signature"
		}
		refused(t, what, c.seal, strict, c.code, step)
	}
	for what, seal := range map[string][]byte{
		"128 in two bytes":   behind(append([]byte{0x70, 0x81, 0x80}, long(128)...)...),
		"256 in three bytes": behind(append([]byte{0x70, 0x82, 1, 0}, long(256)...)...),
		"nothing":            behind(0x70, 0),
		"tag FE":             behind(0xFE, 0),
		"tag 1F":             behind(0x1F, 1, 0), // which DER would read on
	} {
		if _, err := vds.Format.Decode(formats.Bytes(seal), strict); err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestLengthsOfOneByte(t *testing.T) {
	school := barcode.School(ut.P256).But(func(v *barcode.VDS) { v.RawLengths = true })
	doc := decode(t, school, formats.Options{})
	if !slices.Equal(tolerated(doc), []string{"raw-length"}) || extra(doc, "face_template") != "128 bytes" {
		t.Errorf("%v, %q", tolerated(doc), extra(doc, "face_template"))
	}
	refused(t, "switched off", school.Build(), formats.Options{Refuse: []string{"raw-length"}}, formats.CodeNonCanonical, "tag 06")
	in := decode(t, barcode.School(ut.P256), formats.Options{})
	if len(tolerated(in)) != 0 || extra(in, "face_template") != "128 bytes" {
		t.Errorf("DER: %v", tolerated(in))
	}
	// A signature of a longer curve, too.
	long := barcode.School(ut.Brainpool512).But(func(v *barcode.VDS) { v.RawLengths = true })
	if s := decode(t, long, formats.Options{}).Seals[0]; len(s.Signature) != 128 {
		t.Errorf("a signature of %d bytes", len(s.Signature))
	}
}

func TestNothingFollowsTheSignatureAndNoTagIsThereTwice(t *testing.T) {
	strict := formats.Options{}
	behindAll := func(b ...byte) []byte { return append(visa.Build(), b...) }
	refused(t, "a byte", behindAll(0), strict, formats.CodeTrailing, "signature")
	refused(t, "a feature", behindAll(0x70, 1, 'A'), strict, formats.CodeTrailing, "signature")
	refused(t, "a second signature", behindAll(visa.Build()[len(visa.Build())-66:]...), strict, formats.CodeTrailing, "signature")
	refused(t, "twice", behind(append([]byte{5, 6}, mint.C40("UT7042681")...)...), strict, formats.CodePayload, "tag 05")
	refused(t, "no feature", message(func([]byte) []byte { return nil }), strict, formats.CodePayload, "message")
	refused(t, "nothing at all", message(func([]byte) []byte { return nil })[:18], strict, formats.CodePayload, "message")
}

func TestWithoutASignatureNobodyVouches(t *testing.T) {
	doc := decode(t, visa.But(func(v *barcode.VDS) { v.Signer = nil }), formats.Options{})
	if len(doc.Seals) != 0 || doc.Parts[0].Seal != formats.NoSeal {
		t.Errorf("%+v", doc)
	}
}
