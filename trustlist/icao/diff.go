package icao

import (
	"slices"

	"github.com/travelseal/travelseal/internal/cert"
)

// A Diff says how a list differs from the one before it. A relying party looks at it before it takes the new one: a list
// that is genuine can still be wrong.
type Diff struct {
	Added, Removed []*cert.Certificate
	Changed        []Change
	// NewCountries have a certificate in the new list only, and LostCountries in the old one only.
	NewCountries, LostCountries []string
}

// A Change is a certificate that was made anew for the same subject and key.
type Change struct{ Before, After *cert.Certificate }

// Empty reports whether both lists hold the same certificates.
func (d Diff) Empty() bool { return len(d.Added)+len(d.Removed)+len(d.Changed) == 0 }

// Compare gives the difference between the usable certificates of two lists, in the order of the lists.
func Compare(before, after []*cert.Certificate) Diff {
	var d Diff
	old, young := index(before), index(after)
	byKey := make(map[string][]*cert.Certificate) // of those that are gone
	for _, c := range before {
		if !young[string(c.Raw)] {
			byKey[identity(c)] = append(byKey[identity(c)], c)
		}
	}
	replaced := make(map[string]bool)
	for _, c := range after {
		if old[string(c.Raw)] {
			continue
		}
		if gone := byKey[identity(c)]; len(gone) > 0 {
			d.Changed = append(d.Changed, Change{gone[0], c})
			replaced[string(gone[0].Raw)] = true
			byKey[identity(c)] = gone[1:]
			continue
		}
		d.Added = append(d.Added, c)
	}
	for _, c := range before {
		if !young[string(c.Raw)] && !replaced[string(c.Raw)] {
			d.Removed = append(d.Removed, c)
		}
	}
	d.NewCountries, d.LostCountries = missing(after, before), missing(before, after)
	return d
}

func index(list []*cert.Certificate) map[string]bool {
	m := make(map[string]bool, len(list))
	for _, c := range list {
		m[string(c.Raw)] = true
	}
	return m
}

// identity is whose certificate it is: subject and key, and whether the key is certified by itself or by another, so that
// a link certificate is not taken for the one that it leads to.
func identity(c *cert.Certificate) string {
	return string(c.Subject.Raw) + "\x00" + string(c.Issuer.Raw) + "\x00" + string(c.SPKI) + "\x00" + string(c.AuthorityKeyID)
}

// missing are the countries of a list that another one does not have, sorted.
func missing(list, other []*cert.Certificate) []string {
	known := make(map[string]bool)
	for _, c := range other {
		known[country(c)] = true
	}
	var names []string
	for _, c := range list {
		if name := country(c); !known[name] {
			known[name] = true
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
