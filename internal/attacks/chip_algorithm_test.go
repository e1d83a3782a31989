package attacks_test

import (
	"crypto"
	"math/big"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/verify"
)

// sealedWith is a chip whose message is signed with an algorithm.
func sealedWith(c chip.Chip, a pki.Algorithm) chip.Chip {
	return c.Signing(func(s *pki.SignerInfo) { s.Digest, s.Algorithm = a.Hash, &a })
}

// certifiedWith is the passport under a signer whose certificate is signed with an algorithm.
func certifiedWith(csca *pki.Credential, a pki.Algorithm) chip.Chip {
	return passport.ResignedBy(csca.Issue("DS UT 3", pki.DSC().SignedWith(a)))
}

// SHA-1 is weak, and still in use: it is noted, and a policy may ask for more. MD5 proves nothing in any place.
func TestC07_WeakHashes(t *testing.T) {
	groups := func(h crypto.Hash) chip.Chip { return passport.Listed(func(l *chip.LDS) { l.Hash = h }) }
	rsa := passport.ResignedBy(uto.DSCRSA)
	root := pki.NewCSCA("chip rsa sha1", uto.RSA.Copied().SignedWith(pki.PKCS1(crypto.SHA1)))
	md5 := pki.NewCSCA("chip rsa md5", uto.RSA.Copied().SignedWith(pki.PKCS1(crypto.MD5)))
	strong := []crypto.Hash{crypto.SHA224, crypto.SHA384, crypto.SHA512}
	mutants := []chipMutant{
		{"the groups, SHA-1", groups(crypto.SHA1), tolerated},
		{"the groups, MD5", groups(crypto.MD5), brokenChip},
		{"the message, SHA-1", sealedWith(passport, pki.ECDSA(crypto.SHA1)), noted(verify.SealWeakHash)},
		{"the message, SHA-1 by RSA", sealedWith(rsa, pki.PKCS1(crypto.SHA1)), noted(verify.SealWeakHash)},
		{"the message, SHA-1 by PSS", sealedWith(rsa, pki.PSSOf(crypto.SHA1)), noted(verify.SealWeakHash)},
		{"the message, MD5", sealedWith(rsa, pki.PKCS1(crypto.MD5)), unchecked(verify.SealUnsupported)},
		{"the certificate, SHA-1", certifiedWith(uto.RSA, pki.PKCS1(crypto.SHA1)), deviates},
		{"the certificate, SHA-1 by ECDSA", certifiedWith(uto.CSCA, pki.ECDSA(crypto.SHA1)), deviates},
		{"the certificate, MD5", certifiedWith(uto.RSA, pki.PKCS1(crypto.MD5)), noChain},
		{"everything, SHA-1", passport.ResignedBy(uto.RSA.Issue("DS UT 3", pki.DSC().SignedWith(pki.PKCS1(crypto.SHA1)))).Hashed(crypto.SHA1), noted(verify.SealWeakHash)},
	}
	for _, h := range strong {
		mutants = append(mutants, chipMutant{"the groups, " + h.String(), groups(h), accepted},
			chipMutant{"the message, " + h.String(), sealedWith(passport, pki.ECDSA(h)), accepted},
			chipMutant{"the certificate, " + h.String(), certifiedWith(uto.RSA, pki.PKCS1(h)), accepted})
	}
	attackChip(t, chips(t), passport, mutants...)
	// What an authority signs of itself proves nothing anyway: its certificate is trusted as it is.
	for name, ca := range map[string]*pki.Credential{"SHA-1": root, "MD5": md5} {
		c := passport.ResignedBy(ca.Issue("DS UT 3", pki.DSC()))
		if name == "MD5" {
			demand(t, chips(t, append(pems(uto.CSCA), ca.PEM())...), "an authority by MD5", chipInput(c), accepted)
			continue
		}
		demand(t, chips(t, ca.PEM()), "an authority by SHA-1", chipInput(c), accepted)
	}
	// A policy can refer what was signed so.
	strict := verify.DefaultPolicy("emrtd")
	strict.Effects = map[verify.Code]verify.Effect{verify.SealWeakHash: verify.Doubt}
	v := under(t, strict, pems(uto.CSCAs()...)...)
	demand(t, v, "SHA-256", chipInput(passport), accepted)
	demand(t, v, "SHA-1", chipInput(sealedWith(passport, pki.ECDSA(crypto.SHA1))), doubted(verify.SealWeakHash))
}

