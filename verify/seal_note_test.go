package verify_test

import (
	"crypto"
	"crypto/rsa"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/verify"
)

// rsaSeal is a card of Maren under a key of 2048 bits that signs in the given way, with its anchor.
func rsaSeal(a formats.Algorithm, how pki.Algorithm) (signer, *formats.Document) {
	k := pki.NewKey(pki.RSA2048, "verify")
	who := newSigner("rsa")
	who.Key = &rsa.PublicKey{N: k.Modulus, E: int(k.Exponent.Int64())}
	who.named.KeyID = keyDigest(who.Key)[:8]
	d := who.card()
	s := &d.Seals[0]
	s.Algorithm, s.Signature, s.Signer = a, pki.Sign(k, how, s.Signed), who.named
	return who, d
}

// A signature that holds in a way that should no longer be used is the issuer's nevertheless; it is noted, and a policy can
// ask for more. One that does not hold disproves, as any other.
func TestAWeaknessOfAGoodSignatureIsNoted(t *testing.T) {
	sha1 := formats.RS256
	sha1.Hash = crypto.SHA1
	for name, c := range map[string]struct {
		stated formats.Algorithm
		how    pki.Algorithm
		code   verify.Code
	}{
		"SHA-1":                   {sha1, pki.PKCS1(crypto.SHA1), verify.SealWeakHash},
		"DigestInfo without NULL": {formats.RS256, pki.PKCS1NoNull(crypto.SHA256), verify.SealNullOmitted},
	} {
		t.Run(name, func(t *testing.T) {
			who, d := rsaSeal(c.stated, c.how)
			w := newWorld(t, who)
			expect(t, w.one(t, d), verify.Authentic, verify.Accept, c.code)

			strict := newWorld(t, who)
			strict.Policy.Effects = map[verify.Code]verify.Effect{c.code: verify.Doubt}
			expect(t, strict.one(t, d), verify.Authentic, verify.Refer, c.code)

			d.Seals[0].Signature[200] ^= 1
			expect(t, w.one(t, d), verify.Invalid, verify.Reject, verify.SealMismatch)
		})
	}
}
