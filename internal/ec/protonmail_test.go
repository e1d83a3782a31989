package ec_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha512"
	"math/big"
	"testing"

	"github.com/ProtonMail/go-crypto/brainpool"

	"github.com/travelseal/travelseal/internal/ec"
)

// A second reading of RFC 5639, written by others for OpenPGP: its keys and signatures are made and checked by arithmetic
// that has nothing in common with ours.
func TestBrainpoolAgreesWithAnotherLibrary(t *testing.T) {
	for name, theirs := range map[string]elliptic.Curve{
		"brainpoolP256r1": brainpool.P256r1(), "brainpoolP256t1": brainpool.P256t1(),
		"brainpoolP384r1": brainpool.P384r1(), "brainpoolP384t1": brainpool.P384t1(),
		"brainpoolP512r1": brainpool.P512r1(), "brainpoolP512t1": brainpool.P512t1(),
	} {
		t.Run(name, func(t *testing.T) {
			ours := ec.ByName(name)
			//lint:ignore SA1019 the standard library has no other way to use a curve that is not its own
			private, x, y, err := elliptic.GenerateKey(theirs, rand.Reader)
			if err != nil {
				t.Fatal(err)
			}
			//lint:ignore SA1019 as above
			key := &ecdsa.PrivateKey{D: new(big.Int).SetBytes(private)}
			//lint:ignore SA1019 as above
			key.PublicKey = ecdsa.PublicKey{Curve: theirs, X: x, Y: y}
			//lint:ignore SA1019 as above
			public, err := ec.NewPublicKey(ours, elliptic.Marshal(theirs, x, y))
			if err != nil {
				t.Fatal(err)
			}
			for i := range 20 {
				digest := sha512.Sum512([]byte{byte(i)})
				r, s, err := ecdsa.Sign(rand.Reader, key, digest[:])
				if err != nil {
					t.Fatal(err)
				}
				if !public.Verify(digest[:], r.Bytes(), s.Bytes()) || !public.Table().Verify(digest[:], r.Bytes(), s.Bytes()) {
					t.Fatalf("signature %d does not hold here", i)
				}
				digest[i%32] ^= 1
				if public.Verify(digest[:], r.Bytes(), s.Bytes()) {
					t.Fatalf("signature %d holds for another message", i)
				}
			}
		})
	}
}
