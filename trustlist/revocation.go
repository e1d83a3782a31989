package trustlist

import (
	"crypto/sha256"
	"time"

	"github.com/travelseal/travelseal/formats"
)

// HashSize is how much of a SHA-256 digest revocation lists keep: the first 16 bytes, as the EU gateway does.
const HashSize = 16

// Revocations is one immutable list of revoked documents. Each entry is a Kind of formats.Handle and the first HashSize
// bytes of the SHA-256 digest of the handle's data.
type Revocations struct {
	// Created and NextUpdate are the list's own dates; a list whose NextUpdate has passed answers Unavailable.
	Created, NextUpdate time.Time
	entries             map[string]map[[HashSize]byte]struct{}
}

// Add puts one entry into a list that is being built. Lists are not changed after they have become part of a Snapshot.
func (r *Revocations) Add(kind string, hash [HashSize]byte) {
	if r.entries == nil {
		r.entries = make(map[string]map[[HashSize]byte]struct{})
	}
	if r.entries[kind] == nil {
		r.entries[kind] = make(map[[HashSize]byte]struct{})
	}
	r.entries[kind][hash] = struct{}{}
}

// Len is the number of entries.
func (r *Revocations) Len() int {
	n := 0
	for _, m := range r.entries {
		n += len(m)
	}
	return n
}

// A RevocationState says what a list knows about a document. The zero state is that there is no list.
type RevocationState int

const (
	// NotConfigured means that the relying party has no revocation list.
	NotConfigured RevocationState = iota
	// Unavailable means that there is a list, but it cannot answer: it is out of date. It is never read as "good".
	Unavailable
	// Good means that an up-to-date list does not name the document.
	Good
	// Revoked means that the list names the document. A list that is out of date still proves a revocation.
	Revoked
)

var revocationNames = [...]string{"not configured", "unavailable", "good", "revoked"}

func (s RevocationState) String() string {
	if s < 0 || int(s) >= len(revocationNames) {
		return "unknown"
	}
	return revocationNames[s]
}

// A RevocationAnswer is what a list says, and by which handle.
type RevocationAnswer struct {
	State RevocationState
	Kind  string // the handle that matched
}

// Revoked asks the list about a document's handles, as of one moment.
func (s *Snapshot) Revoked(handles []formats.Handle, at time.Time) RevocationAnswer {
	if s == nil || s.revocations == nil {
		return RevocationAnswer{}
	}
	r := s.revocations
	for _, h := range handles {
		known := r.entries[h.Kind]
		if len(known) == 0 {
			continue
		}
		sum := sha256.Sum256(h.Data)
		if _, ok := known[[HashSize]byte(sum[:HashSize])]; ok {
			return RevocationAnswer{State: Revoked, Kind: h.Kind}
		}
	}
	if !r.NextUpdate.IsZero() && at.After(r.NextUpdate) {
		return RevocationAnswer{State: Unavailable}
	}
	return RevocationAnswer{State: Good}
}
