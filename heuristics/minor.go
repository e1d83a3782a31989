package heuristics

import (
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/verify"
)

// minor offers help for everybody who may be a child, whatever the document proves.
var minor = rule{
	says: []verify.Explanation{protectMinor},
	check: func(c verify.Case) []verify.Finding {
		if c.AsOf.IsZero() {
			return nil
		}
		var found []verify.Finding
		for i := range c.Documents {
			people := c.Documents[i].Unverified.Subjects
			for k, p := range people {
				if mayBeMinor(p.Birth, c.AsOf) {
					found = append(found, protectMinor.Finding(personPath(i, k, len(people))+".birth_date", ""))
				}
			}
		}
		return found
	},
}

// adult is the age at which childhood ends (Convention on the Rights of the Child, article 1).
const adult = 18

// mayBeMinor reads a birth date so that a possible child is one: a partial date as its last day, 1 January, which
// registers write for a day that is not known, as the whole year, and the eighteenth birthday itself as a day of childhood,
// so that no time zone matters. A date in the near future was as likely mistyped for a child as written in Nepal's
// calendar, and is taken for a child's.
func mayBeMinor(birth formats.Date, asOf time.Time) bool {
	if birth.IsZero() {
		return false
	}
	future := birth.Year >= oldest && !possible(birth, asOf)
	for _, r := range readings(birth, asOf) {
		d := r.date
		if newYear(d) {
			d.Month, d.Day = 0, 0
		}
		if !asOf.After(d.Latest().AddDate(adult, 0, 0)) {
			return true
		}
		future = future && r.era == bikramSambat
	}
	return future
}

var protectMinor = verify.Explanation{
	Code:   "protect.minor",
	Effect: verify.Protect,
	Text:   "The document may be that of a child. Offer help.",
	Cite:   "Convention on the Rights of the Child, articles 1, 3 and 20; rule version 1",
	Next: "Call the colleague for child safeguarding, and look who accompanies the child. The child's best interests come first; " +
		"a child who travels alone is offered help and never turned away for it.",
	Limits: "It is an offer of help. It is no reason for further checks of the child's documents, and no sign against anybody.",
}
