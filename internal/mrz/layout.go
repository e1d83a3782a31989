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
	number
	nationality
	birth
	sex
	expires
	optional
	optionalMiddle // the second optional field of TD1
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
}

// A layout is one size of document.
type layout struct {
	name         string
	lines, width int
	codes        string // the letters that its document codes begin with
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

// layouts is the table. Sizes with the same shape are told apart by codes; the first of a shape takes the rest.
var layouts = []layout{
	{ // Doc 9303-4 §4.2.2, §4.2.4
		name: "TD3", lines: 2, width: 44, codes: "P",
		fields: [fieldCount]place{
			code: {1, 1, 2}, state: {1, 3, 5}, name: {1, 6, 44},
			number: {2, 1, 9}, nationality: {2, 11, 13}, birth: {2, 14, 19}, sex: {2, 21, 21}, expires: {2, 22, 27},
			optional: {2, 29, 42},
		},
		digits: []digit{
			{name: DigitNumber, at: place{2, 10, 10}, where: spot(2, 10), over: []place{{2, 1, 9}}, blank: true},
			{name: DigitBirth, at: place{2, 20, 20}, where: spot(2, 20), over: []place{{2, 14, 19}}},
			{name: DigitExpires, at: place{2, 28, 28}, where: spot(2, 28), over: []place{{2, 22, 27}}},
			{name: DigitOptional, at: place{2, 43, 43}, where: spot(2, 43), over: []place{{2, 29, 42}}, blank: true},
			{name: DigitComposite, at: place{2, 44, 44}, where: spot(2, 44), over: []place{{2, 1, 10}, {2, 14, 20}, {2, 22, 43}}},
		},
	},
	{ // Doc 9303-5 §4.2.2, §4.2.4
		name: "TD1", lines: 3, width: 30, codes: "ACI",
		fields: [fieldCount]place{
			code: {1, 1, 2}, state: {1, 3, 5}, number: {1, 6, 14}, optional: {1, 16, 30},
			birth: {2, 1, 6}, sex: {2, 8, 8}, expires: {2, 9, 14}, nationality: {2, 16, 18}, optionalMiddle: {2, 19, 29},
			name: {3, 1, 30},
		},
		digits: []digit{
			{name: DigitNumber, at: place{1, 15, 15}, where: spot(1, 15), over: []place{{1, 6, 14}}, blank: true, long: true},
			{name: DigitBirth, at: place{2, 7, 7}, where: spot(2, 7), over: []place{{2, 1, 6}}},
			{name: DigitExpires, at: place{2, 15, 15}, where: spot(2, 15), over: []place{{2, 9, 14}}},
			{name: DigitComposite, at: place{2, 30, 30}, where: spot(2, 30), over: []place{{1, 6, 30}, {2, 1, 7}, {2, 9, 15}, {2, 19, 29}}},
		},
	},
}

// unread are shapes that Doc 9303 and national rules know and the table has no row for.
var unread = []struct {
	lines, width int
	what         string
}{
	{2, 36, "two lines of 36 characters (TD2, a small visa or an old French identity card) are not read"},
}

// visa is the first letter of the codes of visas (Doc 9303-7), whose layouts the table has no row for.
const visa = 'V'

// choose gives the layout of a shape whose codes begin with the letter, or else the first of that shape.
func choose(lines, width int, first byte) *layout {
	var found *layout
	for i := range layouts {
		l := &layouts[i]
		if l.lines != lines || l.width != width {
			continue
		}
		if found == nil || l.begins(first) {
			found = l
		}
	}
	return found
}

// begins reports whether the layout's document codes begin with the letter.
func (l *layout) begins(first byte) bool { return strings.IndexByte(l.codes, first) >= 0 }
