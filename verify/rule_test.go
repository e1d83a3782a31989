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

// A document that a rule's doubt names is referred itself; the others keep their verdicts.
func TestARulesDoubtReachesTheDocumentThatItNames(t *testing.T) {
	ut := newSigner("ut")
	w := newWorld(t, ut)
	var documents []*formats.Document
	for range 11 {
		documents = append(documents, ut.card())
	}
	documents = append(documents, ut.badCard())
	w.Rules = []verify.Rule{says(
		verify.Finding{Code: "rule.one", Effect: verify.Doubt, Where: verify.DocumentPath(1) + ".holder"},
		verify.Finding{Code: "rule.two", Effect: verify.Inform, Where: verify.DocumentPath(2)},
		verify.Finding{Code: "rule.three", Effect: verify.Doubt, Where: verify.DocumentPath(11)},
		verify.Finding{Code: "rule.four", Effect: verify.Doubt, Where: "documents[99]"},
	)}
	r := w.inspect(t, documents...)
	for i, d := range r.Documents {
		want := map[int]verify.Verdict{1: verify.Refer, 11: verify.Reject}[i]
		if i != 1 && i != 11 { // among them documents[10], which begins like documents[1]
			want = verify.Accept
		}
		if d.Verdict != want {
			t.Errorf("documents[%d]: %s, want %s", i, d.Verdict, want)
		}
	}
}

// explainer is a rule that says which codes it gives.
type explainer struct {
	ruleFunc
	codes []verify.Explanation
}

func (e explainer) Explain() []verify.Explanation { return e.codes }

// DESIGN §4: Protect is "never adverse": no policy makes an offer of help into a reason to refer somebody.
func TestAPolicyCannotTurnHelpIntoADoubt(t *testing.T) {
	ut := newSigner("ut")
	minor := verify.Explanation{Code: "protect.minor", Effect: verify.Protect, Text: "The holder is a child.", Next: "Ask for the adult who travels along."}
	w := newWorld(t, ut)
	w.Rules = []verify.Rule{explainer{func(verify.Case) []verify.Finding { return []verify.Finding{minor.Finding("", "")} }, []verify.Explanation{minor}}}
	w.Policy.Effects = map[verify.Code]verify.Effect{minor.Code: verify.Doubt}
	v, err := verify.New(w.Config)
	if err != nil {
		return // refused: that is as good
	}
	if r := v.Inspect(t.Context(), w.inputs(ut.card())); r.Verdict != verify.Accept {
		t.Errorf("the case: %s, because the holder is a child", r.Verdict)
	}
}

// A policy names the codes of the rules that are in force, and of no others.
func TestAPolicyCanNameTheCodesOfItsRules(t *testing.T) {
	ut := newSigner("ut")
	sign := verify.Explanation{Code: "rule.sign", Effect: verify.Doubt, Text: "A sign."}
	w := newWorld(t, ut)
	w.Policy.Effects = map[verify.Code]verify.Effect{sign.Code: verify.Inform}
	if _, err := verify.New(w.Config); err == nil {
		t.Error("the code of a rule that is not in force is taken")
	}
	w.Rules = []verify.Rule{explainer{func(verify.Case) []verify.Finding { return []verify.Finding{sign.Finding("", "")} }, []verify.Explanation{sign}}}
	if r := w.inspect(t, ut.card()); r.Verdict != verify.Accept || effectOf(t, r.Findings, sign.Code) != verify.Inform {
		t.Errorf("the case: %s", r.Verdict)
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
