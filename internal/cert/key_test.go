package cert_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"math/big"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cert"
	reader "github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/internal/ec"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/internal/sig"
)

// Every kind of key is read, by name and spelled out, and its signatures hold.
func TestKeys(t *testing.T) {
	for _, kind := range append(pki.Curves(), pki.RSA2048, pki.RSA2048e3, pki.Ed25519) {
		ca := pki.NewCSCA("keys", pki.CSCA().Keyed(kind))
		forms := []pki.SPKI{{}}
		if curve := pki.CurveOf(kind); curve != nil {
			bare := curve.Explicit(pki.Compressed)
			bare.Cofactor = nil
			forms = append(forms, pki.SPKI{Params: curve.Explicit(pki.Uncompressed).Value()}, pki.SPKI{Params: bare.Value()})
		}
		for i, form := range forms {
			c := parse(t, pki.NewCSCA("keys", pki.CSCA().Keyed(kind).Written(form)).Cert)
			if weak := strings.Contains(string(kind), "192") || strings.Contains(string(kind), "160"); weak {
				wants(t, string(kind), c.KeyProblem, sig.ErrWeakKey)
				wants(t, string(kind), c.Usable(), sig.ErrWeakKey)
				continue
			}
			wants(t, string(kind), c.KeyProblem, nil)
			wants(t, string(kind), c.Usable(), nil)
			for _, name := range []string{"one", "two"} {
				wants(t, string(kind), parse(t, ca.Issue(name, pki.DSC()).Cert).CheckSignature(c), nil)
			}
			var ok bool
			switch kind {
			case pki.P256, pki.P384, pki.P521:
				_, ok = c.Key.(*ecdsa.PublicKey)
			case pki.RSA2048, pki.RSA2048e3:
				_, ok = c.Key.(*rsa.PublicKey)
			case pki.Ed25519:
				_, ok = c.Key.(ed25519.PublicKey)
			default:
				_, ok = c.Key.(*ec.PublicKey)
			}
			if !ok {
				t.Errorf("%s, form %d: the key is a %T", kind, i, c.Key)
			}
		}
	}
}

