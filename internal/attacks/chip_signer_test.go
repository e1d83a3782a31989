package attacks_test

import (
	"testing"

	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/verify"
)

func TestC01_SelfMadeAuthority(t *testing.T) {
	twin := uto.CSCA.Twin("forger")
	by := passport.ResignedBy(twin.Issue("DS UT 1", uto.DSC.Copied()))
	rogue := chip.Rogue()
	strange := passport.ResignedBy(rogue.Issue("DS UT 9", pki.DSC()))
	abroad := pki.NewCSCA("abroad", pki.CSCA().Named(pki.DN("XA", "Elsewhere", "CSCA XA")))
	attackChip(t, chips(t), passport,
		chipMutant{"all names, the serial number and the key identifier copied", by, noChain},
		chipMutant{"and the authority beside it", beside(by, by.Signer, twin), noChain},
		chipMutant{"and the genuine authority beside it", beside(by, by.Signer, uto.CSCA), noChain},
		chipMutant{"and the genuine signer beside it", beside(by, by.Signer, uto.DSC), noChain},
		chipMutant{"the genuine signer alone beside it", beside(by, uto.DSC), mismatched},
		chipMutant{"another name", strange, noSigner},
		chipMutant{"another name, and the authority beside it", beside(strange, strange.Signer, rogue), noSigner},
		chipMutant{"the authority itself", passport.ResignedBy(twin), noChain},
		chipMutant{"of another country", passport.ResignedBy(abroad.Issue("DS", pki.DSC())), noSigner},
		chipMutant{"certified by nobody", passport.ResignedBy(pki.NewCSCA("alone", pki.DSC().Named(pki.Utopian("DS UT 1")))), noSigner},
	)
	// The twin is found out in whatever place it stands among those that are trusted, and the genuine one stays trusted.
	v := chips(t)
	for range 3 {
		demand(t, v, "the twin", chipInput(by), noChain)
		demand(t, v, "the genuine one", chipInput(passport), accepted)
	}
	// Its signature is sound under its own certificate, and that vouches for nothing.
	demand(t, v, "the twin", chipInput(by), untrusted(verify.SealSoundUnknown))
	demand(t, v, "the twin, and forged", chipInput(forged(by)), untrusted(verify.SealUnsound))
}

func TestC02_SignerOfAnotherRole(t *testing.T) {
	use := func(oids ...string) chip.Chip { return with(pki.ExtendedKeyUsage(oids...)) }
	usage := func(bits ...int) chip.Chip {
		return by(func(t pki.Template) pki.Template { return t.Replacing(pki.KeyUsage(bits...)) })
	}
	of := func(t pki.Template) chip.Chip { return passport.ResignedBy(uto.CSCA.Issue("DS UT 1", t)) }
	attackChip(t, chips(t), passport,
		chipMutant{"master lists", use("2.23.136.1.1.3"), wrongUse},
		chipMutant{"deviation lists", use("2.23.136.1.1.8"), wrongUse},
		chipMutant{"visible digital seals", use("2.23.136.1.1.11.1"), outOfScope},
		chipMutant{"seals in 2D codes", use("2.23.136.1.1.14.2"), outOfScope},
		chipMutant{"an authority for health", use("2.23.136.1.1.14.1"), outOfScope},
		chipMutant{"travel stamps", use("2.23.136.1.1.9.8.1"), outOfScope},
		chipMutant{"visas", use("2.23.136.1.1.9.8.2"), outOfScope},
		chipMutant{"digital travel credentials", use(pki.UseDTCSigner), wrongUse},
		chipMutant{"vaccinations", use("1.3.6.1.4.1.1847.2021.1.2"), outOfScope},
		chipMutant{"vaccinations, the other spelling", use("1.3.6.1.4.1.0.1847.2021.1.2"), outOfScope},
		chipMutant{"web servers", use(pki.UseServer), wrongUse},
		chipMutant{"web clients", use(pki.UseClient), outOfScope},
		chipMutant{"programs", use(pki.UseCodeSigning), wrongUse},
		chipMutant{"mail", use("1.3.6.1.5.5.7.3.4"), outOfScope},
		chipMutant{"time stamps", use("1.3.6.1.5.5.7.3.8"), wrongUse},
		chipMutant{"OCSP", use("1.3.6.1.5.5.7.3.9"), wrongUse},
		chipMutant{"mobile documents", use(pki.UseMdocSigner), outOfScope},
		chipMutant{"readers of mobile documents", use("1.0.18013.5.1.6"), outOfScope},
		chipMutant{"an authority for mobile documents", use(pki.UseIACA), outOfScope},
		chipMutant{"anything", use(pki.UseAny), outOfScope},
		chipMutant{"unknown", use(pki.OIDUnknown), outOfScope},
		chipMutant{"seals and lists", use("2.23.136.1.1.14.2", "2.23.136.1.1.3"), wrongUse},

		chipMutant{"with nonRepudiation", usage(pki.DigitalSignature, pki.NonRepudiation), accepted},
		chipMutant{"nonRepudiation alone", usage(pki.NonRepudiation), noChain},
		chipMutant{"keyEncipherment alone", usage(pki.KeyEncipherment), noChain},
		chipMutant{"cRLSign alone", usage(pki.CRLSign), noChain},
		chipMutant{"keyCertSign alone", usage(pki.CertSign), untrusted(verify.SealWrongRole)},
		chipMutant{"keyCertSign too", usage(pki.DigitalSignature, pki.CertSign), outOfScope},
		chipMutant{"no key usage", by(func(t pki.Template) pki.Template { return t.Without(pki.OIDKeyUsage) }), deviates},

		chipMutant{"a subordinate authority", with(pki.BasicConstraints(true, -1)), untrusted(verify.SealWrongRole)},
		chipMutant{"the signer of master lists", passport.ResignedBy(uto.ListSigner), wrongUse},
		chipMutant{"a web server", of(pki.Server()), wrongUse},
		chipMutant{"a signer of revocation lists", of(pki.CRLSigner()), noChain},
		chipMutant{"a signer of mobile documents", of(pki.MdocSigner()), outOfScope},
		chipMutant{"the authority itself", passport.ResignedBy(uto.CSCA), untrusted(verify.SealWrongRole)},
	)
	// An authority for health vouches for no passport, whatever it has certified.
	health := pki.NewCSCA("health", pki.HealthCSCA())
	d := passport.ResignedBy(health.Issue("DS UT 1", pki.DSC()))
	demand(t, chips(t, append(pems(uto.CSCAs()...), health.PEM())...), "an authority for health", chipInput(d), outOfScope)
	// A forged one is no disproof either: its key is not one that makes such seals.
	demand(t, chips(t), "a forged one of another role", chipInput(forged(use("2.23.136.1.1.14.2"))), untrusted(verify.SealNoKeyMatches))
}

