package diff

import (
	"encoding/hex"
	"maps"
	"slices"
	"strings"

	"github.com/travelseal/travelseal/trustlist"
)

// Options say what is an alarm. A zero member means its default.
type Options struct {
	// Shrink is the part of the keys of the list, a source or a country whose loss is an alarm: 0.6.
	Shrink float64
	// Growth is how many times as many keys are an alarm, and as many revoked documents: 10.
	Growth float64
	// RevocationShrink is the part of the revoked documents of a kind whose loss is an alarm: any, where it is 0.
	RevocationShrink float64
	// Removed are the keys that had been removed before, by the SHA-256 of their SubjectPublicKeyInfo in hexadecimal. One that
	// is on the new list is an alarm, unless it stands in Restored.
	Removed, Restored map[string]bool
	// Used are the sources from which something else than keys was taken, such as revoked documents.
	Used map[string]bool
	// OldRevoked and NewRevoked are revoked documents by kind that the lists do not hold themselves.
	OldRevoked, NewRevoked map[string]int64
}

func (o Options) orDefault() Options {
	if o.Shrink == 0 {
		o.Shrink = 0.6
	}
	if o.Growth == 0 {
		o.Growth = 10
	}
	return o
}

// Compare compares two lists; nil is a list without anything, before which nothing is an alarm but what the new list says of
// itself.
func Compare(before, after *trustlist.Snapshot, o Options) *Report {
	c := &comparison{o: o.orDefault(), first: before == nil, old: entries(before), new: entries(after)}
	c.r = &Report{Schema: Schema, Old: listOf(before), New: listOf(after), Added: []Key{}, Removed: []Key{}, Changed: []Change{}, Alarms: []Alarm{}}
	c.keys()
	c.r.Sources = c.groups("sources")
	c.r.Countries = c.groups("country")
	c.r.Roles = c.groups("role")
	c.authentications()
	c.r.Revocations = c.revocations(before, after)
	c.alarms(after)
	return c.r
}

type comparison struct {
	o        Options
	first    bool
	old, new map[string]*entry
	r        *Report
}

func listOf(s *trustlist.Snapshot) List {
	i := s.Info()
	l := List{Name: i.Name, Version: i.Version, SHA256: hex.EncodeToString(i.SHA256[:]), Anchors: i.Anchors, Dropped: i.Dropped}
	if !i.Created.IsZero() {
		at := i.Created.UTC()
		l.Created = &at
	}
	return l
}

// keys compares key by key.
func (c *comparison) keys() {
	for _, id := range slices.Sorted(maps.Keys(c.new)) {
		if was := c.old[id]; was == nil {
			c.r.Added = append(c.r.Added, c.new[id].key)
		} else if fields := was.changed(c.new[id]); fields != nil {
			c.r.Changed = append(c.r.Changed, Change{Key: c.new[id].key, Fields: fields})
		}
	}
	for _, id := range slices.Sorted(maps.Keys(c.old)) {
		if c.new[id] == nil {
			c.r.Removed = append(c.r.Removed, c.old[id].key)
		}
	}
	c.r.Keys = Count{Old: int64(len(c.old)), New: int64(len(c.new)), Added: int64(len(c.r.Added)), Removed: int64(len(c.r.Removed))}
}

// groups counts the keys by one of their fields. A key of two sources counts in both.
func (c *comparison) groups(field string) []Group {
	all := make(map[string]*Group)
	group := func(name string) *Group {
		if all[name] == nil {
			all[name] = &Group{Name: name}
		}
		return all[name]
	}
	has := func(e *entry, name string) bool { return e != nil && slices.Contains(e.seen[field], name) }
	for id, e := range c.old {
		for _, name := range e.seen[field] {
			group(name).Old++
			if !has(c.new[id], name) {
				group(name).Removed++
			}
		}
	}
	for id, e := range c.new {
		for _, name := range e.seen[field] {
			group(name).New++
			if !has(c.old[id], name) {
				group(name).Added++
			}
		}
	}
	return sorted(all)
}

func sorted(all map[string]*Group) []Group {
	list := []Group{}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		list = append(list, *all[name])
	}
	return list
}

// authentications notes the least that vouches for a key of each source.
func (c *comparison) authentications() {
	least := func(entries map[string]*entry, source string) string {
		found := false
		var a trustlist.Authentication
		for _, e := range entries {
			if b, has := e.auth[source]; has && (!found || strength(b) < strength(a)) {
				a, found = b, true
			}
		}
		if !found {
			return ""
		}
		return a.String()
	}
	for i := range c.r.Sources {
		s := &c.r.Sources[i]
		s.OldAuthentication, s.NewAuthentication = least(c.old, s.Name), least(c.new, s.Name)
	}
}

// strength orders authentications by how much they say: nothing; a file that somebody put there, by itself or by its digest;
// a signature.
func strength(a trustlist.Authentication) int {
	switch a {
	case trustlist.ByHand:
		return 1
	case trustlist.PinnedHash:
		return 2
	case trustlist.SignedEntry, trustlist.IssuedUnderEntry:
		return 3
	case trustlist.SignedList:
		return 4
	}
	return 0
}

func strengthOf(name string) int {
	for a := trustlist.Transport; a <= trustlist.IssuedUnderEntry; a++ {
		if a.String() == name {
			return strength(a)
		}
	}
	return 0
}

// revocations counts the entries of all lists by kind.
func (c *comparison) revocations(before, after *trustlist.Snapshot) []Group {
	all := make(map[string]*Group)
	count := func(s *trustlist.Snapshot, further map[string]int64, add func(g *Group, n int64)) {
		for _, l := range append(s.RevocationLists(), trustlist.RevocationInfo{Kinds: further}) {
			if l.Certificates {
				l.Kinds = map[string]int64{"crl": l.Entries}
			}
			for kind, n := range l.Kinds {
				if all[kind] == nil {
					all[kind] = &Group{Name: kind}
				}
				add(all[kind], n)
			}
		}
	}
	count(before, c.o.OldRevoked, func(g *Group, n int64) { g.Old += n })
	count(after, c.o.NewRevoked, func(g *Group, n int64) { g.New += n })
	for _, g := range all { // which entries they are, a store does not say
		g.Added, g.Removed = max(g.New-g.Old, 0), max(g.Old-g.New, 0)
	}
	return sorted(all)
}

func label(kind, name string) string { return strings.TrimSpace(kind + " " + name) }
