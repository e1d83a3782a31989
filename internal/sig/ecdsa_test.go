package sig_test

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/sig"
)

type ecdsaSignature struct{ R, S *big.Int }

func signDER(k *ecdsa.PrivateKey, h crypto.Hash) []byte {
	return must(ecdsa.SignASN1(rand.Reader, k, sum(h, message)))
}

func signRaw(k *ecdsa.PrivateKey, h crypto.Hash) []byte {
	return raw(k.Curve, parseDER(signDER(k, h)))
}

func parseDER(der []byte) (v ecdsaSignature) {
	if rest, err := asn1.Unmarshal(der, &v); err != nil || len(rest) > 0 {
		panic("not an ECDSA-Sig-Value")
	}
	return v
}

func orderLen(c elliptic.Curve) int { return (c.Params().N.BitLen() + 7) / 8 }

func raw(c elliptic.Curve, v ecdsaSignature) []byte {
	n := orderLen(c)
	out := make([]byte, 2*n)
	v.R.FillBytes(out[:n])
	v.S.FillBytes(out[n:])
	return out
}

var curves = []elliptic.Curve{elliptic.P256(), elliptic.P384(), elliptic.P521()}

func TestECDSAHoldsWithEveryHashOnEveryCurve(t *testing.T) {
	hashes := []crypto.Hash{crypto.SHA224, crypto.SHA256, crypto.SHA384, crypto.SHA512}
	for _, c := range curves {
		k := ecKey(c)
		for _, h := range hashes {
			der := signDER(k, h)
			for _, stated := range hashes {
				var want error
				if stated != h {
					want = sig.ErrMismatch
				}
				a := formats.Algorithm{Scheme: formats.ECDSA, Hash: stated}
				what := c.Params().Name + " signed with " + h.String() + ", stated " + stated.String()
				wants(t, what+", raw", sig.Verify(a, k.Public(), message, raw(c, parseDER(der))), want)
				a.Encoding = formats.DER
				wants(t, what+", DER", sig.Verify(a, k.Public(), message, der), want)
			}
		}
	}
}

func TestHighSHolds(t *testing.T) {
	for _, c := range curves {
		k := ecKey(c)
		v := parseDER(signDER(k, crypto.SHA256))
		v.S.Sub(c.Params().N, v.S)
		wants(t, c.Params().Name, sig.Verify(formats.ES256, k.Public(), message, raw(c, v)), nil)
	}
}

func TestRAndSOutsideTheOrderAreAMismatch(t *testing.T) {
	for _, c := range curves {
		k := ecKey(c)
		good := parseDER(signDER(k, crypto.SHA256))
		n := c.Params().N
		all := new(big.Int).Lsh(big.NewInt(1), uint(8*orderLen(c)))
		all.Sub(all, big.NewInt(1))
		outside := map[string]*big.Int{"0": new(big.Int), "n": n, "n+1": new(big.Int).Add(n, big.NewInt(1)), "the largest": all}
		for name, v := range outside {
			for what, bad := range map[string]ecdsaSignature{
				"r = " + name: {v, good.S}, "s = " + name: {good.R, v}, "both = " + name: {v, v},
			} {
				what = c.Params().Name + ": " + what
				err := sig.Verify(formats.ES256, k.Public(), message, raw(c, bad))
				wants(t, what+", raw", err, sig.ErrMismatch)
				if errors.Is(err, sig.ErrEncoding) {
					t.Errorf("%s, raw: the form is sound", what)
				}
				a := formats.ES256
				a.Encoding = formats.DER
				wants(t, what+", DER", sig.Verify(a, k.Public(), message, must(asn1.Marshal(bad))), sig.ErrMismatch)
			}
		}
	}
}

