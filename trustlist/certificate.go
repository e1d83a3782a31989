package trustlist

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cert"
)

// fromCertificate makes an Anchor of one DER certificate: a signer, or a CA where it says that it issues certificates.
func fromCertificate(raw []byte, src Source) (Anchor, error) {
	c, err := cert.Parse(raw)
	if err != nil {
		return Anchor{}, fmt.Errorf("not a readable X.509 certificate: %w", err)
	}
	return FromCertificate(c, src)
}

// FromCertificate makes an Anchor of a certificate that an importer has read: a signer, or a CA where it says that it
// issues certificates. The error says why nothing may rest on it.
func FromCertificate(c *cert.Certificate, src Source) (Anchor, error) {
	if err := c.Usable(); err != nil {
		return Anchor{}, err
	}
	a := Anchor{
		Role: Signer, Uses: usesOf(c), Country: countryOf(c), Key: c.Key, Certificate: c.Raw,
		NotBefore: c.NotBefore, NotAfter: c.NotAfter, KeyNotBefore: c.KeyNotBefore, KeyNotAfter: c.KeyNotAfter,
		DocumentTypes: c.DocumentTypes, Source: src, cert: c,
	}
	a.Scope = scopeOf(c, a.Uses)
	switch {
	case issues(c):
		a.Role = CA
	case c.HasKeyUsage && !c.KeyUsage.Has(cert.DigitalSignature):
		return Anchor{}, fmt.Errorf("its key usage does not permit digital signatures")
	}
	return a, nil
}

// issues reports whether a certificate that a relying party has chosen is a CA's. Genuine CSCAs leave the basic constraints
// out and have the key usage alone; genuine document signers have keyCertSign beside digitalSignature, and are none.
func issues(c *cert.Certificate) bool {
	return c.CA || c.KeyUsage.Has(cert.CertSign) && !c.KeyUsage.Has(cert.DigitalSignature)
}

// countryOf is the country of the subject, or of the issuer where the subject names none.
func countryOf(c *cert.Certificate) string {
	if c.Subject.Country != "" {
		return strings.ToUpper(c.Subject.Country)
	}
	return strings.ToUpper(c.Issuer.Country)
}

// describe names a certificate in a list of dropped ones, by what can be read of it.
func describe(raw []byte, index int) string {
	if c, err := cert.Parse(raw); err == nil {
		return fmt.Sprintf("certificate %d, %s, serial %x", index+1, c.Subject, c.Serial)
	}
	return fmt.Sprintf("certificate %d", index+1)
}

// errNoCountry refuses a signer whose country nobody names: found through an authority, it would seal for all of them. Doc
// 9303-12 §7.1 and ISO/IEC 18013-5 §B.1 make the country mandatory in both certificates.
var errNoCountry = errors.New("neither the signer's certificate nor that of its authority names a country")

// derived makes the Anchor of a signer's certificate that a path has led to a trusted CA. It may seal what the certificate
// names, of what the CA is trusted for.
func derived(p cert.Path, ca *Anchor) (*Anchor, error) {
	leaf := p.Certificates[0]
	a, err := FromCertificate(leaf, ca.Source)
	if err != nil {
		return nil, err
	}
	a.path, a.Lists = p, ca.Lists
	a.Uses &= ca.Uses
	a.Scope = intersect(scopeUnderCA(leaf), ca.Scope)
	if p.Anchor().Roles().Has(cert.Health) {
		// Such an authority has bound itself to health, and vouches for no passport (VDS-NC Technical Report, profile of the
		// CSCA; EU certificate governance §4.3).
		a.Scope = intersect(a.Scope, slices.Concat(healthFormats, barcodeFormats))
	}
	if a.Country == "" {
		a.Country = ca.Country
	}
	if a.Country == "" {
		return nil, errNoCountry
	}
	if len(a.DocumentTypes) == 0 { // a list can limit an authority to types of documents, as VICALs do
		a.DocumentTypes = ca.DocumentTypes
	}
	a.KeyID = leaf.SubjectKeyID
	a.seal()
	return &a, nil
}

// intersect gives the formats of a that b permits.
func intersect(a, b []formats.ID) []formats.ID {
	permit := Anchor{Scope: b}
	kept := []formats.ID{}
	for _, id := range a {
		if permit.Permits(id) {
			kept = append(kept, id)
		}
	}
	return kept
}
