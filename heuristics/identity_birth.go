package heuristics

import (
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/verify"
)

// identityBirth compares the birth dates of two documents.
var identityBirth = rule{
	says: []verify.Explanation{birthMismatch, birthExplained, birthMatch},
	check: func(c verify.Case) []verify.Finding {
		var found []verify.Finding
		for p := range pairs(c) {
			best, how, person := bestBirths(p, c.AsOf)
			switch best {
			case birthsAgree:
				found = append(found, birthMatch.Finding(p.place(person, ".birth_date"), p.compared(how)))
			case birthsExplained:
				found = append(found, birthExplained.Finding(p.place(person, ".birth_date"), p.compared(how)))
			case birthsDiffer:
				found = append(found, birthMismatch.Finding(p.place(-1, ".birth_date"), p.compared(how)))
			}
		}
		return found
	},
}

// An agreement is what came of comparing two birth dates, the worst first.
type agreement int

const (
	birthsDiffer agreement = iota
	birthsUnknown
	birthsExplained
	birthsAgree
)

// bestBirths gives the best agreement between any person of one document and any of the other, and whose it is.
func bestBirths(p pair, asOf time.Time) (best agreement, how string, person int) {
	person = -1
	for k := range p.people {
		for m := range p.others {
			a, h := compareBirths(p.people[k].Birth, p.others[m].Birth, asOf)
			if person < 0 || a > best {
				best, how, person = a, h, k
			}
		}
	}
	return best, how, person
}

// compareBirths compares two birth dates as far as both are known, and says what explains a difference.
func compareBirths(a, b formats.Date, asOf time.Time) (agreement, string) {
	switch {
	case a.IsZero() || b.IsZero():
		return birthsUnknown, ""
	case a.Agrees(b) && a.Partial() != b.Partial():
		return birthsAgree, "as far as both are known"
	case a.Agrees(b):
		return birthsAgree, ""
	case standsForUnknown(a) || standsForUnknown(b):
		return birthsExplained, "one of them stands for a date that is not known"
	}
	if era := eraOf(a, b, asOf); era != "" {
		return birthsExplained, "one of them would fit in " + era
	}
	if newYear(a) || newYear(b) {
		if a.Year == b.Year {
			return birthsExplained, "1 January is written where the day is not known, and the years agree"
		}
	}
	if d, ok := swapped(a); ok && d.Agrees(b) && !b.Partial() {
		return birthsExplained, "day and month have changed places"
	}
	if mistyped(a, b) {
		return birthsExplained, "one digit differs, or two neighbouring digits have changed places"
	}
	return birthsDiffer, ""
}

// eraOf names the calendar in which one of two dates would agree with the other; "" if there is none.
func eraOf(a, b formats.Date, asOf time.Time) string {
	for _, two := range [...][2]formats.Date{{a, b}, {b, a}} {
		for _, r := range readings(two[0], asOf) {
			if r.era != "" && r.date.Agrees(two[1]) {
				return r.era
			}
		}
	}
	return ""
}

// mistyped reports whether two dates, written as digits as far as both are known, differ in one digit, or by two
// neighbouring digits that have changed places.
func mistyped(a, b formats.Date) bool {
	x, y := digits(a), digits(b)
	n := min(known(a), known(b))
	first, count := -1, 0
	for i := range n {
		if x[i] == y[i] {
			continue
		}
		if first < 0 {
			first = i
		}
		count++
	}
	return count == 1 || count == 2 && first+1 < n && x[first] == y[first+1] && x[first+1] == y[first]
}

// digits writes a date as YYYYMMDD.
func digits(d formats.Date) [8]int {
	m := int(d.Month)
	return [8]int{d.Year / 1000 % 10, d.Year / 100 % 10, d.Year / 10 % 10, d.Year % 10, m / 10, m % 10, d.Day / 10, d.Day % 10}
}

// known is how many of its digits a date has.
func known(d formats.Date) int {
	switch {
	case d.Month == 0:
		return 4
	case d.Day == 0:
		return 6
	}
	return 8
}

var birthMismatch = verify.Explanation{
	Code:   "rule.identity_dob_mismatch",
	Effect: verify.Doubt,
	Text:   "The birth dates in two documents differ, and no common mistake explains it.",
	Cite:   "ICAO Doc 9303-3 §4.8; rule version 1",
	Next:   "Ask for the birth date and for another document that states it. " + lookAgain,
	Limits: "People who were registered late or in flight have documents with different dates. " + notFraud,
}

var birthExplained = verify.Explanation{
	Code:   "rule.identity_dob_explained",
	Effect: verify.Inform,
	Text:   "The birth dates in two documents differ in a way that a common mistake or custom explains.",
	Cite:   "ICAO Doc 9303-3 §4.8; rule version 1",
	Next:   "Look at both dates in the way that is named here, together with name and portrait.",
	Limits: "Exchanged digits, other calendars and estimated dates are common, and no sign against the holder.",
}

var birthMatch = verify.Explanation{
	Code:   "rule.identity_dob_match",
	Effect: verify.Inform,
	Text:   "The birth dates in two documents agree.",
	Cite:   "ICAO Doc 9303-3 §4.8; rule version 1",
	Next:   "Compare the person with the portrait, as always.",
	Limits: "Different people can be born on one day.",
}
