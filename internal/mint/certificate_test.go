package mint_test

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"slices"
	"testing"
	"time"

	"github.com/travelseal/travelseal/internal/mint"
)

func TestUtopiasSignersChainToItsCSCA(t *testing.T) {
	ut := mint.Utopia()
	if err := ut.CSCA.Leaf.CheckSignatureFrom(ut.CSCA.Leaf); err != nil || !ut.CSCA.Leaf.IsCA {
		t.Errorf("the CSCA: %v", err)
	}
	for _, s := range ut.Signers() {
		if err := s.Leaf.CheckSignatureFrom(ut.CSCA.Leaf); err != nil {
			t.Errorf("%s: %v", s.Name, err)
		}
		digest := sha256.Sum256(s.Cert)
		if !bytes.Equal(s.KID, digest[:8]) {
			t.Errorf("%s: the key identifier is %x, want %x", s.Name, s.KID, digest[:8])
		}
		if s.Leaf.IsCA || s.Leaf.KeyUsage != x509.KeyUsageDigitalSignature || !slices.Equal(s.Leaf.Subject.Country, []string{"UT"}) {
			t.Errorf("%s: CA %v, key usage %b, country %v", s.Name, s.Leaf.IsCA, s.Leaf.KeyUsage, s.Leaf.Subject.Country)
		}
		if block, rest := pem.Decode(s.PEM()); block == nil || len(rest) > 0 || !bytes.Equal(block.Bytes, s.Cert) {
			t.Errorf("%s: the PEM form holds another certificate", s.Name)
		}
	}
}

func TestUtopiasSignersHaveTheUsesThatTheirNamesSay(t *testing.T) {
	ut := mint.Utopia()
	for _, c := range []struct {
		signer mint.Signer
		want   []string
	}{
		{ut.Vaccination, []string{"1.3.6.1.4.1.1847.2021.1.2"}},
		{ut.Test, []string{"1.3.6.1.4.1.0.1847.2021.1.1"}},
		{ut.Recovery, []string{"1.3.6.1.4.1.1847.2021.1.3"}},
		{ut.AnyUse, nil},
		{ut.RSA, []string{"1.3.6.1.4.1.1847.2021.1.1", "1.3.6.1.4.1.1847.2021.1.2", "1.3.6.1.4.1.1847.2021.1.3"}},
		{ut.Expired, nil},
	} {
		var got []string
		for _, oid := range c.signer.Leaf.UnknownExtKeyUsage {
			got = append(got, oid.String())
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.signer.Name, got, c.want)
		}
	}
}

func TestEveryCertificateButTheExpiredOneCoversItsDocuments(t *testing.T) {
	ut := mint.Utopia()
	for _, s := range ut.Signers() {
		if mint.IssuedAt.Before(s.Leaf.NotBefore) || mint.IssuedAt.After(s.Leaf.NotAfter) {
			t.Errorf("%s: its documents are dated outside its validity", s.Name)
		}
		expired := s.Leaf.NotAfter.Before(mint.AsOf)
		if expired != (s.Name == ut.Expired.Name) || !expired && s.Leaf.NotAfter.Before(mint.Expires) {
			t.Errorf("%s is valid until %v", s.Name, s.Leaf.NotAfter)
		}
	}
}

func TestATemplateReachesTheCertificate(t *testing.T) {
	from, until := time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC), time.Date(2031, 1, 2, 3, 4, 5, 0, time.UTC)
	ca := mint.NewCA("template", mint.Template{Country: "XA"})
	for _, kind := range []mint.KeyKind{mint.P256, mint.P384, mint.P521, mint.Ed25519, mint.RSA1024} {
		s := ca.Issue("signer", mint.Template{Key: kind, NotBefore: from, NotAfter: until, CommonName: "another name"})
		if err := s.Leaf.CheckSignatureFrom(ca.Leaf); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
		if s.Country != "XA" || s.Leaf.Subject.CommonName != "another name" || !s.Leaf.NotBefore.Equal(from) || !s.Leaf.NotAfter.Equal(until) {
			t.Errorf("%s: %v, from %v until %v", kind, s.Leaf.Subject, s.Leaf.NotBefore, s.Leaf.NotAfter)
		}
	}
	if s := ca.Issue("signer", mint.Template{Country: "XB"}); s.Country != "XB" || s.Leaf.Subject.Country[0] != "XB" {
		t.Errorf("country: %v", s.Leaf.Subject)
	}
}

func TestOddCertificates(t *testing.T) {
	ca := mint.NewCA("odd", mint.Template{})
	self := ca.Issue("self", mint.Template{SelfSigned: true})
	if err := self.Leaf.CheckSignature(self.Leaf.SignatureAlgorithm, self.Leaf.RawTBSCertificate, self.Leaf.Signature); err != nil {
		t.Errorf("self-signed: %v", err)
	}
	sub := ca.Issue("sub", mint.Template{CA: true})
	if !sub.Leaf.IsCA {
		t.Error("an intermediate authority is none")
	}
	critical := ca.Issue("critical", mint.Template{Extensions: []pkix.Extension{mint.UnknownCritical()}})
	if len(critical.Leaf.UnhandledCriticalExtensions) != 1 {
		t.Errorf("unhandled critical extensions: %v", critical.Leaf.UnhandledCriticalExtensions)
	}
}

func TestFreshSignersAreStrangersWithFamiliarNames(t *testing.T) {
	a, again, b := mint.Fresh("a"), mint.Fresh("a"), mint.Fresh("b")
	if !bytes.Equal(a.Cert, again.Cert) || bytes.Equal(a.Cert, b.Cert) {
		t.Error("the name does not determine the signer")
	}
	for _, s := range mint.Utopia().Signers() {
		if bytes.Equal(s.KID, a.KID) || bytes.Equal(s.Leaf.RawSubjectPublicKeyInfo, a.Leaf.RawSubjectPublicKeyInfo) {
			t.Errorf("a fresh signer is %s", s.Name)
		}
	}
	csca := mint.Utopia().CSCA.Leaf
	if a.Leaf.CheckSignatureFrom(csca) == nil {
		t.Error("the CSCA has signed a stranger")
	}
	if !bytes.Equal(a.Leaf.RawIssuer, csca.RawSubject) {
		t.Errorf("its issuer is called %v", a.Leaf.Issuer)
	}
}