// The parameters of PSS are those that are stated, and no others.
func TestC09_ParametersOfPSS(t *testing.T) {
	good := pki.PSS{Hash: crypto.SHA256, MGF: crypto.SHA256, Salt: 32, Trailer: 1}
	pss := chip.GoodPSS()
	used := func(change func(*pki.PSS)) pki.Algorithm {
		p := good
		change(&p)
		return pki.PSSWith(p)
	}
	stated := used(func(*pki.PSS) {}).ID
	salt := func(n int) pki.Algorithm { return used(func(p *pki.PSS) { p.Salt = n }) }
	most := uto.DSCPSS.Key.MaxSalt(crypto.SHA256)
	mgf := used(func(p *pki.PSS) { p.MGF = crypto.SHA1 })
	bound := func(params der.Value) chip.Chip {
		return passport.ResignedBy(uto.PSS.Issue("DS UT 4", pki.DSC().Keyed(pki.RSA2048).Written(pki.SPKI{PSS: true, Params: params})))
	}
	short := pki.PSS{Hash: crypto.SHA256, MGF: crypto.SHA256, Salt: 20, Trailer: 1}
	attackChip(t, chips(t), pss,
		chipMutant{"no salt", sealedWith(pss, salt(0)), accepted}, chipMutant{"20 bytes of salt", sealedWith(pss, salt(20)), accepted},
		chipMutant{"as much salt as fits", sealedWith(pss, salt(most)), accepted},
		chipMutant{"no salt, 32 bytes stated", sealedWith(pss, salt(0).Stating(stated)), mismatched},
		chipMutant{"20 bytes of salt, 32 stated", sealedWith(pss, salt(20).Stating(stated)), mismatched},
		chipMutant{"32 bytes of salt, 20 stated", sealedWith(pss, salt(32).Stating(salt(20).ID)), mismatched},
		chipMutant{"a negative length of salt", sealedWith(pss, salt(32).Stating(salt(-1).ID)), unreadable(formats.CodeEnvelope)},
		chipMutant{"a mask of SHA-1", sealedWith(pss, mgf), accepted},
		chipMutant{"a mask of SHA-1, SHA-256 stated", sealedWith(pss, mgf.Stating(stated)), mismatched},
		chipMutant{"a mask of SHA-256, SHA-1 stated", sealedWith(pss, pki.PSSWith(good).Stating(mgf.ID)), mismatched},
		chipMutant{"trailer 2", sealedWith(pss, used(func(p *pki.PSS) { p.Trailer = 2 })), unreadable(formats.CodeEnvelope)},
		chipMutant{"NULL for parameters", sealedWith(pss, pki.PSSWith(good).Stating(pki.PSSIdentifierNull())), unreadable(formats.CodeEnvelope)},
		chipMutant{"no parameters", sealedWith(pss, pki.PSSWith(good).Stating(pki.PSSIdentifierBare())), unreadable(formats.CodeTruncated)},
		chipMutant{"v1.5 called PSS", sealedWith(pss, pki.PKCS1(crypto.SHA256).Stating(stated)), mismatched},
		chipMutant{"PSS called v1.5", sealedWith(pss, pki.PSSWith(good).Stating(pki.PKCS1(crypto.SHA256).ID)), mismatched},

		chipMutant{"a key for PSS alone", sealedWith(bound(nil), pki.PSSWith(good)), accepted},
		chipMutant{"a key for PSS alone, v1.5", sealedWith(bound(nil), pki.PKCS1(crypto.SHA256)), untrusted(verify.SealWrongKeyType)},
		chipMutant{"a key for these parameters", sealedWith(bound(good.Params()), pki.PSSWith(good)), accepted},
		chipMutant{"a key for these parameters, another hash", sealedWith(bound(good.Params()), pki.PSSOf(crypto.SHA512)), untrusted(verify.SealWrongKeyType)},
		chipMutant{"a key for these parameters, less salt", sealedWith(bound(good.Params()), pki.PSSWith(short)), untrusted(verify.SealWrongKeyType)},
	)
}

