package trustlist_test

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"encoding/base64"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/mint"
)

func b64url(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// jwk is the JSON Web Key of a key that mint made.
func jwk(t testing.TB, kind mint.KeyKind) object {
	t.Helper()
	switch pub := mint.NewKey(kind, "jwk").Public().(type) {
	case *ecdsa.PublicKey:
		point, err := pub.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		half := (len(point) - 1) / 2
		return object{"kty": "EC", "crv": string(kind), "x": b64url(point[1 : 1+half]), "y": b64url(point[1+half:])}
	case *rsa.PublicKey:
		return object{"kty": "RSA", "n": b64url(pub.N.Bytes()), "e": b64url(big.NewInt(int64(pub.E)).Bytes())}
	case ed25519.PublicKey:
		return object{"kty": "OKP", "crv": "Ed25519", "x": b64url(pub)}
	}
	t.Fatalf("no such kind: %s", kind)
	return nil
}

// algorithms are those that a key may be published for; a list may leave the label out.
var algorithms = map[mint.KeyKind][]string{
	mint.P256: {"", "ES256"}, mint.P384: {"", "ES384"}, mint.P521: {"", "ES512"},
	mint.Ed25519: {"", "EdDSA", "Ed25519"}, mint.RSA2048: {"", "PS256", "PS384", "PS512", "RS256"},
}

// RFC 7517 §4.4: what a key is published for is what it is used for.
func TestAKeyLabelledForAnotherAlgorithmIsDropped(t *testing.T) {
	labels := []string{"ES256K", "HS256", "none", "es256", "RSA-OAEP"}
	for _, fitting := range algorithms {
		labels = append(labels, fitting[1:]...)
	}
	for kind, fitting := range algorithms {
		for _, alg := range labels {
			if slices.Contains(fitting, alg) {
				continue
			}
			s := load(t, file(t, "list.json", list(t, nil, object{"jwk": with(jwk(t, kind), object{"alg": alg})})))
			if d := s.Dropped(); len(s.Anchors()) != 0 || len(d) != 1 || !strings.Contains(d[0].Reason, "jwk: algorithm ") {
				t.Errorf("%s for %s: %d anchors, dropped %+v", kind, alg, len(s.Anchors()), d)
			}
		}
	}
}

func TestPublicWebKeysAreRead(t *testing.T) {
	for _, kind := range []mint.KeyKind{mint.P256, mint.P384, mint.P521, mint.Ed25519, mint.RSA2048} {
		for _, alg := range algorithms[kind] {
			a := only(t, list(t, nil, object{"jwk": with(jwk(t, kind), object{"kid": "x", "use": "sig", "alg": alg})}))
			if !equal(a.Key, mint.NewKey(kind, "jwk").Public()) {
				t.Errorf("%s for %q: another key: %v", kind, alg, a.Key)
			}
		}
	}
}

func TestWhatIsNoPublicWebKeyIsDropped(t *testing.T) {
	short := base64.RawURLEncoding.EncodeToString(make([]byte, 31))
	p256, rsa2048, ed := jwk(t, mint.P256), jwk(t, mint.RSA2048), jwk(t, mint.Ed25519)
	for name, c := range map[string]struct {
		key    object
		reason string
	}{
		"empty":                        {object{}, `jwk: key type "" is not known here`},
		"a symmetric key":              {object{"kty": "oct"}, `jwk: key type "oct" is not known here`},
		"a type in small letters":      {with(p256, object{"kty": "ec"}), `jwk: key type "ec" is not known here`},
		"another curve":                {with(p256, object{"crv": "secp256k1"}), `jwk: curve "secp256k1" is not known here`},
		"no curve":                     {with(p256, object{"crv": ""}), `jwk: curve "" is not known here`},
		"a larger curve":               {with(p256, object{"crv": "P-384"}), "jwk: x: 32 bytes where the curve has 48"},
		"X25519":                       {with(ed, object{"crv": "X25519"}), `jwk: curve "X25519" is not known here`},
		"a short coordinate":           {with(p256, object{"x": short}), "jwk: x: 31 bytes where the curve has 32"},
		"a short second coordinate":    {with(p256, object{"y": short}), "jwk: y: 31 bytes where the curve has 32"},
		"no coordinate":                {with(p256, object{"y": ""}), "jwk: y: 0 bytes"},
		"a point off the curve":        {with(p256, object{"y": p256["x"]}), "jwk: "},
		"a coordinate with padding":    {with(p256, object{"x": p256["x"].(string) + "="}), "jwk: x: base64"},
		"a coordinate in other letter": {with(p256, object{"x": strings.Repeat("+", 43)}), "jwk: x: base64"},
		"a short Ed25519 key":          {with(ed, object{"x": short}), "jwk: x: 31 bytes"},
		"no modulus":                   {with(rsa2048, object{"n": ""}), "weak"},
		"a modulus with padding":       {with(rsa2048, object{"n": rsa2048["n"].(string) + "="}), "jwk: n: base64"},
		"a weak modulus":               {with(rsa2048, object{"n": b64url(big.NewInt(3233).Bytes())}), "weak"},
		"no exponent":                  {with(rsa2048, object{"e": ""}), "jwk: e: "},
		"an exponent with padding":     {with(rsa2048, object{"e": "AQAB="}), "jwk: e: base64"},
		"an exponent of five bytes":    {with(rsa2048, object{"e": b64url([]byte{1, 0, 0, 0, 1})}), "jwk: e: "},
		"an exponent of one":           {with(rsa2048, object{"e": "AQ"}), "weak"},
		"an exponent of 2^32-1":        {with(rsa2048, object{"e": b64url([]byte{255, 255, 255, 255})}), "weak"},
	} {
		s := load(t, file(t, "list.json", list(t, nil, object{"jwk": c.key})))
		if d := s.Dropped(); len(s.Anchors()) != 0 || len(d) != 1 || !strings.Contains(d[0].Reason, c.reason) {
			t.Errorf("%s: %d anchors, dropped %+v, want %q", name, len(s.Anchors()), d, c.reason)
		}
	}
}

// RFC 7517 §4.2: a key whose use is "enc" is none for signatures.
func TestAKeyForEncryptionSignsNothing(t *testing.T) {
	s := load(t, file(t, "list.json", list(t, nil, object{"jwk": with(jwk(t, mint.P256), object{"use": "enc"})})))
	if len(s.Anchors()) != 0 {
		t.Error("it became an anchor")
	}
}
