package sig_test

import (
	"crypto"
	"crypto/elliptic"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/ec"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/internal/sig"
)

// ofCurve is the algorithm of a visible digital seal (ICAO Doc 9303-13 §2.4).
var ofCurve = formats.Algorithm{Scheme: formats.ECDSA, Hash: formats.HashOfCurve}

func TestTheHashFollowsTheCurve(t *testing.T) {
	for kind, want := range map[pki.Kind]crypto.Hash{
		pki.P224: crypto.SHA224, pki.BrainpoolP224r1: crypto.SHA224, pki.BrainpoolP224t1: crypto.SHA224,
		pki.P256: crypto.SHA256, pki.BrainpoolP256r1: crypto.SHA256, pki.BrainpoolP256t1: crypto.SHA256,
		pki.BrainpoolP320r1: crypto.SHA384, pki.P384: crypto.SHA384, pki.BrainpoolP384r1: crypto.SHA384,
		pki.BrainpoolP512r1: crypto.SHA512, pki.BrainpoolP512t1: crypto.SHA512, pki.P521: crypto.SHA512,
	} {
		k := pki.NewKey(kind, "the hash of the curve")
		key := must(ec.NewPublicKey(ec.ByName(string(kind)), k.Curve.Encode(k.Public, pki.Uncompressed)))
		for _, h := range []crypto.Hash{crypto.SHA224, crypto.SHA256, crypto.SHA384, crypto.SHA512} {
			signature := pki.Sign(k, pki.Algorithm{Scheme: pki.SchemeECDSA, Hash: h, Plain: true}, message)
			outcome := sig.ErrMismatch
			if h == want {
				outcome = nil
			}
			wants(t, string(kind)+" signed with "+h.String(), sig.Verify(ofCurve, key, message, signature), outcome)
		}
	}
}

func TestTheHashFollowsTheCurveOfAStandardKeyToo(t *testing.T) {
	for c, h := range map[elliptic.Curve]crypto.Hash{elliptic.P256(): crypto.SHA256, elliptic.P384(): crypto.SHA384, elliptic.P521(): crypto.SHA512} {
		k := ecKey(c)
		wants(t, c.Params().Name, sig.Verify(ofCurve, k.Public(), message, signRaw(k, h)), nil)
		inDER := ofCurve
		inDER.Encoding = formats.DER
		wants(t, c.Params().Name+", DER", sig.Verify(inDER, k.Public(), message, signDER(k, h)), nil)
	}
}

func TestOnlyAnECDSAKeyHasAHashOfItsCurve(t *testing.T) {
	k := rsa2048()
	wants(t, "an RSA key", sig.Verify(ofCurve, k.Public(), message, make([]byte, 64)), sig.ErrKeyType)
	for _, s := range []formats.Scheme{formats.RSAPKCS1, formats.RSAPSS} {
		a := formats.Algorithm{Scheme: s, Hash: formats.HashOfCurve, MGFHash: formats.HashOfCurve, SaltLength: 32}
		wants(t, "RSA by the hash of a curve", sig.Verify(a, k.Public(), message, make([]byte, k.Size())), sig.ErrUnsupported)
	}
}