func TestC10_PaddingOfPKCS1(t *testing.T) {
	rsa := passport.ResignedBy(uto.DSCRSA)
	three := passport.ResignedBy(uto.RSA.Issue("DS UT e3", pki.DSC().Keyed(pki.RSA2048e3)))
	block := func(b func([]byte, int) []byte) pki.Algorithm {
		a := pki.PKCS1(crypto.SHA256)
		a.Block = b
		return a
	}
	root := pki.NewCSCA("chip e3", pki.CSCA().Named(pki.Utopian("CSCA UT e3")).Keyed(pki.RSA2048e3))
	under := func(a pki.Algorithm) chip.Chip { return certifiedWith(root, a) }
	attackChip(t, chips(t, append(pems(uto.CSCAs()...), root.PEM())...), rsa,
		chipMutant{"without NULL", sealedWith(rsa, pki.PKCS1NoNull(crypto.SHA256)), noted(verify.SealNullOmitted)},
		chipMutant{"without NULL, SHA-1", sealedWith(rsa, pki.PKCS1NoNull(crypto.SHA1)), mismatched},
		chipMutant{"exponent 3", sealedWith(three, pki.PKCS1(crypto.SHA256)), accepted},
		chipMutant{"exponent 3, forged", sealedWith(three, pki.PKCS1Forged(crypto.SHA256)), mismatched},
		chipMutant{"exponent 3, forged, SHA-1", sealedWith(three, pki.PKCS1Forged(crypto.SHA1)), mismatched},
		chipMutant{"short padding and zeros", sealedWith(rsa, block(pki.ShortBlock)), mismatched},
		chipMutant{"padding of zeros", sealedWith(rsa, block(pki.ZeroBlock)), mismatched},
		chipMutant{"a byte after the DigestInfo", sealedWith(rsa, block(func(info []byte, size int) []byte {
			return pki.PKCS1Block(append(info[:len(info):len(info)], 0), size)
		})), mismatched},
		chipMutant{"type 2 of block", sealedWith(rsa, block(func(info []byte, size int) []byte {
			b := pki.PKCS1Block(info, size)
			b[1] = 2
			return b
		})), mismatched},
		chipMutant{"an authority of exponent 3", under(pki.PKCS1(crypto.SHA256)), accepted},
		chipMutant{"its certificate without NULL", under(pki.PKCS1NoNull(crypto.SHA256)), deviates},
		chipMutant{"its certificate, forged", under(pki.PKCS1Forged(crypto.SHA256)), noChain},
		chipMutant{"its certificate, short padding", under(block(pki.ShortBlock)), noChain},
	)
}

func TestC29_NumbersOfECDSA(t *testing.T) {
	type change = func(r, s, n *big.Int) (*big.Int, *big.Int)
	raw := func(make func(k *pki.Key, signed []byte) []byte) chip.Chip {
		return passport.Sealed(func(m pki.Message) pki.Message {
			return m.Signer(func(s *pki.SignerInfo) {
				signed := s.SignedAttributes(m)
				s.Signature = func([]byte) []byte { return make(s.By.Key, signed) }
			})
		})
	}
	numbers := func(f change) chip.Chip {
		return raw(func(k *pki.Key, signed []byte) []byte { return pki.WithNumbers(k, crypto.SHA256, signed, f) })
	}
	written := func(f func(r, s *big.Int) []byte) chip.Chip {
		return raw(func(k *pki.Key, signed []byte) []byte {
			return f(pki.SignECDSA(k, pki.Digest(crypto.SHA256, signed)))
		})
	}
	zero, add, sub := new(big.Int), func(a, b *big.Int) *big.Int { return new(big.Int).Add(a, b) }, func(a, b *big.Int) *big.Int { return new(big.Int).Sub(a, b) }
	padded := func(n *big.Int) der.TLV {
		return der.IntBytes(append([]byte{0, 0}, n.FillBytes(make([]byte, 32))...)...)
	}
	attackChip(t, chips(t), passport,
		chipMutant{"r of 0", numbers(func(_, s, _ *big.Int) (*big.Int, *big.Int) { return zero, s }), mismatched},
		chipMutant{"s of 0", numbers(func(r, _, _ *big.Int) (*big.Int, *big.Int) { return r, zero }), mismatched},
		chipMutant{"both of 0", numbers(func(_, _, _ *big.Int) (*big.Int, *big.Int) { return zero, zero }), mismatched},
		chipMutant{"r of n", numbers(func(_, s, n *big.Int) (*big.Int, *big.Int) { return n, s }), mismatched},
		chipMutant{"s of n", numbers(func(r, _, n *big.Int) (*big.Int, *big.Int) { return r, n }), mismatched},
		chipMutant{"r + n", numbers(func(r, s, n *big.Int) (*big.Int, *big.Int) { return add(r, n), s }), mismatched},
		chipMutant{"s + n", numbers(func(r, s, n *big.Int) (*big.Int, *big.Int) { return r, add(s, n) }), mismatched},
		chipMutant{"r − n", numbers(func(r, s, n *big.Int) (*big.Int, *big.Int) { return sub(r, n), s }), mismatched},
		chipMutant{"−s", numbers(func(r, s, n *big.Int) (*big.Int, *big.Int) { return r, sub(zero, s) }), mismatched},
		chipMutant{"1 and 1", numbers(func(_, _, _ *big.Int) (*big.Int, *big.Int) { return big.NewInt(1), big.NewInt(1) }), mismatched},
		chipMutant{"exchanged", numbers(func(r, s, _ *big.Int) (*big.Int, *big.Int) { return s, r }), mismatched},
		// Anyone can turn s into n − s, and it is a signature of the same bytes (FIPS 186-5 §6.4.2).
		chipMutant{"n − s", numbers(func(r, s, n *big.Int) (*big.Int, *big.Int) { return r, sub(n, s) }), accepted},

		chipMutant{"padded numbers", written(func(r, s *big.Int) []byte { return der.Seq(padded(r), padded(s)).Encode() }), mismatched},
		chipMutant{"a padded length", written(func(r, s *big.Int) []byte { return der.Padded(pki.ECDSASignature(r, s), 1).Encode() }), mismatched},
		chipMutant{"an indefinite length", written(func(r, s *big.Int) []byte { return der.Indefinite(pki.ECDSASignature(r, s)).Encode() }), mismatched},
		chipMutant{"a third number", written(func(r, s *big.Int) []byte { return der.And(pki.ECDSASignature(r, s), der.Int(1)).Encode() }), mismatched},
		chipMutant{"a byte after it", written(func(r, s *big.Int) []byte { return append(pki.ECDSASignature(r, s).Encode(), 0) }), mismatched},
		chipMutant{"one number", written(func(r, _ *big.Int) []byte { return der.Seq(der.BigInt(r)).Encode() }), mismatched},
		chipMutant{"nothing", written(func(_, _ *big.Int) []byte { return nil }), mismatched},
		chipMutant{"r‖s", sealedWith(passport, pki.PlainECDSA(crypto.SHA256).Stating(pki.ECDSA(crypto.SHA256).ID)), mismatched},
		chipMutant{"r‖s, stated so", sealedWith(passport, pki.PlainECDSA(crypto.SHA256)), accepted},
		chipMutant{"DER, stated as r‖s", sealedWith(passport, pki.ECDSA(crypto.SHA256).Stating(pki.PlainECDSA(crypto.SHA256).ID)), mismatched},
	)
}

