package attacks_test

import (
	"math/big"
	"testing"

	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// explicit is a template with the parameters of P-256 spelled out after a function has worked on them.
func explicit(t pki.Template, change func(c *pki.Curve, p *pki.ECParameters)) pki.Template {
	c := pki.CurveOf(pki.P256)
	p := c.Explicit(pki.Uncompressed)
	change(c, &p)
	return t.Written(pki.SPKI{Params: p.Value()})
}

// held is a template of a key with its curve spelled out.
func held(t pki.Template, k *pki.Key) pki.Template {
	t.Holder, t.SPKI = k, pki.SPKI{Params: k.Curve.Explicit(pki.Uncompressed).Value()}
	return t
}

// moved is a key on a curve that is P-256 in other figures.
func moved(k *pki.Key) *pki.Key {
	m := *k
	m.Curve = k.Curve.Isomorphic(7)
	m.Public = m.Curve.Times(m.Scalar, m.Curve.Generator())
	return &m
}

// otherCurves are parameters that no table has. Whoever calculates with them believes a forger, or does not end.
var otherCurves = map[string]func(c *pki.Curve, p *pki.ECParameters){
	"another generator": func(c *pki.Curve, p *pki.ECParameters) {
		p.Base = der.Octets(c.Encode(c.Times(big.NewInt(7), c.Generator()), pki.Uncompressed))
	},
	"the generator's other half": func(c *pki.Curve, p *pki.ECParameters) {
		p.Base = der.Octets(c.Encode(c.Times(new(big.Int).Sub(c.N, big.NewInt(1)), c.Generator()), pki.Uncompressed))
	},
	"a generator off the curve": func(c *pki.Curve, p *pki.ECParameters) { p.Base = der.Octets(c.Encode(c.Generator(), pki.OffCurve)) },
	"a generator at infinity":   func(_ *pki.Curve, p *pki.ECParameters) { p.Base = der.Octets([]byte{0}) },
	"another order":             func(c *pki.Curve, p *pki.ECParameters) { p.Order = der.BigInt(new(big.Int).Sub(c.N, big.NewInt(2))) },
	"an order of 1":             func(_ *pki.Curve, p *pki.ECParameters) { p.Order = der.Int(1) },
	"no order":                  func(_ *pki.Curve, p *pki.ECParameters) { p.Order = der.Int(0) },
	"another a":                 func(c *pki.Curve, p *pki.ECParameters) { p.A = der.Octets(c.B.Bytes()) },
	"another b":                 func(c *pki.Curve, p *pki.ECParameters) { p.B = der.Octets(c.A.Bytes()) },
	"a composite modulus": func(c *pki.Curve, p *pki.ECParameters) {
		p.Field = pki.PrimeField(new(big.Int).Add(c.P, big.NewInt(2)))
	},
	"a modulus of 697":   func(_ *pki.Curve, p *pki.ECParameters) { p.Field = pki.PrimeField(big.NewInt(697)) },
	"a modulus of 0":     func(_ *pki.Curve, p *pki.ECParameters) { p.Field = pki.PrimeField(new(big.Int)) },
	"a negative modulus": func(c *pki.Curve, p *pki.ECParameters) { p.Field = pki.PrimeField(new(big.Int).Neg(c.P)) },
	"a modulus of 30,000 bits": func(_ *pki.Curve, p *pki.ECParameters) {
		p.Field = pki.PrimeField(new(big.Int).SetBit(big.NewInt(1), 30_000, 1))
	},
	"a field of characteristic 2": func(_ *pki.Curve, p *pki.ECParameters) { p.Field = pki.BinaryField() },
	"a cofactor of 2":             func(_ *pki.Curve, p *pki.ECParameters) { p.Cofactor = der.Int(2) },
	"a cofactor of 0":             func(_ *pki.Curve, p *pki.ECParameters) { p.Cofactor = der.Int(0) },
}

func TestC28_CurveThatIsNotAKnownOne(t *testing.T) {
	signer := func(t pki.Template) chip.Chip { return passport.ResignedBy(uto.CSCA.Issue("DS UT 1", t)) }
	written := func(s pki.SPKI) chip.Chip { return signer(pki.DSC().Written(s)) }
	keyed := func(k pki.Kind) chip.Chip {
		return passport.ResignedBy(uto.CSCA.Issue("DS UT 1", pki.DSC().Keyed(k)))
	}
	mutants := []chipMutant{
		{"the parameters of the curve itself", signer(explicit(pki.DSC(), func(*pki.Curve, *pki.ECParameters) {})), deviates},
		{"without a cofactor", signer(explicit(pki.DSC(), func(_ *pki.Curve, p *pki.ECParameters) { p.Cofactor = nil })), deviates},
		{"with a seed", signer(explicit(pki.DSC(), func(_ *pki.Curve, p *pki.ECParameters) { p.Seed = der.Bits(make([]byte, 20)) })), deviates},
		{"a compressed generator", signer(explicit(pki.DSC(), func(c *pki.Curve, p *pki.ECParameters) {
			p.Base = der.Octets(c.Encode(c.Generator(), pki.Compressed))
		})), deviates},
		{"a key for another generator", signer(held(pki.DSC(), uto.DSC.Key.CurveBall("forger"))), noChain},
		{"other figures of the same curve", signer(held(pki.DSC(), moved(uto.DSC.Key))), noChain},
		{"no curve", written(pki.SPKI{NoParams: true}), noChain},
		{"an implicit curve", written(pki.SPKI{Params: pki.ImplicitCA()}), noChain},
		{"a curve without a name", written(pki.SPKI{Params: der.OID("1.3.132.0.10")}), noChain},
		{"the name of another curve", written(pki.SPKI{Params: der.OID(pki.CurveOf(pki.BrainpoolP256r1).OID)}), noChain},
		{"a compressed point", written(pki.SPKI{Form: pki.Compressed}), noChain},
		{"a hybrid point", written(pki.SPKI{Form: pki.Hybrid}), noChain},
		{"a point off the curve", written(pki.SPKI{Form: pki.OffCurve}), noChain},
		{"the point at infinity", written(pki.SPKI{Form: pki.Infinity}), noChain},
		{"160 bits", keyed(pki.BrainpoolP160r1), noChain}, {"192 bits", keyed(pki.P192), noChain},
		{"the twist", keyed(pki.BrainpoolP256t1), accepted},
		{"the twist's key under the curve's name", by(func(t pki.Template) pki.Template {
			return t.Keyed(pki.BrainpoolP256t1).Written(pki.SPKI{Params: der.OID(pki.CurveOf(pki.BrainpoolP256r1).OID)})
		}), noChain},
	}
	for name, change := range otherCurves {
		mutants = append(mutants, chipMutant{name, signer(explicit(pki.DSC(), change)), noChain})
	}
	for _, kind := range []pki.Kind{
		pki.P224, pki.P384, pki.P521, pki.BrainpoolP224r1, pki.BrainpoolP256r1, pki.BrainpoolP320r1, pki.BrainpoolP384r1, pki.BrainpoolP512r1,
	} {
		mutants = append(mutants, chipMutant{string(kind), keyed(kind), accepted})
	}
	attackChip(t, chips(t), passport, mutants...)
}

// No reader here falls back on another reader: an authority on a curve spelled out verifies, and one that cannot be used makes
// nobody's passport a forgery.
func TestA59_AuthorityThatOthersCannotRead(t *testing.T) {
	for _, kind := range []pki.Kind{pki.P256, pki.P384, pki.BrainpoolP224r1, pki.BrainpoolP256r1, pki.BrainpoolP320r1, pki.BrainpoolP512r1} {
		spelled := pki.SPKI{Params: pki.CurveOf(kind).Explicit(pki.Uncompressed).Value()}
		ca := pki.NewCSCA("spelled", pki.CSCA().Named(pki.Utopian("CSCA UT "+string(kind))).Keyed(kind).Written(spelled))
		good := passport.ResignedBy(ca.Issue("DS", pki.DSC().Keyed(kind).Written(spelled)))
		v := chips(t, ca.PEM())
		demand(t, v, string(kind), chipInput(good), deviates)
		demand(t, v, string(kind)+", forged", chipInput(forged(good)), mismatched)
	}
	for name, template := range map[string]pki.Template{
		"192 bits": pki.CSCA().Keyed(pki.P192), "160 bits": pki.CSCA().Keyed(pki.BrainpoolP160r1), "RSA of 1024 bits": pki.CSCA().Keyed(pki.RSA1024),
		"a curve without a name": pki.CSCA().Written(pki.SPKI{Params: der.OID("1.3.132.0.10")}),
	} {
		ca := pki.NewCSCA("weak "+name, template.Named(pki.Utopian("CSCA UT "+name)))
		trust := load(t, uto.CSCA.PEM(), ca.PEM())
		if len(trust.Anchors()) != 1 || len(trust.Dropped()) != 1 {
			t.Errorf("%s: %d authorities, left out %v", name, len(trust.Anchors()), trust.Dropped())
		}
		demand(t, at(t, trust, asOf), name, chipInput(passport.ResignedBy(ca.Issue("DS", pki.DSC()))), noSigner)
		demand(t, at(t, trust, asOf), name, chipInput(passport), accepted)
	}
}

// The authority's own public point under a generator of the forger's choice (CVE-2020-0601).
func TestA60_AuthorityUnderAnotherGenerator(t *testing.T) {
	ball := func(key *pki.Key, seed string) *pki.Credential {
		return pki.NewCSCA(seed, held(uto.CSCA.Copied(), key))
	}
	rogue := ball(uto.CSCA.Key.CurveBall("forger"), "curveball")
	signer := rogue.Issue("DS UT 1", uto.DSC.Copied())
	attackChip(t, chips(t), passport,
		chipMutant{"by itself", passport.ResignedBy(signer), noChain},
		chipMutant{"the authority beside it", beside(passport.ResignedBy(signer), signer, rogue), noChain},
		chipMutant{"the genuine one beside it", beside(passport.ResignedBy(signer), signer, uto.CSCA), noChain},
		chipMutant{"the signer's key", passport.ResignedBy(uto.CSCA.Issue("DS UT 1", held(pki.DSC(), uto.DSC.Key.CurveBall("forger")))), noChain},
	)
	// As trust material it is left out, in whatever order it comes.
	for _, files := range [][][]byte{pems(rogue, uto.CSCA), pems(uto.CSCA, rogue)} {
		trust := load(t, files...)
		if len(trust.Anchors()) != 1 || len(trust.Dropped()) != 1 {
			t.Errorf("%d authorities, left out %v", len(trust.Anchors()), trust.Dropped())
		}
		demand(t, at(t, trust, asOf), "the forger", chipInput(passport.ResignedBy(signer)), noChain)
		demand(t, at(t, trust, asOf), "the genuine one", chipInput(passport), accepted)
	}
	for name, change := range otherCurves {
		ca := pki.NewCSCA("odd", explicit(pki.CSCA().Named(pki.Utopian("CSCA UT odd")), change))
		trust := load(t, uto.CSCA.PEM(), ca.PEM())
		if len(trust.Anchors()) != 1 {
			t.Errorf("%s: an authority is taken in", name)
		}
		demand(t, at(t, trust, asOf), name, chipInput(passport.ResignedBy(ca.Issue("DS", pki.DSC()))), noSigner)
	}
}