func TestC15_SignerThatIsNamedOtherwise(t *testing.T) {
	nobody := pki.IssuerAndSerial(pki.Utopian("nobody"), der.Int(7))
	named := func(sid der.Value, list ...*pki.Credential) chip.Chip {
		return beside(passport, list...).Signing(func(s *pki.SignerInfo) { s.SID = sid })
	}
	numbered := func(serial, sid der.Value) chip.Chip {
		return by(func(t pki.Template) pki.Template { return t.Numbered(serial) }).
			Signing(func(s *pki.SignerInfo) { s.SID = pki.IssuerAndSerial(s.By.Issuer, sid) })
	}
	second := pki.DSC()
	second.KeyID = uto.DSC.KeyID
	double := uto.CSCA.Issue("DS UT 5", second)
	other := pki.IssuerAndSerial(uto.DSCBrainpool.Issuer, uto.DSCBrainpool.Serial)
	attackChip(t, chips(t), passport,
		chipMutant{"by its key identifier", named(pki.ByKeyID(uto.DSC.KeyID), uto.DSC), accepted},
		chipMutant{"nobody's, one certificate", named(nobody, uto.DSC), tolerated},
		chipMutant{"nobody's, two certificates", named(nobody, uto.DSCRSA, uto.DSC), tolerated},
		chipMutant{"nobody's, the right one is not there", named(nobody, uto.DSCRSA, uto.DSCBrainpool), untrusted(verify.SealWrongKeyType)},
		chipMutant{"no key of that identifier", named(pki.ByKeyID([]byte("12345678901234567890")), uto.DSC), tolerated},
		chipMutant{"another of two", named(other, uto.DSC, uto.DSCBrainpool), mismatched},
		chipMutant{"two of one key identifier", named(pki.ByKeyID(uto.DSC.KeyID), double, uto.DSC), tolerated},
		chipMutant{"two of one key identifier, and forged", forged(named(pki.ByKeyID(uto.DSC.KeyID), double, uto.DSC)), untrusted(verify.SealNoKeyMatches)},
		chipMutant{"a serial number without its sign", numbered(der.IntBytes(0x91, 2, 3), der.IntBytes(0, 0x91, 2, 3)), tolerated},
		chipMutant{"a negative serial number", numbered(der.IntBytes(0x91, 2, 3), der.IntBytes(0x91, 2, 3)), deviates},
		chipMutant{"none beside it", beside(passport), noSigner},
	)
	// The same without the authority's certificate that is beside: a certificate that is named by nobody is still no CA.
	demand(t, chips(t), "nobody's, and a stranger's", chipInput(beside(named(nobody, uto.DSC), uto.DSC, chip.Rogue())), tolerated)
}

// Names and serial numbers do not tell authorities apart; the signature does.
func TestC18_AuthoritiesOfOneName(t *testing.T) {
	renewed := uto.CSCA.Renewed("chip second")
	serial := pki.DSC().Numbered(uto.DSC.Serial)
	theirs := passport.ResignedBy(renewed.Issue("DS UT 1", serial))
	for name, files := range map[string][][]byte{
		"first": pems(uto.CSCA, renewed), "last": pems(renewed, uto.CSCA),
	} {
		v := chips(t, files...)
		attackChip(t, v, passport,
			chipMutant{name + ", by the second key", theirs, accepted},
			chipMutant{name + ", the signer of one serial number exchanged", beside(passport, theirs.Signer), mismatched},
			chipMutant{name + ", both beside it", beside(passport, theirs.Signer, uto.DSC), tolerated},
		)
	}
	demand(t, chips(t, uto.CSCA.PEM()), "the second key is not known", chipInput(theirs), noChain)
	// Its serial number on the list of the other key revokes another certificate.
	revoked := uto.CSCA.Revoke(pki.List(1, uto.DSC))
	v := chips(t, append(pems(uto.CSCA, renewed), revoked)...)
	demand(t, v, "revoked", chipInput(passport), disproved(verify.SealSignerRevoked))
	demand(t, v, "its namesake", chipInput(theirs), accepted)
}