// r and s below the order, so that they match modulo n but not as they stand.
func TestRPlusNIsAMismatch(t *testing.T) {
	c := elliptic.P521() // its raw form has seven bits to spare
	k := ecKey(c)
	good := parseDER(signDER(k, crypto.SHA512))
	for what, bad := range map[string]ecdsaSignature{
		"r + n": {new(big.Int).Add(good.R, c.Params().N), good.S},
		"s + n": {good.R, new(big.Int).Add(good.S, c.Params().N)},
	} {
		wants(t, what, sig.Verify(formats.ES512, k.Public(), message, raw(c, bad)), sig.ErrMismatch)
	}
}

// A chosen s with the key that it belongs to: d = (sk - e) / r. So every length of s comes up, and with P-521 every length
// of the DER body about 128, where its header grows.
func TestEveryLengthOfSHolds(t *testing.T) {
	for _, c := range curves {
		n := c.Params().N
		nonce := ecKey(c)
		k := new(big.Int).SetBytes(must(nonce.Bytes()))
		r := new(big.Int).SetBytes(must(nonce.PublicKey.Bytes())[1 : 1+orderLen(c)])
		r.Mod(r, n)
		e := new(big.Int).SetBytes(sum(crypto.SHA256, message))
		for bits := 1; bits < n.BitLen(); bits++ {
			s := new(big.Int).Lsh(big.NewInt(1), uint(bits-1))
			d := new(big.Int).Mul(s, k)
			d.Sub(d, e).Mul(d, new(big.Int).ModInverse(r, n)).Mod(d, n)
			key := must(ecdsa.ParseRawPrivateKey(c, d.FillBytes(make([]byte, orderLen(c)))))
			err := sig.Verify(formats.ES256, key.Public(), message, raw(c, ecdsaSignature{r, s}))
			wants(t, fmt.Sprintf("%s, s of %d bits", c.Params().Name, bits), err, nil)
			if c == elliptic.P521() {
				bits += 3 // a curve without assembly is slow
			}
		}
	}
}

func TestOneFormGivenForTheOtherIsAnEncodingError(t *testing.T) {
	for _, c := range curves {
		k := ecKey(c)
		der := signDER(k, crypto.SHA256)
		a := formats.ES256
		wants(t, c.Params().Name+", DER as raw", sig.Verify(a, k.Public(), message, der), sig.ErrEncoding)
		a.Encoding = formats.DER
		wants(t, c.Params().Name+", raw as DER", sig.Verify(a, k.Public(), message, raw(c, parseDER(der))), sig.ErrEncoding)
		a.Encoding = 2
		wants(t, c.Params().Name+", encoding 2", sig.Verify(a, k.Public(), message, der), sig.ErrUnsupported)
	}
}

func TestRawOfAnotherLengthIsAnEncodingError(t *testing.T) {
	for _, c := range curves {
		k := ecKey(c)
		good := signRaw(k, crypto.SHA256)
		half := len(good) / 2
		padded := append(append([]byte{0}, good[:half]...), append([]byte{0}, good[half:]...)...)
		for what, bad := range map[string][]byte{
			"none": nil, "r alone": good[:half], "a byte short": good[1:], "a zero before each": padded,
			"a zero behind": append(append([]byte(nil), good...), 0),
		} {
			wants(t, c.Params().Name+": "+what, sig.Verify(formats.ES256, k.Public(), message, bad), sig.ErrEncoding)
		}
	}
}

