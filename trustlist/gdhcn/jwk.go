package gdhcn

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	"math/big"

	"github.com/travelseal/travelseal/internal/ec"
	"github.com/travelseal/travelseal/internal/strict/base64"
)

// jwk is the JSON Web Key of an entry. It is compared with the certificate and never used.
type jwk struct {
	KTY string   `json:"kty"`
	X   string   `json:"x"`
	Y   string   `json:"y"`
	N   string   `json:"n"`
	E   string   `json:"e"`
	KID string   `json:"kid"`
	X5C []string `json:"x5c"`
}

// fits reports whether the numbers of the JWK are those of a key. The name of the curve is not asked, as genuine entries
// have "UNKNOWN CURVE" there; the coordinates of a point tell its curve.
func (j *jwk) fits(key crypto.PublicKey) bool {
	switch k := key.(type) {
	case *ecdsa.PublicKey:
		point, err := k.Bytes()
		return err == nil && j.KTY == "EC" && j.isPoint(point)
	case *ec.PublicKey:
		return j.KTY == "EC" && j.isPoint(k.Bytes())
	case *rsa.PublicKey:
		return j.KTY == "RSA" && same(j.N, k.N.Bytes()) && same(j.E, big.NewInt(int64(k.E)).Bytes())
	}
	return false
}

// isPoint compares the coordinates with those of 04‖X‖Y.
func (j *jwk) isPoint(point []byte) bool {
	size := len(point) / 2
	return len(point) > 1 && same(j.X, point[1:1+size]) && same(j.Y, point[1+size:])
}

// same compares a number of a JWK with a big-endian one. WHO writes the zero byte that a signed integer needs, which RFC 7518
// §6.2.1.2 and §6.3.1.1 forbid.
func same(text string, want []byte) bool {
	got, err := base64.Decode(base64.URLRaw, []byte(text))
	return err == nil && len(got) > 0 && bytes.Equal(bytes.TrimLeft(got, "\x00"), bytes.TrimLeft(want, "\x00"))
}
