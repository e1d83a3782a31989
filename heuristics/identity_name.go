package heuristics

import (
	"github.com/travelseal/travelseal/heuristics/names"
	"github.com/travelseal/travelseal/verify"
)

// identityName compares the names of two documents in every spelling, order and transliteration.
var identityName = rule{
	says: []verify.Explanation{nameMismatch, nameSimilar, nameMatch, nameNotCompared},
	check: func(c verify.Case) []verify.Finding {
		var found []verify.Finding
		for p := range pairs(c) {
			best, person := bestNames(p)
			e := nameNotCompared
			switch best.Level {
			case names.Same:
				e = nameMatch
			case names.Similar:
				e = nameSimilar
			case names.Different:
				e, person = nameMismatch, -1
			}
			found = append(found, e.Finding(p.place(person, ".names"), p.compared(best.Reason)))
		}
		return found
	},
}

// maxPeople bounds the people of a document whose names are compared; each is compared with each of the other document.
const maxPeople = 32

// bestNames gives the best agreement between any person of one document and any of the other, and whose it is. A name
// that could not be compared may be the one that agrees, and so counts for more than a difference.
func bestNames(p pair) (best names.Result, person int) {
	rank := [...]int{names.Different: 0, names.Unknown: 1, names.Similar: 2, names.Same: 3}
	person = -1
	if max(len(p.people), len(p.others)) > maxPeople {
		best.Reason, person = "not all compared: a document names too many people", 0
	}
	for k := range min(len(p.people), maxPeople) {
		for m := range min(len(p.others), maxPeople) {
			r := names.Compare(p.people[k].Names, p.others[m].Names)
			if person < 0 || rank[r.Level] > rank[best.Level] || r.Level == best.Level && r.Score > best.Score {
				best, person = r, k
			}
		}
	}
	return best, person
}

var nameMismatch = verify.Explanation{
	Code:   "rule.identity_name_mismatch",
	Effect: verify.Doubt,
	Text:   "The names in two documents seem to be those of different people.",
	Cite:   "ICAO Doc 9303-3 §4.6 and §6; rule version 1",
	Next:   "Compare the two names yourself, and ask whether the name was changed, by marriage or otherwise, or is written in another way at home. " + lookAgain,
	Limits: "People who have married, been adopted or changed their name, and names that two offices have romanised in two ways, produce the same. " + notFraud,
}

var nameSimilar = verify.Explanation{
	Code:   "rule.identity_name_similar",
	Effect: verify.Inform,
	Text:   "The names in two documents are alike but not the same.",
	Cite:   "ICAO Doc 9303-3 §4.6 and §6; rule version 1",
	Next:   "Compare the two names yourself, together with birth date and portrait.",
	Limits: "Missing second names and other spellings are the rule in many countries.",
}

var nameMatch = verify.Explanation{
	Code:   "rule.identity_name_match",
	Effect: verify.Inform,
	Text:   "The names in two documents agree.",
	Cite:   "ICAO Doc 9303-3 §4.6 and §6; rule version 1",
	Next:   "Compare the person with the portrait, as always.",
	Limits: "Different people can have the same name.",
}

var nameNotCompared = verify.Explanation{
	Code:   "rule.identity_name_not_compared",
	Effect: verify.Inform,
	Text:   "The names in two documents could not be compared here.",
	Cite:   "ICAO Doc 9303-3 §6; rule version 1",
	Next:   "Compare the names yourself, with help from someone who reads the script.",
	Limits: "It is a limit of this program and no sign against the holder.",
}
