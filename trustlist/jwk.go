package trustlist

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"errors"
	"fmt"
	"math/big"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/sig"
	"github.com/travelseal/travelseal/internal/strict/base64"
)

// A JWK is a public JSON Web Key as it stands in a list (RFC 7517, RFC 7518 §6, RFC 8037 §2), for importers to read with
// internal/strict/json. Certificates beside the key are none of its members: they are never trusted for being there.
type JWK struct {
	KTY string `json:"kty"`
	CRV string `json:"crv"`
	X   string `json:"x"`
	Y   string `json:"y"`
	N   string `json:"n"`
	E   string `json:"e"`
	KID string `json:"kid"`
	Use string `json:"use"`
	Alg string `json:"alg"`
}

// PublicKey gives the key, for signatures only: coordinates at the full length of their field and on the curve, a label that
// fits it. Whether it is strong enough is asked when a Snapshot is built.
func (j *JWK) PublicKey() (crypto.PublicKey, error) {
	if j.Use != "" && j.Use != "sig" { // RFC 7517 §4.2
		return nil, fmt.Errorf("its use is %q, not sig", j.Use)
	}
	key, err := j.public()
	if err != nil {
		return nil, err
	}
	return key, j.fits(key)
}

// fits holds a key to the algorithm that it is published for (RFC 7517 §4.4). A key that is labelled for another one was
// put into the list by mistake, or is not the key that the label tells of.
func (j *JWK) fits(key crypto.PublicKey) error {
	if j.Alg == "" {
		return nil
	}
	a, known := sig.FromJOSE(j.Alg)
	if j.Alg == "Ed25519" { // RFC 9864 §2.2 names EdDSA by its curve
		a, known = formats.EdDSA, true
	}
	if !known {
		return fmt.Errorf("algorithm %q is not known here", j.Alg)
	}
	fits := false
	switch k := key.(type) {
	case *ecdsa.PublicKey:
		fits = a.Scheme == formats.ECDSA && a.Curve == k.Params().Name
	case *rsa.PublicKey:
		fits = a.Scheme == formats.RSAPSS || a.Scheme == formats.RSAPKCS1
	case ed25519.PublicKey:
		fits = a.Scheme == formats.Ed25519
	}
	if !fits {
		return fmt.Errorf("algorithm %q is not one of a key of type %s %s", j.Alg, j.KTY, j.CRV)
	}
	return nil
}

func (j *JWK) public() (crypto.PublicKey, error) {
	switch j.KTY {
	case "EC":
		return j.ec()
	case "RSA":
		return j.rsa()
	case "OKP":
		if j.CRV != "Ed25519" {
			return nil, fmt.Errorf("curve %q is not known here", j.CRV)
		}
		x, err := fixed("x", j.X, ed25519.PublicKeySize)
		return ed25519.PublicKey(x), err
	}
	return nil, fmt.Errorf("key type %q is not known here", j.KTY)
}

func (j *JWK) ec() (crypto.PublicKey, error) {
	curves := map[string]elliptic.Curve{"P-256": elliptic.P256(), "P-384": elliptic.P384(), "P-521": elliptic.P521()}
	curve := curves[j.CRV]
	if curve == nil {
		return nil, fmt.Errorf("curve %q is not known here", j.CRV)
	}
	size := (curve.Params().BitSize + 7) / 8
	x, err := fixed("x", j.X, size)
	if err != nil {
		return nil, err
	}
	y, err := fixed("y", j.Y, size)
	if err != nil {
		return nil, err
	}
	point := append([]byte{4}, x...)
	return ecdsa.ParseUncompressedPublicKey(curve, append(point, y...))
}

func (j *JWK) rsa() (crypto.PublicKey, error) {
	n, err := base64.Decode(base64.URLRaw, []byte(j.N))
	if err != nil {
		return nil, fmt.Errorf("n: %w", err)
	}
	e, err := base64.Decode(base64.URLRaw, []byte(j.E))
	if err != nil {
		return nil, fmt.Errorf("e: %w", err)
	}
	if len(e) == 0 || len(e) > 4 {
		return nil, errors.New("e: an exponent of one to four bytes is needed")
	}
	return &rsa.PublicKey{N: new(big.Int).SetBytes(n), E: int(new(big.Int).SetBytes(e).Int64())}, nil
}

// fixed decodes a coordinate, which RFC 7518 §6.2.1.2 gives at the full length of the field.
func fixed(name, text string, size int) ([]byte, error) {
	b, err := base64.Decode(base64.URLRaw, []byte(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(b) != size {
		return nil, fmt.Errorf("%s: %d bytes where the curve has %d", name, len(b), size)
	}
	return b, nil
}