// Each form below stands for the integers of a good signature, or nearly so, in a spelling that DER does not allow.
func TestDERIsStrict(t *testing.T) {
	for _, c := range []elliptic.Curve{elliptic.P256(), elliptic.P521()} { // header of two bytes and of three
		k := ecKey(c)
		good := signDER(k, crypto.SHA256)
		v := parseDER(good)
		r, s := must(asn1.Marshal(v.R)), must(asn1.Marshal(v.S))
		cat := func(parts ...[]byte) (out []byte) {
			for _, p := range parts {
				out = append(out, p...)
			}
			return out
		}
		sequence := func(body ...[]byte) []byte {
			return must(asn1.Marshal(asn1.RawValue{Tag: asn1.TagSequence, IsCompound: true, Bytes: cat(body...)}))
		}
		integer := func(content ...[]byte) []byte {
			b := cat(content...)
			return cat([]byte{2, byte(len(b))}, b)
		}
		body := cat(r, s)
		n := byte(len(body))
		wants(t, "the good signature", verifyDER(k, sequence(r, s)), nil)
		for what, bad := range map[string][]byte{
			"empty":                          {},
			"a tag alone":                    {0x30},
			"empty sequence":                 {0x30, 0},
			"r alone":                        sequence(r),
			"three integers":                 sequence(r, s, s),
			"a byte behind the sequence":     cat(good, []byte{0}),
			"a byte behind s":                sequence(r, s, []byte{0}),
			"a set":                          cat([]byte{0x31}, good[1:]),
			"a primitive sequence":           cat([]byte{0x10}, good[1:]),
			"length of two bytes":            cat([]byte{0x30, 0x82, 0, n}, body),
			"indefinite length":              cat([]byte{0x30, 0x80}, body, []byte{0, 0}),
			"length too long by one":         cat([]byte{0x30, 0x81, n + 1}, body),
			"r with a leading zero":          sequence(integer([]byte{0}, r[2:]), s),
			"s with a leading zero":          sequence(r, integer([]byte{0}, s[2:])),
			"r with its length in two bytes": sequence([]byte{2, 0x81, r[1]}, r[2:], s),
			"r of no bytes":                  sequence([]byte{2, 0}, s),
			"s of no bytes":                  sequence(r, []byte{2, 0}),
			"r longer than what follows":     sequence([]byte{2, 0x7F}, r[2:], s),
			"r negative":                     sequence(integer([]byte{0x80 | r[2]}, r[3:]), s),
			"r as an octet string":           sequence(cat([]byte{4}, r[1:]), s),
			"s as an octet string":           sequence(r, cat([]byte{4}, s[1:])),
			"length too short by one":        cat([]byte{0x30, 5}, integer([]byte{1}), integer([]byte{1})),
			"length of the long form alone":  cat([]byte{0x30, 0x82}, integer(ones(63)), integer(ones(63))),
			"integer of indefinite length":   sequence([]byte{2, 0x80}, ones(0x80), integer([]byte{1})),
			"longer than any":                sequence(integer(ones(68)), integer(ones(68))),
		} {
			if what == "r negative" && r[2] == 0 {
				continue // 0x80 before a byte with its top bit is another spelling error, tried above
			}
			wants(t, c.Params().Name+": "+what, verifyDER(k, bad), sig.ErrEncoding)
			if ecdsa.VerifyASN1(&k.PublicKey, sum(crypto.SHA256, message), bad) {
				t.Errorf("%s: %s: crypto/ecdsa takes it", c.Params().Name, what)
			}
		}
	}
	// A header of three bytes where two would do.
	k := ecKey(elliptic.P256())
	good := signDER(k, crypto.SHA256)
	wants(t, "length in two bytes", verifyDER(k, append([]byte{0x30, 0x81, good[1]}, good[2:]...)), sig.ErrEncoding)
}

func ones(n int) []byte { return bytes.Repeat([]byte{1}, n) }

func verifyDER(k *ecdsa.PrivateKey, der []byte) error {
	a := formats.ES256
	a.Encoding = formats.DER
	return sig.Verify(a, k.Public(), message, der)
}

func TestTheCurveThatTheAlgorithmFixesIsRequired(t *testing.T) {
	for _, c := range curves {
		k := ecKey(c)
		signature := signRaw(k, crypto.SHA256)
		for _, stated := range []string{"", "P-256", "P-384", "P-521", "p-256", "brainpoolP256r1"} {
			a := formats.ES256
			a.Curve = stated
			var want error
			if stated != "" && stated != c.Params().Name {
				want = sig.ErrKeyType
			}
			wants(t, c.Params().Name+", stated "+stated, sig.Verify(a, k.Public(), message, signature), want)
		}
	}
}
