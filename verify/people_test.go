package verify_test

import (
	"bytes"
	"context"
	"encoding/json"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/verify"
)

// DESIGN §4: "Several people in one document are never merged into one holder."
func TestSeveralPeopleAreNeverMerged(t *testing.T) {
	ut := newSigner("ut")
	family := formats.Claims{Subjects: append(maren.Subjects[:1:1], tobias.Subjects...)}
	secondBirth := formats.Claims{Subjects: []formats.Subject{{Names: maren.Subjects[0].Names, Birth: tobias.Subjects[0].Birth}}}
	for what, parts := range map[string][]formats.Part{
		"in one part":                     {{Name: "page", Unverified: family}},
		"in one part of several":          {{Name: "page", Unverified: family}, {Name: "more", Unverified: maren}},
		"in parts that differ in birth":   {{Name: "one", Unverified: maren}, {Name: "two", Unverified: secondBirth}},
		"in parts that differ altogether": {{Name: "one", Unverified: maren}, {Name: "two", Unverified: tobias}},
	} {
		t.Run(what, func(t *testing.T) {
			d := ut.card()
			d.Parts = parts
			r := newWorld(t, ut).inspect(t, d)
			expect(t, r.Documents[0], verify.Authentic, verify.Refer, verify.DocSeveralPeople)
			if n := len(r.Documents[0].Verified.Subjects); n < 2 {
				t.Errorf("%d subject in the report", n)
			}
			if v := verified(t, r); v["holder"] != nil || v["subjects"] == nil {
				t.Error("the JSON names one holder")
			}
		})
	}
}

// The same person in several files of a chip is one: a transliterated name beside the one in the own script.
func TestOnePersonInSeveralPartsIsOneHolder(t *testing.T) {
	ut := newSigner("ut")
	own := formats.Claims{Subjects: []formats.Subject{{Names: []formats.Name{{Family: "โกเมน", Given: "มะลิ"}}, Sex: "F", Nationality: "UTO"}}}
	d := ut.card()
	d.Parts = []formats.Part{{Name: "DG1", Unverified: maren}, {Name: "DG11", Unverified: own}}
	r := newWorld(t, ut).inspect(t, d)
	expect(t, r.Documents[0], verify.Authentic, verify.Accept)
	subjects := r.Documents[0].Verified.Subjects
	if len(subjects) != 1 || len(subjects[0].Names) != 2 || subjects[0].Names[0].Given != "Maren" ||
		subjects[0].Birth != maren.Subjects[0].Birth || subjects[0].Sex != "F" || subjects[0].Nationality != "UTO" {
		t.Errorf("%+v", subjects)
	}
	if len(maren.Subjects[0].Names) != 1 {
		t.Error("joining changed the document")
	}
}

// DESIGN §6: "One seal, one set of claims: claims of parts under different seals are never joined."
func TestClaimsUnderDifferentSealsAreNeverJoined(t *testing.T) {
	one, two := newSigner("one"), newSigner("two")
	other := formats.Claims{Subjects: []formats.Subject{{Names: tobias.Subjects[0].Names}}} // nothing that contradicts Maren's
	d := one.card()
	d.Seals = append(d.Seals, two.seal([]byte("a card of Tobias")))
	d.Parts = append(d.Parts, formats.Part{Name: "second", Unverified: other, Seal: 1})

	both := newWorld(t, one, two)
	got := both.one(t, d)
	expect(t, got, verify.Authentic, verify.Accept)
	if s := got.Verified.Subjects; len(s) != 1 || len(s[0].Names) != 1 || s[0].Names[0].Given != "Maren" {
		t.Errorf("verified under the first seal: %+v", s)
	}

	unproved := map[string]func() (*world, *formats.Document){
		"the second seal is of a stranger": func() (*world, *formats.Document) { return newWorld(t, one), d },
		"the second part has no seal": func() (*world, *formats.Document) {
			open := two.card() // whose signer nobody knows
			open.Parts = append(open.Parts, formats.Part{Name: "second", Unverified: other, Seal: formats.NoSeal})
			return newWorld(t, one), open
		},
	}
	for what, c := range unproved {
		t.Run(what, func(t *testing.T) {
			w, d := c()
			r := w.verifier(t).Inspect(context.Background(), w.inputs(d), verify.ShowUnverified())
			expect(t, r.Documents[0], verify.Untrusted, verify.Refer)
			if s := r.Documents[0].Unverified.Subjects; len(s) != 2 {
				t.Errorf("the report joins them: %+v", s)
			}
		})
	}
}

func TestARuleSeesThePeopleOfDifferentSealsApart(t *testing.T) {
	one, two := newSigner("one"), newSigner("two")
	d := one.card()
	d.Seals = append(d.Seals, two.seal([]byte("a card of Tobias")))
	d.Parts = append(d.Parts, formats.Part{Name: "second", Unverified: tobias, Seal: 1})
	w := newWorld(t, one, two)
	w.Rules = []verify.Rule{ruleFunc(func(c verify.Case) []verify.Finding {
		if s := c.Documents[0].Unverified.Subjects; len(s) != 2 {
			t.Errorf("the rule sees them joined: %+v", s)
		}
		return nil
	})}
	w.one(t, d)
}

// verified gives the member "verified" of the first document in the report's JSON.
func verified(t *testing.T, r *verify.Report) map[string]any {
	t.Helper()
	var b bytes.Buffer
	if err := r.Encode(&b); err != nil {
		t.Fatal(err)
	}
	var report struct {
		Documents []struct{ Verified map[string]any }
	}
	if err := json.Unmarshal(b.Bytes(), &report); err != nil {
		t.Fatal(err)
	}
	return report.Documents[0].Verified
}
