package mrz

import (
	"slices"
	"strings"
)

// A Repair is a suggestion: one character that may have been misread for another that looks like it in OCR-B. It is for a
// person to look at. Nothing in this package applies it, and MRZ keeps what was read.
type Repair struct {
	Line, Position int    // from 1
	Where          string // "line 2, position 4"
	Read           byte   // what was read there
	Suggested      byte   // what may be printed there
}

// lookAlikes are the characters that readers take for one another, in pairs.
const lookAlikes = "O0I1B8S5Z2G6"

// lookAlike gives the character that looks like c; ok is false where there is none.
func lookAlike(c byte) (other byte, ok bool) {
	i := strings.IndexByte(lookAlikes, c)
	if i < 0 {
		return 0, false
	}
	return lookAlikes[i^1], true
}

// Repairs suggests which characters were misread: exchanges of O and 0, I and 1, B and 8, S and 5, Z and 2, G and 6 after
// which every check digit holds and the dates have numerals only.
//
// It gives one exchange where exactly one in the whole zone does that; and else one in each field whose check digit fails,
// where there is exactly one such combination. Where several would do, or none, or where nothing is wrong, it gives none: a
// guess is no help. Only places that a check digit covers are exchanged, letters for numerals alone where numerals belong
// and numerals for letters alone where letters belong. G and 6 count the same in a check digit and can be told apart only
// where numerals belong.
//
// A zone that was altered can look like one that was misread. A suggestion says where to look, and never that the zone is
// sound.
func (m *MRZ) Repairs() []Repair {
	if m.layout == nil {
		return nil
	}
	s := newSearch(m.layout, strings.Join(m.Lines, ""))
	if s.whole() {
		return nil
	}
	places := s.find()
	slices.Sort(places)
	var list []Repair
	for _, at := range places {
		r := Repair{Line: at/s.l.width + 1, Position: at%s.l.width + 1, Read: s.text[at]}
		r.Suggested, _ = lookAlike(r.Read)
		r.Where = spot(r.Line, r.Position)
		list = append(list, r)
	}
	return list
}
