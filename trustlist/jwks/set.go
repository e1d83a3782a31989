package jwks

import (
	"crypto"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/json"
	"github.com/travelseal/travelseal/trustlist"
)

// The reasons for which a key set is refused as a whole. They come within a *trustlist.LoadError.
var (
	// ErrFormat means that the source is something else, such as the page of a web server in place of the file.
	ErrFormat = errors.New("SOURCE_FORMAT: this is no JSON Web Key Set")
	// ErrUnpinned means that the caller has neither pinned the digest of the file nor said that it need not be authentic.
	ErrUnpinned = errors.New("the digest of the key set is not pinned, and nothing else vouches for it")
	// ErrIssuer means that nobody says whose keys they are, or that two say different things.
	ErrIssuer = errors.New("it is not known whose keys they are")
	// ErrEmpty means that no key of the set can be used.
	ErrEmpty = errors.New("SOURCE_EMPTY: the key set holds no key that can be used")
	// ErrLimit means that a key set exceeds one of the limits of this package.
	ErrLimit = errors.New("the key set exceeds a limit")
)

func refuse(source string, err error) error { return &trustlist.LoadError{Source: source, Err: err} }

// MaxKeys bounds the keys of a set.
const MaxKeys = 1000

// A Trust says what a key set is held against. The zero Trust takes none.
type Trust struct {
	// Digests are what the caller has pinned: the file must be one of them.
	Digests []trustlist.DigestPin
	// Unauthenticated takes a key set without a digest. It is not authenticated then, and says so.
	Unauthenticated bool
	// Issuer is whose keys they are, as documents write it. "" leaves it to the address of the digest, or to the set.
	Issuer string
	// Scope lists the formats that the keys may seal; an empty Scope none.
	Scope []formats.ID
}

// A Set is one key set. It is not changed after it was read.
type Set struct {
	// Source has the name given by the caller and the digest of the file. Its date is zero: a key set has none.
	Source trustlist.Source
	Issuer string
	Scope  []formats.ID
	Keys   []Key
}

// A Key is one key of a set, whether it can be used or not.
type Key struct {
	KeyID   string
	Public  crypto.PublicKey // nil where it cannot be read
	Dropped string           // why it is left out; "" where it is not
}

// ReadSet reads a key set and holds it against what the caller trusts. The name is for messages. The error is a
// *trustlist.LoadError around one of this package's errors; what is wrong with one key alone stands there.
func ReadSet(name string, data []byte, trust Trust) (*Set, error) {
	s := &Set{Source: trustlist.Source{Name: name, SHA256: sha256.Sum256(data)}, Issuer: trust.Issuer, Scope: trust.Scope}
	if err := s.read(data, trust); err != nil {
		return nil, refuse(name, err)
	}
	return s, nil
}

func (s *Set) read(data []byte, trust Trust) error {
	if err := s.authenticate(trust); err != nil {
		return err
	}
	v, err := json.Parse(data, json.Limits{Depth: 8, Items: 40 * MaxKeys})
	if err != nil {
		return fmt.Errorf("%w: %w", ErrFormat, err)
	}
	var keys json.Value
	for name, member := range v.Members() {
		switch name {
		case "keys":
			keys = member
		case "issuer":
			issuer, _ := member.Text()
			if issuer == "" || s.Issuer != "" && s.Issuer != issuer {
				return ErrIssuer
			}
			s.Issuer = issuer
		}
	}
	if keys.Kind() != json.Array {
		return ErrFormat
	}
	if s.Issuer == "" {
		return ErrIssuer
	}
	return s.readKeys(keys)
}

// authenticate demands that the file is one that the caller has pinned.
func (s *Set) authenticate(trust Trust) error {
	for _, p := range trust.Digests {
		if p.SHA256 != s.Source.SHA256 {
			continue
		}
		s.Source.Authentication = trustlist.PinnedHash
		issuer, isAddress := strings.CutSuffix(p.Name, wellKnown)
		if !isAddress || !strings.HasPrefix(issuer, "https://") {
			return nil
		}
		if s.Issuer != "" && s.Issuer != issuer {
			return ErrIssuer
		}
		s.Issuer = issuer
		return nil
	}
	if !trust.Unauthenticated {
		return ErrUnpinned
	}
	return nil
}

// wellKnown is where the key set of an issuer is, below its address.
const wellKnown = "/.well-known/jwks.json"

// The reasons for which a key is left out, beside those of package trustlist.
const (
	isUnreadable = "it cannot be read"
	hasNoKeyID   = "it has no key ID"
	isTwice      = "its key ID stands in the set twice"
)

func (s *Set) readKeys(keys json.Value) error {
	seen := make(map[string]bool)
	usable := false
	for i, v := range keys.Elements() {
		if i == MaxKeys {
			return fmt.Errorf("%w: more than %d keys", ErrLimit, MaxKeys)
		}
		k := readKey(v)
		if k.Dropped == "" && seen[k.KeyID] {
			k.Dropped = isTwice
		}
		seen[k.KeyID] = true
		usable = usable || k.Dropped == ""
		s.Keys = append(s.Keys, k)
	}
	if !usable {
		return ErrEmpty
	}
	return nil
}

func readKey(v json.Value) Key {
	var j trustlist.JWK
	if err := json.Unmarshal(v.Raw(), &j, json.Limits{Depth: 4, Items: 64}); err != nil {
		return Key{Dropped: fmt.Sprintf("%s: %v", isUnreadable, err)}
	}
	k := Key{KeyID: j.KID}
	public, err := j.PublicKey()
	switch {
	case err != nil:
		k.Dropped = fmt.Sprintf("%s: %v", isUnreadable, err)
	case j.KID == "":
		k.Dropped = hasNoKeyID
	default:
		k.Public = public
	}
	return k
}
