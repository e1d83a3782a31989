package verify_test

import (
	"slices"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/verify"
)

// ruleFunc makes a Rule of a function.
type ruleFunc func(verify.Case) []verify.Finding

func (f ruleFunc) Check(c verify.Case) []verify.Finding { return f(c) }

// says is a rule that finds the same in every case.
func says(findings ...verify.Finding) verify.Rule {
	return ruleFunc(func(verify.Case) []verify.Finding { return findings })
}

// DESIGN §4: "A Rule … can cast doubt, never vouch and never condemn."
func TestARuleCanCastDoubtAndNeverVouchesOrCondemns(t *testing.T) {
	ut := newSigner("ut")
	for effect, want := range map[verify.Effect]verify.Verdict{
		verify.Inform: verify.Accept, verify.Protect: verify.Accept, verify.Doubt: verify.Refer, verify.Disqualify: verify.Refer,
	} {
		w := newWorld(t, ut)
		w.Rules = []verify.Rule{says(verify.Finding{Code: "rule.test", Effect: effect, Text: "A sign."})}
		r := w.inspect(t, ut.card())
		if r.Verdict != want || r.Documents[0].Verdict != verify.Accept {
			t.Errorf("%s: the case %s, the document %s; want %s", effect, r.Verdict, r.Documents[0].Verdict, want)
		}
		if got := effectOf(t, r.Findings, "rule.test"); got > verify.Doubt {
			t.Errorf("the rule's effect is %s", got)
		}
		for _, d := range []*formats.Document{newSigner("stranger").card(), printed()} {
			if r := w.inspect(t, d); r.Verdict != verify.Refer {
				t.Errorf("%s, beside an unproved document: %s", effect, r.Verdict)
			}
		}
		if r := w.inspect(t, ut.badCard()); r.Verdict != verify.Reject {
			t.Errorf("%s, beside a disproved document: %s", effect, r.Verdict)
		}
	}
}

// Nor with the policy's help: the policy's effect for a rule's code is held to a doubt too.
func TestAPolicyCannotMakeARuleCondemn(t *testing.T) {
	ut := newSigner("ut")
	w := newWorld(t, ut)
	w.Rules = []verify.Rule{says(verify.Finding{Code: verify.CheckMismatch, Effect: verify.Inform})}
	w.Policy.Effects = map[verify.Code]verify.Effect{verify.CheckMismatch: verify.Disqualify}
	r := w.inspect(t, ut.card())
	if got := effectOf(t, r.Findings, verify.CheckMismatch); r.Verdict != verify.Refer || got != verify.Doubt {
		t.Errorf("%s, %s", r.Verdict, got)
	}
}

// A rule is handed what it needs to compare, and knows what of it is proved.
func TestARuleSeesEveryDocumentWithItsStatus(t *testing.T) {
	ut := newSigner("ut")
	w := newWorld(t, ut)
	var seen verify.Case
	w.Rules = []verify.Rule{ruleFunc(func(c verify.Case) []verify.Finding { seen = c; return nil })}
	w.inspect(t, ut.card(), printed(), newSigner("stranger").card())
	if len(seen.Documents) != 3 || !seen.AsOf.Equal(today) {
		t.Fatalf("%d documents as of %s", len(seen.Documents), seen.AsOf)
	}
	for i, want := range []verify.Status{verify.Authentic, verify.Unsealed, verify.Untrusted} {
		e := seen.Documents[i]
		if e.Status != want || (e.Verified != nil) != (want == verify.Authentic) || e.Unsealed != (want == verify.Unsealed) || len(e.Unverified.Subjects) != 1 {
			t.Errorf("document %d: %+v", i, e)
		}
	}
}

// DESIGN §4, Effect Protect: "offer help; never adverse". It stands first in every list of findings.
func TestOffersOfHelpComeFirst(t *testing.T) {
	ut := newSigner("ut")
	w := newWorld(t) // an empty list gives a finding of its own
	w.Rules = []verify.Rule{
		says(verify.Finding{Code: "rule.one", Effect: verify.Doubt}, verify.Finding{Code: "protect.one", Effect: verify.Protect}),
		says(verify.Finding{Code: "rule.two", Effect: verify.Inform}, verify.Finding{Code: "protect.two", Effect: verify.Protect}),
	}
	r := w.inspect(t, ut.card())
	want := []verify.Code{"protect.one", "protect.two", "rule.one", "rule.two", verify.TrustEmpty}
	if got := codesOf(r.Findings); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}

	w = newWorld(t, ut)
	w.Policy.Effects = map[verify.Code]verify.Effect{verify.HolderNotProven: verify.Protect}
	d := w.one(t, ut.card())
	expect(t, d, verify.Authentic, verify.Accept)
	if d.Findings[0].Code != verify.HolderNotProven {
		t.Errorf("within a document: %v", codesOf(d.Findings))
	}
}

