package c40

import (
	"time"

	"github.com/travelseal/travelseal/formats"
)

// DateSize is the number of bytes of a date, MaskedSize that of one of which parts may be unknown.
const (
	DateSize   = 3
	MaskedSize = 4
)

// Date reads three bytes: the number that month, day and year make, written one after the other (Doc 9303-13 §2.3.1). The
// error is an *Error.
func Date(b []byte) (formats.Date, error) {
	if len(b) != DateSize {
		return formats.Date{}, &Error{0, "not the three bytes of a date"}
	}
	return date(int(b[0])<<16 | int(b[1])<<8 | int(b[2]))
}

func date(n int) (formats.Date, error) {
	d := formats.Date{Month: time.Month(n / 1_00_0000), Day: n / 1_0000 % 100, Year: n % 1_0000}
	if d.Year == 0 || d.Month < 1 || d.Month > 12 || d.Day < 1 || d.Day > days(d) {
		return formats.Date{}, &Error{0, "not a date of the calendar"}
	}
	return d, nil
}

// days is the number of days of the date's month.
func days(d formats.Date) int { return time.Date(d.Year, d.Month+1, 0, 0, 0, 0, 0, time.UTC).Day() }

// The bits of a mask for month, day and year, of which the highest belongs to the first numeral (ICAO Datastructure for
// Barcode §2.3).
const (
	monthMask = 0xC0
	dayMask   = 0x30
	yearMask  = 0x0F
)

// Masked reads a date of which parts may be unknown: a byte whose bits stand for the eight numerals of month, day and year,
// set where a numeral is unknown, and Date with zeros there. A part of which one numeral is unknown is unknown. A year that
// is not known at all gives the zero Date. The error is an *Error.
func Masked(b []byte) (formats.Date, error) {
	if len(b) != MaskedSize {
		return formats.Date{}, &Error{0, "not the four bytes of a date"}
	}
	mask, n := b[0], int(b[1])<<16|int(b[2])<<8|int(b[3])
	if mask == 0 {
		return date(n)
	}
	rest := n
	for bit := range 8 { // from the last numeral on
		if mask&(1<<bit) != 0 && rest%10 != 0 {
			return formats.Date{}, &Error{0, "a numeral where the mask has none"}
		}
		rest /= 10
	}
	d := formats.Date{Month: time.Month(n / 1_00_0000), Day: n / 1_0000 % 100, Year: n % 1_0000}
	if mask&yearMask != 0 {
		return formats.Date{}, nil
	}
	if mask&monthMask != 0 {
		d.Month, d.Day = 0, 0 // a day without a month says nothing that could be compared
	} else if d.Month < 1 || d.Month > 12 {
		return formats.Date{}, &Error{1, "not a month"}
	}
	if mask&dayMask != 0 {
		d.Day = 0
	} else if d.Month != 0 && (d.Day < 1 || d.Day > days(d)) {
		return formats.Date{}, &Error{1, "not a day of its month"}
	}
	if d.Year == 0 {
		return formats.Date{}, &Error{1, "not a year"}
	}
	return d, nil
}
