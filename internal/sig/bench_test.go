package sig_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"math/big"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/sig"
)

// BenchmarkES256 sets Verify against crypto/ecdsa alone, each with the hash of a message of a health certificate's size.
func BenchmarkES256(b *testing.B) {
	long := make([]byte, 400)
	k := ecKey(elliptic.P256())
	pub := &k.PublicKey
	d := sha256.Sum256(long)
	der := must(ecdsa.SignASN1(nil, k, d[:]))
	rs := raw(k.Curve, parseDER(der))
	derES256 := formats.ES256
	derES256.Encoding = formats.DER
	for _, bb := range []struct {
		name string
		hold func() bool
	}{
		{"ecdsa.VerifyASN1", func() bool {
			d := sha256.Sum256(long)
			return ecdsa.VerifyASN1(pub, d[:], der)
		}},
		{"ecdsa.Verify", func() bool {
			d := sha256.Sum256(long)
			return ecdsa.Verify(pub, d[:], new(big.Int).SetBytes(rs[:32]), new(big.Int).SetBytes(rs[32:]))
		}},
		{"sig.Verify raw", func() bool { return sig.Verify(formats.ES256, pub, long, rs) == nil }},
		{"sig.Verify DER", func() bool { return sig.Verify(derES256, pub, long, der) == nil }},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if !bb.hold() {
					b.Fatal("the signature does not hold")
				}
			}
		})
	}
}

// BenchmarkVerify is one check under each row of the table.
func BenchmarkVerify(b *testing.B) {
	for _, s := range samples() {
		b.Run(s.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := sig.Verify(s.algorithm, s.key, message, s.signature); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func TestVerifyAddsAtMostTwoAllocationsToTheStandardLibrarys(t *testing.T) {
	k := ecKey(elliptic.P256())
	pub := &k.PublicKey
	der := signDER(k, crypto.SHA256)
	rs := raw(k.Curve, parseDER(der))
	bare := testing.AllocsPerRun(20, func() {
		d := sha256.Sum256(message)
		ecdsa.VerifyASN1(pub, d[:], der)
	})
	ours := testing.AllocsPerRun(20, func() { _ = sig.Verify(formats.ES256, pub, message, rs) })
	if ours > bare+2 {
		t.Errorf("%v allocations, crypto/ecdsa alone makes %v", ours, bare)
	}
}
