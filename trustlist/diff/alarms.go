package diff

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/travelseal/travelseal/trustlist"
)

// alarms finds what a person must look at.
func (c *comparison) alarms(after *trustlist.Snapshot) {
	if !c.first {
		c.size("list", c.r.Keys, "keys")
		for _, g := range c.r.Sources {
			c.source(g)
		}
		for _, g := range c.r.Countries {
			if g.Old == 0 {
				c.add(CountryNew, label("country", g.Name), g.Count, "it had no keys before")
				continue
			}
			c.size(label("country", g.Name), g.Count, "keys")
		}
		for _, g := range c.r.Revocations {
			c.revoked(g)
		}
	}
	c.empty(after)
	for _, k := range slices.Concat(c.r.Added, changedKeys(c.r.Changed), c.kept()) {
		if c.o.Removed[k.SPKI] && !c.o.Restored[k.SPKI] {
			c.add(KeyReturned, label("key", k.SPKI), Count{New: 1}, "it had been removed; restore it, with the reason, where that is meant")
		}
	}
	slices.SortFunc(c.r.Alarms, func(a, b Alarm) int { return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.Of, b.Of)) })
	c.r.Alarms = slices.Compact(c.r.Alarms)
}

// kept are the keys that stand on both lists as they are.
func (c *comparison) kept() []Key {
	var keys []Key
	for id, e := range c.new {
		if c.old[id] != nil {
			keys = append(keys, e.key)
		}
	}
	return keys
}

func changedKeys(list []Change) []Key {
	var keys []Key
	for _, c := range list {
		keys = append(keys, c.Key)
	}
	return keys
}

func (c *comparison) add(code Code, of string, n Count, text string) {
	c.r.Alarms = append(c.r.Alarms, Alarm{Code: code, Of: of, Old: n.Old, New: n.New, Text: text})
}

// size holds the number of keys against the number before. Keys that were exchanged for others count as lost.
func (c *comparison) size(of string, n Count, what string) {
	switch {
	case n.Old > 0 && float64(n.Removed) >= c.o.Shrink*float64(n.Old):
		c.add(KeysShrunk, of, n, fmt.Sprintf("%d of %d %s are gone", n.Removed, n.Old, what))
	case n.Old > 0 && float64(n.New) > c.o.Growth*float64(n.Old):
		c.add(KeysGrown, of, n, fmt.Sprintf("%d %s after %d", n.New, what, n.Old))
	}
}

func (c *comparison) source(g Group) {
	of := label("source", g.Name)
	switch {
	case g.New == 0:
		c.add(SourceVanished, of, g.Count, "none of its keys is there any more")
	default:
		c.size(of, g.Count, "keys")
	}
	if was, is := newest(c.old, g.Name), newest(c.new, g.Name); g.New > 0 && !was.IsZero() && is.Before(was) {
		c.add(SourceOlder, of, g.Count, fmt.Sprintf("of %s after %s", day(is), day(was)))
	}
	if g.Old > 0 && g.New > 0 && strengthOf(g.NewAuthentication) < strengthOf(g.OldAuthentication) {
		c.add(AuthenticationFell, of, g.Count, fmt.Sprintf("%s after %s", g.NewAuthentication, g.OldAuthentication))
	}
}

// newest is the newest date in a source; zero where it has none.
func newest(entries map[string]*entry, source string) time.Time {
	var t time.Time
	for _, e := range entries {
		if e.date[source].After(t) {
			t = e.date[source]
		}
	}
	return t
}

func day(t time.Time) string {
	if t.IsZero() {
		return "no date"
	}
	return t.UTC().Format(time.RFC3339)
}

func (c *comparison) revoked(g Group) {
	of := label("kind", g.Name)
	switch {
	case g.Removed > 0 && float64(g.Removed) >= c.o.RevocationShrink*float64(g.Old):
		c.add(RevocationsShrunk, of, g.Count, fmt.Sprintf("%d fewer are revoked", g.Removed))
	case g.Old > 0 && float64(g.New) > c.o.Growth*float64(g.Old):
		c.add(RevocationsGrown, of, g.Count, fmt.Sprintf("%d are revoked after %d", g.New, g.Old))
	}
}

// empty finds the sources of which everything was left out.
func (c *comparison) empty(after *trustlist.Snapshot) {
	kept := make(map[string]bool)
	for _, g := range c.r.Sources {
		if g.New > 0 {
			kept[g.Name] = true
		}
	}
	for _, d := range after.Dropped() {
		if d.Source != "" && !kept[d.Source] && !c.o.Used[d.Source] {
			c.add(SourceEmpty, label("source", d.Source), Count{}, "nothing was taken from it: "+d.Item+": "+d.Reason)
			kept[d.Source] = true // once
		}
	}
}
