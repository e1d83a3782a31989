package mrz

import (
	"strings"
	"time"

	"github.com/travelseal/travelseal/formats"
)

// Options say how to read a zone. The zero Options are the defaults.
type Options struct {
	// AsOf is the moment by which the century of a date is told. The zero time means the rule without a clock that the
	// package comment gives.
	AsOf time.Time
	// Decoding switches the tolerances of this package by name.
	Decoding formats.Options
}

// An MRZ is one zone as it was read. Nothing in it has been vouched for. Fields hold what is printed, without the fillers
// after it; a field that is empty, that its layout does not have or that cannot be read has its zero value.
type MRZ struct {
	Layout       string // "TD1", "TD2", "TD3", "MRV-A", "MRV-B", "FRA-ID"
	Lines        []string
	DocumentCode string // "P", "PD", "ID", "V"
	// IssuingState and Nationality are codes as Doc 9303-3 §5 has them: "UTO", "D", "XXA". They are not looked up.
	IssuingState, Nationality string
	// Number is the whole document number, also where a TD1 or TD2 prints its end in the optional data. A filler inside it
	// stands for a blank or another character. On a visa it is the visa's or the passport's, as the issuer likes (Doc 9303-7).
	Number  string
	Birth   formats.Date
	Sex     string // "M", "F", or "X" where it is not specified
	Expires formats.Date
	Issued  formats.Date // year and month, where the document number of the French card states them
	// Primary and Secondary are the identifiers of the name, their components separated by one blank. A person with one
	// name has no Secondary.
	Primary, Secondary string
	// Truncated is set where a name fills its field to the last position: it must then be taken as cut off, although it
	// may just fit (Doc 9303-5 §4.2.3.3).
	Truncated bool
	// Optional and OptionalMiddle are data of the issuer's own, often a personal number. OptionalMiddle is the second line
	// of a TD1.
	Optional, OptionalMiddle string
	// Office is the department and the office that issued a French card; old cards do not state it.
	Office string
	// Digits are the check digits in their order on the document.
	Digits []Digit

	layout *layout
	notes  []formats.Check
}

// Parse reads a zone from its printed text: lines that end with a line feed, a carriage return or both, or all characters in
// one run. Blanks around the lines and empty lines are of no account.
//
// It refuses, by a *formats.Error, a text that is not of the shape: more than MaxText bytes, a foreign character, lines of
// the wrong number or length. Wrong check digits and fields that break their rules do not make it fail; MRZ.Digits and
// MRZ.Checks tell them. The result does not point into the text.
func Parse(text []byte, o Options) (MRZ, error) {
	s, err := normalise(text, o.Decoding)
	if err != nil {
		return MRZ{}, err
	}
	r := reader{layout: choose(s.lines, s.width, s.text), text: s.text, o: o}
	r.m.layout = r.layout
	r.m.Layout = r.layout.name
	// In one piece, as every zone has lines and digits.
	room := new(struct {
		lines  [maxLines]string
		digits [maxDigits]Digit
	})
	r.m.Lines, r.m.Digits = room.lines[:s.lines:s.lines], room.digits[:0]
	for i := range r.m.Lines {
		r.m.Lines[i] = s.text[i*s.width : (i+1)*s.width]
	}
	if s.spaced {
		r.tolerated(Spaces, "lines", "blanks or line breaks where the zone prints < or nothing")
	}
	if s.angled {
		r.tolerated(Guillemets, "lines", "quotation marks where the zone prints <")
	}
	if s.lowered {
		r.tolerated(LowerCase, "lines", "small letters")
	}
	r.read()
	return r.m, nil
}

// A reader takes the fields of one zone from its text.
type reader struct {
	layout *layout
	text   string
	o      Options
	m      MRZ
}

func (r *reader) field(i int) string { return r.layout.cut(r.text, r.layout.fields[i]) }

// value is a field without the fillers after it.
func (r *reader) value(i int) string { return strings.TrimRight(r.field(i), fillers) }

// has reports whether the layout has a field.
func (r *reader) has(i int) bool { return r.layout.fields[i].line != 0 }

// read fills the MRZ. The expiry and the issue come before the birth, whose century may depend on them.
func (r *reader) read() {
	m := &r.m
	m.DocumentCode = r.value(code)
	if !r.layout.begins(m.Lines[0][0]) || !letters(m.DocumentCode) {
		r.breach(code, "not a document code of this size of document")
	}
	m.IssuingState = r.state(state)
	m.Nationality = r.state(nationality)
	m.Optional = r.value(optional)
	m.OptionalMiddle = r.value(optionalMiddle)
	m.Office = r.value(office)
	m.Number = r.value(number)
	if m.Number == "" {
		r.breach(number, "empty")
	}
	for i := range r.layout.digits {
		d := &r.layout.digits[i]
		m.Digits = append(m.Digits, r.layout.digit(r.text, d))
		if end := r.layout.longNumber(r.text, d); end > 0 {
			more := r.field(optional)
			m.Number = r.field(number) + more[:end-1]
			m.Optional = strings.TrimRight(more[end+1:], fillers)
		}
	}
	m.Expires = r.expiry()
	m.Issued = r.issue()
	m.Birth = r.birth()
	m.Sex = r.sex()
	r.names()
}

// state reads a code of a state or organisation. A document of the United Nations or for a stateless person may leave the
// nationality out (Doc 9303-4 §4.2.2, notes f and o).
func (r *reader) state(i int) string {
	s := r.value(i)
	if !letters(s) {
		r.breach(i, "holds characters other than A to Z")
	}
	return s
}

// letters reports whether a text has no characters other than A to Z.
func letters(s string) bool {
	for i := range len(s) {
		if s[i] < 'A' || s[i] > 'Z' {
			return false
		}
	}
	return true
}

// sex reads the sex, which is unspecified where a filler is printed.
func (r *reader) sex() string {
	switch s := r.field(sex); s {
	case "M", "F":
		return s
	case fillers:
		return "X"
	case "X":
		if r.o.Decoding.Allows(PrintedX) {
			r.tolerated(PrintedX, r.layout.fields[sex].String(), "an X, where the zone prints <")
			return s
		}
	}
	r.breach(sex, "neither M, F nor <")
	return ""
}
