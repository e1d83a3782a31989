package chip

import (
	"crypto"
	"math/big"
	"time"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// signerCases are sealed by a key that does not count.
func signerCases() []Case {
	good, ut := Good(), Utopia()
	by := func(t pki.Template) Chip { return good.ResignedBy(ut.CSCA.Issue("DS UT 1", t)) }
	twin := ut.CSCA.Twin("forger")
	leaf := ut.DSC.Issue("DS UT 1", pki.DSC())
	state := func(code string) Chip {
		zone := mint.Maren.Passport("UT0017243", "F")
		zone.State = code
		return good.With(1, DG1(zone.TD3()))
	}
	nationality := mint.Maren.Passport("UT0017243", "F")
	nationality.Nationality = "AUS"
	return []Case{
		{"stranger", "Sealed under an authority of Utopia's name that Utopia does not know.",
			good.ResignedBy(Rogue().Issue("DS UT 9", pki.DSC())), unknown},
		{"twin", "Sealed under a forger's authority with the names, the serial number and the key identifier of the genuine one.",
			good.ResignedBy(twin.Issue("DS UT 1", ut.DSC.Copied())), noChain},
		{"twin-embedded", "As before, and the forger's authority is beside the signature.",
			good.ResignedBy(twin.Issue("DS UT 1", ut.DSC.Copied())).
				Sealed(func(m pki.Message) pki.Message {
					m.Certificates = [][]byte{m.Signers[0].By.Cert, twin.Cert}
					return m
				}), noChain},
		{"leaf-as-authority", "Sealed by a signer that a document signer has certified; both are beside the signature.",
			good.ResignedBy(leaf).
				Sealed(func(m pki.Message) pki.Message {
					m.Certificates = [][]byte{leaf.Cert, ut.DSC.Cert}
					return m
				}), noChain},
		{"csca-signs", "Sealed by the authority itself.",
			good.ResignedBy(ut.CSCA), wrongRole},
		{"list-signer", "Sealed by the signer of master lists.", good.ResignedBy(ut.ListSigner), wrongUse},
		{"deviation-signer", "Sealed by a signer of deviation lists.", by(pki.DeviationListSigner()), wrongUse},
		{"barcode-signer", "Sealed by a signer of visible digital seals.", by(pki.BarcodeSigner()), otherScope},
		{"server", "Sealed by a web server.", by(pki.Server()), wrongUse},
		{"mdoc-signer", "Sealed by a signer of mobile documents.", by(pki.MdocSigner()), otherScope},
		{"crl-signer", "Sealed by a key that signs revocation lists.", by(pki.CRLSigner()), noChain},
		{"document-types", "Sealed by a signer that may sign visas only.",
			by(pki.DSC().Replacing(pki.DocumentTypes("V"))), wrongUse},
		{"document-types-bare", "The list of documents that the signer may sign has another form.",
			by(pki.DSC().Replacing(pki.DocumentTypesBare("P"))), accept},
		{"country-document", "The zone names another issuing state than the signer's.", state("AUS"), wrongState},
		{"country-signer", "The signer's certificate names another country than its authority's.",
			by(pki.DSC().Named(pki.DN("XA", "Utopia Test Authority", "DS XA 1"))), noChain},
		{"country-lower-case", "The signer's certificate writes its country in small letters.",
			by(pki.DSC().Named(pki.DN("ut", "Utopia Test Authority", "DS UT 1"))), accept},
		{"nationality", "The holder is of another nationality than the issuing state.",
			good.With(1, DG1(nationality.TD3())), accept},
		{"signer-name", "The name of the signer has characters that change what is shown.",
			by(pki.DSC().Named(pki.DN("UT", pki.HTML, pki.Bidi+pki.Control))), accept},
	}
}

// certificateCases have a signer's certificate that must not be taken.
func certificateCases() []Case {
	good, ut := Good(), Utopia()
	by := func(t pki.Template) Chip { return good.ResignedBy(ut.CSCA.Issue("DS UT 1", t)) }
	key := func(s pki.SPKI) Chip { return by(pki.DSC().Written(s)) }
	changed := func(change func(*pki.Template)) Chip {
		t := pki.DSC()
		change(&t)
		return by(t)
	}
	curve := pki.CurveOf(pki.P256)
	sound := curve.Explicit(pki.Uncompressed)
	otherB, composite, binary := sound, sound, sound
	otherB.B = der.Octets(curve.A.Bytes())
	composite.Field = pki.PrimeField(new(big.Int).Add(curve.P, big.NewInt(2)))
	binary.Field = pki.BinaryField()
	ball := ut.DSC.Key.CurveBall("forger")
	isomorphic := *ut.DSC.Key
	isomorphic.Curve = curve.Isomorphic(7)
	isomorphic.Public = isomorphic.Curve.Times(isomorphic.Scalar, isomorphic.Curve.Generator())
	held := func(k *pki.Key) Chip {
		return changed(func(t *pki.Template) {
			t.Holder, t.SPKI = k, pki.SPKI{Params: k.Curve.Explicit(pki.Uncompressed).Value()}
		})
	}
	rogue := ut.CSCA.Copied() // the authority's own point under another generator
	rogueBall := ut.CSCA.Key.CurveBall("forger")
	rogue.Holder, rogue.SPKI = rogueBall, pki.SPKI{Params: rogueBall.Curve.Explicit(pki.Uncompressed).Value()}
	rogueCSCA := pki.NewCSCA("curveball", rogue)
	md5 := pki.PKCS1(crypto.MD5)
	rsa := ut.DSCRSA.Key
	even := new(big.Int).Add(rsa.Modulus, big.NewInt(1))
	huge := new(big.Int).Lsh(rsa.Modulus, 16384-2048)
	huge.SetBit(huge, 0, 1)
	numbers := func(modulus, exponent *big.Int) Chip {
		return by(pki.DSC().Keyed(pki.RSA2048).Written(pki.RSANumbers(modulus, exponent)))
	}
	return []Case{
		{"curveball", "Under an authority with the public point of the genuine one and another generator, beside the signature.",
			good.ResignedBy(rogueCSCA.Issue("DS UT 1", pki.DSC())).Sealed(func(m pki.Message) pki.Message {
				m.Certificates = [][]byte{m.Signers[0].By.Cert, rogueCSCA.Cert}
				return m
			}), noChain},
		{"generator", "The signer's key on a known curve with another generator.", held(ball), noChain},
		{"isomorphic", "The signer's key on a curve that is a known one in other figures.", held(&isomorphic), noChain},
		{"other-b", "The signer's key on a curve with another b.", key(pki.SPKI{Params: otherB.Value()}), noChain},
		{"composite", "The signer's key over integers whose modulus is not prime.",
			key(pki.SPKI{Params: composite.Value(), Form: pki.Compressed}), noChain},
		{"binary-field", "The signer's key over a field of characteristic two.",
			key(pki.SPKI{Params: binary.Value()}), noChain},
		{"implicit-curve", "The signer's key does not say on which curve it is.",
			key(pki.SPKI{Params: pki.ImplicitCA()}), noChain},
		{"off-curve", "The signer's key is no point of its curve.", key(pki.SPKI{Form: pki.OffCurve}), noChain},
		{"at-infinity", "The signer's key is the point at infinity.", key(pki.SPKI{Form: pki.Infinity}), noChain},
		{"rsa-small", "The signer's key is RSA of 768 bits.", by(pki.DSC().Keyed("RSA-768")), noChain},
		{"rsa-even", "The modulus of the signer's key is even.", numbers(even, big.NewInt(65537)), noChain},
		{"rsa-exponent-1", "The exponent of the signer's key is 1, so that each text is its own signature.",
			numbers(rsa.Modulus, big.NewInt(1)), noChain},
		{"rsa-huge", "The modulus of the signer's key has 16,384 bits.",
			numbers(huge, big.NewInt(65537)), noChain},
		{"critical-unknown", "A critical extension that nobody knows.", by(pki.DSC().With(pki.UnknownCritical())), noChain},
		{"critical-names", "Critical constraints of names.", by(pki.DSC().With(pki.NameConstraints().AsCritical())), noChain},
		{"extension-twice", "The key usage is there twice.", by(pki.DSC().With(pki.KeyUsage(pki.CertSign))), noChain},
		{"version-1", "A certificate of version 1 with extensions.",
			changed(func(t *pki.Template) { t.Version = 1 }), noChain},
		{"algorithms-differ", "The signed part names another algorithm than the one outside.",
			changed(func(t *pki.Template) { t.Inner = pki.ECDSA(crypto.SHA384).ID }), noChain},
		{"certificate-trailing", "An element after the last of the certificate.",
			changed(func(t *pki.Template) { t.Whole = pki.Tail(5, 0) }), noChain},
		{"certificate-altered", "The signature of the certificate is altered.",
			changed(func(t *pki.Template) {
				t.Signature = func(b []byte) []byte { return append(b[:len(b)-1], b[len(b)-1]^1) }
			}), noChain},
		{"certificate-md5", "The authority signed the certificate with MD5.",
			good.ResignedBy(ut.RSA.Issue("DS UT 3", pki.DSC().SignedWith(md5))), noChain},
		{"certificate-authority", "The signer's certificate says that it is an authority's.",
			by(pki.DSC().With(pki.BasicConstraints(true, -1))), wrongRole},
	}
}

// timeCases are sealed at a time when the signer must not have.
func timeCases() []Case {
	good, ut := Good(), Utopia()
	outside := mint.Want{Status: "authentic", Verdict: "refer", Code: "seal.outside_validity"}
	at := func(t time.Time) Chip { return good.Signing(func(s *pki.SignerInfo) { s.Time = t }) }
	by := func(t pki.Template) Chip { return good.ResignedBy(ut.CSCA.Issue("DS UT 1", t)) }
	future := time.Date(2058, 1, 1, 0, 0, 0, 0, time.UTC)
	expired := mint.Maren.Passport("UT0017243", "F")
	expired.Expires = "260520"
	return []Case{
		{"signed-early", "Signed before the signer's certificate was valid.", at(pki.DSCFrom.AddDate(0, -1, 0)), outside},
		{"signed-late", "Signed after the signer's certificate had expired.",
			by(pki.DSC().Without(pki.OIDPrivateKeyPeriod).Valid(pki.DSCFrom, pki.DSCFrom.AddDate(0, 2, 0))), outside},
		{"signed-after-period", "Signed after the period of use of the private key.",
			at(pki.DSCSigns.AddDate(0, 1, 0)), outside},
		{"signer-expired", "The signer's certificate expired before the document does; it was valid when the document was signed.",
			by(pki.DSC().Valid(pki.DSCFrom, pki.DSCFrom.AddDate(5, 0, 0))), accept},
		{"signer-future", "The signer's certificate is not valid before 2058.",
			by(pki.DSC().Without(pki.OIDPrivateKeyPeriod).Valid(future, future.AddDate(10, 0, 0))), outside},
		{"expired", "The document expired in May 2026.", good.With(1, DG1(expired.TD3())),
			mint.Want{Status: "authentic", Verdict: "reject", Code: "time.expired"}},
	}
}
