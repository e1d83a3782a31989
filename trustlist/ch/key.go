package ch

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"fmt"
	"math/big"
	"strings"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/base64"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// A Key is one key of a list, whether it can be used or not.
type Key struct {
	Index   int // its place in the list, from 0
	KeyID   []byte
	Public  crypto.PublicKey // nil where it cannot be read
	Uses    formats.Uses
	Dropped string // why it is left out; "" where it is not
}

// The reasons for which a key is left out.
const (
	isUnreadable = "it cannot be read"
	badKeyID     = "its key ID is not the base64 of eight bytes"
	isInactive   = "it is not among the keys that are in force"
	otherUse     = "its use is not known here"
	isRepeated   = "it stands in the list twice"
	keyConflict  = "KEY_CONFLICT: its numbers are those of another key than its subjectPublicKeyInfo"
)

// keyIDSize is the length of the kid (eHealth Network, "Digital Green Certificates, volume 1", §3.2.2).
const keyIDSize = 8

var keyLimits = json.Limits{Depth: 3, Items: 64}

// entry is one key of the list. Its numbers are base64 with padding, and not base64url as RFC 7518 §6 has it.
type entry struct {
	KeyID     string `json:"keyId"`
	Algorithm string `json:"alg"`
	Use       string `json:"use"`
	Curve     string `json:"crv"`
	X         string `json:"x"`
	Y         string `json:"y"`
	N         string `json:"n"`
	E         string `json:"e"`
	SPKI      string `json:"subjectPublicKeyInfo"`
}

func (l *List) readKeys(keys json.Value, inForce map[string]bool) error {
	seen := make(map[string]bool)
	usable := false
	for i, v := range keys.Elements() {
		if i == MaxKeys {
			return fmt.Errorf("%w: more than %d keys", ErrLimit, MaxKeys)
		}
		k := readKey(v, inForce, seen)
		k.Index = i
		usable = usable || k.Dropped == ""
		l.Keys = append(l.Keys, k)
	}
	if !usable {
		return ErrEmpty
	}
	return nil
}

func readKey(v json.Value, inForce, seen map[string]bool) Key {
	var k Key
	var j entry
	if err := json.Unmarshal(v.Raw(), &j, keyLimits); err != nil {
		k.Dropped = fmt.Sprintf("%s: %v", isUnreadable, err)
		return k
	}
	var err error
	if k.KeyID, err = base64.Decode(base64.StdPadded, []byte(j.KeyID)); err != nil || len(k.KeyID) != keyIDSize {
		k.Dropped = badKeyID
		return k
	}
	if !inForce[j.KeyID] {
		k.Dropped = isInactive
		return k
	}
	k.Uses = usesOf(j.Use)
	switch k.Public, err = j.public(); {
	case errors.Is(err, errConflict):
		k.Public, k.Dropped = nil, keyConflict
	case err != nil:
		k.Public, k.Dropped = nil, fmt.Sprintf("%s: %v", isUnreadable, err)
	case k.Uses == 0:
		k.Dropped = otherUse
	case seen[string(v.Raw())]:
		k.Dropped = isRepeated
	}
	seen[string(v.Raw())] = true
	return k
}

// usesOf gives what a key may vouch for: the letters of vaccination, test and recovery, and everything where there is none
// (EU certificate governance §4.3).
func usesOf(use string) formats.Uses {
	if use == "" {
		return formats.AllUses
	}
	var uses formats.Uses
	for letter, u := range map[string]formats.Uses{"v": formats.Vaccination, "t": formats.Test, "r": formats.Recovery} {
		if strings.Contains(use, letter) {
			uses |= u
		}
	}
	if strings.Trim(use, "vtr") != "" {
		return 0
	}
	return uses
}

var errConflict = errors.New("two keys")

// public gives the key of an entry: from its numbers, from its SubjectPublicKeyInfo, or from both where they are the same.
func (j entry) public() (crypto.PublicKey, error) {
	numbers, err := j.numbers()
	if err != nil {
		return nil, err
	}
	if j.SPKI == "" {
		if numbers == nil {
			return nil, errors.New("it has no key")
		}
		return numbers, nil
	}
	der, err := base64.Decode(base64.StdPadded, []byte(j.SPKI))
	if err != nil {
		return nil, fmt.Errorf("subjectPublicKeyInfo: %w", err)
	}
	key, err := x509.ParsePKIXPublicKey(der)
	if err != nil {
		return nil, fmt.Errorf("subjectPublicKeyInfo: %w", err)
	}
	if !j.fits(key) {
		return nil, errConflict
	}
	if other, ok := numbers.(interface{ Equal(crypto.PublicKey) bool }); ok && !other.Equal(key) {
		return nil, errConflict
	}
	return key, nil
}

// fits holds a key to the algorithm of its entry.
func (j entry) fits(key crypto.PublicKey) bool {
	switch key.(type) {
	case *ecdsa.PublicKey:
		return j.Algorithm == "ES256"
	case *rsa.PublicKey:
		return j.Algorithm == "RS256" // by which the list calls keys of RSA; the documents are sealed with PS256
	}
	return false
}

// numbers gives the key of the coordinates, or of modulus and exponent; nil where there are none.
func (j entry) numbers() (crypto.PublicKey, error) {
	var parts [4][]byte
	for i, p := range []struct{ name, text string }{{"x", j.X}, {"y", j.Y}, {"n", j.N}, {"e", j.E}} {
		b, err := base64.Decode(base64.StdPadded, []byte(p.text))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.name, err)
		}
		parts[i] = b
	}
	x, y, n, e := parts[0], parts[1], parts[2], parts[3]
	switch j.Algorithm {
	case "ES256":
		if len(x) == 0 && len(y) == 0 {
			return nil, nil
		}
		if x, y = fixed(x), fixed(y); x == nil || y == nil || j.Curve != "" && j.Curve != "P-256" {
			return nil, errors.New("it is no point on P-256")
		}
		return ecdsa.ParseUncompressedPublicKey(elliptic.P256(), append(append([]byte{4}, x...), y...))
	case "RS256":
		if len(n) == 0 && len(e) == 0 {
			return nil, nil
		}
		if e = bytes.TrimLeft(e, "\x00"); len(e) == 0 || len(e) > 4 || len(n) == 0 {
			return nil, errors.New("it has no modulus, or no exponent of one to four bytes")
		}
		return &rsa.PublicKey{N: new(big.Int).SetBytes(n), E: int(new(big.Int).SetBytes(e).Int64())}, nil
	}
	return nil, fmt.Errorf("algorithm %q is not known here", j.Algorithm)
}

// fixed gives a coordinate at the length of the field. Programs that write signed integers put a zero before it.
func fixed(b []byte) []byte {
	if len(b) == 0 {
		return nil
	}
	if b = bytes.TrimLeft(b, "\x00"); len(b) > 32 {
		return nil
	}
	return append(make([]byte, 32-len(b)), b...)
}
