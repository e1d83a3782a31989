package heuristics

import (
	"strings"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/verify"
)

// identityDocument compares what a chip says of its document with the zone that is printed on it. The two are written by one
// issuer at one time; a page that was changed, or a chip that is another document's, differs.
var identityDocument = rule{
	says: []verify.Explanation{documentDiffers},
	check: func(c verify.Case) []verify.Finding {
		var found []verify.Finding
		for p := range pairs(c) {
			chip, page := claims(&c.Documents[p.at]), claims(&c.Documents[p.with])
			if chip.Portrait == nil || page.Portrait != nil || len(chip.Documents) != 1 || len(page.Documents) != 1 || len(page.Events) > 0 {
				continue // a certificate that names a passport is none, and may name an older one
			}
			if what := differs(chip.Documents[0], page.Documents[0]); what != "" {
				found = append(found, documentDiffers.Finding(verify.DocumentPath(p.at)+".documents", p.compared(what)))
			}
		}
		return found
	},
}

// differs names what two readings of one kind of document do not share; "" where nothing does, or where they are of two
// kinds. Only what both state is compared.
func differs(chip, page formats.DocRef) string {
	kind := func(r formats.DocRef) string {
		return strings.TrimRight(r.Type, "<")[:min(1, len(strings.TrimRight(r.Type, "<")))]
	}
	if kind(chip) == "" || kind(chip) != kind(page) {
		return ""
	}
	var list []string
	other := func(name, a, b string) {
		if a != "" && b != "" && a != b {
			list = append(list, name)
		}
	}
	other("the number", chip.Number, page.Number)
	other("the issuing state", chip.IssuingState, page.IssuingState)
	if a, b := chip.Expires, page.Expires; !a.IsZero() && !b.IsZero() && !a.Agrees(b) {
		list = append(list, "the date of expiry")
	}
	return strings.Join(list, ", ")
}

var documentDiffers = verify.Explanation{
	Code:   "rule.identity_document_mismatch",
	Effect: verify.Doubt,
	Text:   "The chip and the printed zone beside it are not of one document.",
	Cite:   "ICAO Doc 9303-10 §4.7.1; rule version 1",
	Next:   "Read the zone again, and see that chip and page are of the same passport. " + lookAgain,
	Limits: "A misread character, and a traveller with two passports, produce the same. " + notFraud,
}
