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
	if text == "" || text == "<<<<<<" {
		return formats.Date{}
	}
	yy, p1 := twoNumerals(text[:2])
	mm, p2 := twoNumerals(text[2:4])
	dd, p3 := twoNumerals(text[4:])
	if p1 != known || p2 != known || p3 != known {
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

// From this year of two digits on, a French card is of the last century: the layout was issued from 1988 to 2021.
const lastCentury = 50

// issue reads the year and the month of issue at the beginning of the number of a French card.
func (r *reader) issue() formats.Date {
	if !r.layout.issued {
		return formats.Date{}
	}
	text := r.field(number)
	yy, p1 := twoNumerals(text[:2])
	mm, p2 := twoNumerals(text[2:4])
	if p1 != known || p2 != known || mm == 0 || mm > 12 {
		r.breach(number, "does not begin with a year and a month")
		return formats.Date{}
	}
	year := 2000 + yy
	if yy >= lastCentury {
		year -= 100
	}
	return formats.Date{Year: year, Month: time.Month(mm), TwoDigitYear: true}
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
	if latest == 0 {
		return formats.Date{}
	}
	d := formats.Date{Year: latest.year() - latest.year()%100 + yy, Month: time.Month(mm), Day: dd, TwoDigitYear: true}
	if dayOf(d.Year, max(mm, 1), max(dd, 1)) > latest {
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

// latestBirth is the last day on which the holder can have been born; zero where nothing tells it.
func (r *reader) latestBirth() day {
	switch m := &r.m; {
	case !r.o.AsOf.IsZero():
		y, month, d := r.o.AsOf.UTC().Add(easternmost).Date()
		return dayOf(y, int(month), d)
	case !m.Expires.IsZero():
		return dayOf(m.Expires.Year, int(m.Expires.Month), m.Expires.Day)
	case !m.Issued.IsZero():
		return dayOf(m.Issued.Year, int(m.Issued.Month), lastDay)
	}
	return 0
}

// lastDay is after every day of a month, or the last one.
const lastDay = 31

// A day is a date as one number that grows with time: YYYYMMDD.
type day int

func dayOf(year, month, d int) day { return day(10000*year + 100*month + d) }

func (d day) year() int { return int(d) / 10000 }

// lengths are those of the months from January on, in a year that is no leap year.
var lengths = [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

// exists reports whether the calendar has the date, as far as it is known.
func exists(d formats.Date) bool {
	if d.Month > 12 {
		return false
	}
	n := lengths[max(d.Month, 1)-1]
	if leap := d.Year%4 == 0 && d.Year%100 != 0 || d.Year%400 == 0; leap && d.Month == time.February {
		n++
	}
	return d.Day <= n
}
