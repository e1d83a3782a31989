package attacks_test

import (
	"crypto"
	"testing"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/verify"
)

// asOf is the moment of every check.
var asOf = mint.AsOf

func TestC31_CertificateThatContradictsItself(t *testing.T) {
	changed := func(change func(*pki.Template)) chipOf {
		return func(t pki.Template) pki.Template {
			change(&t)
			return t
		}
	}
	attackChip(t, chips(t), passport,
		chipMutant{"another algorithm within", by(changed(func(t *pki.Template) { t.Inner = pki.ECDSA(crypto.SHA384).ID })), noChain},
		chipMutant{"the same with NULL within", by(changed(func(t *pki.Template) { t.Inner = der.And(pki.ECDSA(crypto.SHA256).ID.(der.TLV), der.Null()) })), noChain},
		chipMutant{"version 1 with extensions", by(changed(func(t *pki.Template) { t.Version = 1 })), noChain},
		chipMutant{"version 2 with extensions", by(changed(func(t *pki.Template) { t.Version = 2 })), noChain},
		chipMutant{"version 4", by(changed(func(t *pki.Template) { t.Version = 4 })), noChain},
		chipMutant{"version −1", by(changed(func(t *pki.Template) { t.Version = -1 })), noChain},
		chipMutant{"key usage twice", with(pki.KeyUsage(pki.DigitalSignature)), noChain},
		chipMutant{"key identifiers twice", with(pki.SubjectKeyID()), noChain},
		chipMutant{"an unknown one twice", with(pki.Unknown(), pki.Unknown()), noChain},
		chipMutant{"an unknown one", with(pki.Unknown()), accepted},
		chipMutant{"an unknown critical one", with(pki.UnknownCritical()), noChain},
		chipMutant{"constraints of names", with(pki.NameConstraints()), accepted},
		chipMutant{"critical constraints of names", with(pki.NameConstraints().AsCritical()), noChain},
		chipMutant{"the certificate altered", by(changed(func(t *pki.Template) { t.Signature = flipped })), noChain},
		chipMutant{"no extension, version 1", by(changed(func(t *pki.Template) { t.Version, t.Extensions = 1, nil })), deviates},
	)
}

// chipOf is what works on a signer's certificate.
type chipOf = func(pki.Template) pki.Template

// What an authority must be understood by and is not, makes it useless, whoever trusts it.
func TestA61_CriticalExtensionThatIsNotKnown(t *testing.T) {
	attackChip(t, chips(t), passport,
		chipMutant{"unknown", with(pki.UnknownCritical()), noChain},
		chipMutant{"constraints of names", with(pki.NameConstraints().AsCritical()), noChain},
		chipMutant{"unknown, of any byte for true", with(pki.Unknown().Marked(der.BoolByte(1))), noChain},
		chipMutant{"unknown, false", with(pki.Unknown().Marked(der.Bool(false))), deviates},
	)
	for name, e := range map[string]pki.Extension{"unknown": pki.UnknownCritical(), "names": pki.NameConstraints().AsCritical()} {
		ca := pki.NewCSCA("critical", pki.CSCA().Named(pki.Utopian("CSCA UT critical")).With(e))
		trust := load(t, uto.CSCA.PEM(), ca.PEM())
		if len(trust.Anchors()) != 1 || len(trust.Dropped()) != 1 {
			t.Errorf("%s: %d authorities, left out %v", name, len(trust.Anchors()), trust.Dropped())
		}
		demand(t, at(t, trust, asOf), name, chipInput(passport.ResignedBy(ca.Issue("DS", pki.DSC()))), noSigner)
	}
	// One that stands between the signer and its authority ends the way as well.
	root := pki.NewCSCA("open", pki.CSCA().Named(pki.Utopian("CSCA UT open")).Replacing(pki.BasicConstraints(true, -1)))
	sound := root.Issue("between", pki.CSCA().Named(pki.Utopian("CSCA UT between")))
	odd := root.Issue("odd", pki.CSCA().Named(pki.Utopian("CSCA UT odd")).With(pki.UnknownCritical()))
	v := chips(t, root.PEM())
	below := func(ca *pki.Credential) chipMutant {
		s := ca.Issue("DS", pki.DSC())
		return chipMutant{ca.Name, beside(passport.ResignedBy(s), s, ca), noChain}
	}
	attackChip(t, v, below(sound).chip, below(odd))
}

func TestA62_SignersOutsideTheirProfile(t *testing.T) {
	change := func(f func(t *pki.Template)) chipOf {
		return func(t pki.Template) pki.Template {
			f(&t)
			return t
		}
	}
	without := func(oids ...string) chipOf {
		return func(t pki.Template) pki.Template { return t.Without(oids...) }
	}
	attackChip(t, chips(t), passport,
		chipMutant{"an authority", with(pki.BasicConstraints(true, -1)), untrusted(verify.SealWrongRole)},
		chipMutant{"an authority of path length 0", with(pki.BasicConstraints(true, 0)), untrusted(verify.SealWrongRole)},
		chipMutant{"an authority of any byte for true", with(pki.BasicConstraintsByte(1)), untrusted(verify.SealWrongRole)},
		chipMutant{"no authority, spelled out", with(pki.BasicConstraintsByte(0)), deviates},
		chipMutant{"no authority, with a path length", with(pki.BasicConstraints(false, 0)), deviates},
		chipMutant{"no authority key identifier", by(without(pki.OIDAuthorityKeyID)), accepted},
		chipMutant{"another authority key identifier", by(func(t pki.Template) pki.Template {
			return t.Replacing(pki.AuthorityKeyIDOf([]byte("another")))
		}), accepted},
		chipMutant{"no key identifier", by(without(pki.OIDSubjectKeyID)), accepted},
		chipMutant{"another name of its issuer", by(change(func(t *pki.Template) { t.Issuer = pki.Utopian("CSCA UT 0") })), accepted},
		chipMutant{"another name of its issuer, and no key identifier", by(func(t pki.Template) pki.Template {
			t.Issuer = pki.Utopian("CSCA UT 0")
			return t.Without(pki.OIDAuthorityKeyID)
		}), noSigner},
		chipMutant{"a negative serial number", by(func(t pki.Template) pki.Template { return t.Numbered(der.IntBytes(0xff, 0)) }), deviates},
		chipMutant{"the serial number 0", by(func(t pki.Template) pki.Template { return t.Numbered(der.Int(0)) }), deviates},
		chipMutant{"a serial number of 33 bytes", by(func(t pki.Template) pki.Template {
			return t.Numbered(der.IntBytes(append([]byte{1}, make([]byte, 32)...)...))
		}), noChain},
		chipMutant{"a padded serial number", by(func(t pki.Template) pki.Template { return t.Numbered(der.IntBytes(0, 1)) }), noChain},
		chipMutant{"an empty subject", by(change(func(t *pki.Template) { t.Subject = pki.Name{} })), noChain},
	)
	// Authorities with the same faults serve, where genuine ones have them.
	for name, template := range map[string]pki.Template{
		"a negative serial number": pki.CSCA().Numbered(der.IntBytes(0xff, 0)),
		"no basic constraints":     pki.CSCA().Without(pki.OIDBasicConstraints),
		"no key usage":             pki.CSCA().Without(pki.OIDKeyUsage),
	} {
		ca := pki.NewCSCA("odd", template)
		demand(t, chips(t, ca.PEM()), name, chipInput(passport.ResignedBy(ca.Issue("DS", pki.DSC()))), deviates)
	}
}
