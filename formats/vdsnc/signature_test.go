package vdsnc_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
)

// sig gives the vaccination after a function has worked on its signature zone.
func sig(change func(mint.VDSObject) mint.VDSObject) mint.VDSNC {
	v := vaccination
	v.Hooks.Sig = change
	return v
}

func sigSet(name string, value any) mint.VDSNC {
	return sig(func(o mint.VDSObject) mint.VDSObject { return o.Set(value, name) })
}

func sigDrop(names ...string) mint.VDSNC {
	return sig(func(o mint.VDSObject) mint.VDSObject {
		for _, name := range names {
			o = o.Drop(name)
		}
		return o
	})
}

func TestTheSealIsThatOfTheDocument(t *testing.T) {
	doc := decode(t, vaccination, formats.Options{})
	built := vaccination.Build()
	want := formats.Seal{
		Role: formats.Issuer, Envelope: "VDS-NC", Algorithm: formats.ES256, Signed: built.Canonical, Signature: built.Signature,
		Signer: formats.Signer{Issuer: "UTO", Country: "UT", Chain: [][]byte{signer.Cert}},
	}
	if len(doc.Seals) != 1 || !reflect.DeepEqual(doc.Seals[0], want) || doc.Parts[0].Seal != 0 {
		t.Errorf("%+v", doc.Seals)
	}
}

func TestEachAlgorithmOfTheReportIsKnown(t *testing.T) {
	for kind, want := range map[mint.KeyKind]formats.Algorithm{mint.P256: formats.ES256, mint.P384: formats.ES384, mint.P521: formats.ES512} {
		s := decode(t, mint.ProofOfVaccination(mint.BarcodeSigner("algorithms", kind)), formats.Options{}).Seals[0]
		if s.Algorithm != want || s.Problem.Code != "" {
			t.Errorf("%s: %+v", kind, s)
		}
	}
	for name, c := range map[string]struct {
		doc  mint.VDSNC
		code string
	}{
		"none": {sigSet("alg", "none"), formats.CodeSealUnsupported}, "HS256": {sigSet("alg", "HS256"), formats.CodeSealUnsupported},
		"RS256": {sigSet("alg", "RS256"), formats.CodeSealUnsupported}, "EdDSA": {sigSet("alg", "EdDSA"), formats.CodeSealUnsupported},
		"ES256K": {sigSet("alg", "ES256K"), formats.CodeSealUnsupported}, "es256": {sigSet("alg", "es256"), formats.CodeSealUnsupported},
		"a number": {sigSet("alg", -7), formats.CodeSealUnsupported}, "empty": {sigSet("alg", ""), formats.CodeSealUnsupported},
		"missing": {sigDrop("alg"), formats.CodeSealHeader},
	} {
		s := decode(t, c.doc, formats.Options{}).Seals[0]
		if s.Problem.Code != c.code || s.Problem.Text == "" || s.Algorithm.Name() != "" {
			t.Errorf("%s: %+v", name, s)
		}
	}
}

// Without a signature, or a word on whose it is, nobody vouches for the document.
func TestADocumentWithoutASealIsUnsealed(t *testing.T) {
	stripped := vaccination
	stripped.Hooks.Whole = func(o mint.VDSObject) mint.VDSObject { return o.Drop("sig") }
	for name, v := range map[string]mint.VDSNC{
		"no zone": stripped, "an empty zone": sig(func(mint.VDSObject) mint.VDSObject { return nil }),
		"no signature": sigDrop("sigvl"), "no certificate": sigDrop("cer"), "only an algorithm": sigDrop("cer", "sigvl"),
		"an empty signature": sigSet("sigvl", ""), "an empty certificate": sigSet("cer", ""),
	} {
		doc := decode(t, v, formats.Options{})
		if len(doc.Seals) != 0 || doc.Parts[0].Seal != formats.NoSeal || len(doc.Parts[0].Unverified.Events) != 2 {
			t.Errorf("%s: %+v", name, doc)
		}
	}
}

