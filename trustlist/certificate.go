package trustlist

import (
	"crypto/x509"
	"fmt"
	"strings"
)

// maxCertificate bounds one DER certificate; the largest on published lists is under 4 KiB.
const maxCertificate = 16 << 10

// fromCertificate makes an Anchor of one DER certificate: a signer, or a CA where its basic constraints say so.
func fromCertificate(der []byte, src Source) (Anchor, error) {
	if len(der) > maxCertificate {
		return Anchor{}, fmt.Errorf("%d bytes, the limit for a certificate is %d", len(der), maxCertificate)
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		return Anchor{}, fmt.Errorf("not a readable X.509 certificate: %w", err)
	}
	if len(c.UnhandledCriticalExtensions) > 0 {
		return Anchor{}, fmt.Errorf("critical extension %v is not known here", c.UnhandledCriticalExtensions[0])
	}
	a := Anchor{
		Role: Signer, Uses: usesOf(c), Country: countryOf(c), Key: c.PublicKey, Certificate: c.Raw,
		NotBefore: c.NotBefore, NotAfter: c.NotAfter, Source: src,
	}
	a.Scope = scopeOf(a.Uses)
	switch {
	case c.BasicConstraintsValid && c.IsCA:
		a.Role = CA
	case c.KeyUsage != 0 && c.KeyUsage&x509.KeyUsageDigitalSignature == 0:
		return Anchor{}, fmt.Errorf("its key usage does not permit digital signatures")
	}
	return a, nil
}

// countryOf is the country of the subject, or of the issuer where the subject names none.
func countryOf(c *x509.Certificate) string {
	for _, list := range [][]string{c.Subject.Country, c.Issuer.Country} {
		if len(list) > 0 {
			return strings.ToUpper(list[0])
		}
	}
	return ""
}

// describe names a certificate in a list of dropped ones, by what can be read of it.
func describe(der []byte, index int) string {
	if c, err := x509.ParseCertificate(der); err == nil {
		return fmt.Sprintf("certificate %d, %s, serial %v", index+1, c.Subject, c.SerialNumber)
	}
	return fmt.Sprintf("certificate %d", index+1)
}
