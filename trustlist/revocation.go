package trustlist

import (
	"crypto/sha256"
	"iter"
	"slices"
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
	// name, as a list does that has been gathered from some issuers only. Once its NextUpdate has passed, it too answers
	// Unavailable, for documents with handles of the kinds that it has entries of.
	Partial bool
	entries map[string]map[[HashSize]byte]cutoff
	// ends are the next updates of partial lists that were merged, by the kinds that they have entries of.
	ends map[string]time.Time
}

// A cutoff is the moment, in Unix seconds, before which a document must have been issued for its entry to revoke it; 0
// revokes it whenever it was issued.
type cutoff int64

// covers reports whether an entry revokes a document of that date. A document that does not say when it was issued cannot
// show that it is newer than its revocation.
func (c cutoff) covers(issued time.Time) bool {
	return c == 0 || issued.IsZero() || issued.Unix() < int64(c)
}

func cutoffAt(issuedBefore time.Time) cutoff {
	if issuedBefore.IsZero() {
		return 0
	}
	return max(cutoff(issuedBefore.Unix()), 1) // nothing here was issued before 1970
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
	c := cutoffAt(issuedBefore)
	if known, twice := r.entries[kind][hash]; twice && (known == 0 || c != 0 && known > c) {
		c = known
	}
	r.entries[kind][hash] = c
}

// find looks an entry up; a nil list has none.
func (r *Revocations) find(kind string, hash [HashSize]byte) (cutoff, bool) {
	if r == nil {
		return 0, false
	}
	c, ok := r.entries[kind][hash]
	return c, ok
}

