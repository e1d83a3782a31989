package attacks_test

import (
	"bytes"
	"crypto"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/verify"
)

func TestA01_SelfGeneratedKey(t *testing.T) {
	v, forger := utopia(t), mint.Fresh("forger")
	for name, sibling := range map[string]mint.HCERT{
		"vaccination": vaccination, "test": mint.Test(ut.Test), "recovery": mint.Recovery(ut.Recovery), "P-384": mint.Vaccination(ut.AnyUse),
	} {
		forger := forger
		forger.Alg = sibling.Signer.Alg
		forger.Key = mint.NewKey(mint.KeyKind(map[mint.Alg]mint.KeyKind{mint.ES256: mint.P256, mint.ES384: mint.P384}[forger.Alg]), "forger")
		t.Run(name, func(t *testing.T) {
			attack(t, v, sibling, mutant{"re-signed", mint.Resign(sibling, forger), disproved(verify.SealMismatch)})
		})
	}
	rsa := mint.Recovery(ut.RSA)
	other := ut.RSA
	other.Key = mint.NewKey(mint.RSA2048, "forger")
	attack(t, v, rsa, mutant{"RSA", mint.Resign(rsa, other), disproved(verify.SealMismatch)})
}

func TestA02_SelfGeneratedKeyUnderAnUnknownKeyID(t *testing.T) {
	named := func(h mint.HCERT, kid []byte) mint.HCERT {
		return changed(h, func(h *mint.HCERT) { h.Protected = mint.Set(h.Protected, mint.Bytes(kid), mint.HeaderKID) })
	}
	forged := mint.Resign(vaccination, mint.Fresh("forger"))
	unknown := untrusted(verify.SealSignerUnknown)
	whole := sha256.Sum256(ut.Vaccination.Cert)
	attack(t, utopia(t), vaccination,
		mutant{"random", named(forged, []byte{0xde, 0xad, 0xbe, 0xef, 1, 2, 3, 4}), unknown},
		mutant{"empty", named(forged, nil), unknown},
		mutant{"half of a trusted one", named(forged, ut.Vaccination.KID[:4]), unknown},
		mutant{"a trusted one and zeros", named(forged, append(bytes.Clone(ut.Vaccination.KID), 0, 0)), unknown},
		mutant{"none", changed(forged, func(h *mint.HCERT) { h.Protected = mint.Drop(h.Protected, mint.HeaderKID) }), unknown},
		// The digest in full names the certificate all the better.
		mutant{"the whole digest", named(forged, whole[:]), disproved(verify.SealMismatch)},
		mutant{"the whole digest, well signed", named(vaccination, whole[:]), accepted},
		mutant{"random, well signed", named(vaccination, []byte("random!!")), unknown},
	)
}

// withAlg names another algorithm in the protected header and signs what then stands there, by the signer's own.
func withAlg(h mint.HCERT, alg mint.Item) mint.HCERT {
	h.Protected = mint.Set(h.Protected, alg, mint.HeaderAlg)
	return h
}

func TestA05_NoAlgorithmAndNoSignature(t *testing.T) {
	unsigned := func(h mint.HCERT) mint.HCERT {
		h.Hooks.Signature = mint.NoSignature
		return h
	}
	attack(t, utopia(t), vaccination,
		mutant{"none", unsigned(withAlg(vaccination, mint.Text("none"))), unchecked(verify.SealUnsupported)},
		mutant{"reserved 0", unsigned(withAlg(vaccination, mint.Int(0))), unchecked(verify.SealUnsupported)},
		mutant{"null", unsigned(withAlg(vaccination, mint.Null{})), unchecked(verify.SealUnsupported)},
		mutant{"ES256 as a text", withAlg(vaccination, mint.Text("ES256")), unchecked(verify.SealUnsupported)},
		mutant{"no algorithm", changed(vaccination, func(h *mint.HCERT) { h.Protected = mint.Drop(h.Protected, mint.HeaderAlg) }), unchecked(verify.SealHeader)},
		mutant{"empty signature", unsigned(vaccination), disproved(verify.SealMismatch)},
		mutant{"null for a signature", changed(vaccination, func(h *mint.HCERT) {
			h.Hooks.Sign1 = func(a mint.Array) mint.Item { return mint.Set(a, mint.Null{}, 3) }
		}), unreadable(formats.CodeEnvelope)},
	)
}

func TestA06_MACKeyedWithThePublicKey(t *testing.T) {
	const hs256 = mint.Int(5) // HMAC 256/256, RFC 9053 §3.1
	spki, err := x509.MarshalPKIXPublicKey(ut.Vaccination.Key.Public())
	if err != nil {
		t.Fatal(err)
	}
	mac := func(key []byte) mint.HCERT {
		return signedBy(withAlg(vaccination, hs256), func(message []byte) []byte {
			h := hmac.New(sha256.New, key)
			h.Write(message)
			return h.Sum(nil)
		})
	}
	refused := unchecked(verify.SealUnsupported)
	attack(t, utopia(t), vaccination,
		mutant{"DER", mac(spki), refused},
		mutant{"PEM", mac(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: spki})), refused},
		mutant{"certificate", mac(ut.Vaccination.Cert), refused},
		mutant{"key identifier", mac(ut.Vaccination.KID), refused},
	)
}

// signedBy has a function sign what the document says is signed (RFC 9052 §4.4).
func signedBy(h mint.HCERT, sign func(message []byte) []byte) mint.HCERT {
	var message []byte
	h.Hooks.SigStructure = func(b []byte) []byte {
		message = b
		return b
	}
	h.Hooks.Signature = func([]byte, crypto.PublicKey) []byte { return sign(message) }
	return h
}

