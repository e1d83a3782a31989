package heuristics

import (
	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/verify"
)

// doseBeforeAuthorisation asks about a dose that is dated before its vaccine was first given to anybody, trials included.
// Products that the table does not know give nothing.
func doseBeforeAuthorisation(p products) rule {
	return rule{
		says: []verify.Explanation{doseTooEarly},
		check: func(c verify.Case) []verify.Finding {
			var found []verify.Finding
			for o := range occurrences(c) {
				first, known := p.first[o.event.Product.Code]
				if known && o.event.Kind == formats.Vaccination && o.event.When.Latest().Before(first.Earliest()) {
					found = append(found, doseTooEarly.Finding(o.where+".date", "compared with the product, by table of products "+p.version))
				}
			}
			return found
		},
	}
}

var doseTooEarly = verify.Explanation{
	Code:   "rule.dose_before_authorisation",
	Effect: verify.Doubt,
	Text:   "A dose is dated before its vaccine is known to have been given to anybody, in trials or otherwise.",
	Cite:   "heuristics/data/products.json, with a source for each product; rule version 1",
	Next:   lookAgain + " A mistyped year is the usual cause.",
	Limits: "Takers of the first trials, and people whom developers vaccinated before any trial, are allowed for as far as is publicly known. " + notFraud,
}