func TestTheSignatureZoneIsReadStrictly(t *testing.T) {
	zone := func(value any) mint.VDSNC {
		v := vaccination
		v.Hooks.Whole = func(o mint.VDSObject) mint.VDSObject { return o.Set(value, "sig") }
		return v
	}
	null := mint.VDSRaw("null")
	for name, c := range map[string]struct {
		doc        mint.VDSNC
		code, step string
	}{
		"a text":                  {zone("x"), formats.CodeEnvelope, "sig"},
		"null":                    {zone(null), formats.CodeEnvelope, "sig"},
		"a list":                  {zone([]any{}), formats.CodeEnvelope, "sig"},
		"null for a signature":    {sigSet("sigvl", null), formats.CodeEnvelope, "sig.sigvl"},
		"null for a certificate":  {sigSet("cer", null), formats.CodeEnvelope, "sig.cer"},
		"a list of certificates":  {sigSet("cer", []any{"AAAA"}), formats.CodeEnvelope, "sig.cer"},
		"the other alphabet":      {sigSet("sigvl", "+/+/"), formats.CodeEncoding, "sig.sigvl"},
		"a PEM":                   {sigSet("cer", "-----BEGIN CERTIFICATE-----"), formats.CodeEncoding, "sig.cer"},
		"a line feed":             {sigSet("sigvl", "AAAA\nAAAA"), formats.CodeEncoding, "sig.sigvl"},
		"a lone character":        {sigSet("sigvl", "AAAAA"), formats.CodeEncoding, "sig.sigvl"},
		"padding within":          {sigSet("sigvl", "AA==AAAA"), formats.CodeEncoding, "sig.sigvl"},
		"padding cut":             {sigSet("sigvl", "AA="), formats.CodeEncoding, "sig.sigvl"},
		"padding of a full group": {sigSet("sigvl", "AAAA===="), formats.CodeEncoding, "sig.sigvl"},
		"idle bits":               {sigSet("sigvl", "AB=="), formats.CodeEncoding, "sig.sigvl"},
		"idle bits, unpadded":     {sigSet("sigvl", "AB"), formats.CodeEncoding, "sig.sigvl"},
	} {
		t.Run(name, func(t *testing.T) { refused(t, c.doc.Build().Text, formats.Options{}, c.code, c.step) })
	}
	text := sigSet("sigvl", "AA+A").Build().Text
	if fe := refused(t, text, formats.Options{}, formats.CodeEncoding, "sig.sigvl"); fe.Offset != strings.Index(text, "AA+A")+2 {
		t.Errorf("at byte %d", fe.Offset)
	}
}

// What is no signature or no certificate is so for the key to say: decoding checks neither.
func TestSignaturesAreHandedOnAsTheyAre(t *testing.T) {
	s := decode(t, sigSet("sigvl", "AAAA"), formats.Options{}).Seals[0]
	if !bytes.Equal(s.Signature, []byte{0, 0, 0}) {
		t.Errorf("%x", s.Signature)
	}
	s = decode(t, sigSet("cer", "AAAA"), formats.Options{}).Seals[0]
	if !bytes.Equal(s.Signer.Chain[0], []byte{0, 0, 0}) {
		t.Errorf("%x", s.Signer.Chain)
	}
}

func TestMissingPaddingIsTolerated(t *testing.T) {
	v := vaccination
	v.Unpadded = true
	built := v.Build()
	if strings.Contains(built.Text, "=") {
		t.Fatal("there is padding")
	}
	doc := decode(t, v, formats.Options{})
	if !bytes.Equal(doc.Seals[0].Signature, built.Signature) || !bytes.Equal(doc.Seals[0].Signer.Chain[0], signer.Cert) {
		t.Error("the seal is another")
	}
	want := formats.Check{Kind: formats.Reading, Result: formats.Tolerated, Name: "base64-unpadded", Where: "sig.sigvl", Text: "the padding is missing"}
	if len(doc.Checks) == 0 || doc.Checks[len(doc.Checks)-1] != want {
		t.Errorf("%+v", doc.Checks)
	}
	for name, o := range map[string]formats.Options{
		"refused": {Refuse: []string{"base64-unpadded"}}, "refused and asked for": {Refuse: []string{"base64-unpadded"}, Tolerate: []string{"base64-unpadded"}},
	} {
		step := "sig.sigvl"
		if len(signer.Cert)%3 != 0 {
			step = "sig.cer"
		}
		t.Run(name, func(t *testing.T) { refused(t, built.Text, o, formats.CodeEncoding, step) })
	}
	// A text that ends in a full group has no padding to miss.
	if doc := decode(t, sigSet("sigvl", "AAAA"), formats.Options{Refuse: []string{"base64-unpadded"}}); len(doc.Checks) != 0 {
		t.Errorf("%+v", doc.Checks)
	}
}
