package vci

import (
	"bytes"
	"crypto"
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/json"
	"github.com/travelseal/travelseal/trustlist"
)

// The limits of a snapshot. The published one has 651 issuers, 961 keys and some 1300 revoked cards.
const (
	MaxIssuers = 20_000
	maxItems   = 2_000_000
)

// A Trust says from whom a snapshot is taken. The zero Trust takes none.
type Trust struct {
	// Publisher are the pinned keys or certificates of the directory. They come to the caller on another way than the
	// snapshot.
	Publisher []trustlist.Anchor
	// Signatures are what may be the signature of the snapshot: ECDSA-Sig-Value in DER (RFC 3279 §2.2.3). At most 16 are
	// looked at.
	Signatures [][]byte
	// Unauthenticated takes a snapshot from anybody. The signatures are then not looked at, and the snapshot says so.
	Unauthenticated bool
	// Stale takes issuers whose keys the directory has not had for more than MaxAge. The date of each anchor's source then says
	// for how long.
	Stale bool
	// Since is the moment of the last snapshot seen. One that was made before is refused.
	Since time.Time
}

// A Snapshot is one snapshot of the directory. It is not changed after it was read.
type Snapshot struct {
	// Source has the name given by the caller, the moment of the snapshot, and the digest of the whole file.
	Source  trustlist.Source
	Issuers []Issuer
	// Signer is the pinned anchor that answers for the snapshot; nil where it is not authenticated.
	Signer *trustlist.Anchor
}

// algorithm signs snapshots. The curve is that of the pinned key.
var algorithm = formats.Algorithm{Scheme: formats.ECDSA, Hash: crypto.SHA512, Encoding: formats.DER}

const maxSignatures = 16

// ReadSnapshot reads a snapshot and holds it against whom the caller trusts. The name is for messages. The error is a
// *trustlist.LoadError around one of this package's errors; what is wrong with one issuer or key alone stands there.
func ReadSnapshot(name string, data []byte, trust Trust) (*Snapshot, error) {
	if len(trust.Publisher) == 0 && !trust.Unauthenticated {
		return nil, refuse(name, ErrUnpinned)
	}
	s := &Snapshot{Source: trustlist.Source{Name: name, SHA256: sha256.Sum256(data)}}
	if err := s.read(data, trust); err != nil {
		return nil, refuse(name, err)
	}
	return s, nil
}

func (s *Snapshot) read(data []byte, trust Trust) error {
	if !bytes.HasPrefix(bytes.TrimLeft(data, " \t\r\n"), []byte("{")) {
		return ErrFormat
	}
	if !trust.Unauthenticated {
		if err := s.authenticate(data, trust); err != nil {
			return err
		}
	}
	if err := s.content(data, trust.Stale); err != nil {
		return err
	}
	if s.Signer != nil && !s.Signer.ValidAt(s.Source.Date) {
		return fmt.Errorf("%w at a time when its certificate was valid", ErrSignature)
	}
	if s.Source.Date.Before(trust.Since) {
		return ErrOlder
	}
	for _, i := range s.Issuers {
		for _, k := range i.Keys {
			if k.Dropped == "" && i.Dropped == "" {
				return nil
			}
		}
	}
	return ErrEmpty
}

// authenticate demands that a pinned key has signed the bytes of the file.
func (s *Snapshot) authenticate(data []byte, trust Trust) error {
	for _, signature := range trust.Signatures[:min(len(trust.Signatures), maxSignatures)] {
		if signer := trustlist.SignedBy(trust.Publisher, algorithm, data, signature); signer != nil {
			s.Signer, s.Source.Authentication = signer, trustlist.SignedList
			return nil
		}
	}
	if len(trust.Signatures) == 0 {
		return fmt.Errorf("%w: there is no signature", ErrSignature)
	}
	return ErrSignature
}

func (s *Snapshot) content(data []byte, stale bool) error {
	v, err := json.Parse(data, json.Limits{Depth: 8, Items: maxItems})
	if err != nil {
		return fmt.Errorf("%w: %w", ErrFormat, err)
	}
	var moment, issuers json.Value
	for name, member := range v.Members() {
		switch name {
		case "time":
			moment = member
		case "issuerInfo":
			issuers = member
		}
	}
	var ok bool
	if s.Source.Date, ok = instant(moment); !ok {
		return fmt.Errorf("%w: time is no moment (RFC 3339)", ErrFormat)
	}
	if issuers.Kind() != json.Array {
		return fmt.Errorf("%w: it has no issuerInfo", ErrFormat)
	}
	r := reader{seen: make(map[string]bool), made: s.Source.Date, stale: stale}
	for i, v := range issuers.Elements() {
		if i == MaxIssuers {
			return fmt.Errorf("%w: more than %d issuers", ErrLimit, MaxIssuers)
		}
		s.Issuers = append(s.Issuers, r.issuer(i, v))
	}
	return nil
}

// instant gives a text that is a moment.
func instant(v json.Value) (time.Time, bool) {
	text, ok := v.Text()
	if !ok {
		return time.Time{}, false
	}
	t, err := time.Parse(time.RFC3339, text)
	return t, err == nil
}
