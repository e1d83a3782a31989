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
	// Partial says that the list proves revocations and no more: it answers NotConfigured for a document that it does not
	// name, as a list does that has been gathered from some issuers only.
	Partial bool
	entries map[string]map[[HashSize]byte]cutoff
}

// A cutoff is the moment, in Unix seconds, before which a document must have been issued for its entry to revoke it; 0
// revokes it whenever it was issued.
type cutoff int64

// covers reports whether an entry revokes a document of that date. A document that does not say when it was issued cannot
// show that it is newer than its revocation.
func (c cutoff) covers(issued time.Time) bool {
	return c == 0 || issued.IsZero() || issued.Unix() < int64(c)
}

// Add puts one entry into a list that is being built: it revokes the documents that were issued before a moment, or all of
// them where the moment is zero. SMART Health Cards revoke one identifier so when a person's card was replaced. Of two
// entries for one value the wider counts. Lists are not changed after they have become part of a Snapshot.
func (r *Revocations) Add(kind string, hash [HashSize]byte, issuedBefore time.Time) {
	if r.entries == nil {
		r.entries = make(map[string]map[[HashSize]byte]cutoff)
	}
	if r.entries[kind] == nil {
		r.entries[kind] = make(map[[HashSize]byte]cutoff)
	}
	c := cutoff(0)
	if !issuedBefore.IsZero() {
		c = max(cutoff(issuedBefore.Unix()), 1) // nothing here was issued before 1970
	}
	if known, twice := r.entries[kind][hash]; twice && (known == 0 || c != 0 && known > c) {
		c = known
	}
	r.entries[kind][hash] = c
}

// merge adds another list. Two whole lists are one that is as old as the older and as stale as the sooner; a partial list
// says nothing of the other's dates.
func (r *Revocations) merge(o *Revocations) {
	switch {
	case o.Partial && !r.Partial:
	case r.Partial && !o.Partial:
		r.Created, r.NextUpdate, r.Partial = o.Created, o.NextUpdate, false
	default:
		if o.Created.Before(r.Created) {
			r.Created = o.Created
		}
		if r.NextUpdate.IsZero() || !o.NextUpdate.IsZero() && o.NextUpdate.Before(r.NextUpdate) {
			r.NextUpdate = o.NextUpdate
		}
	}
	for kind, hashes := range o.entries {
		for hash, c := range hashes {
			before := time.Time{}
			if c != 0 {
				before = time.Unix(int64(c), 0)
			}
			r.Add(kind, hash, before)
		}
	}
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
	State  RevocationState
	Kind   string    // the handle that matched
	Since  time.Time // when a certificate was revoked
	Detail string    // what there is to say about lists of certificates
}

// Revoked asks the list about the handles of a document that says it was issued at one moment, as of another.
func (s *Snapshot) Revoked(handles []formats.Handle, issued, at time.Time) RevocationAnswer {
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
		if c, ok := known[[HashSize]byte(sum[:HashSize])]; ok && c.covers(issued) {
			return RevocationAnswer{State: Revoked, Kind: h.Kind}
		}
	}
	if r.Partial {
		return RevocationAnswer{}
	}
	if !r.NextUpdate.IsZero() && at.After(r.NextUpdate) {
		return RevocationAnswer{State: Unavailable}
	}
	return RevocationAnswer{State: Good}
}