func TestC30_NumbersOfRSA(t *testing.T) {
	rsa := uto.DSCRSA.Key
	numbers := func(modulus, exponent *big.Int) chip.Chip {
		return by(func(t pki.Template) pki.Template {
			return t.Keyed(pki.RSA2048).Written(pki.RSANumbers(modulus, exponent))
		})
	}
	keyed := func(k pki.Kind) chip.Chip { return by(func(t pki.Template) pki.Template { return t.Keyed(k) }) }
	one := big.NewInt(1)
	power := func(n uint) *big.Int { return new(big.Int).Lsh(one, n) }
	huge := new(big.Int).SetBit(new(big.Int).Lsh(rsa.Modulus, 16384-2048), 0, 1)
	attackChip(t, chips(t), keyed(pki.RSA2048),
		chipMutant{"1024 bits", keyed(pki.RSA1024), noChain}, chipMutant{"768 bits", keyed("RSA-768"), noChain},
		chipMutant{"2047 bits", numbers(new(big.Int).Rsh(rsa.Modulus, 1), rsa.Exponent), noChain},
		chipMutant{"16,384 bits", numbers(huge, rsa.Exponent), noChain},
		chipMutant{"an even modulus", numbers(new(big.Int).Add(rsa.Modulus, one), rsa.Exponent), noChain},
		chipMutant{"a negative modulus", numbers(new(big.Int).Neg(rsa.Modulus), rsa.Exponent), noChain},
		chipMutant{"no modulus", numbers(new(big.Int), rsa.Exponent), noChain},
		chipMutant{"the exponent 1", numbers(rsa.Modulus, one), noChain},
		chipMutant{"the exponent 0", numbers(rsa.Modulus, new(big.Int)), noChain},
		chipMutant{"an even exponent", numbers(rsa.Modulus, big.NewInt(4)), noChain},
		chipMutant{"a negative exponent", numbers(rsa.Modulus, big.NewInt(-3)), noChain},
		chipMutant{"an exponent of 32 bits", numbers(rsa.Modulus, new(big.Int).Add(power(31), one)), noChain},
		chipMutant{"an exponent of 64 bits", numbers(rsa.Modulus, new(big.Int).Add(power(64), one)), noChain},
		chipMutant{"an exponent of 16,384 bits", numbers(rsa.Modulus, new(big.Int).Add(power(16383), one)), noChain},
	)
	bounded(t, "16,384 bits", func() { inspect(t, chips(t), chipInput(numbers(huge, rsa.Exponent))) })
	// An authority with such a key is left out, and what it has certified is by nobody known.
	weak := pki.NewCSCA("weak", pki.CSCA().Keyed(pki.RSA1024).Named(pki.Utopian("CSCA UT weak")))
	demand(t, chips(t, append(pems(uto.CSCAs()...), weak.PEM())...), "an authority of 1024 bits",
		chipInput(passport.ResignedBy(weak.Issue("DS", pki.DSC()))), noSigner)
}
