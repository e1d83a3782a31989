package cms_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cms"
	"github.com/travelseal/travelseal/internal/der"
	mint "github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// edited is a message after work on the elements of SignedData.
func edited(change func([]mint.Value) []mint.Value) pki.Message {
	m := sealed(dsc)
	m.SignedData = change
	return m
}

func whole(change func([]mint.Value) []mint.Value) pki.Message {
	m := sealed(dsc)
	m.Whole = change
	return m
}

// element puts a value in the place of an element: 0 version, 1 digests, 2 content, 3 certificates, 4 signers.
func element(index int, v mint.Value) pki.Message {
	return edited(func(list []mint.Value) []mint.Value {
		list[index] = v
		return list
	})
}

// member works on one of the elements of the SignerInfo: 0 version, 1 sid, 2 digest, 3 attributes, 4 algorithm, 5 signature.
func member(index int, change func(mint.Value) mint.Value) pki.Message {
	return sealed(dsc).Signer(func(s *pki.SignerInfo) { s.Info = pki.Element(index, change) })
}

func to(v mint.Value) func(mint.Value) mint.Value { return func(mint.Value) mint.Value { return v } }

func repeated(n int, v mint.Value) []mint.Value { return slices.Repeat([]mint.Value{v}, n) }

func TestWhatIsNoMessageIsRefused(t *testing.T) {
	plain := sealed(dsc).Encode()
	id := mint.Seq(mint.OID(pki.HashOID(5)))
	tail := func(v mint.Value) mint.Value { return mint.Raw(append(v.Encode(), 5, 0)) }
	grown := func(v mint.Value) mint.Value { // one NULL more at the end of what stands in it
		data := v.Encode()
		r := der.New(data)
		in, err := r.Next("it")
		if err != nil {
			t.Fatal(err)
		}
		return mint.TLV{Tag: data[:1], Body: []mint.Value{mint.Raw(in.Content), mint.Null()}}
	}
	for name, c := range map[string]struct {
		message []byte
		code    string
		step    string
	}{
		"nothing":             {nil, formats.CodeTruncated, "the encoding"},
		"a text":              {[]byte("hello"), formats.CodeTruncated, "the encoding"},
		"a page":              {[]byte("<!DOCTYPE html>"), formats.CodeEnvelope, "the encoding"},
		"zeros":               {make([]byte, 100), formats.CodeEnvelope, "the encoding"},
		"a number":            {[]byte{2, 1, 5}, formats.CodeEnvelope, "the content info"},
		"half":                {plain[:len(plain)/2], formats.CodeTruncated, "the encoding"},
		"one byte less":       {plain[:len(plain)-1], formats.CodeTruncated, "the encoding"},
		"one byte more":       {append(bytes.Clone(plain), 0), formats.CodeTrailing, "the message"},
		"two messages":        {append(bytes.Clone(plain), plain...), formats.CodeTrailing, "the message"},
		"beyond the size":     {append(bytes.Clone(plain), make([]byte, 64<<10)...), formats.CodeLimit, "the encoding"},
		"ten thousand levels": {mint.Nested(10_000), formats.CodeLimit, "the encoding"},
		"open for ever":       {mint.NestedOpen(10_000), formats.CodeLimit, "the encoding"},

		"another type of message":   {mint.Seq(mint.OID("1.2.840.113549.1.7.3"), mint.Explicit(0, mint.Seq())).Encode(), formats.CodeEnvelope, "the type of the message"},
		"no type of message":        {mint.Seq(mint.Explicit(0, mint.Seq())).Encode(), formats.CodeEnvelope, "the type of the message"},
		"no signed data":            {mint.Seq(mint.OID(pki.OIDSignedData)).Encode(), formats.CodeTruncated, "the signed data"},
		"a null in the info":        {whole(pki.Tail(5, 0)).Encode(), formats.CodeTrailing, "the content info"},
		"a null in the signed data": {edited(pki.Tail(5, 0)).Encode(), formats.CodeTrailing, "the signed data"},
		"two in the signed data":    {mint.Seq(mint.OID(pki.OIDSignedData), mint.Explicit(0, mint.Seq(), mint.Null())).Encode(), formats.CodeTrailing, "the signed data"},

		"no version":            {element(0, mint.Null()).Encode(), formats.CodeEnvelope, "the version of the signed data"},
		"version -1":            {element(0, mint.Int(-1)).Encode(), formats.CodeEnvelope, "the version of the signed data"},
		"version 6":             {element(0, mint.Int(6)).Encode(), formats.CodeEnvelope, "the version of the signed data"},
		"a long version":        {element(0, mint.IntBytes(0, 3)).Encode(), formats.CodeEnvelope, "the version of the signed data"},
		"digests in a sequence": {element(1, mint.Seq()).Encode(), formats.CodeEnvelope, "the digest algorithms"},
		"a digest of a number":  {element(1, mint.Set(mint.Int(1))).Encode(), formats.CodeEnvelope, "the digest algorithms"},
		"too many digests":      {element(1, mint.Set(repeated(17, id)...)).Encode(), formats.CodeLimit, "the digest algorithms"},

		"no content type":           {element(2, mint.Seq()).Encode(), formats.CodeTruncated, "the type of the content"},
		"no encapsulated content":   {element(2, mint.Null()).Encode(), formats.CodeEnvelope, "the encapsulated content"},
		"a sequence for content":    {element(2, mint.Seq(mint.OID(pki.OIDData), mint.Explicit(0, mint.Seq()))).Encode(), formats.CodeEnvelope, "the content"},
		"two contents":              {element(2, mint.Seq(mint.OID(pki.OIDData), mint.Explicit(0, mint.Octets(nil), mint.Octets(nil)))).Encode(), formats.CodeTrailing, "the content"},
		"something after a content": {element(2, mint.Seq(mint.OID(pki.OIDData), mint.Explicit(0, mint.Octets(nil)), mint.Null())).Encode(), formats.CodeTrailing, "the encapsulated content"},

		"a certificate of a number": {element(3, mint.Explicit(0, mint.Int(1))).Encode(), formats.CodeEnvelope, "the certificates"},
		"an attribute certificate":  {element(3, mint.Explicit(0, mint.Explicit(2, mint.Null()))).Encode(), formats.CodeEnvelope, "the certificates"},
		"too many certificates":     {element(3, mint.Explicit(0, repeated(65, mint.Seq())...)).Encode(), formats.CodeLimit, "the certificates"},
		"lists of another kind":     {element(3, mint.Explicit(1, mint.Explicit(1, mint.Null()))).Encode(), formats.CodeEnvelope, "the revocation lists"},
		"signers in a sequence":     {element(4, mint.Seq()).Encode(), formats.CodeEnvelope, "the signers"},
		"a signer of a number":      {element(4, mint.Set(mint.Int(1))).Encode(), formats.CodeEnvelope, "the signer"},
		"an empty signer":           {element(4, mint.Set(mint.Seq())).Encode(), formats.CodeTruncated, "the version of the signer"},

		"version 6 of a signer":   {member(0, to(mint.Int(6))).Encode(), formats.CodeEnvelope, "the version of the signer"},
		"a signer by number":      {member(1, to(mint.Int(6))).Encode(), formats.CodeEnvelope, "the signer's identifier"},
		"a signer by no key":      {member(1, to(pki.ByKeyID(nil))).Encode(), formats.CodeEnvelope, "the signer's identifier"},
		"a signer without serial": {member(1, to(mint.Seq(mint.Seq()))).Encode(), formats.CodeTruncated, "the serial number in the signer's identifier"},
		"a serial without digits": {member(1, to(mint.Seq(mint.Seq(), mint.IntBytes()))).Encode(), formats.CodeEnvelope, "the serial number in the signer's identifier"},
		"more in an identifier":   {member(1, grown).Encode(), formats.CodeTrailing, "the signer's identifier"},
		"more in a digest":        {member(2, to(mint.Seq(mint.OID(pki.HashOID(5)), mint.Null(), mint.Null()))).Encode(), formats.CodeTrailing, "the hash algorithm"},
		"attributes in a number":  {member(3, to(mint.Explicit(0, mint.Int(1)))).Encode(), formats.CodeEnvelope, "a signed attribute"},
		"an attribute of nothing": {member(3, to(mint.Explicit(0, mint.Seq()))).Encode(), formats.CodeTruncated, "the type of a signed attribute"},
		"an attribute of no set":  {member(3, to(mint.Explicit(0, mint.Seq(mint.OID(pki.OIDData), mint.Seq())))).Encode(), formats.CodeEnvelope, "the values of a signed attribute"},
		"more in an attribute":    {member(3, to(mint.Explicit(0, mint.Seq(mint.OID(pki.OIDData), mint.Set(), mint.Null())))).Encode(), formats.CodeTrailing, "a signed attribute"},
		"more in an algorithm":    {member(4, to(mint.Seq(mint.OID("1.2.840.10045.4.3.2"), mint.Int(1)))).Encode(), formats.CodeEnvelope, "the parameters of the signature algorithm"},
		"a signature of bits":     {member(5, to(mint.Bits([]byte{1}))).Encode(), formats.CodeEnvelope, "the signature"},
		"more after a signature":  {member(5, tail).Encode(), formats.CodeTrailing, "the signer"},
		"more in rsaEncryption":   {member(4, to(mint.Seq(mint.OID("1.2.840.113549.1.1.1"), mint.Null(), mint.Null()))).Encode(), formats.CodeTrailing, "the parameters of the signature algorithm"},
		"PSS with trailer 2":      {algorithmOf(pki.PSSWith(pki.PSS{Hash: 5, MGF: 5, Salt: 32, Trailer: 2})).Encode(), formats.CodeEnvelope, "the trailer field of RSASSA-PSS"},
		"PSS with NULL":           {algorithmOf(pki.PSSOf(5).Stating(pki.PSSIdentifierNull())).Encode(), formats.CodeEnvelope, "the parameters of RSASSA-PSS"},
		"PSS without parameters":  {algorithmOf(pki.PSSOf(5).Stating(pki.PSSIdentifierBare())).Encode(), formats.CodeTruncated, "the parameters of RSASSA-PSS"},
	} {
		sd, err := cms.Parse(c.message, cms.SODLimits)
		var fe *formats.Error
		if !errors.As(err, &fe) || fe.Code != c.code || fe.Step != "CMS, "+c.step || fe.Format != "" || sd != nil {
			t.Errorf("%s: %v, want %s in %q", name, err, c.code, c.step)
		}
	}
	many := sealed(dsc)
	for range 17 {
		many.Signers = append(many.Signers, many.Signers[0])
	}
	if _, err := cms.Parse(many.Encode(), cms.SODLimits); err == nil || !strings.Contains(err.Error(), "the signers") {
		t.Errorf("17 signers: %v", err)
	}
}

