package heuristics

import "github.com/travelseal/travelseal/verify"

// All lists every rule, offers of help first. The rules hold no state and are safe for concurrent use.
func All() []verify.Rule {
	return []verify.Rule{
		minor,
		identityName,
		identityBirth,
		identityDocument,
		doseInFuture,
		doseAfterIssuance,
		doseBeforeBirth,
		doseBeforeAuthorisation(builtinProducts()),
		namePlaceholder,
	}
}

// Explain lists every code that the rules can give, in the order of All.
func Explain() []verify.Explanation {
	var all []verify.Explanation
	for _, r := range All() {
		all = append(all, r.(verify.Explainer).Explain()...)
	}
	return all
}
