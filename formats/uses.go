package formats

import "strings"

// Uses is a set of things that a signer may vouch for. The zero Uses permits nothing.
type Uses uint32

const (
	Vaccination Uses = 1 << iota
	Test
	Recovery
	Exemption
	Travel // passports, visas and other travel documents
	Boarding
)

// AllUses permits everything that this version knows.
const AllUses = Vaccination | Test | Recovery | Exemption | Travel | Boarding

var useNames = []string{"vaccination", "test", "recovery", "exemption", "travel", "boarding"}

// Has reports whether the set holds all of want.
func (u Uses) Has(want Uses) bool { return u&want == want }

// String lists the uses in a fixed order, separated by spaces.
func (u Uses) String() string { return strings.Join(u.Names(), " ") }

// Names lists the uses in a fixed order.
func (u Uses) Names() []string {
	var names []string
	for i, n := range useNames {
		if u.Has(1 << i) {
			names = append(names, n)
		}
	}
	return names
}

// ParseUse gives the use of a name that Names prints.
func ParseUse(name string) (Uses, bool) {
	for i, n := range useNames {
		if n == name {
			return 1 << i, true
		}
	}
	return 0, false
}