func TestA07_AlgorithmThatDoesNotSuitTheKey(t *testing.T) {
	v := utopia(t)
	attack(t, v, vaccination,
		mutant{"PS256 with an EC key", withAlg(vaccination, mint.Int(mint.PS256)), untrusted(verify.SealWrongKeyType)},
		mutant{"EdDSA with an EC key", withAlg(vaccination, mint.Int(mint.EdDSA)), untrusted(verify.SealWrongKeyType)},
		mutant{"ES384 over a signature of ES256", withAlg(vaccination, mint.Int(mint.ES384)), untrusted(verify.SealWrongKeyType)},
	)
	rsa := mint.Vaccination(ut.RSA)
	attack(t, v, rsa,
		mutant{"ES256 with an RSA key", withAlg(rsa, mint.Int(mint.ES256)), untrusted(verify.SealWrongKeyType)},
		mutant{"PS384 over a signature of PS256", withAlg(rsa, mint.Int(mint.PS384)), disproved(verify.SealMismatch)},
	)
	longer := ut.Vaccination
	longer.Alg = mint.ES384
	attack(t, v, vaccination, mutant{"ES384 with a key on P-256", mint.Vaccination(longer), untrusted(verify.SealWrongKeyType)})
}

func TestA08_AlgorithmOutsideTheSignature(t *testing.T) {
	open := changed(vaccination, func(h *mint.HCERT) { h.Protected, h.Unprotected = nil, h.Protected })
	onlyAlg := changed(vaccination, func(h *mint.HCERT) {
		h.Protected = mint.Drop(h.Protected, mint.HeaderAlg)
		h.Unprotected = mint.Map{{mint.Int(mint.HeaderAlg), mint.Int(mint.ES256)}}
	})
	onlyKID := changed(vaccination, func(h *mint.HCERT) {
		h.Protected = mint.Drop(h.Protected, mint.HeaderKID)
		h.Unprotected = mint.Map{{mint.Int(mint.HeaderKID), mint.Bytes(ut.Vaccination.KID)}}
	})
	attack(t, utopia(t), vaccination,
		mutant{"kid outside", onlyKID, accepted}, // Volume 1 §3.2 permits it
		mutant{"alg outside", onlyAlg, unchecked(verify.SealHeader)},
		mutant{"both outside", open, unchecked(verify.SealHeader)},
	)
	tolerant := verifier(t, load(t, list(mint.Anchors(ut.Vaccination)...)), formats.Options{Tolerate: []string{"alg-unprotected"}})
	attack(t, tolerant, vaccination,
		mutant{"tolerated", open, doubted(verify.DecodeDoubtful)},
		mutant{"tolerated, forged", mint.Resign(open, mint.Fresh("forger")), disproved(verify.SealMismatch)},
	)
}

func TestA09_HeadersThatDisagree(t *testing.T) {
	outside := func(key int, value mint.Item) mint.HCERT {
		return changed(vaccination, func(h *mint.HCERT) { h.Unprotected = mint.Map{{mint.Int(key), value}} })
	}
	inside := func(h mint.HCERT, kid []byte) mint.HCERT {
		h.Protected = mint.Set(h.Protected, mint.Bytes(kid), mint.HeaderKID)
		return h
	}
	right := outside(mint.HeaderKID, mint.Bytes(ut.Vaccination.KID))
	attack(t, utopia(t), vaccination,
		mutant{"another kid outside", outside(mint.HeaderKID, mint.Bytes(ut.Test.KID)), accepted},
		mutant{"another kid inside", inside(right, ut.AnyUse.KID), untrusted(verify.SealWrongKeyType)},
		mutant{"an unknown kid inside", inside(right, []byte("nobody's")), untrusted(verify.SealSignerUnknown)},
		mutant{"another alg outside", outside(mint.HeaderAlg, mint.Int(mint.PS256)), unchecked(verify.SealHeader)},
		mutant{"alg none outside", outside(mint.HeaderAlg, mint.Text("none")), unchecked(verify.SealHeader)},
		mutant{"crit outside", outside(mint.HeaderCrit, mint.Array{mint.Int(mint.HeaderAlg)}), unchecked(verify.SealHeader)},
	)
}

func TestA10_HeaderThatIsThereTwice(t *testing.T) {
	twice := func(key int, value mint.Item) mint.HCERT {
		return changed(vaccination, func(h *mint.HCERT) { h.Protected = mint.Add(h.Protected, mint.Int(key), value) })
	}
	kid := mint.Bytes(ut.Vaccination.KID)
	refused := unreadable(formats.CodeEnvelope)
	attack(t, utopia(t), vaccination,
		mutant{"two algorithms", twice(mint.HeaderAlg, mint.Int(mint.PS256)), refused},
		mutant{"one algorithm twice", twice(mint.HeaderAlg, mint.Int(mint.ES256)), refused},
		mutant{"two kids", twice(mint.HeaderKID, mint.Bytes(ut.Test.KID)), refused},
		mutant{"two kids outside", changed(vaccination, func(h *mint.HCERT) {
			h.Unprotected = mint.Map{{mint.Int(mint.HeaderKID), kid}, {mint.Int(mint.HeaderKID), kid}}
		}), refused},
		mutant{"one label in two spellings", changed(vaccination, func(h *mint.HCERT) {
			h.Protected = mint.Add(h.Protected, mint.LongHead{Item: mint.Int(mint.HeaderAlg), Width: 1}, mint.Int(mint.PS256))
		}), unreadable(formats.CodeNonCanonical)},
	)
}
