package gdhcn

import (
	"crypto/sha256"
	"strings"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/states"
)

// minKeyID is how much of a certificate's digest names it: the eight bytes of the EU's kid (eHealth Network, "Digital Green
// Certificates, volume 1", §3.2.2), which the network has taken over.
const minKeyID = 8

func digestOf(c *cert.Certificate) []byte {
	sum := sha256.Sum256(c.Raw)
	return sum[:]
}

// countryOf is the country of the subject, or of the issuer where the subject names none.
func countryOf(c *cert.Certificate) string {
	if c.Subject.Country != "" {
		return strings.ToUpper(c.Subject.Country)
	}
	return strings.ToUpper(c.Issuer.Country)
}

// issues reports whether a certificate is a CA's: it says so, or it has the key usage of one and none for signatures.
// Genuine document signers have keyCertSign beside digitalSignature.
func issues(c *cert.Certificate) bool {
	return c.CA || c.KeyUsage.Has(cert.CertSign) && !c.KeyUsage.Has(cert.DigitalSignature)
}

// countryCode gives the country that a participant's certificates have; "" for one that is no country. The International
// Organization for Migration takes part as IOM, and has taken IO, which ISO 3166-1 gives to a territory without documents of
// its own.
func countryCode(participant string) string {
	if participant == "IOM" {
		return "IO"
	}
	short, _ := states.Alpha2(participant)
	return short
}
