package lists

import (
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// The names of the signers of an invented government's lists.
const (
	DutchSigner = "signing.lists.utopia.example"
	SwissSigner = "CH01-AppContentCertificate"
)

// A Government is an invented authority that issues certificates to many, of which one signs lists.
type Government struct {
	Country       string
	Root, Between *pki.Credential
	Dutch, Swiss  *pki.Credential // by the names above
	Server        *pki.Credential // another certificate below Between
}

// NewGovernment makes the authority of a country.
func NewGovernment(country string) Government {
	g := Government{Country: country}
	g.Root = pki.NewCSCA("government "+country, g.CA("ROOT"))
	g.Between = g.Root.Issue("between", g.CA("SIGN"))
	g.Dutch = g.Between.Issue("dutch", g.Signer(DutchSigner))
	g.Swiss = g.Between.Issue("swiss", g.Signer(SwissSigner))
	g.Server = g.Between.Issue("server", g.Signer("www.utopia.example"))
	return g
}

// CA is an authority by a common name.
func (g Government) CA(name string) pki.Template {
	return pki.Bare().Named(pki.DN(g.Country, "Government", name)).Valid(pki.CSCAFrom, pki.CSCAUntil).With(
		pki.KeyUsage(pki.CertSign, pki.CRLSign), pki.BasicConstraints(true, -1), pki.SubjectKeyID(), pki.AuthorityKeyID())
}

// Signer is a certificate for signatures by a common name.
func (g Government) Signer(name string) pki.Template {
	return pki.Bare().Named(pki.DN(g.Country, "Government", name)).With(pki.KeyUsage(pki.DigitalSignature), pki.SubjectKeyID(), pki.AuthorityKeyID())
}

// spki is the public half of a key as RFC 5280 §4.1.2.7 has it, in base64.
func spki(k *pki.Key) string { return Base64(pki.SPKI{}.Value(k).Encode()) }
