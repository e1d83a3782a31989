package mrz

import (
	"strconv"
	"strings"
)

// A place is a stretch of one line. Lines and positions count from 1 and both ends belong to it, as in the tables of
// Doc 9303. The zero place is a field that a layout does not have.
type place struct{ line, from, to int }

// String names the place for people: "line 2, position 10", "line 2, positions 14 to 19".
func (p place) String() string {
	if p.from == p.to {
		return spot(p.line, p.from)
	}
	return "line " + strconv.Itoa(p.line) + ", positions " + strconv.Itoa(p.from) + " to " + strconv.Itoa(p.to)
}

func spot(line, position int) string {
	return "line " + strconv.Itoa(line) + ", position " + strconv.Itoa(position)
}

// The fields that a layout can have.
const (
	code = iota
	state
	name
	given // where the given names have a field of their own
	number
	nationality
	birth
	sex
	expires
	optional
	optionalMiddle // the second optional field of TD1
	office         // the department and office of issue of the French card
	fieldCount
)

// A digit is a check digit: where it stands and which places it is computed over, in order.
type digit struct {
	name  string
	at    place
	where string // at, as a check names it
	over  []place
	// blank allows a filler in place of the digit where nothing but fillers stands in what it covers.
	blank bool
	// long allows a filler where the document number goes on at the beginning of the optional data.
	long bool
	// composite is set for the digit over fields that have digits of their own.
	composite bool
}

// maxDigits is how many check digits the layouts have at most.
const maxDigits = 5

// A layout is one kind of zone.
type layout struct {
	name         string
	lines, width int
	codes        string // the letters that its document codes begin with
	issuer       string // the code and State that the zone begins with, where the layout is one State's own
	issued       bool   // the document number begins with the year and month of issue
	fields       [fieldCount]place
	digits       []digit
}

// The names of the check digits, in the words of Doc 9303.
const (
	DigitNumber    = "document number check digit"
	DigitBirth     = "date of birth check digit"
	DigitExpires   = "date of expiry check digit"
	DigitOptional  = "optional data check digit"
	DigitComposite = "composite check digit"
)

// choose gives the layout of a shape for a zone: the one that is the issuer's own, or else whose codes begin with the
// zone's first letter, or else the first of that shape.
func choose(lines, width int, text string) *layout {
	var found *layout
	for i := range layouts {
		l := &layouts[i]
		if l.lines != lines || l.width != width {
			continue
		}
		switch {
		case l.issuer != "" && strings.HasPrefix(text, l.issuer):
			return l
		case l.issuer == "" && (found == nil || l.begins(text[0])):
			found = l
		}
	}
	return found
}

// begins reports whether the layout's document codes begin with the letter.
func (l *layout) begins(first byte) bool { return strings.IndexByte(l.codes, first) >= 0 }

// cut gives the characters of a place of a text; "" for the zero place.
func (l *layout) cut(text string, p place) string {
	if p.line == 0 {
		return ""
	}
	line := (p.line - 1) * l.width
	return text[line+p.from-1 : line+p.to]
}
