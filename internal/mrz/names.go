package mrz

import "strings"

// names divides the name field (Doc 9303-3 §4.6). The French card has two fields, and in that of the given names two
// fillers divide one from the next.
func (r *reader) names() {
	m, field := &r.m, r.field(name)
	if r.has(given) {
		second := r.field(given)
		m.Truncated = full(field) || full(second)
		m.Primary, m.Secondary = components(field), components(second)
		r.spelling(given, second)
	} else {
		m.Truncated = full(field)
		primary, secondary, _ := strings.Cut(field, "<<")
		m.Primary, m.Secondary = components(primary), components(secondary)
	}
	r.spelling(name, field)
	if m.Primary == "" && m.Secondary == "" {
		r.breach(name, "empty")
	}
}

// full reports whether a name fills its field to the last position.
func full(field string) bool { return field[len(field)-1] != filler }

// spelling notes numerals, which no name has in the zone (Doc 9303-3 §4.6).
func (r *reader) spelling(i int, field string) {
	for at := range len(field) {
		if isNumeral(field[at]) {
			r.breach(i, "holds a numeral")
			return
		}
	}
}

// components writes the parts of an identifier with one blank between them.
func components(s string) string {
	s = strings.Trim(s, fillers)
	if strings.Contains(s, "<<") { // not as Doc 9303-3 has it; the parts are the same
		return strings.Join(strings.FieldsFunc(s, func(c rune) bool { return c == filler }), " ")
	}
	return strings.ReplaceAll(s, fillers, " ")
}
