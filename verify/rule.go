package verify

import (
	"time"

	"github.com/travelseal/travelseal/formats"
)

// A Rule looks for signs of fraud, or for a person's need of protection, in a Case. It can cast doubt, never vouch and
// never condemn: whatever it returns, its effects are held to Inform, Protect and Doubt.
type Rule interface{ Check(Case) []Finding }

// An Explainer is a Rule that says which codes it can give, so that policies, "explain" and the list of codes know them.
type Explainer interface{ Explain() []Explanation }

// Finding makes a finding of the explained code, with the code's own effect. Where names the place from the root of
// the report: "documents[0].holder.birth_date". Detail is particular to the case and holds no personal data.
func (e Explanation) Finding(where, detail string) Finding {
	return Finding{Code: e.Code, Effect: e.Effect, Where: where, Text: e.Text, Detail: detail, Cite: e.Cite, Next: e.Next}
}

// explained lists the codes of rules that explain theirs.
func explained(rules []Rule) []Explanation {
	var all []Explanation
	for _, r := range rules {
		if e, ok := r.(Explainer); ok {
			all = append(all, e.Explain()...)
		}
	}
	return all
}

// A Case is every document that one traveller presented, as of one moment.
type Case struct {
	Documents []Evidence
	AsOf      time.Time
}

// Evidence is one document of a Case as a Rule sees it.
type Evidence struct {
	Format     formats.ID
	Status     Status
	Verified   *Verified      // nil unless the document is authentic
	Unverified formats.Claims // what the document says, sealed or not
	Validity   formats.Validity
	Unsealed   bool // of a kind that never carries a seal, such as a printed MRZ
}

// applyRules runs the rules over the case. Findings keep their codes, but no rule can disqualify.
func (v *Verifier) applyRules(c Case) []Finding {
	var all []Finding
	for _, r := range v.c.Rules {
		for _, f := range r.Check(c) {
			f.Effect = min(f.Effect, Doubt)
			v.c.Policy.apply(&f)
			f.Effect = min(f.Effect, Doubt)
			all = append(all, f)
		}
	}
	return all
}
