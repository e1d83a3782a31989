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

// worth gives the number that a character counts for: A is 10, Z is 35, a filler nothing (Doc 9303-3 §4.9).
func worth(c byte) int {
	switch {
	case isNumeral(c):
		return int(c - '0')
	case c == filler:
		return 0
	}
	return int(c-'A') + 10
}

// sum is a check digit in the making: the weighted sum of the characters so far, and which weight is next.
type sum struct{ total, next int }

func (s *sum) add(text string) {
	for i := range len(text) {
		s.total += worth(text[i]) * weights[s.next]
		if s.next++; s.next == len(weights) {
			s.next = 0
		}
	}
}

func (s *sum) digit() byte { return '0' + byte(s.total%10) }

// digit compares a check digit with what it covers.
func (l *layout) digit(text string, d *digit) Digit {
	if end := l.longNumber(text, d); end > 0 {
		return l.longDigit(text, d, end)
	}
	var s sum
	empty := true
	for _, p := range d.over {
		covered := l.cut(text, p)
		s.add(covered)
		empty = empty && d.blank && strings.Trim(covered, fillers) == ""
	}
	got := l.cut(text, d.at)[0]
	want := s.digit()
	return Digit{
		Name: d.name, Where: d.where, Got: got, Want: want,
		OK: got == want || d.blank && empty && got == filler,
	}
}

// longNumber recognises a document number of more than nine characters: a filler stands in place of the check digit, and
// the rest of the number is at the beginning of the optional data, followed by the check digit and a filler (Doc 9303-5
// §4.2.2, note j; Doc 9303-6 §4.2.2, note j). It gives how many characters of the optional data belong to it, the check
// digit among them; 0 where there is no such number.
func (l *layout) longNumber(text string, d *digit) int {
	if !d.long || l.cut(text, d.at)[0] != filler {
		return 0
	}
	first := l.cut(text, l.fields[number])
	if first[len(first)-1] == filler {
		return 0
	}
	return max(strings.IndexByte(l.cut(text, l.fields[optional]), filler), 0)
}

// longDigit is digit for a long number, of which end characters are in the optional data.
func (l *layout) longDigit(text string, d *digit, end int) Digit {
	more := l.cut(text, l.fields[optional])
	var s sum
	s.add(l.cut(text, l.fields[number]))
	s.add(more[:end-1])
	got, want := more[end-1], s.digit()
	where := spot(l.fields[optional].line, l.fields[optional].from+end-1)
	return Digit{Name: d.name, Where: where, Got: got, Want: want, OK: got == want}
}
