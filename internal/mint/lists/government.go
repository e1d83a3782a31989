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
	Root, Between *pki.Credential
	Dutch, Swiss  *pki.Credential // by the names above
	Server        *pki.Credential // another certificate below Between
}

// NewGovernment makes the authority.
func NewGovernment() Government {
	g := Government{Root: pki.NewCSCA("government", GovernmentCA("ROOT"))}
	g.Between = g.Root.Issue("between", GovernmentCA("SIGN"))
	g.Dutch = g.Between.Issue("dutch", GovernmentSigner(DutchSigner))
	g.Swiss = g.Between.Issue("swiss", GovernmentSigner(SwissSigner))
	g.Server = g.Between.Issue("server", GovernmentSigner("www.utopia.example"))
	return g
}

// GovernmentCA is an authority, and GovernmentSigner a certificate for signatures by a common name.
func GovernmentCA(name string) pki.Template {
	return pki.Bare().Named(pki.DN("UT", "Government", name)).Valid(pki.CSCAFrom, pki.CSCAUntil).With(
		pki.KeyUsage(pki.CertSign, pki.CRLSign), pki.BasicConstraints(true, -1), pki.SubjectKeyID(), pki.AuthorityKeyID())
}

func GovernmentSigner(name string) pki.Template {
	return pki.Bare().Named(pki.DN("UT", "Government", name)).With(pki.KeyUsage(pki.DigitalSignature), pki.SubjectKeyID(), pki.AuthorityKeyID())
}

// spki is the public half of a key as RFC 5280 §4.1.2.7 has it, in base64.
func spki(k *pki.Key) string { return Base64(pki.SPKI{}.Value(k).Encode()) }
