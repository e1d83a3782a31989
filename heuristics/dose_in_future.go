package heuristics

import "github.com/travelseal/travelseal/verify"

// doseInFuture asks about what is said to have been done and is dated after the moment of the check.
var doseInFuture = rule{
	says: []verify.Explanation{futureDose},
	check: func(c verify.Case) []verify.Finding {
		if c.AsOf.IsZero() {
			return nil
		}
		var found []verify.Finding
		for o := range occurrences(c) {
			when := o.event.When
			if !when.Earliest().After(c.AsOf.Add(slack(when))) {
				continue
			}
			detail := ""
			if other := readings(when, c.AsOf); len(other) > 0 {
				detail = "the year would fit in " + other[0].era
			}
			found = append(found, futureDose.Finding(o.where+".date", detail))
		}
		return found
	},
}

var futureDose = verify.Explanation{
	Code:   "rule.dose_in_future",
	Effect: verify.Doubt,
	Text:   "A dose, a test or a first positive result is dated later than the moment of this check.",
	Cite:   "Regulation (EU) 2021/953, annex: the date of the dose received, of the sample, of the first positive result; rule version 1",
	Next:   "Look whether this device's clock is right. " + lookAgain,
	Limits: "A mistyped date, a year of another calendar or a wrong clock here produces the same. Time zones do not: up to two days are let pass. " + notFraud,
}
