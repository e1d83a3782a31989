package trustlist

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"slices"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/sig"
)

// MaxSameKeyID is how many anchors may share one key ID of one issuer. The EU and WHO ask verifiers to try every key of a kid; the
// bound keeps a flood of keys under one kid from becoming a flood of signature checks.
const MaxSameKeyID = 16

// A Snapshot is one immutable list of anchors and revocations. Its methods are safe for concurrent use, and a nil
// Snapshot trusts nobody.
type Snapshot struct {
	info        Info
	anchors     []*Anchor
	byKeyID     map[keyName][]*Anchor
	dropped     []Dropped
	revocations *Revocations
	stores      []RevocationStore
	ca          hierarchy
}

// A keyName is a key ID in the mouth of one issuer, or of any where the issuer is "". Issuers choose their key IDs for
// themselves: a hundred and sixty of one directory share a key, which therefore is as many anchors under one ID.
type keyName struct{ issuer, id string }

// Info names a Snapshot in reports.
type Info struct {
	Name    string
	Version int64
	Created time.Time // zero where the source carries no date
	SHA256  [sha256.Size]byte
	Anchors int
	Dropped int
	// Earliest is when the first of the keys becomes valid; zero where one is valid always.
	Earliest time.Time
	// Expires is when the publisher no longer answers for the list: the earliest of the moments that a signed bundle names.
	// Zero where the source names none.
	Expires time.Time
	// Seen is the latest moment that this post has seen: an earlier clock has stopped or was set back. Zero where nothing
	// remembers it.
	Seen time.Time
	// StateReset says that this post has lost its memory of the versions and moments that it has seen, so that an older
	// list put back since then would not have been noticed.
	StateReset bool
}

// Dropped is one key or entry that a loader left out, and why.
type Dropped struct {
	Source string // list or file
	Item   string // which entry: an index, a subject, a key ID
	Reason string
}

// New is [Build] for anchors and revocations of documents.
func New(info Info, anchors []Anchor, dropped []Dropped, rev *Revocations) (*Snapshot, error) {
	return Build(info, Material{Anchors: anchors, Dropped: dropped, Revocations: rev})
}

// Build makes a Snapshot. It leaves out anchors and lists that can never be used and lists them as Dropped, and it refuses
// a list in which more than MaxSameKeyID anchors share one key ID.
func Build(info Info, m Material) (*Snapshot, error) {
	s := &Snapshot{
		info: info, byKeyID: make(map[keyName][]*Anchor), dropped: slices.Clone(m.Dropped),
		revocations: m.Revocations, stores: slices.Clone(m.Stores),
	}
	anchors := m.Anchors
	named := make(map[*Anchor][]string) // the sources of each
	for i := range anchors {
		a := anchors[i]
		if reason := unusable(&a); reason != "" {
			s.dropped = append(s.dropped, Dropped{Source: a.Source.Name, Item: a.item(), Reason: reason})
			continue
		}
		a.seal()
		if known := s.known(&a); known != nil {
			if !slices.Contains(named[known], a.Source.Name) {
				named[known] = append(named[known], a.Source.Name)
				known.Lists++
			}
			continue
		}
		a.Lists = 1
		named[&a] = []string{a.Source.Name}
		a.index = len(s.anchors)
		s.anchors = append(s.anchors, &a)
		for _, id := range a.keyIDs() {
			name := keyName{a.Issuer, id}
			s.byKeyID[name] = append(s.byKeyID[name], &a)
		}
	}
	s.withdraw()
	s.ca.addCAs(s.anchors)
	s.dropped = append(s.dropped, s.ca.addCRLs(m.CRLs)...)
	for name, list := range s.byKeyID {
		n := len(list)
		if name.issuer != "" {
			n += len(s.byKeyID[keyName{"", name.id}])
		}
		if n > MaxSameKeyID {
			return nil, &LoadError{Source: info.Name, Err: fmt.Errorf("%d keys share the key ID %x, the limit is %d", n, name.id, MaxSameKeyID)}
		}
	}
	s.info.Anchors, s.info.Dropped, s.info.Earliest = len(s.anchors), len(s.dropped), s.earliest()
	return s, nil
}

// known gives the CA that is here already and is the same in all but its source; nil where there is none. The master lists of
// twenty states name most CAs twenty times.
func (s *Snapshot) known(a *Anchor) *Anchor {
	if a.Role != CA || a.Certificate == nil {
		return nil
	}
	list := s.byKeyID[keyName{a.Issuer, string(a.digests.cert[:minDigest])}]
	i := slices.IndexFunc(list, func(b *Anchor) bool {
		return b.Role == CA && bytes.Equal(b.Certificate, a.Certificate) && bytes.Equal(b.KeyID, a.KeyID) && b.Issuer == a.Issuer && b.Country == a.Country &&
			b.Uses == a.Uses && slices.Equal(b.Scope, a.Scope) && b.NotBefore.Equal(a.NotBefore) && b.NotAfter.Equal(a.NotAfter) && b.RevokedAt.Equal(a.RevokedAt)
	})
	if i < 0 {
		return nil
	}
	return list[i]
}

