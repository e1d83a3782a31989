package lds

import (
	"strconv"

	"github.com/travelseal/travelseal/internal/der"
)

// A Group is the number of a data group, 1 to 16.
type Group int

// Groups is how many data groups there can be (Doc 9303-10 §4.7).
const Groups = 16

// The tags of the two files beside the data groups (Doc 9303-10 §4.6).
const (
	TagCOM der.Tag = 0x60
	TagSOD der.Tag = 0x77
)

// groups are the tags of the files and what is in them (Doc 9303-10 §4.7), by number.
var groups = [1 + Groups]struct {
	tag   der.Tag
	title string
}{
	1: {0x61, "machine readable zone"}, 2: {0x75, "face"}, 3: {0x63, "fingers"}, 4: {0x76, "irises"},
	5: {0x65, "displayed portrait"}, 6: {0x66, "reserved"}, 7: {0x67, "displayed signature"},
	8: {0x68, "data features"}, 9: {0x69, "structure features"}, 10: {0x6A, "substance features"},
	11: {0x6B, "additional personal details"}, 12: {0x6C, "additional document details"}, 13: {0x6D, "optional details"},
	14: {0x6E, "security options"}, 15: {0x6F, "active authentication key"}, 16: {0x70, "persons to notify"},
}

// Exists reports whether there is a group of this number.
func (g Group) Exists() bool { return g >= 1 && g <= Groups }

// Tag is the tag of the group's file; 0 for a number that is none.
func (g Group) Tag() der.Tag {
	if !g.Exists() {
		return 0
	}
	return groups[g].tag
}

// Title says in a few words what the group is for.
func (g Group) Title() string {
	if !g.Exists() {
		return "no data group"
	}
	return groups[g].title
}

// String is the name of the group's file: "DG1".
func (g Group) String() string { return "DG" + strconv.Itoa(int(g)) }

// GroupOf gives the group whose file has the tag.
func GroupOf(tag der.Tag) (Group, bool) {
	for g := Group(1); g <= Groups; g++ {
		if groups[g].tag == tag {
			return g, true
		}
	}
	return 0, false
}

// open reads a file that is one value with the group's tag and nothing else.
func (g Group) open(file []byte) (der.Reader, error) {
	v, err := der.Only(file, g.Tag(), g.String())
	if err != nil {
		return der.Reader{}, err
	}
	return v.Reader(), nil
}
