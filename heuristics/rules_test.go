package heuristics_test

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/heuristics"
	"github.com/travelseal/travelseal/verify"
)

// codes are the rules' interface: they are never removed, and their effects are those that the documentation names.
var codes = map[verify.Code]verify.Effect{
	"protect.minor":                   verify.Protect,
	"rule.dose_in_future":             verify.Doubt,
	"rule.dose_after_issuance":        verify.Doubt,
	"rule.dose_before_birth":          verify.Doubt,
	"rule.calendar_suspect":           verify.Inform,
	"rule.dose_before_authorisation":  verify.Doubt,
	"rule.name_placeholder":           verify.Doubt,
	"rule.name_placeholder_hint":      verify.Inform,
	"rule.identity_name_mismatch":     verify.Doubt,
	"rule.identity_name_similar":      verify.Inform,
	"rule.identity_name_match":        verify.Inform,
	"rule.identity_name_not_compared": verify.Inform,
	"rule.identity_dob_mismatch":      verify.Doubt,
	"rule.identity_dob_explained":     verify.Inform,
	"rule.identity_dob_match":         verify.Inform,
	"rule.identity_document_mismatch": verify.Doubt,
}

func TestEveryCodeIsExplainedOnceAndKeepsItsEffect(t *testing.T) {
	seen := make(map[verify.Code]bool)
	for _, e := range heuristics.Explain() {
		if effect, ok := codes[e.Code]; !ok || effect != e.Effect || seen[e.Code] || verify.Known(e.Code) {
			t.Errorf("%s with the effect %v is unknown, changed, given twice or a code of package verify", e.Code, e.Effect)
		}
		seen[e.Code] = true
	}
	for c := range codes {
		if !seen[c] {
			t.Errorf("%s is gone", c)
		}
	}
}

func TestEveryExplanationIsWholeAndAccusesNobody(t *testing.T) {
	version := regexp.MustCompile(`; rule version [1-9][0-9]*$`)
	accusing := regexp.MustCompile(`(?i)forge|fake|fraud|suspect|illegal|criminal|impostor|liar|reject|deny|nationality|religion|ethnic|\bsex\b|gender`)
	for _, e := range heuristics.Explain() {
		for field, text := range map[string]string{"Text": e.Text, "Cite": e.Cite, "Next": e.Next, "Limits": e.Limits} {
			if text == "" {
				t.Errorf("%s has no %s", e.Code, field)
			}
			if word := accusing.FindString(text); word != "" {
				t.Errorf("%s: %s says %q", e.Code, field, word)
			}
			if field != "Cite" && !strings.HasSuffix(text, ".") {
				t.Errorf("%s: %s is no sentence", e.Code, field)
			}
		}
		if !version.MatchString(e.Cite) {
			t.Errorf("%s: the citation %q does not end in the rule's version", e.Code, e.Cite)
		}
	}
}

// people are cases that between them make every rule speak.
func people() [][]paper {
	early := dose("2012-05-10")
	early.Product.Code = "EU/1/20/1528"
	return [][]paper{
		{certificate(maren, dose("2021-05-10")), printed(person("ACHTERBERG,MAREN", "1984-07-19"))},
		{certificate(maren, dose("2021-05-10")), printed(person("QUILL,TOBIAS", "1991-11-02"))},
		{certificate(maren, early), printed(person("ACHTERBERG,MARBN", "1984-01-01"))},
		{certificate(person("Иванов,Иван", "2506-04-13"), dose("2021-05-10")), printed(person("IVANOV,IVAN", "1963-04-13"))},
		{certificate(person("Mouse,Mickey", "1900-01-01"), dose("2031-05-10"))},
		{certificate(person("Mustermann,Erika", "1964-08-12"), dose("2023-05-10"))},
		{certificate(person("Achterberg,Pippa", "2022-01-20"), dose("2019-05-25"))},
		{passportOf(maren, "UT0017243", &formats.Image{Data: []byte{1}}).as(verify.Authentic), passportOf(maren, "UT7042681", nil)},
	}
}

