package bundle

import (
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/theupdateframework/go-tuf/v2/metadata"

	"github.com/travelseal/travelseal/internal/sig"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// The shapes of the metadata, by which every file is checked before the library gets it: it reads JSON as Go's standard
// library does, which folds the case of names and takes repeated ones. Members without a field here are refused.
type (
	wireFile[T any] struct {
		Signed     T               `json:"signed"`
		Signatures []wireSignature `json:"signatures"`
	}
	wireSignature struct {
		KeyID string `json:"keyid"`
		Sig   string `json:"sig"`
	}
	wireHead struct {
		Type    string `json:"_type"`
		Spec    string `json:"spec_version"`
		Version int64  `json:"version"`
		Expires string `json:"expires"`
	}
	wireRoot struct {
		wireHead
		Consistent bool                `json:"consistent_snapshot"`
		Keys       map[string]wireKey  `json:"keys"`
		Roles      map[string]wireRole `json:"roles"`
	}
	wireTimestamp struct {
		wireHead
		Created string              `json:"created"`
		Meta    map[string]wireMeta `json:"meta"`
	}
	wireSnapshot struct {
		wireHead
		Meta map[string]wireMeta `json:"meta"`
	}
	wireTargets struct {
		wireHead
		Targets     map[string]wireTarget `json:"targets"`
		Delegations *wireDelegations      `json:"delegations"`
	}
	wireKey struct {
		Type   string `json:"keytype"`
		Scheme string `json:"scheme"`
		Value  struct {
			Public string `json:"public"`
		} `json:"keyval"`
	}
	wireRole struct {
		KeyIDs    []string `json:"keyids"`
		Threshold int      `json:"threshold"`
	}
	wireMeta struct {
		Version int64             `json:"version"`
		Length  int64             `json:"length"`
		Hashes  map[string]string `json:"hashes"`
	}
	wireTarget struct {
		Length int64             `json:"length"`
		Hashes map[string]string `json:"hashes"`
		Custom *wireCustom       `json:"custom"`
	}
	wireCustom struct {
		Store string `json:"store"`
	}
	wireDelegations struct {
		Keys  map[string]wireKey `json:"keys"`
		Roles []wireDelegate     `json:"roles"`
	}
	wireDelegate struct {
		wireRole
		Name        string   `json:"name"`
		Paths       []string `json:"paths"`
		Terminating bool     `json:"terminating"`
	}
)

// parse reads one file of metadata in its strict form. Nothing of it is verified then.
func parse[T any](data []byte) (*wireFile[T], error) {
	var f wireFile[T]
	if err := json.UnmarshalClosed(data, &f, metadataLimits); err != nil {
		return nil, err
	}
	if n := len(f.Signatures); n > maxSignature {
		return nil, fmt.Errorf("%d signatures, the limit is %d", n, maxSignature)
	}
	seen := make(map[string]bool)
	for _, s := range f.Signatures {
		if !isHex(s.KeyID, 32) || !isHex(s.Sig, 64) {
			return nil, errors.New("a signature is not 64 bytes in hexadecimal under the ID of a key")
		}
		if seen[s.KeyID] {
			return nil, errors.New("two signatures of one key")
		}
		seen[s.KeyID] = true
	}
	return &f, nil
}

// check checks what all roles have (§4.3), and gives the moment of expiry.
func (h *wireHead) check(kind string) (time.Time, error) {
	switch {
	case h.Type != kind:
		return time.Time{}, fmt.Errorf("its _type is not %q", kind)
	case !strings.HasPrefix(h.Spec, "1."):
		return time.Time{}, errors.New("its spec_version is not 1")
	case h.Version < 1 || h.Version > maxVersion:
		return time.Time{}, errors.New("its version is no number from 1 to 2147483647")
	}
	return moment("expires", h.Expires)
}

// maxVersion bounds versions. A version is used up by each publication, and a post never goes back: whoever stole an online
// key must not be able to name one that nobody reaches.
const maxVersion = 1<<31 - 1

// moment reads a moment as the specification writes it: RFC 3339, UTC, whole seconds.
func moment(what, s string) (time.Time, error) {
	t, err := time.Parse("2006-01-02T15:04:05Z", s)
	if err != nil || t.Year() < 1970 {
		return time.Time{}, fmt.Errorf("%s is no moment like 2026-05-01T08:30:00Z", what)
	}
	return t, nil
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

// isHex reports whether s is n bytes in small hexadecimal digits.
func isHex(s string, n int) bool {
	return len(s) == 2*n && strings.Trim(s, "0123456789abcdef") == ""
}

// checkKeys checks the keys of a root or a delegation: of the one kind that is used here, and under the ID that follows
// from the key, so that one key has one ID (§4.2).
func checkKeys(keys map[string]wireKey) error {
	for id, k := range keys {
		if k.Type != metadata.KeyTypeEd25519 || k.Scheme != metadata.KeySchemeEd25519 || !isHex(k.Value.Public, 32) {
			return errors.New("a key is not an Ed25519 key")
		}
		raw, _ := hex.DecodeString(k.Value.Public) // isHex has looked
		if want, err := keyID(raw); err != nil || want != id {
			return errors.New("a key is not under the ID that follows from it")
		}
		if err := sig.CheckKey(ed25519.PublicKey(raw)); err != nil { // of small order, which signs for everybody
			return err
		}
	}
	return nil
}

// check checks the keys and the threshold of one role against the keys that are there.
func (r *wireRole) check(keys map[string]wireKey) error {
	n := len(r.KeyIDs)
	if n > maxSignature || r.Threshold < 1 || r.Threshold > n {
		return fmt.Errorf("%d of %d keys must sign: the threshold is not between 1 and the number of keys, at most %d", r.Threshold, n, maxSignature)
	}
	for i, id := range r.KeyIDs {
		if _, known := keys[id]; !known {
			return errors.New("a key of the role is not there")
		}
		if slices.Contains(r.KeyIDs[:i], id) {
			return errors.New("the role names one key twice")
		}
	}
	return nil
}

// check checks what a timestamp or a snapshot says of another file: a version, a length and a SHA-256 (§4.4, §4.6).
func (m *wireMeta) check(limit int64) error {
	if m.Version < 1 || m.Version > maxVersion || m.Length < 1 || len(m.Hashes) != 1 || !isHex(m.Hashes["sha256"], 32) {
		return errors.New("a file of metadata is not named with its version, length and SHA-256")
	}
	if m.Length > limit {
		return fmt.Errorf("a file of metadata is said to have %d bytes, the limit is %d", m.Length, limit)
	}
	return nil
}
