package mrz

import "slices"

// A search looks for exchanges of look-alikes after which a zone is whole.
type search struct {
	l       *layout
	text    []byte
	regions []region
	rest    []int // places under the composite check digit alone, that digit's among them

	chosen []int // the places that are exchanged now
	found  []int // those of the last way that made the zone whole
	ways   int
}

// A region is a field with its check digit: the places in it whose character has a look-alike that may stand there.
type region struct {
	digit  *digit
	places []int
}

// newSearch divides the zone into what has a check digit of its own and the rest.
func newSearch(l *layout, text string) *search {
	s := &search{l: l, text: []byte(text)}
	taken := make([]bool, len(text))
	var composite *digit
	for i := range l.digits {
		d := &l.digits[i]
		if d.composite {
			composite = d
			continue
		}
		parts := append([]place{d.at}, d.over...)
		if l.longNumber(text, d) > 0 {
			parts = append(parts, l.fields[optional])
		}
		s.regions = append(s.regions, region{digit: d, places: s.candidates(parts, taken)})
	}
	if composite != nil {
		s.rest = s.candidates(append([]place{composite.at}, composite.over...), taken)
	}
	return s
}

// candidates lists the places that are not taken yet and may be misread, and takes all of them.
func (s *search) candidates(parts []place, taken []bool) []int {
	var list []int
	for _, p := range parts {
		for position := p.from; position <= p.to; position++ {
			at := (p.line-1)*s.l.width + position - 1
			if other, ok := lookAlike(s.text[at]); ok && !taken[at] && s.l.takes(p.line, position, other) {
				list = append(list, at)
			}
			taken[at] = true
		}
	}
	return list
}

// takes reports whether a letter or a numeral may stand at a position: letters stand in no date and no check digit, and
// numerals in no name, code or sex.
func (l *layout) takes(line, position int, c byte) bool {
	within := func(p place) bool { return p.line == line && p.from <= position && position <= p.to }
	for i := range l.digits {
		if d := &l.digits[i]; within(d.at) {
			return isNumeral(c)
		}
	}
	for i, p := range l.fields {
		if !within(p) {
			continue
		}
		switch i {
		case birth, expires:
			return isNumeral(c)
		case code, state, nationality, name, given, sex:
			return !isNumeral(c)
		}
	}
	return true
}

// find gives the places of the one exchange, or else of the one combination of exchanges, that makes the zone whole.
func (s *search) find() []int {
	all := slices.Clone(s.rest)
	var broken []region
	for _, r := range s.regions {
		all = append(all, r.places...)
		if !s.holds(r.digit) {
			broken = append(broken, r)
		}
	}
	for _, at := range all {
		s.with(at, func() { s.combine(nil) })
	}
	if s.ways == 0 {
		s.combine(broken)
	}
	if s.ways == 0 {
		for _, at := range s.rest {
			s.with(at, func() { s.combine(broken) })
		}
	}
	if s.ways != 1 {
		return nil
	}
	return s.found
}

// combine tries one exchange in each of the regions, and counts the ways in which all of them make the zone whole. Two
// are as many as a thousand: the search then ends.
func (s *search) combine(regions []region) {
	switch {
	case s.ways > 1:
	case len(regions) > 0:
		for _, at := range regions[0].places {
			s.with(at, func() {
				if s.holds(regions[0].digit) {
					s.combine(regions[1:])
				}
			})
		}
	case s.whole():
		s.ways++
		s.found = slices.Clone(s.chosen)
	}
}

// with does something while one character is exchanged.
func (s *search) with(at int, do func()) {
	was := s.text[at]
	s.text[at], _ = lookAlike(was)
	s.chosen = append(s.chosen, at)
	do()
	s.chosen = s.chosen[:len(s.chosen)-1]
	s.text[at] = was
}

// whole reports whether every check digit holds and the dates are of numerals.
func (s *search) whole() bool {
	for i := range s.l.digits {
		if !s.holds(&s.l.digits[i]) {
			return false
		}
	}
	return true
}

// holds reports whether a check digit holds, and the date that it covers is one.
func (s *search) holds(d *digit) bool {
	text := string(s.text)
	if !s.l.digit(text, d).OK {
		return false
	}
	switch d.name {
	case DigitBirth:
		return dated(s.l.cut(text, s.l.fields[birth]))
	case DigitExpires:
		return dated(s.l.cut(text, s.l.fields[expires]))
	}
	return true
}

// dated reports whether a field is a date, with or without unknown parts.
func dated(s string) bool {
	_, p1 := twoNumerals(s[:2])
	month, p2 := twoNumerals(s[2:4])
	d, p3 := twoNumerals(s[4:])
	return p1 != broken && p2 != broken && p3 != broken && month <= len(lengths) && d <= lastDay
}
