package heuristics

import (
	"time"

	"github.com/travelseal/travelseal/formats"
)

// slack is how much later than it is a date may look without meaning anything. A day without a time begins on the date
// line 14 hours before it begins in UTC and ends 12 hours after it; issuers who write certificates for the next day get
// the rest.
func slack(d formats.Date) time.Duration {
	if d.Instant.IsZero() || d.NoZone {
		return 48 * time.Hour
	}
	return 24 * time.Hour
}

// oldest is the first year in which somebody who travels can have been born. Below it, a year belongs to another
// calendar or is a mistake.
const oldest = 1850

// An era is a calendar that registers write years in.
type era struct {
	name string
	// years gives the first and the last of our years that a year of the era may overlap.
	years func(int) (first, last int)
	// days is set where months and days are ours and only the year differs.
	days bool
}

// eras are the calendars of civil registers. Thailand counts from the Buddha's death and otherwise as we do since 1941;
// Nepal's year begins in April, Iran's and Afghanistan's in March; the lunar year is 11 days shorter than ours.
var eras = [...]era{
	{"the Buddhist Era", func(y int) (int, int) { return y - 543, y - 543 }, true},
	{bikramSambat, func(y int) (int, int) { return y - 57, y - 56 }, false},
	{"the solar Hijri calendar", func(y int) (int, int) { return y + 621, y + 622 }, false},
	{"the lunar Hijri calendar", func(y int) (int, int) { return y*32/33 + 622, y*32/33 + 623 }, false},
}

const bikramSambat = "the Bikram Sambat calendar"

// A reading is a date of our calendar that a written date may mean.
type reading struct {
	date formats.Date
	era  string // "" where it is the date as written
}

// readings gives the dates that a date of birth or of a dose may mean. A date that can be one is read as written; one that
// cannot, because it lies in the future or before anyone's birth, may be of another calendar.
func readings(d formats.Date, asOf time.Time) []reading {
	if d.IsZero() {
		return nil
	}
	if possible(d, asOf) {
		return []reading{{date: d}}
	}
	var list []reading
	for _, e := range eras {
		first, last := e.years(d.Year)
		for y := first; y <= last; y++ {
			r := formats.Date{Year: y}
			if e.days {
				r.Month, r.Day = d.Month, d.Day
			}
			if possible(r, asOf) {
				list = append(list, reading{r, e.name})
			}
		}
	}
	return list
}

func possible(d formats.Date, asOf time.Time) bool {
	return d.Year >= oldest && !d.Earliest().After(asOf.Add(slack(d)))
}

// swapped gives the date with day and month exchanged, where that is another date.
func swapped(d formats.Date) (formats.Date, bool) {
	if d.Day < 1 || d.Day > 12 || time.Month(d.Day) == d.Month || d.Month == 0 {
		return formats.Date{}, false
	}
	return formats.Date{Year: d.Year, Month: time.Month(d.Day), Day: int(d.Month)}, true
}

// newYear reports whether a full date is 1 January, which registers write for a birth whose day is not known.
func newYear(d formats.Date) bool { return d.Month == time.January && d.Day == 1 }

// standsForUnknown reports whether a birth date is what forms are filled with where it is not known at all: 1900, or 1
// January 1900, or earlier.
func standsForUnknown(d formats.Date) bool {
	return d.Year > 0 && d.Year <= 1900 && (d.Month == 0 || newYear(d))
}