// merge adds another list. Two whole lists are one that is as old as the older and as stale as the sooner; a partial list says
// nothing of the other's dates, and ends by itself.
func (r *Revocations) merge(o *Revocations) {
	switch {
	case o.Partial && !r.Partial:
	case r.Partial && !o.Partial:
		r.Created, r.NextUpdate, r.Partial = o.Created, o.NextUpdate, false
	default:
		if o.Created.Before(r.Created) {
			r.Created = o.Created
		}
		if !o.Partial {
			r.NextUpdate = sooner(r.NextUpdate, o.NextUpdate)
		}
	}
	for kind := range o.entries {
		if o.Partial {
			r.end(kind, o.NextUpdate)
		}
		r.end(kind, o.ends[kind])
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

// end notes when a partial list with entries of a kind ends.
func (r *Revocations) end(kind string, t time.Time) {
	if t.IsZero() {
		return
	}
	if r.ends == nil {
		r.ends = make(map[string]time.Time)
	}
	r.ends[kind] = sooner(r.ends[kind], t)
}

// stale reports whether the list is out of date for a document.
func (r *Revocations) stale(handles []formats.Handle, at time.Time) bool {
	if r == nil {
		return false
	}
	if !r.Partial && past(r.NextUpdate, at) {
		return true
	}
	return slices.ContainsFunc(handles, func(h formats.Handle) bool {
		_, has := r.entries[h.Kind]
		return has && (past(r.ends[h.Kind], at) || r.Partial && past(r.NextUpdate, at))
	})
}

func past(end, at time.Time) bool { return !end.IsZero() && at.After(end) }

// A Revocation is one entry: the kind of the handle, the beginning of the digest of its data, and the moment before which
// documents are revoked (zero for all).
type Revocation struct {
	Kind         string
	Hash         [HashSize]byte
	IssuedBefore time.Time
}

// Entries gives all entries, in no order.
func (r *Revocations) Entries() iter.Seq[Revocation] {
	return func(yield func(Revocation) bool) {
		for kind, hashes := range r.entries {
			for hash, c := range hashes {
				e := Revocation{Kind: kind, Hash: hash}
				if c != 0 {
					e.IssuedBefore = time.Unix(int64(c), 0).UTC()
				}
				if !yield(e) {
					return
				}
			}
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

// A RevocationStore is a list of revoked documents that is too large for memory; package trustlist/revstore has one. Its
// methods are safe for concurrent use.
type RevocationStore interface {
	// Find looks up a Kind of formats.Handle and the first HashSize bytes of the SHA-256 digest of the handle's data. Where
	// issuedBefore is not zero, only documents issued before it are revoked. An error means that the store cannot answer.
	Find(kind string, hash [HashSize]byte) (found bool, issuedBefore time.Time, err error)
	// Dates gives the list's own dates, as Revocations has them; zero where it has none.
	Dates() (created, nextUpdate time.Time)
	// A store may have three methods more. Kinds() []string lists the kinds that it has entries of: it then says nothing of
	// documents without one of them. Counts() map[string]int64 counts them. Partial() bool is as in Revocations.
}

// A RevocationState says what a list knows about a document. The zero state is that there is no list.
type RevocationState int

const (
	// NotConfigured means that the relying party has no revocation list.
	NotConfigured RevocationState = iota
	// Unavailable means that there is a list, but it cannot answer: it is out of date or cannot be read. It is never read as
	// "good".
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
	Detail string    // what there is to say about lists of certificates, and why a list of documents cannot be read
}

// Revoked asks the lists about the handles of a document that says it was issued at one moment, as of another. What one
// list revokes, no other restores; and only where every list can answer and is up to date, the answer is Good.
func (s *Snapshot) Revoked(handles []formats.Handle, issued, at time.Time) RevocationAnswer {
	if s == nil || s.revocations == nil && len(s.stores) == 0 {
		return RevocationAnswer{}
	}
	answer := RevocationAnswer{State: Good}
	for _, h := range handles {
		sum := sha256.Sum256(h.Data)
		hash := [HashSize]byte(sum[:])
		if c, ok := s.revocations.find(h.Kind, hash); ok && c.covers(issued) {
			return RevocationAnswer{State: Revoked, Kind: h.Kind}
		}
		for _, store := range s.stores {
			found, before, err := store.Find(h.Kind, hash)
			if err != nil { // another handle, or another list, may still prove a revocation
				answer = RevocationAnswer{State: Unavailable, Detail: err.Error()}
			} else if found && cutoffAt(before).covers(issued) {
				return RevocationAnswer{State: Revoked, Kind: h.Kind}
			}
		}
	}
	if answer.State == Good && s.stale(handles, at) {
		answer.State = Unavailable
	}
	if answer.State == Good && (s.revocations == nil || s.revocations.Partial) && !s.stored(handles) {
		return RevocationAnswer{}
	}
	return answer
}

// stored reports whether one of the stores speaks of documents with such handles, also where it does not name them.
func (s *Snapshot) stored(handles []formats.Handle) bool {
	return slices.ContainsFunc(s.stores, func(store RevocationStore) bool { return !isPartial(store) && speaksOf(store, handles) })
}

func isPartial(store RevocationStore) bool {
	says, ok := store.(interface{ Partial() bool })
	return ok && says.Partial()
}

// speaksOf reports whether a store has entries of a kind among the handles: a list of revoked cards says nothing of a certificate
// that it does not name. A store that does not say what it holds speaks of all.
func speaksOf(store RevocationStore, handles []formats.Handle) bool {
	says, ok := store.(interface{ Kinds() []string })
	if !ok {
		return true
	}
	kinds := says.Kinds()
	return slices.ContainsFunc(handles, func(h formats.Handle) bool { return slices.Contains(kinds, h.Kind) })
}

// stale reports whether one of the lists that speak of a document is out of date.
func (s *Snapshot) stale(handles []formats.Handle, at time.Time) bool {
	return s.revocations.stale(handles, at) || slices.ContainsFunc(s.stores, func(store RevocationStore) bool {
		_, next := store.Dates()
		return past(next, at) && speaksOf(store, handles)
	})
}
