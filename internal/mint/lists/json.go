package lists

import (
	"encoding/base64"
	"encoding/json"
	"math/big"

	"github.com/travelseal/travelseal/internal/mint/pki"
)

// An Object is a JSON object. Its members are written in the order of their names.
type Object = map[string]any

// JSON writes a value in one line.
func JSON(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

// Base64 is RFC 4648 §4.
func Base64(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

// Base64URL is RFC 4648 §5 without padding.
func Base64URL(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// JWK is the public half of a key on a curve or of RSA (RFC 7518 §6).
func JWK(k *pki.Key) Object {
	if k.Curve == nil {
		return Object{"kty": "RSA", "n": Base64URL(k.Modulus.Bytes()), "e": Base64URL(k.Exponent.Bytes())}
	}
	fixed := func(n *big.Int) string { return Base64URL(n.FillBytes(make([]byte, k.Curve.Size()))) }
	return Object{"kty": "EC", "crv": string(k.Kind), "x": fixed(k.Public.X), "y": fixed(k.Public.Y)}
}

// SignedJWK is a JWK as WHO writes it: its numbers are signed, so that one whose first bit is set has a zero byte before it,
// and a curve without a name in RFC 7518 has none.
func SignedJWK(k *pki.Key) Object {
	j := JWK(k)
	signed := func(n *big.Int) string { return Base64URL(append([]byte{0}, n.Bytes()...)) }
	if k.Curve == nil {
		j["n"] = signed(k.Modulus)
		return j
	}
	j["x"], j["y"] = signed(k.Public.X), signed(k.Public.Y)
	if k.Kind != pki.P256 && k.Kind != pki.P384 && k.Kind != pki.P521 {
		j["crv"] = "UNKNOWN CURVE"
	}
	return j
}