func TestC21_TypesOfDocument(t *testing.T) {
	types := func(list ...string) chip.Chip {
		return by(func(t pki.Template) pki.Template { return t.Replacing(pki.DocumentTypes(list...)) })
	}
	bare := func(e pki.Extension) chip.Chip {
		return by(func(t pki.Template) pki.Template { return t.Replacing(e) })
	}
	attackChip(t, chips(t), passport,
		chipMutant{"passports", types("P"), accepted},
		chipMutant{"visas", types("V"), wrongUse},
		chipMutant{"cards and visas", types("I", "V", "AC"), wrongUse},
		chipMutant{"diplomatic passports", types("PD"), wrongUse},
		chipMutant{"in small letters", types("p"), wrongUse},
		chipMutant{"another form", bare(pki.DocumentTypesBare("P")), deviates},
		chipMutant{"another form, for visas", bare(pki.DocumentTypesBare("V")), deviates},
		chipMutant{"a text", bare(pki.Fixed(pki.OIDDocumentTypes, der.UTF8("P"))), deviates},
		chipMutant{"no list", by(func(t pki.Template) pki.Template { return t.Without(pki.OIDDocumentTypes) }), accepted},
		chipMutant{"visas, and forged", forged(types("V")), untrusted(verify.SealNoKeyMatches)},
	)
	d := demand(t, chips(t), "visas", chipInput(types("V")), wrongUse)
	if d.Verified != nil {
		t.Error("a signer of visas vouches for a passport")
	}
}

// A certificate by an ordinary signer is no signer's.
func TestA118_SignerThatActsAsAuthority(t *testing.T) {
	leaf := uto.DSC.Issue("DS UT 1", pki.DSC())
	authority := uto.DSC.Issue("CSCA UT", pki.CSCA())
	below := authority.Issue("DS UT 1", pki.DSC())
	copied := uto.DSC.Issue("DS UT 1", uto.DSC.Copied())
	usage := uto.CSCA.Issue("DS UT 8", pki.DSC().Replacing(pki.KeyUsage(pki.DigitalSignature, pki.CertSign)))
	under := usage.Issue("DS UT 9", pki.DSC())
	barred := uto.CSCA.Issue("CSCA UT 8", pki.CSCA().Named(pki.Utopian("CSCA UT 8")))
	deep := barred.Issue("DS UT 9", pki.DSC())
	attackChip(t, chips(t), passport,
		chipMutant{"a signer's signer", beside(passport.ResignedBy(leaf), leaf, uto.DSC), noChain},
		chipMutant{"by itself", passport.ResignedBy(leaf), noSigner},
		chipMutant{"in its name", beside(passport.ResignedBy(copied), copied, uto.DSC), noChain},
		chipMutant{"an authority by a signer", beside(passport.ResignedBy(below), below, authority, uto.DSC), noChain},
		chipMutant{"a signer with keyCertSign", beside(passport.ResignedBy(under), under, usage), noChain},
		chipMutant{"an authority beyond the path length", beside(passport.ResignedBy(deep), deep, barred), noChain},
	)
}

func TestA23_SignerThatIsNotTheNamedOne(t *testing.T) {
	named := func(who *pki.Credential, list ...*pki.Credential) chip.Chip {
		return beside(passport, list...).Signing(func(s *pki.SignerInfo) { s.SID = pki.IssuerAndSerial(who.Issuer, who.Serial) })
	}
	same := uto.CSCA.Issue("DS UT 5", pki.DSC().Numbered(uto.DSC.Serial))
	twin := uto.CSCA.Twin("forger").Issue("DS UT 1", uto.DSC.Copied())
	attackChip(t, chips(t), passport,
		chipMutant{"another in the bag", named(uto.DSCBrainpool, uto.DSC, uto.DSCBrainpool), mismatched},
		chipMutant{"the authority in the bag", named(uto.CSCA, uto.DSC, uto.CSCA), untrusted(verify.SealNoKeyMatches)},
		chipMutant{"two of one issuer and serial number", beside(passport, same, uto.DSC), tolerated},
		chipMutant{"a forger's of the same beside it", beside(passport, twin, uto.DSC), tolerated},
		chipMutant{"forged, and a forger's of the same beside it", beside(passport.ResignedBy(twin), twin, uto.DSC), noChain},
		chipMutant{"forged, two of the same", forged(beside(passport, same, uto.DSC)), untrusted(verify.SealNoKeyMatches)},
	)
}
