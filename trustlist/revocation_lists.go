package trustlist

import (
	"iter"
	"slices"
	"strings"
	"time"
)

// The names of lists of revoked documents: the one that is in memory, and stores.
const (
	DocumentList = "documents"
	StoreList    = "store"
)

// RevocationInfo says of one list of revoked documents, or of certificates, what it holds and until when it counts.
type RevocationInfo struct {
	Name                string // DocumentList, StoreList, or the CA whose list it is
	Created, NextUpdate time.Time
	Partial             bool // it proves revocations and no more
	Certificates        bool // it is a CA's list of certificates
	Entries             int64
	// Kinds counts the entries by the kind of handle, where the list says so.
	Kinds map[string]int64
	// Ends says of kinds when the list ends for them, where that differs; NextUpdate is the soonest.
	Ends map[string]time.Time
}

// RevocationLists describes every list of the Snapshot: that of documents, the stores, and those of CAs, in the order of their
// names.
func (s *Snapshot) RevocationLists() []RevocationInfo {
	if s == nil {
		return nil
	}
	var list []RevocationInfo
	if r := s.revocations; r != nil {
		i := RevocationInfo{Name: DocumentList, Created: r.Created, NextUpdate: r.NextUpdate, Partial: r.Partial, Entries: int64(r.Len()), Kinds: make(map[string]int64), Ends: make(map[string]time.Time)}
		for kind, hashes := range r.entries {
			i.Kinds[kind] = int64(len(hashes))
			i.NextUpdate = sooner(i.NextUpdate, r.ends[kind])
			if end := sooner(r.NextUpdate, r.ends[kind]); !end.IsZero() {
				i.Ends[kind] = end
			}
		}
		list = append(list, i)
	}
	for _, store := range s.stores {
		i := RevocationInfo{Name: StoreList, Partial: isPartial(store)}
		i.Created, i.NextUpdate = store.Dates()
		if c, ok := store.(interface{ Counts() map[string]int64 }); ok {
			i.Kinds = c.Counts()
			for _, n := range i.Kinds {
				i.Entries += n
			}
		}
		list = append(list, i)
	}
	var authorities []RevocationInfo
	for _, c := range s.cas().crls {
		authorities = append(authorities, RevocationInfo{
			Name: c.list.Issuer.String(), Created: c.list.ThisUpdate, NextUpdate: c.list.NextUpdate, Certificates: true, Entries: int64(c.list.Len()),
		})
	}
	slices.SortStableFunc(authorities, func(a, b RevocationInfo) int { return strings.Compare(a.Name, b.Name) })
	return append(list, authorities...)
}

// RevokedDocuments gives the entries of the list of documents that the Snapshot holds in memory, in no order; those of its stores
// are not among them.
func (s *Snapshot) RevokedDocuments() iter.Seq[Revocation] {
	if s == nil || s.revocations == nil {
		return func(func(Revocation) bool) {}
	}
	return s.revocations.Entries()
}
