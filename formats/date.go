package formats

import (
	"errors"
	"fmt"
	"time"
)

// A Date is a date with the precision that its document gives it. Birth dates of many people are known to the year or
// the month only (ICAO Doc 9303-3 §4.8 prints the rest as fillers); a Date never invents what is missing.
type Date struct {
	Year  int
	Month time.Month // 0 where unknown
	Day   int        // 0 where unknown
	// Instant is set for dates with a time of day, in the zone that the document states.
	Instant time.Time
	// NoZone is set where the document gives a time of day without a zone; Instant is then in UTC.
	NoZone bool
	// TwoDigitYear is set where the document gives two digits of the year, as an MRZ does: the century is then a reading.
	TwoDigitYear bool
}

// Agrees reports whether two dates can be the same day: every part that both documents give is equal. Of a year with two
// digits, two digits count.
func (d Date) Agrees(e Date) bool {
	years := d.Year == e.Year || (d.TwoDigitYear || e.TwoDigitYear) && d.Year%100 == e.Year%100
	return years && (d.Month == e.Month || d.Month == 0 || e.Month == 0) && (d.Day == e.Day || d.Day == 0 || e.Day == 0)
}

// IsZero reports whether nothing at all is known.
func (d Date) IsZero() bool { return d.Year == 0 && d.Month == 0 && d.Day == 0 }

// Partial reports whether the month or the day is unknown.
func (d Date) Partial() bool { return !d.IsZero() && (d.Month == 0 || d.Day == 0) }

// Earliest is the first moment that the date can mean anywhere on earth's UTC clock of that day: 1963 is the
// beginning of 1 January 1963. The zero Date gives the zero time.
func (d Date) Earliest() time.Time {
	switch {
	case d.IsZero():
		return time.Time{}
	case !d.Instant.IsZero():
		return d.Instant
	}
	return time.Date(d.Year, max(d.Month, 1), max(d.Day, 1), 0, 0, 0, 0, time.UTC)
}

// Latest is the last second that the date can mean: 1963 is the end of 31 December 1963.
func (d Date) Latest() time.Time {
	switch {
	case d.IsZero():
		return time.Time{}
	case !d.Instant.IsZero():
		return d.Instant
	case d.Month == 0:
		return time.Date(d.Year+1, 1, 1, 0, 0, -1, 0, time.UTC)
	case d.Day == 0:
		return time.Date(d.Year, d.Month+1, 1, 0, 0, -1, 0, time.UTC)
	}
	return time.Date(d.Year, d.Month, d.Day+1, 0, 0, -1, 0, time.UTC)
}

// String writes the date with the precision that it has: "1963", "1963-04", "1963-04-09", or RFC 3339.
func (d Date) String() string {
	switch {
	case d.IsZero():
		return ""
	case !d.Instant.IsZero():
		return d.Instant.Format(time.RFC3339Nano)
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, int(d.Month))
	}
	return string(time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).AppendFormat(make([]byte, 0, 10), time.DateOnly))
}

// DateOf is the Date of a moment, in the moment's own zone.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{Year: y, Month: m, Day: d, Instant: t}
}

// ParseDate reads an ISO 8601 calendar date of any precision, with or without a time of day:
//
//	1963  1963-04  1963-04-09  1963-00-00  2021-04-25T12:45:31Z  …+02:00  …+0200  …+02  2021-04-25T12:45:31.5
//
// A month or day of 00 is unknown, as ICAO Doc 9303 and national registers write it. The empty string is the zero Date.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	day, clock, timed := s, "", false
	if len(s) > 10 && (s[10] == 'T' || s[10] == 't' || s[10] == ' ') {
		day, clock, timed = s[:10], s[11:], true
	}
	d, err := parseDay(day)
	if err != nil {
		return Date{}, err
	}
	if !timed {
		return d, nil
	}
	if d.Month == 0 || d.Day == 0 {
		return Date{}, errTimedPartial
	}
	return parseClock(d, clock)
}

