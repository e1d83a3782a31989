package mrz

import "strings"

// A Digit is one check digit of a zone.
type Digit struct {
	Name      string // DigitNumber, DigitBirth, …
	Where     string // where it is printed: "line 2, position 10"
	Got, Want byte   // what is printed there, and what the digit must be
	OK        bool   // whether what is printed may stand there
}

// weights repeat over the characters (Doc 9303-3 §4.9).
var weights = [3]int{7, 3, 1}

// worth gives the number that a character counts for: A is 10, Z is 35, a filler nothing.
func worth(c byte) int {
	switch {
	case isNumeral(c):
		return int(c - '0')
	case c == filler:
		return 0
	}
	return int(c-'A') + 10
}

// sum is a check digit in the making: the weighted sum of the characters so far.
type sum struct{ total, count int }

func (s *sum) add(text string) {
	for i := range len(text) {
		s.total += worth(text[i]) * weights[s.count%len(weights)]
		s.count++
	}
}

func (s *sum) digit() byte { return '0' + byte(s.total%10) }

// digit compares a check digit with what it covers.
func (r *reader) digit(d *digit) Digit {
	if d.long {
		if long, ok := r.longNumber(d); ok {
			return long
		}
	}
	var s sum
	empty := true
	for _, p := range d.over {
		text := r.at(p)
		s.add(text)
		empty = empty && strings.Trim(text, fillers) == ""
	}
	got := r.at(d.at)[0]
	want := s.digit()
	return Digit{
		Name: d.name, Where: d.where, Got: got, Want: want,
		OK: got == want || d.blank && empty && got == filler,
	}
}

// longNumber reads a document number of more than nine characters: a filler stands in place of the check digit, and the
// rest of the number is at the beginning of the optional data, followed by the check digit and a filler (Doc 9303-5
// §4.2.2, note j). It moves the rest of the number from MRZ.Optional to MRZ.Number.
func (r *reader) longNumber(d *digit) (Digit, bool) {
	first, more := r.field(number), r.field(optional)
	end := strings.IndexByte(more, filler)
	if r.at(d.at)[0] != filler || first[len(first)-1] == filler || end < 1 {
		return Digit{}, false
	}
	rest, got := more[:end-1], more[end-1]
	var s sum
	s.add(first)
	s.add(rest)
	r.m.Number = first + rest
	r.m.Optional = strings.TrimRight(more[end+1:], fillers)
	want := s.digit()
	where := spot(r.layout.fields[optional].line, r.layout.fields[optional].from+end-1)
	return Digit{Name: d.name, Where: where, Got: got, Want: want, OK: got == want}, true
}
