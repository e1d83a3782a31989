package chip

import (
	"crypto"
	"sync"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// An Authority is Utopia's travel document PKI: four authorities, of the kinds of key that states use, and the signers
// below them.
type Authority struct {
	CSCA      *pki.Credential // P-256, by name
	Brainpool *pki.Credential // brainpoolP384r1, with explicit parameters
	RSA       *pki.Credential // RSA-2048, PKCS #1 v1.5
	PSS       *pki.Credential // RSA-2048, RSASSA-PSS

	DSC          *pki.Credential // of CSCA
	DSCBrainpool *pki.Credential // of Brainpool; brainpoolP256r1, with explicit parameters
	DSCRSA       *pki.Credential // of RSA
	DSCPSS       *pki.Credential // of PSS
	ListSigner   *pki.Credential // of CSCA
}

// Utopia is the authority whose CSCAs are trusted.
var Utopia = sync.OnceValue(func() Authority {
	explicit := func(kind pki.Kind) pki.SPKI {
		return pki.SPKI{Params: pki.CurveOf(kind).Explicit(pki.Uncompressed).Value()}
	}
	named := func(common string, kind pki.Kind) pki.Template {
		return pki.CSCA().Named(pki.Utopian(common)).Keyed(kind)
	}
	pss := pki.PSSOf(crypto.SHA256)
	a := Authority{
		CSCA: pki.NewCSCA("chip", pki.CSCA()),
		Brainpool: pki.NewCSCA("chip brainpool",
			named("CSCA UT Brainpool", pki.BrainpoolP384r1).Written(explicit(pki.BrainpoolP384r1))),
		RSA: pki.NewCSCA("chip rsa", named("CSCA UT RSA", pki.RSA2048)),
		PSS: pki.NewCSCA("chip pss", named("CSCA UT PSS", pki.RSA2048).SignedWith(pss)),
	}
	a.DSC = a.CSCA.Issue("DS UT 1", pki.DSC())
	a.DSCBrainpool = a.Brainpool.Issue("DS UT 2", pki.DSC().Keyed(pki.BrainpoolP256r1).Written(explicit(pki.BrainpoolP256r1)))
	a.DSCRSA = a.RSA.Issue("DS UT 3", pki.DSC().Keyed(pki.RSA2048))
	a.DSCPSS = a.PSS.Issue("DS UT 4", pki.DSC().Keyed(pki.RSA2048).SignedWith(pss))
	a.ListSigner = a.CSCA.Issue("ML UT 1", pki.MasterListSigner())
	return a
})

// CSCAs lists the trusted authorities in a fixed order.
func (a Authority) CSCAs() []*pki.Credential {
	return []*pki.Credential{a.CSCA, a.Brainpool, a.RSA, a.PSS}
}

// Good is a passport of Utopia: ECDSA on P-256, version 0 of the security object, a zone and a face.
func Good() Chip { return Of(mint.Maren.Passport("UT0017243", "F").TD3(), "maren", Utopia().DSC) }

// GoodBrainpool is an identity card with version 1 of the security object, SHA-384, and an ECDSA key on a Brainpool curve with
// explicit parameters. It has a name in Thai, the details of the document, and keys for both proofs that a chip is no copy.
func GoodBrainpool() Chip {
	c := Of(mint.Mali.Card("UT4410095", "F").TD1(), "mali", Utopia().DSCBrainpool)
	c = c.With(11, DG11(Detail{Name: mint.Mali.Family + "<<" + mint.Mali.Given, Birth: "19900413", Place: "UTOPIA CITY"}))
	c = c.With(12, DG12("MINISTRY OF TRAVEL", "20210520"))
	c = c.With(14, DG14(pki.NewKey(pki.BrainpoolP256r1, "chip mali")))
	c = c.With(15, DG15(pki.NewKey(pki.BrainpoolP256r1, "active mali")))
	return c.Listed(func(l *LDS) { l.Version, l.Info = 1, []string{"0108", "040000"} }).Hashed(crypto.SHA384)
}

// GoodPSS is a passport with RSASSA-PSS throughout.
func GoodPSS() Chip {
	pss := pki.PSSOf(crypto.SHA256)
	return Of(mint.Jonas.Passport("UT0080012", "M").TD3(), "jonas", Utopia().DSCPSS).
		Signing(func(s *pki.SignerInfo) { s.Algorithm = &pss })
}

// GoodBER is a passport with PKCS #1 v1.5 under the key's identifier, in BER with indefinite lengths and with the content in
// pieces, as New Zealand's are.
func GoodBER() Chip {
	rsa := pki.RSAEncryption(crypto.SHA256)
	return Of(mint.Brigid.Passport("UT0030559", "F").TD3(), "brigid", Utopia().DSCRSA).
		Signing(func(s *pki.SignerInfo) { s.Algorithm = &rsa }).
		Sealed(func(m pki.Message) pki.Message {
			m.BER = true
			return m
		})
}
