package cms_test

import (
	"bytes"
	"crypto"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/cms"
	"github.com/travelseal/travelseal/internal/der"
	mint "github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// What is signed is the DER of the attributes, in whatever order they stand (RFC 5652 §5.4).
func TestAttributesAreSignedInTheOrderOfDER(t *testing.T) {
	m := sealed(dsc).Signer(func(s *pki.SignerInfo) { s.Reordered = true })
	sd := parse(t, "reordered", m.Encode())
	s := sd.Signers[0]
	if !slices.Equal(codes(sd), []string{cms.AttributeOrder}) || s.AsWritten == nil || bytes.Equal(s.AsWritten, s.SignedAttrs) || len(s.AsWritten) != len(s.SignedAttrs) {
		t.Fatalf("%s, %x, %x", codes(sd), s.AsWritten, s.SignedAttrs)
	}
	if want := sealed(dsc); !bytes.Equal(s.SignedAttrs, want.Signers[0].SignedAttributes(want)) {
		t.Errorf("%x", s.SignedAttrs)
	}
	seal, binding, err := sd.Seal(sod)
	if err != nil {
		t.Fatal(err)
	}
	if err := holds(t, seal, binding, dsc.Cert); err != nil {
		t.Error(err)
	}
}

// Some sign the attributes as they write them. That is no DER, and the seal fails; the bytes are there for who wants them.
func TestAttributesSignedAsWrittenAreKept(t *testing.T) {
	m := sealed(dsc).Signer(func(s *pki.SignerInfo) {
		s.AsGiven = true
		s.Attributes = func(list []pki.CMSAttribute) []pki.CMSAttribute {
			slices.Reverse(list)
			return list
		}
	})
	sd := parse(t, "as given", m.Encode())
	seal, binding, err := sd.Seal(sod)
	if err != nil || !slices.Equal(codes(sd), []string{cms.AttributeOrder}) {
		t.Fatal(codes(sd), err)
	}
	if err := holds(t, seal, binding, dsc.Cert); err == nil {
		t.Error("the seal holds over what is no DER")
	}
	seal.Signed = sd.Signers[0].AsWritten
	if err := holds(t, seal, binding, dsc.Cert); err != nil {
		t.Error(err)
	}
}

func TestUnknownAttributesAreListed(t *testing.T) {
	const first, second = "1.3.6.1.4.1.55555.7", "1.2.840.113549.1.9.99"
	m := sealed(dsc).Signer(func(s *pki.SignerInfo) {
		s.Attributes = func(list []pki.CMSAttribute) []pki.CMSAttribute {
			return append(list, pki.CMSAttribute{Type: first, Values: []mint.Value{mint.Null(), mint.Int(1)}}, pki.CMSAttribute{Type: second})
		}
	})
	sd := parse(t, "unknown", m.Encode())
	got := slices.Sorted(slices.Values(sd.Signers[0].Unknown))
	if !slices.Equal(got, slices.Sorted(slices.Values([]der.OID{der.MustOID(first), der.MustOID(second)}))) ||
		!slices.Equal(codes(sd), []string{cms.AttributeUnknown, cms.AttributeUnknown}) {
		t.Errorf("%s, %s", got, codes(sd))
	}
	seal, binding, err := sd.Seal(sod)
	if err != nil {
		t.Fatal(err)
	}
	if err := holds(t, seal, binding, dsc.Cert); err != nil {
		t.Error(err)
	}
}

// The algorithms may be among what is signed (RFC 6211). Others in their place are then a forgery.
func TestProtectedAlgorithmsMustBeThoseOfTheSigner(t *testing.T) {
	digest, ecdsa := pki.HashID(crypto.SHA256), mint.OID("1.2.840.10045.4.3.2")
	named := func(values ...mint.Value) []mint.Value { return []mint.Value{mint.Seq(values...)} }
	for name, c := range map[string]struct {
		values []mint.Value
		part   string
	}{
		"the same":                 {named(digest, mint.Explicit(1, ecdsa)), ""},
		"the same with NULL":       {named(pki.HashIDNull(crypto.SHA256), mint.Explicit(1, ecdsa, mint.Null())), ""},
		"another digest":           {named(pki.HashID(crypto.SHA384), mint.Explicit(1, ecdsa)), "name other algorithms"},
		"another signature":        {named(digest, mint.Explicit(1, mint.OID("1.2.840.10045.4.3.3"))), "name other algorithms"},
		"other parameters":         {named(digest, mint.Explicit(1, ecdsa, mint.Int(1))), "name other algorithms"},
		"a code of authentication": {named(digest, mint.Explicit(2, ecdsa)), "name other algorithms"},
		"more":                     {named(digest, mint.Explicit(1, ecdsa), mint.Explicit(2, ecdsa)), "name other algorithms"},
		"nothing":                  {named(), "name other algorithms"},
		"no value":                 {nil, "algorithm protection has no value"},
		"two values":               {append(named(digest), named(digest, mint.Explicit(1, ecdsa))...), "algorithm protection has more than one value"},
	} {
		m := sealed(dsc).Signer(func(s *pki.SignerInfo) { s.Attributes = pki.Valued("1.2.840.113549.1.9.52", c.values...) })
		seal, binding := opened(t, name, m.Encode(), sod)
		if c.part == "" && holds(t, seal, binding, dsc.Cert) != nil || !strings.Contains(seal.Problem.Text, c.part) {
			t.Errorf("%s: %+v", name, seal.Problem)
		}
	}
	m := sealed(dsc).Signer(func(s *pki.SignerInfo) {
		s.Attributes = func(list []pki.CMSAttribute) []pki.CMSAttribute {
			protection := pki.CMSAttribute{Type: "1.2.840.113549.1.9.52", Values: named(digest, mint.Explicit(1, ecdsa))}
			return append(list, protection, protection)
		}
	})
	if seal, _ := opened(t, "twice", m.Encode(), sod); !strings.Contains(seal.Problem.Text, "algorithm protection stands twice") {
		t.Errorf("twice: %+v", seal.Problem)
	}
}