// passportOf is what a chip or a page says of a passport.
func passportOf(who formats.Subject, number string, portrait *formats.Image) paper {
	p := printed(who)
	p.claims.Documents, p.claims.Portrait = []formats.DocRef{{Type: "P", Number: number, IssuingState: "UTO"}}, portrait
	return p
}

func TestTheCasesOfTheFairnessTestMakeEveryRuleSpeak(t *testing.T) {
	spoken := make(map[verify.Code]bool)
	for _, papers := range people() {
		c, _ := show(t, asOf, papers...)
		for _, f := range all(c) {
			spoken[f.Code] = true
		}
	}
	for c := range codes {
		if !spoken[c] {
			t.Errorf("%s is not spoken, so that the fairness test proves nothing about it; spoken are %v", c, spoken)
		}
	}
}

// Nationality, sex and the places that a document names must not change what is found, in any combination.
func TestFindingsDoNotDependOnNationalitySexOrPlace(t *testing.T) {
	for i, papers := range people() {
		base, _ := show(t, asOf, papers...)
		want := all(base)
		for _, nationality := range []string{"", "AFG", "XXB", "UTO"} {
			for _, sex := range []string{"M", "F", "X"} {
				for _, country := range []string{"", "AF"} {
					var changed []paper
					for _, p := range papers {
						changed = append(changed, flip(p, nationality, sex, country))
					}
					c, _ := show(t, asOf, changed...)
					if got := all(c); !reflect.DeepEqual(got, want) {
						t.Fatalf("case %d as %q, %q, %q:\ngot  %+v\nwant %+v", i, nationality, sex, country, got, want)
					}
				}
			}
		}
	}
}

func flip(p paper, nationality, sex, country string) paper {
	p.claims.Subjects = slices.Clone(p.claims.Subjects)
	for i := range p.claims.Subjects {
		p.claims.Subjects[i].Nationality, p.claims.Subjects[i].Sex = nationality, sex
	}
	p.claims.Events = slices.Clone(p.claims.Events)
	for i := range p.claims.Events {
		p.claims.Events[i].Country, p.claims.Events[i].Place = country, country
	}
	return p
}

func all(c verify.Case) []verify.Finding {
	var found []verify.Finding
	for _, r := range heuristics.All() {
		found = append(found, r.Check(c)...)
	}
	return found
}

func TestEveryFindingIsOneOfItsRulesExplanations(t *testing.T) {
	for _, papers := range people() {
		c, _ := show(t, asOf, papers...)
		for _, r := range heuristics.All() {
			for _, f := range r.Check(c) {
				i := slices.IndexFunc(r.(verify.Explainer).Explain(), func(e verify.Explanation) bool { return e.Code == f.Code })
				if i < 0 {
					t.Errorf("%s is not explained by its rule", f.Code)
					continue
				}
				e := r.(verify.Explainer).Explain()[i]
				if f.Effect != e.Effect || f.Text != e.Text || f.Cite != e.Cite || f.Next != e.Next {
					t.Errorf("%s differs from its explanation: %+v", f.Code, f)
				}
				if !strings.HasPrefix(f.Where, "documents[") {
					t.Errorf("%s: %q is no place in the report", f.Code, f.Where)
				}
			}
		}
	}
}

func TestACaseWithoutDocumentsOrMomentGivesNothing(t *testing.T) {
	for _, c := range []verify.Case{{}, {AsOf: asOf}, {Documents: make([]verify.Evidence, 3), AsOf: asOf},
		{Documents: []verify.Evidence{{Unverified: formats.Claims{Subjects: []formats.Subject{person("Achterberg,Pippa", "2021-09-30")}}}}}} {
		if got := all(c); len(got) != 0 {
			t.Errorf("%+v", got)
		}
	}
	late, _ := show(t, asOf, certificate(maren, dose("2027-01-10")))
	late.AsOf = time.Time{}
	if got := said(t, "rule.dose_in_future", late); len(got) != 0 {
		t.Errorf("without a moment: %q", got)
	}
}

// A caller cannot change what later callers get.
func TestExplanationsAreCopies(t *testing.T) {
	first := heuristics.All()[0].(verify.Explainer).Explain()
	first[0].Text = "changed"
	if heuristics.Explain()[0].Text == "changed" {
		t.Error("an explanation was changed from outside")
	}
}
