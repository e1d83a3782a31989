package vds_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/barcode"
)

func TestTheHeaderNamesTheSignerAndTheDays(t *testing.T) {
	doc := decode(t, visa, formats.Options{})
	s, v := doc.Seals[0], doc.Validity
	if string(s.Signer.KeyID) != "UTS127" || s.Signer.Issuer != "UTS1" || s.Signer.Country != "UT" || s.Signer.DocumentType != "VC" {
		t.Errorf("%q of %q in %q for %q", s.Signer.KeyID, s.Signer.Issuer, s.Signer.Country, s.Signer.DocumentType)
	}
	if s.Algorithm != (formats.Algorithm{Scheme: formats.ECDSA, Hash: formats.HashOfCurve}) || s.Role != formats.Issuer || s.Problem.Code != "" {
		t.Errorf("%+v", s)
	}
	if doc.Purpose != formats.Travel {
		t.Errorf("for %s", doc.Purpose)
	}
	// The ninth of March lasts from its beginning on Kiribati to its end on Baker Island.
	for what, c := range map[string]struct{ got, want time.Time }{
		"signed from":  {v.IssuedAt, time.Date(2026, 3, 8, 10, 0, 0, 0, time.UTC)},
		"signed until": {v.IssuedUntil, time.Date(2026, 3, 10, 11, 59, 59, 0, time.UTC)},
		"issued from":  {v.NotBefore, time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)},
	} {
		if !c.got.Equal(c.want) {
			t.Errorf("%s %s, want %s", what, c.got, c.want)
		}
	}
	for name, want := range map[string]string{
		"document_type": "visa", "issuing_state": "UTO", "signer": "UTS1", "certificate_reference": "27",
		"date_of_issue": "2026-03-05", "date_of_signing": "2026-03-09",
	} {
		if got := extra(doc, name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestAReferenceIsTheNumberThatItSays(t *testing.T) {
	for reference, want := range map[string]string{"27": "UTS127", "00027": "UTS127", "0": "UTS10", "000": "UTS10", "1A0": "UTS11A0", strings.Repeat("1F", 20): "UTS1" + strings.Repeat("1F", 20)} {
		doc := decode(t, visa.But(func(v *barcode.VDS) { v.Reference = reference }), formats.Options{})
		if got := string(doc.Seals[0].Signer.KeyID); got != want || extra(doc, "certificate_reference") != reference {
			t.Errorf("%s is %s, want %s", reference, got, want)
		}
	}
}

func TestStatesOfOneLetterAndUnknownOnes(t *testing.T) {
	for _, c := range []struct{ state, written, country string }{
		{"UTO", "UTO", "UT"}, {"D", "D", "DE"}, {"D<<", "D", "DE"}, {"GBD", "GBD", "GB"}, {"UTX", "UTX", "UTX"},
	} {
		doc := decode(t, visa.But(func(v *barcode.VDS) { v.State = c.state }), formats.Options{})
		if doc.Seals[0].Signer.Country != c.country || extra(doc, "issuing_state") != c.written || (len(failing(doc)) > 0) != (c.country == c.written) {
			t.Errorf("%s: %q, %v", c.state, doc.Seals[0].Signer.Country, failing(doc))
		}
	}
	// Germany's first seals write its one letter as what is left over of a text.
	doc := decode(t, visa.Hooked(barcode.VDSHooks{Header: func(b []byte) []byte { copy(b[2:], mint.C40("D")); return b }}), formats.Options{})
	if doc.Seals[0].Signer.Country != "DE" {
		t.Errorf("%q", doc.Seals[0].Signer.Country)
	}
}

func header(f func([]byte)) []byte {
	return visa.Hooked(barcode.VDSHooks{Header: func(b []byte) []byte { f(b); return b }}).Build()
}

func TestAHeaderThatIsNotOfItsFormIsRefused(t *testing.T) {
	strict := formats.Options{}
	put := func(at int, b ...byte) []byte { return header(func(h []byte) { copy(h[at:], b) }) }
	payload := formats.CodePayload
	for what, c := range map[string]struct {
		seal       []byte
		code, step string
	}{
		"version 5":                {put(1, 4), formats.CodeVersion, "header"},
		"version 16":               {put(1, 15), formats.CodeVersion, "header"},
		"no state":                 {put(2, mint.C40("   ")...), payload, "issuing state"},
		"a numeral in the state":   {put(2, mint.C40("UT0")...), payload, "issuing state"},
		"a blank in the state":     {put(2, mint.C40("U O")...), payload, "issuing state"},
		"a state in no C40":        {put(2, 0, 0), payload, "issuing state"},
		"a signer in no C40":       {put(4, 0, 0), payload, "signer"},
		"a signer's country":       {put(4, mint.C40("U1S102")...), payload, "signer"},
		"a blank in the signer":    {put(4, mint.C40("UT 102")...), payload, "signer"},
		"a signer of five":         {put(4, mint.C40("UTS1")...)[:0], formats.CodeEnvelope, "bytes"},
		"no length":                {put(4, mint.C40("UTS1XX")...), payload, "certificate reference"},
		"a length of 0":            {put(4, mint.C40("UTS100")...), payload, "certificate reference"},
		"a length beyond the end":  {put(4, mint.C40("UTS1FF")...), formats.CodeTruncated, "certificate reference"},
		"a length of one too many": {put(4, mint.C40("UTS103")...), payload, "signer"},
		"a reference in no C40":    {put(8, 0, 0), payload, "certificate reference"},
		"month 13":                 {put(10, mint.SealDate(2026, 13, 1)...), payload, "date of issue"},
		"day 0":                    {put(10, mint.SealDate(2026, 1, 0)...), payload, "date of issue"},
		"a day in no February":     {put(13, mint.SealDate(2026, 2, 29)...), payload, "date of signing"},
		"a year 0":                 {put(13, mint.SealDate(0, 2, 1)...), payload, "date of signing"},
		"the magic byte alone":     {[]byte{0xDC}, formats.CodeEnvelope, "bytes"},
		"ends in the header":       {put(0, 0xDC)[:17], formats.CodeTruncated, "header"},
	} {
		refused(t, what, c.seal, strict, c.code, c.step)
	}
	if e := refused(t, "place", put(13, mint.SealDate(2026, 2, 29)...), strict, payload, "date of signing"); e.Offset != 13 {
		t.Errorf("at byte %d", e.Offset)
	}
	if e := refused(t, "place in C40", put(6, 0, 0), strict, payload, "signer"); e.Offset != 6 {
		t.Errorf("at byte %d", e.Offset)
	}
}

func TestTheLayoutOfVersion3UnderVersion4(t *testing.T) {
	early := visa.But(func(v *barcode.VDS) { v.Version, v.Fixed = 3, true })
	doc := decode(t, early, formats.Options{})
	if !slices.Equal(tolerated(doc), []string{"fixed-reference"}) || string(doc.Seals[0].Signer.KeyID) != "UTS127" {
		t.Errorf("%v, %q", tolerated(doc), doc.Seals[0].Signer.KeyID)
	}
	refused(t, "switched off", early.Build(), formats.Options{Refuse: []string{"fixed-reference"}}, formats.CodePayload, "certificate reference")
	// Dates of another century are no sign that the layout is that of version 3.
	odd := early.But(func(v *barcode.VDS) { v.Issued = v.Issued.AddDate(-800, 0, 0) })
	refused(t, "1226", odd.Build(), formats.Options{}, formats.CodePayload, "certificate reference")
	if got := tolerated(decode(t, visa.But(func(v *barcode.VDS) { v.Version = 2 }), formats.Options{})); len(got) != 0 {
		t.Errorf("version 3 needs %v", got)
	}
}

func TestOneSignerCountsInDecimal(t *testing.T) {
	long := visa.But(func(v *barcode.VDS) {
		v.State, v.Name, v.Reference, v.Decimal = "D", "DEZV", strings.Repeat("A", 16), true
	})
	doc := decode(t, long, formats.Options{})
	if !slices.Equal(tolerated(doc), []string{"decimal-length"}) || string(doc.Seals[0].Signer.KeyID) != "DEZV"+strings.Repeat("A", 16) {
		t.Errorf("%v, %q", tolerated(doc), doc.Seals[0].Signer.KeyID)
	}
	refused(t, "switched off", long.Build(), formats.Options{Refuse: []string{"decimal-length"}}, formats.CodePayload, "certificate reference")
	refused(t, "another signer", long.But(func(v *barcode.VDS) { v.Name = "DEZX" }).Build(), formats.Options{}, formats.CodePayload, "certificate reference")
	refused(t, "in hexadecimal", long.But(func(v *barcode.VDS) { v.Decimal = false }).Build(), formats.Options{}, formats.CodePayload, "signer")
	short := long.But(func(v *barcode.VDS) { v.Reference = "27" })
	if got := tolerated(decode(t, short, formats.Options{})); len(got) != 0 {
		t.Errorf("a length of two needs %v", got)
	}
}

func TestVersionsBeforeTheSpecification(t *testing.T) {
	for version := range byte(2) {
		v := visa.But(func(v *barcode.VDS) { v.Version = version })
		if got := tolerated(decode(t, v, formats.Options{})); !slices.Equal(got, []string{"early-version"}) {
			t.Errorf("%d: %v", version, got)
		}
		refused(t, "switched off", v.Build(), formats.Options{Refuse: []string{"early-version"}}, formats.CodeVersion, "header")
	}
}

func TestBytesThatAReaderMadeTextOf(t *testing.T) {
	text := barcode.AsText(visa.Build())
	doc, err := textDocument(text)
	if err != nil || !slices.Equal(tolerated(doc), []string{"latin1-text"}) || !bytes.Equal(doc.Seals[0].Signed, decode(t, visa, formats.Options{}).Seals[0].Signed) {
		t.Fatalf("%v, %v", doc, err)
	}
	off := formats.Options{Refuse: []string{"latin1-text"}}
	refused(t, "switched off", text, off, formats.CodeEncoding, "bytes")
	refused(t, "a character beyond ISO 8859-1", append(text, "€"...), formats.Options{}, formats.CodeEncoding, "bytes")
	refused(t, "no UTF-8", append(text, 0xFF), formats.Options{}, formats.CodeEncoding, "bytes")
	refused(t, "too long a text", append(text, make([]byte, 9000)...), formats.Options{}, formats.CodeLimit, "bytes")
	refused(t, "too long", append(visa.Build(), make([]byte, 5000)...), formats.Options{}, formats.CodeLimit, "bytes")
}

func TestOnlyALoneBarcodeIsASeal(t *testing.T) {
	b := visa.Build()
	for what, in := range map[string]formats.Input{"none": {}, "named": {Files: []formats.File{{Name: "DG1", Data: b}}}, "two": {Files: []formats.File{{Data: b}, {Name: "x"}}}} {
		if doc, err := format.Decode(in, formats.Options{}); err == nil || format.Detect(in) {
			t.Errorf("%s: %v", what, doc)
		}
	}
	for what, c := range map[string]struct {
		data string
		want bool
	}{
		"a seal": {string(b), true}, "a text": {string(barcode.AsText(b)), true}, "version 16": {"\xDC\x0F", true}, "version 17": {"\xDC\x10", false},
		"one byte": {"\xDC", false}, "nothing": {"", false}, "another byte": {"\xDB\x03", false}, "another character": {"\xC3\x9B\x03", false},
	} {
		if got := format.Detect(formats.Text(c.data)); got != c.want {
			t.Errorf("%s: %v", what, got)
		}
	}
}
