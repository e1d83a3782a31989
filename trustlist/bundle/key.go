package bundle

import (
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/theupdateframework/go-tuf/v2/metadata"
)

// A Signer signs metadata: a key in a file, or a device that keeps it.
type Signer interface {
	// Public gives the public key.
	Public() ed25519.PublicKey
	// Sign gives the Ed25519 signature of a message (RFC 8032, pure). A device may ask its owner first.
	Sign(message []byte) ([]byte, error)
}

// KeyID gives the ID by which metadata name a key: the SHA-256 of its canonical form, in hexadecimal (TUF §4.2).
func KeyID(key ed25519.PublicKey) (string, error) {
	if len(key) != ed25519.PublicKeySize {
		return "", fmt.Errorf("an Ed25519 key has %d bytes, not %d", ed25519.PublicKeySize, len(key))
	}
	return keyID(key)
}

func keyID(raw []byte) (string, error) { return tufKey(raw).ID() }

func tufKey(raw []byte) *metadata.Key {
	return &metadata.Key{
		Type: metadata.KeyTypeEd25519, Scheme: metadata.KeySchemeEd25519, Value: metadata.KeyVal{PublicKey: hex.EncodeToString(raw)},
	}
}

const publicPrefix = "travelseal-ed25519 "

// MarshalPublic gives a public key as the one line of a .pub file.
func MarshalPublic(key ed25519.PublicKey) []byte {
	return []byte(publicPrefix + hex.EncodeToString(key) + "\n")
}

// ParsePublic reads the line of a .pub file.
func ParsePublic(data []byte) (ed25519.PublicKey, error) {
	text, ok := strings.CutPrefix(strings.TrimSuffix(strings.TrimSuffix(string(data), "\n"), "\r"), publicPrefix)
	if !ok || !isHex(text, ed25519.PublicKeySize) {
		return nil, errors.New("not a public key: one line, " + publicPrefix + "and 64 hexadecimal digits")
	}
	raw, err := hex.DecodeString(text)
	return raw, err
}