func (s *Snapshot) earliest() time.Time {
	var first time.Time
	for _, a := range s.anchors {
		if a.NotBefore.IsZero() {
			return time.Time{}
		}
		if first.IsZero() || a.NotBefore.Before(first) {
			first = a.NotBefore
		}
	}
	return first
}

// withdraw carries a revocation to every entry of the same key: what one list has withdrawn, another does not restore.
func (s *Snapshot) withdraw() {
	earliest := make(map[digest]time.Time)
	for _, a := range s.anchors {
		if t, known := earliest[a.digests.spki]; !a.RevokedAt.IsZero() && (!known || a.RevokedAt.Before(t)) {
			earliest[a.digests.spki] = a.RevokedAt
		}
	}
	for _, a := range s.anchors {
		if t, known := earliest[a.digests.spki]; known {
			a.RevokedAt = t
		}
	}
}

// item names the anchor in a list of dropped ones.
func (a *Anchor) item() string { return fmt.Sprintf("key ID %x", a.KeyID) }

func unusable(a *Anchor) string {
	switch {
	case a.Role == NoRole:
		return "no role"
	case len(a.Scope) == 0:
		return "no format in its scope"
	case a.Uses == 0:
		return "its certificate permits no use that is known here"
	case a.Key == nil:
		return "no key"
	}
	if err := sig.CheckKey(a.Key); err != nil {
		return err.Error()
	}
	return ""
}

// keyIDs are the values under which documents may ask for the anchor: the ID that its list gives, the first eight bytes of
// the digest of its certificate (eHealth Network, "Digital Green Certificates, volume 1", §3.2.2) and key, and the names by
// which a 2D-Doc and the seals of ICAO call its certificate.
func (a *Anchor) keyIDs() []string {
	ids := make([]string, 0, 6)
	if len(a.KeyID) > 0 {
		ids = append(ids, string(a.KeyID))
	}
	add := func(id string) {
		if id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	// A list that gives a key ID has said how documents name the key; the digests then still find it, so that one list
	// serves two schemes.
	if a.Certificate != nil {
		add(string(a.digests.cert[:minDigest]))
	}
	add(string(a.digests.spki[:minDigest]))
	for _, name := range a.names.all() {
		add(name)
	}
	return ids
}

// named gives the anchors that have a key ID, and no issuer's name or this one.
func (s *Snapshot) named(id, issuer string) []*Anchor {
	found := s.byKeyID[keyName{"", id}]
	if issuer == "" {
		return found
	}
	own := s.byKeyID[keyName{issuer, id}]
	if len(found) == 0 || len(own) == 0 {
		return append(found[:len(found):len(found)], own...)
	}
	both := slices.Concat(found, own)
	slices.SortFunc(both, func(a, b *Anchor) int { return a.index - b.index })
	return both
}

// Find gives the anchors that a document's hints may mean, in the order of the list; at most MaxSameKeyID. An anchor
// that names its issuer is found only by a document that names the same one.
func (s *Snapshot) Find(hint formats.Signer) []*Anchor {
	if s == nil {
		return nil
	}
	found := s.named(string(hint.KeyID), hint.Issuer)
	if len(found) == 0 && len(hint.Chain) > 0 {
		sum := sha256.Sum256(hint.Chain[0])
		for _, a := range s.named(string(sum[:minDigest]), hint.Issuer) {
			if a.IdentifiedBy(hint) {
				found = append(found, a)
			}
		}
	}
	if len(found) == 0 && len(hint.KeyID) > minDigest {
		for _, a := range s.named(string(hint.KeyID[:minDigest]), hint.Issuer) {
			if a.IdentifiedBy(hint) {
				found = append(found, a)
			}
		}
	}
	return found
}

// Snapshot gives the list itself, so that a fixed list serves where a changing source is asked for.
func (s *Snapshot) Snapshot() *Snapshot { return s }

// Info gives the list's name, version and date; the zero Info for nil.
func (s *Snapshot) Info() Info {
	if s == nil {
		return Info{}
	}
	return s.info
}

// Anchors gives copies of all anchors in the order of the list.
func (s *Snapshot) Anchors() []Anchor {
	if s == nil {
		return nil
	}
	list := make([]Anchor, len(s.anchors))
	for i, a := range s.anchors {
		list[i] = *a
	}
	return list
}

// Dropped lists what was left out, with the reasons.
func (s *Snapshot) Dropped() []Dropped {
	if s == nil {
		return nil
	}
	return slices.Clone(s.dropped)
}
