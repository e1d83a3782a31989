package sig

import (
	"crypto"
	"crypto/ed25519"
	"fmt"
	"math/big"
	"slices"

	"github.com/travelseal/travelseal/formats"
)

func verifyEd25519(a formats.Algorithm, key crypto.PublicKey, signed, signature []byte) error {
	k, ok := key.(ed25519.PublicKey)
	if !ok {
		return wrongKey(key, "Ed25519")
	}
	if a.Hash != 0 { // Ed25519ph, RFC 8032 §5.1
		return fmt.Errorf("%w: Ed25519 with a prehash", ErrUnsupported)
	}
	if err := refuseEd25519(k); err != nil {
		return err
	}
	if len(signature) != ed25519.SignatureSize {
		return fmt.Errorf("%w: %d bytes, want %d of Ed25519", ErrEncoding, len(signature), ed25519.SignatureSize)
	}
	// crypto/ed25519 refuses S at or above the group order, as RFC 8032 §5.1.7 step 1 demands; without that, S plus the
	// order would be a second signature of the same bytes.
	if ed25519.Verify(k, signed, signature) {
		return nil
	}
	if err := checkEd25519(k); err != nil {
		return err
	}
	return ErrMismatch
}

// smallOrderY holds the y coordinates, little-endian, of the eight points whose order divides 8. For such a key anyone
// can make a signature of any bytes: S = 0 and a small R will do.
var smallOrderY = [...]string{
	"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00",
	"\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00",
	"\xec\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f",
	"\x26\xe8\x95\x8f\xc2\xb2\x27\xb0\x45\xc3\xf4\x89\xf2\xef\x98\xf0\xd5\xdf\xac\x05\xd3\xc6\x33\x39\xb1\x38\x02\x88\x6d\x53\xfc\x05",
	"\xc7\x17\x6a\x70\x3d\x4d\xd8\x4f\xba\x3c\x0b\x76\x0d\x10\x67\x0f\x2a\x20\x53\xfa\x2c\x39\xcc\xc6\x4e\xc7\xfd\x77\x92\xac\x03\x7a",
}

// refuseEd25519 refuses the keys under which crypto/ed25519 would accept what RFC 8032 does not mean to be accepted.
func refuseEd25519(k ed25519.PublicKey) error {
	if len(k) != ed25519.PublicKeySize {
		return fmt.Errorf("%w: Ed25519 key of %d bytes, want %d", ErrWeakKey, len(k), ed25519.PublicKeySize)
	}
	y := [ed25519.PublicKeySize]byte(k)
	y[31] &= 0x7F // the top bit is the sign of x
	if slices.Contains(smallOrderY[:], string(y[:])) {
		return fmt.Errorf("%w: Ed25519 key of small order", ErrWeakKey)
	}
	// y must be below p = 2^255 - 19 (RFC 8032 §5.1.3 step 1); crypto/ed25519 reduces it instead.
	high := y[0] >= 0xED && y[31] == 0x7F
	for _, b := range y[1:31] {
		high = high && b == 0xFF
	}
	if high {
		return fmt.Errorf("%w: Ed25519 key is not in its shortest form", ErrWeakKey)
	}
	return nil
}

// checkEd25519 is refuseEd25519 and asks further whether there is an x for the key's y (RFC 8032 §5.1.3 step 2): whether
// x² = (y² - 1) / (dy² + 1) is a square modulo p. Neither d = -121665/121666 nor the quotient needs a division, since
// u/v is a square exactly where uv is.
func checkEd25519(k ed25519.PublicKey) error {
	if err := refuseEd25519(k); err != nil {
		return err
	}
	be := [ed25519.PublicKeySize]byte(k)
	be[31] &= 0x7F
	slices.Reverse(be[:])
	y2 := new(big.Int).SetBytes(be[:])
	y2.Mul(y2, y2)
	u := new(big.Int).Sub(y2, big.NewInt(1))
	v := y2.Mul(y2, big.NewInt(-121665))
	v.Add(v, big.NewInt(121666))
	u.Mul(u, v).Mul(u, big.NewInt(121666))
	p := new(big.Int).Lsh(big.NewInt(1), 255)
	p.Sub(p, big.NewInt(19))
	if big.Jacobi(u.Mod(u, p), p) < 0 {
		return fmt.Errorf("%w: Ed25519 key is no point of its curve", ErrWeakKey)
	}
	return nil
}