func algorithmOf(a pki.Algorithm) pki.Message {
	return sealed(rsa).Signer(func(s *pki.SignerInfo) { s.Algorithm = &a })
}

// Some passports are written in BER. What was signed stays as it was.
func TestBERIsReadAndNoted(t *testing.T) {
	m := sealed(dsc)
	m.Content, m.BER = bytes.Repeat([]byte("content "), 300), true
	sd := parse(t, "BER", m.Encode())
	if got := codes(sd); !slices.Equal(slices.Sorted(slices.Values(got)), []string{der.ConstructedString, der.IndefiniteLength}) {
		t.Error(got)
	}
	seal, binding, err := sd.Seal(sod)
	if err != nil || !bytes.Equal(binding.Data, m.Content) {
		t.Fatal(err)
	}
	if err := holds(t, seal, binding, dsc.Cert); err != nil {
		t.Error(err)
	}
	long := edited(func(list []mint.Value) []mint.Value {
		list[2] = mint.Padded(list[2].(mint.TLV), 2)
		return list
	})
	if got := codes(parse(t, "a long length", long.Encode())); !slices.Equal(got, []string{der.LongLength}) {
		t.Error(got)
	}
}

func TestVersionsAndDigestsThatDoNotFitAreNoted(t *testing.T) {
	keyID := sealed(dsc).Signer(func(s *pki.SignerInfo) { s.SID, s.Version = pki.ByKeyID(dsc.KeyID), 1 })
	data := pki.Seal(pki.OIDData, content, dsc)
	data.Version = 1
	one := sealed(dsc)
	one.Version = 1
	three := sealed(dsc).Signer(func(s *pki.SignerInfo) { s.Version = 3 })
	other := sealed(dsc)
	other.DigestAlgorithms = []mint.Value{mint.Seq(mint.OID("2.16.840.1.101.3.4.2.8")), pki.HashIDNull(7)}
	for name, c := range map[string]struct {
		message pki.Message
		want    []string
	}{
		"1 where 3 is right":           {one, []string{cms.Version}},
		"1 for data":                   {data, nil},
		"a signer's 1 with a key's ID": {keyID, []string{cms.Version}},
		"a signer's 3 without":         {three, []string{cms.Version}},
		"another digest announced":     {other, []string{cms.DigestNotListed}},
	} {
		if got := codes(parse(t, name, c.message.Encode())); !slices.Equal(got, c.want) {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestRevocationListsAndUnsignedAttributesAreReadPast(t *testing.T) {
	m := sealed(dsc).Signer(func(s *pki.SignerInfo) {
		s.Unsigned = []pki.CMSAttribute{{Type: pki.OIDData, Values: []mint.Value{mint.Null()}}}
	})
	m.CRLs = [][]byte{csca.Revoke(pki.List(1, dsc))}
	sd := parse(t, "lists", m.Encode())
	if len(sd.CRLs) != 1 || !bytes.Equal(sd.CRLs[0], m.CRLs[0]) || len(sd.Deviations) != 0 {
		t.Errorf("%d lists, %s", len(sd.CRLs), codes(sd))
	}
	seal, binding, err := sd.Seal(sod)
	if err != nil {
		t.Fatal(err)
	}
	if err := holds(t, seal, binding, dsc.Cert); err != nil {
		t.Error(err)
	}
}
