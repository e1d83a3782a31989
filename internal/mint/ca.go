package mint

import (
	"encoding/asn1"
	"time"
)

// A CA is a country's certification authority for document signers (CSCA). It is a Signer too, so that it can be made
// to sign a document, which it must not.
type CA struct {
	Signer
	seed string
}

// NewCA makes a self-signed authority. The seed determines its key; two authorities of one seed are the same.
func NewCA(seed string, t Template) CA {
	t.CA, t.SelfSigned = true, true
	seed = "ca\x00" + seed
	return CA{Signer: newSigner(seed, "CSCA "+t.orDefault("").Country, t, nil), seed: seed}
}

// Issue makes a document signer with a certificate of this authority. A country left out is the authority's own.
func (ca CA) Issue(name string, t Template) Signer {
	if t.Country == "" {
		t.Country = ca.Country
	}
	return newSigner(ca.seed+"\x00"+name, name, t, &ca.Signer)
}

// An Authority is an invented country's health authority: its CSCA and the document signers that relying parties trust.
type Authority struct {
	CSCA CA

	Vaccination Signer // vaccination only
	Test        Signer // test only, by the other spelling of the key usage
	Recovery    Signer // recovery only
	AnyUse      Signer // P-384, no extended key usage
	RSA         Signer // RSA, all three uses
	Expired     Signer // any use, valid until 1 March 2026
}

// Utopia is the authority whose signers stand in testdata/trust.
func Utopia() Authority {
	ca := NewCA("utopia", Template{})
	uses := func(list ...asn1.ObjectIdentifier) Template { return Template{Uses: list} }
	rsa := uses(UseTest, UseVaccination, UseRecovery)
	rsa.Key = RSA2048
	return Authority{
		CSCA:        ca,
		Vaccination: ca.Issue("ut-vaccination", uses(UseVaccination)),
		Test:        ca.Issue("ut-test", uses(OtherSpelling(UseTest))),
		Recovery:    ca.Issue("ut-recovery", uses(UseRecovery)),
		AnyUse:      ca.Issue("ut-p384", Template{Key: P384}),
		RSA:         ca.Issue("ut-rsa", rsa),
		Expired:     ca.Issue("ut-expired", Template{NotAfter: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)}),
	}
}

// Signers lists the document signers in a fixed order, without the CSCA.
func (a Authority) Signers() []Signer {
	return []Signer{a.Vaccination, a.Test, a.Recovery, a.AnyUse, a.RSA, a.Expired}
}

// Fresh makes a document signer that nobody trusts, of an authority that nobody trusts. Its certificate says UT and
// has the same names as a genuine one, as a forger's would.
func Fresh(name string) Signer {
	return NewCA("fresh\x00"+name, Template{}).Issue(name, Template{})
}
