package mrz

import (
	"time"

	"github.com/travelseal/travelseal/formats"
)

// A part of a date is known, unknown (fillers), or no number at all.
type part int

const (
	known part = iota
	unknown
	broken
)

// twoNumerals reads one part of a date. A part of which only one character is known is unknown.
func twoNumerals(s string) (n int, p part) {
	for i := range len(s) {
		switch c := s[i]; {
		case c == filler:
			p = unknown
		case !isNumeral(c):
			return 0, broken
		default:
			n = 10*n + int(c-'0')
		}
	}
	if p == unknown {
		n = 0
	}
	return n, p
}

// expiry reads the date of expiry. Fillers throughout mean that the document does not state one.
func (r *reader) expiry() formats.Date {
	text := r.field(expires)
	yy, p1 := twoNumerals(text[:2])
	mm, p2 := twoNumerals(text[2:4])
	dd, p3 := twoNumerals(text[4:])
	switch {
	case text == "<<<<<<":
		return formats.Date{}
	case p1 != known || p2 != known || p3 != known:
		r.breach(expires, "not six numerals")
		return formats.Date{}
	}
	d := formats.Date{Year: r.expiryYear(yy), Month: time.Month(mm), Day: dd, TwoDigitYear: true}
	if mm == 0 || dd == 0 || !exists(d) {
		r.breach(expires, "not a date of the calendar")
		return formats.Date{}
	}
	return d
}

// expiryYear puts a century to the year of an expiry, by the rule of the package comment.
func (r *reader) expiryYear(yy int) int {
	if r.o.AsOf.IsZero() {
		return 2000 + yy
	}
	now := r.o.AsOf.UTC().Year()
	year := now - now%100 + yy
	switch {
	case year < now-50:
		year += 100
	case year >= now+50:
		year -= 100
	}
	return year
}

// birth reads the date of birth, of which any part may be unknown (Doc 9303-3 §4.8). A month without a year, or a day
// without a month, says nothing that could be compared, and is left out.
func (r *reader) birth() formats.Date {
	text := r.field(birth)
	yy, p1 := twoNumerals(text[:2])
	mm, p2 := twoNumerals(text[2:4])
	dd, p3 := twoNumerals(text[4:])
	if p1 == broken || p2 == broken || p3 == broken {
		r.breach(birth, "holds a letter")
		return formats.Date{}
	}
	if p2 == known && mm == 0 || p3 == known && dd == 0 {
		if !r.o.Decoding.Allows(ZeroDate) {
			r.breach(birth, "not a date of the calendar")
			return formats.Date{}
		}
		r.tolerated(ZeroDate, r.layout.fields[birth].String(), "zeros for an unknown part of the date")
		if yy == 0 && mm == 0 && dd == 0 {
			return formats.Date{}
		}
	}
	if p1 == unknown {
		return formats.Date{}
	}
	if mm == 0 {
		dd = 0
	}
	latest := r.latestBirth()
	if latest.IsZero() {
		return formats.Date{}
	}
	d := formats.Date{Year: latest.Year() - latest.Year()%100 + yy, Month: time.Month(mm), Day: dd, TwoDigitYear: true}
	if d.Earliest().After(latest) {
		d.Year -= 100
	}
	if !exists(d) {
		r.breach(birth, "not a date of the calendar")
		return formats.Date{}
	}
	return d
}

// easternmost is how far the first place on earth where a day begins is ahead of UTC.
const easternmost = 14 * time.Hour

// latestBirth is the last moment at which the holder can have been born; zero where nothing tells it.
func (r *reader) latestBirth() time.Time {
	if !r.o.AsOf.IsZero() {
		return r.o.AsOf.UTC().Add(easternmost)
	}
	return r.m.Expires.Latest()
}

// exists reports whether the calendar has the date, as far as it is known.
func exists(d formats.Date) bool {
	return d.Month <= 12 && d.Day <= time.Date(d.Year, max(d.Month, 1)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}
