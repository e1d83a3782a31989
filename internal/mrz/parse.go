package mrz

import (
	"errors"
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
	Layout       string // "TD3", "TD1"
	Lines        []string
	DocumentCode string // "P", "PD", "ID"
	// IssuingState and Nationality are codes as Doc 9303-3 §5 has them: "UTO", "D", "XXA". They are not looked up.
	IssuingState, Nationality string
	// Number is the whole document number, also where a TD1 prints its end in the optional data. A filler inside it stands
	// for a blank or another character.
	Number  string
	Birth   formats.Date
	Sex     string // "M", "F", or "X" where it is not specified
	Expires formats.Date
	// Primary and Secondary are the identifiers of the name, their components separated by one blank. A person with one
	// name has no Secondary.
	Primary, Secondary string
	// Truncated is set where the name fills its field to the last position: it must then be taken as cut off, although it
	// may just fit (Doc 9303-5 §4.2.3.3).
	Truncated bool
	// Optional and OptionalMiddle are data of the issuer's own, often a personal number. OptionalMiddle is the second line
	// of a TD1.
	Optional, OptionalMiddle string
	// Digits are the check digits in their order on the document.
	Digits []Digit

	notes []formats.Check
}

// Parse reads a zone from its printed text: lines that end with a line feed, with or without a carriage return, or all
// characters in one run. Blanks around the lines are of no account.
//
// It refuses, by a *formats.Error, a text that is not of the shape: more than MaxText bytes, a foreign character, lines of
// the wrong number or length, a layout that is not read. Wrong check digits and fields that break their rules do not make
// it fail; MRZ.Digits and MRZ.Checks tell them. The result does not point into the text.
func Parse(text []byte, o Options) (MRZ, error) {
	s, err := normalise(text, o.Decoding)
	if err != nil {
		return MRZ{}, err
	}
	if s.text[0] == visa {
		return MRZ{}, fail(formats.CodeVersion, "document code", -1, errors.New("visas are not read"))
	}
	r := reader{layout: choose(s.lines, s.width, s.text[0]), text: s.text, o: o}
	r.m.Layout = r.layout.name
	r.m.Lines = make([]string, s.lines)
	for i := range r.m.Lines {
		r.m.Lines[i] = s.text[i*s.width : (i+1)*s.width]
	}
	if s.spaced {
		r.tolerated(Spaces, "lines", "blanks where the zone prints < or nothing")
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

// at gives the characters of a place; "" for the zero place.
func (r *reader) at(p place) string {
	if p.line == 0 {
		return ""
	}
	line := (p.line - 1) * r.layout.width
	return r.text[line+p.from-1 : line+p.to]
}

func (r *reader) field(i int) string { return r.at(r.layout.fields[i]) }

// value is a field without the fillers after it.
func (r *reader) value(i int) string { return strings.TrimRight(r.field(i), fillers) }

// read fills the MRZ. The expiry comes before the birth, whose century may depend on it.
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
	m.Number = r.value(number)
	if m.Number == "" {
		r.breach(number, "empty")
	}
	m.Digits = make([]Digit, 0, len(r.layout.digits))
	for i := range r.layout.digits {
		m.Digits = append(m.Digits, r.digit(&r.layout.digits[i]))
	}
	m.Expires = r.expiry()
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

// names divides the name field (Doc 9303-3 §4.6).
func (r *reader) names() {
	field := r.field(name)
	r.m.Truncated = field[len(field)-1] != filler
	if strings.ContainsAny(field, "0123456789") {
		r.breach(name, "holds a numeral")
	}
	primary, secondary, _ := strings.Cut(field, "<<")
	r.m.Primary, r.m.Secondary = components(primary), components(secondary)
	if r.m.Primary == "" && r.m.Secondary == "" {
		r.breach(name, "empty")
	}
}

// components writes the parts of an identifier with one blank between them.
func components(s string) string {
	s = strings.Trim(s, fillers)
	if strings.Contains(s, "<<") { // not as the specification has it; the parts are the same
		return strings.Join(strings.FieldsFunc(s, func(c rune) bool { return c == filler }), " ")
	}
	return strings.ReplaceAll(s, fillers, " ")
}
