package heuristics

import (
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/verify"
)

// doseBeforeBirth asks about what is dated before the holder was born. Partial dates are read in the traveller's favour.
// A document that names several people does not say whose the dose was, so that it must lie before the birth of each.
var doseBeforeBirth = rule{
	says: []verify.Explanation{doseUnborn, calendarSuspect},
	check: func(c verify.Case) []verify.Finding {
		var found []verify.Finding
		for o := range occurrences(c) {
			before, detail := len(o.people) > 0, ""
			for _, p := range o.people {
				if !beforeBirth(o.event.When, p.Birth) {
					before = false
					break
				}
				if how := whyBeforeBirth(o.event.When, p.Birth, c.AsOf); how != "" {
					detail = how
				}
			}
			switch {
			case !before:
			case detail != "":
				found = append(found, calendarSuspect.Finding(o.where+".date", detail))
			default:
				found = append(found, doseUnborn.Finding(o.where+".date", "compared with the birth date"))
			}
		}
		return found
	},
}

// beforeBirth reports whether an event lies before a birth, however both are read. A birth that is not known has no
// before.
func beforeBirth(when, birth formats.Date) bool {
	return !birth.IsZero() && when.Latest().Add(slack(when)).Before(birth.Earliest())
}

// whyBeforeBirth gives a way of writing dates under which the event does not lie before the birth; "" if there is none.
func whyBeforeBirth(when, birth formats.Date, asOf time.Time) string {
	for _, r := range readings(birth, asOf) {
		if r.era != "" && !beforeBirth(when, r.date) {
			return "the birth date would fit in " + r.era
		}
	}
	if d, ok := swapped(birth); ok && !beforeBirth(when, d) {
		return "the dates would fit if day and month of the birth date change places"
	}
	if d, ok := swapped(when); ok && !beforeBirth(d, birth) {
		return "the dates would fit if day and month of the event change places"
	}
	return ""
}

var doseUnborn = verify.Explanation{
	Code:   "rule.dose_before_birth",
	Effect: verify.Doubt,
	Text:   "A dose, a test or a first positive result is dated before the holder was born.",
	Cite:   "Regulation (EU) 2021/953, annex; ICAO Doc 9303-3 §4.8 on partial dates; rule version 1",
	Next:   lookAgain,
	Limits: "Usually one of the two dates is mistyped. A birth date of which only the year or month is known is read as the earliest day. " + notFraud,
}

var calendarSuspect = verify.Explanation{
	Code:   "rule.calendar_suspect",
	Effect: verify.Inform,
	Text:   "A date seems to be written in another calendar, or with day and month exchanged.",
	Cite:   "ICAO Doc 9303-3 §4.8; rule version 1",
	Next:   "Read the date in the way that is named here. Nothing else follows from it.",
	Limits: "It is a mistake of writing, and common where registers keep another calendar.",
}