// A key that cannot be used is a problem of its own. The certificate can still be shown.
func TestKeyProblems(t *testing.T) {
	dsc, p256 := pki.DSC(), pki.CurveOf(pki.P256)
	explicit := func(change func(*pki.ECParameters)) pki.Template {
		p := p256.Explicit(pki.Uncompressed)
		change(&p)
		return dsc.Written(pki.SPKI{Params: p.Value()})
	}
	one := big.NewInt(1)
	other := p256.Encode(p256.Add(p256.Generator(), p256.Generator()), pki.Uncompressed)
	rsaOf := func(n, e *big.Int) pki.Template {
		return dsc.Keyed(pki.RSA2048).Written(pki.SPKI{Key: pki.RSAPublicKey(n, e).Encode()})
	}
	k := pki.NewKey(pki.RSA2048, "problems")
	twist := p256.Isomorphic(2)
	trailer := pki.PSS{Hash: crypto.SHA256, MGF: crypto.SHA256, Salt: 32, Trailer: 2}
	for name, c := range map[string]struct {
		template pki.Template
		why      error
	}{
		"a curve without a name":   {dsc.Written(pki.SPKI{Params: der.OID("1.3.132.0.10")}), sig.ErrUnsupported},
		"no curve":                 {dsc.Written(pki.SPKI{NoParams: true}), reader.ErrTruncated},
		"an implicit curve":        {dsc.Written(pki.SPKI{Params: pki.ImplicitCA()}), reader.ErrTag},
		"another generator":        {explicit(func(p *pki.ECParameters) { p.Base = der.Octets(other) }), sig.ErrUnsupported},
		"another a":                {explicit(func(p *pki.ECParameters) { p.A = der.Octets(octets(32)) }), sig.ErrUnsupported},
		"another b":                {explicit(func(p *pki.ECParameters) { p.B = der.Octets(octets(32)) }), sig.ErrUnsupported},
		"another order":            {explicit(func(p *pki.ECParameters) { p.Order = der.BigInt(new(big.Int).Sub(p256.N, one)) }), sig.ErrUnsupported},
		"a negative order":         {explicit(func(p *pki.ECParameters) { p.Order = der.Int(-1) }), reader.ErrRange},
		"another cofactor":         {explicit(func(p *pki.ECParameters) { p.Cofactor = der.Int(2) }), sig.ErrUnsupported},
		"a composite field":        {explicit(func(p *pki.ECParameters) { p.Field = pki.PrimeField(new(big.Int).Add(p256.P, one)) }), sig.ErrUnsupported},
		"a binary field":           {explicit(func(p *pki.ECParameters) { p.Field = pki.BinaryField() }), sig.ErrUnsupported},
		"version 9":                {explicit(func(p *pki.ECParameters) { p.Version = der.Int(9) }), reader.ErrRange},
		"an isomorphic curve":      {dsc.Written(pki.SPKI{Params: twist.Explicit(pki.Uncompressed).Value()}), sig.ErrUnsupported},
		"a compressed point":       {dsc.Written(pki.SPKI{Form: pki.Compressed}), sig.ErrWeakKey},
		"a hybrid point":           {dsc.Written(pki.SPKI{Form: pki.Hybrid}), sig.ErrWeakKey},
		"a point off the curve":    {dsc.Written(pki.SPKI{Form: pki.OffCurve}), sig.ErrWeakKey},
		"the point at infinity":    {dsc.Written(pki.SPKI{Form: pki.Infinity}), sig.ErrWeakKey},
		"off a brainpool curve":    {dsc.Keyed(pki.BrainpoolP256r1).Written(pki.SPKI{Form: pki.OffCurve}), sig.ErrWeakKey},
		"a byte behind the curve":  {dsc.Written(pki.SPKI{InAlgorithm: []byte{5, 0}}), nil},
		"RSA of 1024 bits":         {dsc.Keyed(pki.RSA1024), sig.ErrWeakKey},
		"RSA of 16384 bits":        {rsaOf(new(big.Int).Add(new(big.Int).Lsh(one, 16383), one), big.NewInt(3)), sig.ErrWeakKey},
		"an even modulus":          {rsaOf(new(big.Int).Sub(k.Modulus, one), k.Exponent), sig.ErrWeakKey},
		"a negative modulus":       {rsaOf(new(big.Int).Neg(k.Modulus), k.Exponent), reader.ErrRange},
		"the exponent 1":           {rsaOf(k.Modulus, one), sig.ErrWeakKey},
		"an even exponent":         {rsaOf(k.Modulus, big.NewInt(4)), sig.ErrWeakKey},
		"a huge exponent":          {rsaOf(k.Modulus, new(big.Int).Lsh(one, 64)), reader.ErrRange},
		"a byte behind the RSA":    {dsc.Keyed(pki.RSA2048).Written(pki.SPKI{InKey: []byte{0}}), reader.ErrTrailing},
		"RSA with parameters":      {dsc.Keyed(pki.RSA2048).Written(pki.SPKI{Params: der.Int(1)}), reader.ErrTag},
		"Ed25519 with parameters":  {dsc.Keyed(pki.Ed25519).Written(pki.SPKI{Params: der.Null()}), reader.ErrTag},
		"Ed25519 of 31 bytes":      {dsc.Keyed(pki.Ed25519).Written(pki.SPKI{Key: octets(31)}), sig.ErrWeakKey},
		"PSS-only with trailer 2":  {dsc.Keyed(pki.RSA2048).Written(pki.SPKI{PSS: true, Params: trailer.Params()}), reader.ErrRange},
		"a curve that spells NULL": {explicit(func(p *pki.ECParameters) { p.Base = der.Null() }), reader.ErrTag},
	} {
		got, err := cert.Parse(issued(c.template))
		if c.why == nil {
			if err == nil {
				t.Errorf("%s is read", name)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		wants(t, name, got.KeyProblem, c.why)
		wants(t, name, got.Usable(), c.why)
		if got.Key != nil {
			t.Errorf("%s: there is a key", name)
		}
		wants(t, name, parse(t, issued(pki.DSC())).CheckSignature(got), c.why)
	}
}

// pssKey is an RSA key that is for RSASSA-PSS alone, with parameters.
func pssKey(a pki.Algorithm) pki.Template {
	return pki.CSCA().Keyed(pki.RSA2048).Written(pki.SPKI{PSS: true, Params: a.PSS.Params()}).SignedWith(a)
}

// A key that is for RSASSA-PSS alone verifies nothing else, and its parameters bind.
func TestAKeyForPSSAlone(t *testing.T) {
	pss := func(h, mgf crypto.Hash, salt int) pki.Algorithm {
		return pki.PSSWith(pki.PSS{Hash: h, MGF: mgf, Salt: salt, Trailer: 1})
	}
	sha256 := pss(crypto.SHA256, crypto.SHA256, 32)
	bound := pki.NewCSCA("pss", pssKey(sha256))
	free := pki.NewCSCA("pss", pki.CSCA().Keyed(pki.RSA2048).Written(pki.SPKI{PSS: true}).SignedWith(sha256))
	for _, c := range []struct {
		name        string
		a           pki.Algorithm
		bound, free error
	}{
		{"as bound", sha256, nil, nil},
		{"a longer salt", pss(crypto.SHA256, crypto.SHA256, 40), nil, nil},
		{"a shorter salt", pss(crypto.SHA256, crypto.SHA256, 20), cert.ErrKeyLimits, nil},
		{"no salt", pss(crypto.SHA256, crypto.SHA256, 0), cert.ErrKeyLimits, nil},
		{"another hash", pss(crypto.SHA512, crypto.SHA512, 64), cert.ErrKeyLimits, nil},
		{"another hash of the mask", pss(crypto.SHA256, crypto.SHA1, 32), cert.ErrKeyLimits, nil},
		{"RSA v1.5", pki.PKCS1(crypto.SHA256), cert.ErrKeyLimits, cert.ErrKeyLimits},
	} {
		for ca, want := range map[*pki.Credential]error{bound: c.bound, free: c.free} {
			leaf := parse(t, ca.Issue(c.name, pki.DSC().SignedWith(c.a)).Cert)
			issuer := parse(t, ca.Cert)
			wants(t, c.name, issuer.Usable(), nil)
			wants(t, c.name, leaf.CheckSignature(issuer), want)
		}
	}
	want := cert.KeyLimits{PSSOnly: true, Bound: true, Hash: crypto.SHA256, MGFHash: crypto.SHA256, MinSalt: 32}
	if got := parse(t, bound.Cert).KeyLimits; got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	wants(t, "no limits", cert.KeyLimits{}.Permit(formats.RS256), nil)
}
