package trustlist

import (
	"bytes"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/sig"
)

// New is [Build] for anchors and revocations of documents.
func New(info Info, anchors []Anchor, dropped []Dropped, rev *Revocations) (*Snapshot, error) {
	return Build(info, Material{Anchors: anchors, Dropped: dropped, Revocations: rev})
}

// Build makes a Snapshot. It leaves out anchors and lists that can never be used and lists them as Dropped, and it refuses
// a list in which more than MaxSameKeyID anchors share one key ID.
func Build(info Info, m Material) (*Snapshot, error) {
	s := &Snapshot{
		info: info, byKeyID: make(map[keyName][]*Anchor), tables: m.tables, dropped: slices.Clone(m.Dropped),
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
	s.place()
	s.decisions = decide(m.Overlays)
	s.withdraw()
	s.bury()
	s.authorities = sync.OnceValue(func() *hierarchy {
		h, _ := s.findAuthorities(nil)
		return h
	})
	if len(s.tables) == 0 || len(m.CRLs) > 0 { // lists that are left out are to be named
		h, dropped := s.findAuthorities(m.CRLs)
		s.authorities = func() *hierarchy { return h }
		s.dropped = append(s.dropped, dropped...)
	}
	s.hasLists = len(m.CRLs) > 0 || slices.ContainsFunc(s.tables, func(t *table) bool { return len(t.head.CRLs) > 0 })
	if len(m.Signers) > 0 {
		s.candidates(m.Signers)
	}
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
	for _, t := range s.tables {
		s.info.Anchors += len(t.rows)
		s.info.Dropped += len(t.head.Dropped)
	}
	return s, nil
}

// place numbers the rows of packed lists after the anchors.
func (s *Snapshot) place() {
	next := len(s.anchors)
	for _, t := range s.tables {
		t.first = next
		next += len(t.rows)
	}
}

// findAuthorities gives the CAs among the anchors, with the lists of certificates that they have revoked, and what it left out.
func (s *Snapshot) findAuthorities(crls [][]byte) (*hierarchy, []Dropped) {
	cas := slices.Clone(s.anchors)
	for _, t := range s.tables {
		for _, row := range t.head.CAs {
			if a := t.anchor(row); a != nil {
				cas = append(cas, a)
			}
		}
		crls = append(crls[:len(crls):len(crls)], t.crls()...)
	}
	h := new(hierarchy)
	h.addCAs(cas)
	return h, h.addCRLs(crls)
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
	for _, t := range s.tables {
		if len(t.rows) == 0 {
			continue
		}
		earliest, err := parseTime("earliest", t.head.Earliest)
		if err != nil || earliest.IsZero() {
			return time.Time{}
		}
		if first.IsZero() || earliest.Before(first) {
			first = earliest
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
	for _, t := range s.tables {
		for key, moment := range t.revoked {
			if t, known := earliest[key]; !known || moment.Before(t) {
				earliest[key] = moment
			}
		}
	}
	revoke := func(a *Anchor) {
		if t, known := earliest[a.digests.spki]; known {
			a.RevokedAt = t
		}
	}
	for _, a := range s.anchors {
		revoke(a)
	}
	for _, t := range s.tables {
		t.adapt = func(a *Anchor) *Anchor {
			if a.led {
				budget := cert.DefaultBudget
				var err error
				if a, err = s.cas().search([][]byte{a.Certificate}, 0, &budget); err != nil {
					return nil
				}
			}
			revoke(a)
			s.markWithdrawn(a)
			return a
		}
	}
}

// bury marks the anchors whose keys were withdrawn, and names them among what was left out: the lists that brought them are
// to be looked at.
func (s *Snapshot) bury() {
	for _, a := range s.anchors {
		if s.markWithdrawn(a) {
			s.dropped = append(s.dropped, Dropped{Source: a.Source.Name, Item: a.item(), Reason: "withdrawn since " + stamp(a.Tombstone.Since) + ", and not restored"})
		}
	}
}

// markWithdrawn marks an anchor whose key was withdrawn, and reports whether it is one.
func (s *Snapshot) markWithdrawn(a *Anchor) bool {
	t, withdrawn := s.decisions.tombstones[a.digests.spki]
	if withdrawn {
		a.Tombstone = t
	}
	return withdrawn
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