var (
	errDay          = errors.New("not a date of the form YYYY, YYYY-MM or YYYY-MM-DD")
	errYear         = errors.New("year 0000 does not exist")
	errMonth        = errors.New("a month that does not exist")
	errNoDay        = errors.New("a day that does not exist in its month")
	errTimedPartial = errors.New("a time of day on a partial date")
	errClock        = errors.New("not a time of day of the form hh:mm:ss with an optional zone")
)

func parseDay(s string) (Date, error) {
	var parts [3]int
	switch len(s) {
	case 4, 7, 10:
	default:
		return Date{}, errDay
	}
	part := 0
	for i := 0; i < len(s); i++ {
		if i == 4 || i == 7 {
			if s[i] != '-' {
				return Date{}, errDay
			}
			part++
			continue
		}
		if s[i] < '0' || s[i] > '9' {
			return Date{}, errDay
		}
		parts[part] = parts[part]*10 + int(s[i]-'0')
	}
	d := Date{Year: parts[0], Month: time.Month(parts[1]), Day: parts[2]}
	if d.Year == 0 {
		return Date{}, errYear
	}
	if d.Month > 12 || (d.Month == 0 && d.Day != 0) {
		return Date{}, errMonth
	}
	if d.Day != 0 && d.Day > time.Date(d.Year, d.Month+1, 0, 0, 0, 0, 0, time.UTC).Day() {
		return Date{}, errNoDay
	}
	return d, nil
}

// parseClock reads "hh:mm", "hh:mm:ss" or "hh:mm:ss.f", and a zone: "Z", "+hh:mm", "+hhmm" or "+hh", or none. It is not
// left to time.Parse, whose answer depends on the zone of the machine and which takes offsets that do not exist.
func parseClock(d Date, s string) (Date, error) {
	var n [3]int // hour, minute, second
	nanos, fields := 0, 0
	for fields < 3 && (fields == 0 || len(s) > 0 && s[0] == ':') {
		if fields > 0 {
			s = s[1:]
		}
		v, ok := twoDigits(s)
		if !ok {
			return Date{}, errClock
		}
		n[fields], s = v, s[2:]
		fields++
	}
	if fields < 2 || n[0] > 23 || n[1] > 59 || n[2] > 59 {
		return Date{}, errClock
	}
	if fields == 3 && len(s) > 0 && s[0] == '.' {
		digits := 0
		for s = s[1:]; len(s) > 0 && s[0] >= '0' && s[0] <= '9'; s = s[1:] {
			if digits < 9 { // finer than a nanosecond is cut off
				nanos = nanos*10 + int(s[0]-'0')
				digits++
			}
		}
		if digits == 0 {
			return Date{}, errClock
		}
		for ; digits < 9; digits++ {
			nanos *= 10
		}
	}
	zone, ok := parseZone(s)
	if !ok {
		return Date{}, errClock
	}
	d.NoZone = s == ""
	d.Instant = time.Date(d.Year, d.Month, d.Day, n[0], n[1], n[2], nanos, zone)
	return d, nil
}

// parseZone reads an offset of less than a day. No zone is UTC.
func parseZone(s string) (*time.Location, bool) {
	if s == "" || s == "Z" || s == "z" {
		return time.UTC, true
	}
	sign := 1
	switch s[0] {
	case '+':
	case '-':
		sign = -1
	default:
		return nil, false
	}
	hours, ok := twoDigits(s[1:])
	minutes := 0
	switch rest := s[min(3, len(s)):]; {
	case !ok || hours > 23:
		return nil, false
	case rest == "":
	default:
		if rest[0] == ':' {
			rest = rest[1:]
		}
		if minutes, ok = twoDigits(rest); !ok || len(rest) != 2 || minutes > 59 {
			return nil, false
		}
	}
	offset := sign * (hours*3600 + minutes*60)
	if offset == 0 {
		return time.UTC, true
	}
	return time.FixedZone("", offset), true
}

func twoDigits(s string) (int, bool) {
	if len(s) < 2 || s[0] < '0' || s[0] > '9' || s[1] < '0' || s[1] > '9' {
		return 0, false
	}
	return int(s[0]-'0')*10 + int(s[1]-'0'), true
}
