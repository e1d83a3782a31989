package trustlist

import (
	"crypto/sha256"
	"slices"
	"time"

	"github.com/travelseal/travelseal/formats"
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
	tables      []*table
	dropped     []Dropped
	revocations *Revocations
	stores      []RevocationStore
	decisions   decisions
	hasLists    bool              // of certificates that CAs have revoked
	authorities func() *hierarchy // made when it is first asked for, where it takes reading a packed list; see cas
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
	// Due is when the publisher has said that a newer list would be there; Expires is when nothing may rest on this one any
	// more. Both are the earliest of the moments that a signed bundle names, and zero where nothing names one.
	Due, Expires time.Time
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
	found := s.under(keyName{"", id})
	if issuer == "" {
		return found
	}
	own := s.under(keyName{issuer, id})
	if len(found) == 0 || len(own) == 0 {
		return append(found[:len(found):len(found)], own...)
	}
	both := slices.Concat(found, own)
	slices.SortFunc(both, func(a, b *Anchor) int { return a.index - b.index })
	return both[:min(len(both), MaxSameKeyID)]
}

// under gives the anchors of one name, in the order of the list.
func (s *Snapshot) under(name keyName) []*Anchor {
	found := s.byKeyID[name]
	for _, t := range s.tables {
		if more := t.named(name); len(more) > 0 {
			found = append(found[:len(found):len(found)], more...)
		}
	}
	return found[:min(len(found), MaxSameKeyID)]
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
	all := s.list()
	list := make([]Anchor, len(all))
	for i, a := range all {
		list[i] = *a
	}
	return list
}

// list gives all anchors, and reads them for it where they are packed.
func (s *Snapshot) list() []*Anchor {
	all := slices.Clone(s.anchors)
	for _, t := range s.tables {
		for row := range t.rows {
			if a := t.anchor(row); a != nil {
				all = append(all, a)
			}
		}
	}
	return all
}

// Dropped lists what was left out, with the reasons.
func (s *Snapshot) Dropped() []Dropped {
	if s == nil {
		return nil
	}
	list := slices.Clone(s.dropped)
	for _, t := range s.tables {
		for _, d := range t.head.Dropped {
			list = append(list, Dropped(d))
		}
	}
	return list
}
