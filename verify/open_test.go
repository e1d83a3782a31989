package verify_test

import (
	"context"
	"errors"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/verify"
)

// DESIGN §4: "Open … succeeds only on Accept"; §7: "Never both nil and doubtful."
func TestOpenSucceedsOnAcceptOnlyAndOtherwiseCarriesTheReport(t *testing.T) {
	ut := newSigner("ut")
	w := newWorld(t, ut)
	v := w.verifier(t)
	got, err := v.Open(context.Background(), w.input(ut.chip()))
	if err != nil {
		t.Fatal(err)
	}
	if got.Format() != chip || got.Claims().Subjects[0].Names[0].Given != "Maren" || got.Anchor().Source.Name != "ut" || len(got.Parts()) != 2 {
		t.Errorf("%s, %+v, %s, %v", got.Format(), got.Claims(), got.Anchor().Source.Name, got.Parts())
	}
	for what, d := range map[string]*formats.Document{
		"refer": newSigner("stranger").card(), "reject": ut.badCard(), "unsealed": printed(), "expired": expired(ut.card()),
	} {
		got, err := v.Open(context.Background(), w.input(d))
		refused := new(verify.NotVerifiedError)
		if got != nil || !errors.As(err, &refused) || refused.Report == nil || refused.Report.Verdict == verify.Accept || refused.Error() == "" {
			t.Errorf("%s: %v, %v", what, got, err)
		}
	}
}

func TestOpenCaseSucceedsOnlyWhereTheWholeCaseIsAccepted(t *testing.T) {
	ut, second := newSigner("ut"), newSigner("second")
	w := newWorld(t, ut, second)
	v := w.verifier(t)
	got, err := v.OpenCase(context.Background(), w.inputs(ut.card(), second.chip())...)
	if err != nil {
		t.Fatal(err)
	}
	if list := got.Documents(); len(list) != 2 || list[0].Format() != card || list[1].Format() != chip || list[1].Anchor().Source.Name != "second" {
		t.Errorf("%v", list)
	}
	if got, err := v.OpenCase(context.Background(), w.inputs(ut.card(), newSigner("stranger").card())...); got != nil || err == nil {
		t.Error("a case with an unproved document is opened")
	}
	if got, err := v.OpenCase(context.Background()); got != nil || err == nil {
		t.Error("a case of no documents is opened")
	}
	w.Rules = []verify.Rule{says(verify.Finding{Code: "rule.test", Effect: verify.Doubt})}
	refused := new(verify.NotVerifiedError)
	if _, err := w.verifier(t).OpenCase(context.Background(), w.inputs(ut.card())...); !errors.As(err, &refused) {
		t.Errorf("a case that a rule doubts: %v", err)
	}
}

// A companion is no Verified. Whoever walks over an accepted case must not stumble on it.
func TestEveryDocumentOfAnOpenedCaseIsVerified(t *testing.T) {
	ut := newSigner("ut")
	w := newWorld(t, ut)
	got, err := w.verifier(t).OpenCase(context.Background(), w.inputs(printed(), ut.card())...)
	if err != nil {
		t.Fatalf("a companion beside an accepted document: %v", err)
	}
	verified := 0
	for i, d := range got.Documents() {
		if d == nil {
			t.Errorf("document %d is nil, and asking it anything panics", i)
			continue
		}
		if d.Format() == card {
			verified++
		}
	}
	if verified != 1 {
		t.Errorf("%d verified cards", verified)
	}
}
