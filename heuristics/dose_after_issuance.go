package heuristics

import "github.com/travelseal/travelseal/verify"

// doseAfterIssuance asks about what a document certifies although it is dated after the document itself.
var doseAfterIssuance = rule{
	says: []verify.Explanation{doseIssuedBefore},
	check: func(c verify.Case) []verify.Finding {
		var found []verify.Finding
		for o := range occurrences(c) {
			when, issued := o.event.When, o.validity.IssuedAt
			if !issued.IsZero() && when.Earliest().After(issued.Add(slack(when))) {
				found = append(found, doseIssuedBefore.Finding(o.where+".date", "compared with the document's date of issue"))
			}
		}
		return found
	},
}

var doseIssuedBefore = verify.Explanation{
	Code:   "rule.dose_after_issuance",
	Effect: verify.Doubt,
	Text:   "A dose, a test or a first positive result is dated after the document that certifies it was issued.",
	Cite:   "Regulation (EU) 2021/953, annex; RFC 8392 §3.1.6; rule version 1",
	Next:   lookAgain,
	Limits: "Issuers who prepare certificates in advance, and mistyped dates, produce the same; up to two days are let pass. " + notFraud,
}
