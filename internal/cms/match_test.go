package cms_test

import (
	"bytes"
	"fmt"
	"math/big"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/internal/cms"
	mint "github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// Which certificates are offered as the signer's, and which of them the signature picks.
func TestTheSignersCertificatesComeFirst(t *testing.T) {
	other := csca.Issue("ds-2", pki.DSC())
	sameKeyID := csca.Issue("ds-3", func() pki.Template { t := pki.DSC(); t.KeyID = dsc.KeyID; return t }())
	sameNames := csca.Issue("ds-4", func() pki.Template { t := dsc.Copied(); t.KeyID = nil; return t }())
	bare := csca.Issue("ds-5", pki.DSC().Without(pki.OIDSubjectKeyID))
	by := func(c *pki.Credential, sid mint.Value, certificates ...*pki.Credential) pki.Message {
		m := sealed(c).Signer(func(s *pki.SignerInfo) { s.SID = sid })
		m.Certificates = [][]byte{}
		for _, c := range certificates {
			m.Certificates = append(m.Certificates, c.Cert)
		}
		return m
	}
	serial := func(content ...byte) mint.Value { return pki.IssuerAndSerial(csca.Subject, mint.IntBytes(content...)) }
	keyID := pki.ByKeyID(dsc.KeyID)
	high := csca.Issue("ds-6", pki.DSC().Numbered(mint.IntBytes(0x85, 1)))   // negative
	padded := csca.Issue("ds-7", pki.DSC().Numbered(mint.IntBytes(0, 0, 7))) // not minimal
	stranger := pki.IssuerAndSerial(pki.Utopian("Stranger"), dsc.Serial)
	for name, c := range map[string]struct {
		message pki.Message
		chain   []*pki.Credential
		leaves  int
		notes   []string
	}{
		"issuer and serial":             {by(dsc, nil, dsc), []*pki.Credential{dsc}, 0, nil},
		"the second of two":             {by(dsc, nil, csca, dsc), []*pki.Credential{dsc, csca}, 0, nil},
		"key identifier":                {by(dsc, keyID, csca, other, dsc), []*pki.Credential{dsc, csca, other}, 0, nil},
		"no certificate":                {by(dsc, keyID), nil, 0, nil},
		"none fits, one there":          {by(dsc, stranger, dsc), []*pki.Credential{dsc}, 0, []string{cms.SignerUnmatched}},
		"none fits, two there":          {by(dsc, stranger, other, dsc), []*pki.Credential{other, dsc}, 2, []string{cms.SignerUnmatched}},
		"no key's ID, one there":        {by(bare, pki.ByKeyID(bare.KeyID), bare), []*pki.Credential{bare}, 0, []string{cms.SignerUnmatched}},
		"two of one key's ID":           {by(dsc, keyID, csca, sameKeyID, dsc), []*pki.Credential{sameKeyID, dsc, csca}, 2, []string{cms.SignerAmbiguous}},
		"two of one name and serial":    {by(dsc, nil, other, sameNames, dsc), []*pki.Credential{sameNames, dsc, other}, 2, []string{cms.SignerAmbiguous}},
		"the same twice":                {by(dsc, nil, dsc, dsc), []*pki.Credential{dsc, dsc}, 2, []string{cms.SignerAmbiguous}},
		"a negative serial":             {by(high, nil, other, high), []*pki.Credential{high, other}, 0, nil},
		"a negative serial, made whole": {by(high, serial(0, 0x85, 1), other, high), []*pki.Credential{high, other}, 0, []string{cms.SerialPadded}},
		"a padded serial":               {by(padded, nil, other, padded), []*pki.Credential{padded, other}, 0, nil},
		"a padded serial, made short":   {by(padded, serial(7), other, padded), []*pki.Credential{padded, other}, 0, []string{cms.SerialPadded}},
		"another number":                {by(padded, serial(7, 0), other, padded), []*pki.Credential{other, padded}, 2, []string{cms.SignerUnmatched}},
	} {
		sd := parse(t, name, c.message.Encode())
		if got := codes(sd); !slices.Equal(got, c.notes) {
			t.Errorf("%s: %s, want %s", name, got, c.notes)
		}
		seal, binding, err := sd.Seal(sod)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var want [][]byte
		for _, w := range c.chain {
			want = append(want, w.Cert)
		}
		if !slices.EqualFunc(seal.Signer.Chain, want, bytes.Equal) || seal.Signer.Leaves != c.leaves {
			t.Errorf("%s: %d certificates, %d leaves", name, len(seal.Signer.Chain), seal.Signer.Leaves)
		}
		if sd.Signers[0].SubjectKeyID != nil && !bytes.Equal(seal.Signer.KeyID, sd.Signers[0].SubjectKeyID) {
			t.Errorf("%s: the key identifier is lost", name)
		}
		found := 0
		for _, candidate := range seal.Signer.Chain[:min(max(1, seal.Signer.Leaves), len(seal.Signer.Chain))] {
			if sd := c.message.Signers[0]; bytes.Equal(candidate, sd.By.Cert) && holds(t, seal, binding, dsc.Cert) == nil {
				found++
			}
		}
		if c.message.Signers[0].By == dsc && len(want) > 0 && found == 0 {
			t.Errorf("%s: the signer is not among the leaves", name)
		}
	}
}

func TestAtMostEightAreOffered(t *testing.T) {
	m := sealed(dsc).Signer(func(s *pki.SignerInfo) { s.SID = pki.IssuerAndSerial(pki.Utopian("Stranger"), mint.Int(1)) })
	m.Certificates = nil
	for i := range 20 {
		m.Certificates = append(m.Certificates, csca.Issue(fmt.Sprint("many-", i), pki.DSC().Numbered(mint.BigInt(big.NewInt(int64(i+1))))).Cert)
	}
	if seal, _ := opened(t, "many", m.Encode(), sod); seal.Signer.Leaves != 8 || len(seal.Signer.Chain) != 20 {
		t.Errorf("%d leaves of %d", seal.Signer.Leaves, len(seal.Signer.Chain))
	}
}

// A certificate that cannot be read fits nothing, and costs the message nothing.
func TestBrokenCertificatesFitNothing(t *testing.T) {
	shorten := func(n int) []byte { // a certificate whose signed part has n members
		return mint.Seq(mint.Seq([]mint.Value{mint.Explicit(0, mint.Int(2)), dsc.Serial, mint.Seq(), csca.Subject.Value()}[:n]...), mint.Seq(), mint.Bits(nil)).Encode()
	}
	extended := func(v mint.Value) []byte {
		return mint.Seq(mint.Seq(dsc.Serial, mint.Seq(), mint.Seq(), mint.Explicit(3, v))).Encode()
	}
	keyID := mint.OID(pki.OIDSubjectKeyID)
	for name, certificate := range map[string][]byte{
		"empty": mint.Seq().Encode(), "of a number": mint.Seq(mint.Int(1)).Encode(), "no members": shorten(0), "a version": shorten(1), "no algorithm": shorten(2), "no issuer": shorten(3),
		"extensions of null": extended(mint.Null()), "an extension of null": extended(mint.Seq(mint.Null())), "an empty extension": extended(mint.Seq(mint.Seq())),
		"an extension without value": extended(mint.Seq(mint.Seq(keyID))), "one of null": extended(mint.Seq(mint.Seq(keyID, mint.Null()))),
		"one that is not wrapped": extended(mint.Seq(mint.Seq(keyID, mint.Bool(true), mint.Octets(dsc.KeyID)))),
	} {
		m := sealed(dsc).Signer(func(s *pki.SignerInfo) { s.SID = pki.ByKeyID(dsc.KeyID) })
		m.Certificates = [][]byte{certificate, dsc.Cert}
		if seal, _ := opened(t, name, m.Encode(), sod); !bytes.Equal(seal.Signer.Chain[0], dsc.Cert) || seal.Signer.Leaves != 0 {
			t.Errorf("%s: it is offered", name)
		}
	}
}
