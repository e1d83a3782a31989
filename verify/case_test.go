package verify_test

import (
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/verify"
)

// DESIGN §4: "A natively unsealed companion (MRZ, boarding pass) beside a sealed document is compared, not judged: it keeps
// its own refer, and only its findings touch the case."
func TestACompanionBesideASealedDocumentIsComparedAndNotJudged(t *testing.T) {
	ut := newSigner("ut")
	w := newWorld(t, ut)
	for _, documents := range [][]*formats.Document{{ut.card(), printed()}, {printed(), ut.card()}, {printed(), ut.chip(), printed()}} {
		r := w.inspect(t, documents...)
		if r.Verdict != verify.Accept {
			t.Errorf("the case: %s", r.Verdict)
		}
		for _, d := range r.Documents {
			if d.Format == paper {
				expect(t, d, verify.Unsealed, verify.Refer, verify.SealNotOfKind)
			} else {
				expect(t, d, verify.Authentic, verify.Accept)
			}
		}
	}
}

func TestTheFindingsOfACompanionTouchTheCase(t *testing.T) {
	ut := newSigner("ut")
	w := newWorld(t, ut)
	misread := printed()
	misread.Checks = []formats.Check{{Kind: formats.Digit, Name: "composite check digit"}}
	r := w.inspect(t, ut.card(), misread)
	expect(t, r.Documents[0], verify.Authentic, verify.Accept)
	expect(t, r.Documents[1], verify.Unsealed, verify.Refer, verify.CheckMismatch)
	if r.Verdict != verify.Refer {
		t.Errorf("the case: %s", r.Verdict)
	}

	w.Policy.Effects = map[verify.Code]verify.Effect{verify.CheckMismatch: verify.Disqualify}
	if r := w.inspect(t, ut.card(), misread); r.Verdict != verify.Refer {
		t.Errorf("a companion's finding: %s; it is a stranger's word, and rejects nobody", r.Verdict)
	}
}

// A kind that usually carries no seal and does this time is judged by it.
func TestACompanionThatCarriesASealIsJudged(t *testing.T) {
	ut := newSigner("ut")
	w := newWorld(t, ut)
	sealed := func(d *formats.Document) *formats.Document { d.Format = paper; return d }
	for what, c := range map[string]struct {
		d    *formats.Document
		want verify.Verdict
	}{
		"that holds":                {sealed(ut.card()), verify.Accept},
		"that fails":                {sealed(ut.badCard()), verify.Reject},
		"of a stranger":             {sealed(newSigner("stranger").card()), verify.Refer},
		"that holds and has passed": {sealed(expired(ut.card())), verify.Reject},
	} {
		t.Run(what, func(t *testing.T) {
			if r := w.inspect(t, ut.chip(), c.d); r.Verdict != c.want || r.Documents[1].Verdict != c.want {
				t.Errorf("the case: %s, the document: %s; want %s", r.Verdict, r.Documents[1].Verdict, c.want)
			}
		})
	}
}

func expired(d *formats.Document) *formats.Document {
	d.Validity.NotAfter = today.Add(-day)
	return d
}

// DESIGN §4: "A case of unsealed documents only refers."
func TestACaseOfUnsealedDocumentsOnlyRefers(t *testing.T) {
	stripped := newSigner("ut").card()
	stripped.Seals, stripped.Parts[0].Seal = nil, formats.NoSeal
	w := newWorld(t, newSigner("ut"))
	for what, documents := range map[string][]*formats.Document{
		"none": nil, "one": {printed()}, "two": {printed(), printed()},
		"one that lost its seal": {stripped}, "one that lost its seal beside a companion": {stripped, printed()},
	} {
		r := w.inspect(t, documents...)
		if r.Verdict != verify.Refer {
			t.Errorf("%s: %s", what, r.Verdict)
		}
		for i, d := range r.Documents {
			want := verify.SealNotOfKind
			if documents[i] == stripped {
				want = verify.SealNone
			}
			expect(t, d, verify.Unsealed, verify.Refer, want)
		}
	}
}

// A document that lost its seal is no companion: its kind carries one.
func TestADocumentThatLostItsSealRefersTheCase(t *testing.T) {
	ut := newSigner("ut")
	stripped := ut.card()
	stripped.Seals, stripped.Parts[0].Seal = nil, formats.NoSeal
	if r := newWorld(t, ut).inspect(t, ut.card(), stripped); r.Verdict != verify.Refer {
		t.Errorf("the case: %s", r.Verdict)
	}
}

// DESIGN §8: "each document has its own status, the case the worst verdict."
func TestACaseHasTheWorstVerdictOfItsDocuments(t *testing.T) {
	ut := newSigner("ut")
	w := newWorld(t, ut)
	good, doubtful, bad := ut.card(), newSigner("stranger").card(), ut.badCard()
	for _, c := range []struct {
		documents []*formats.Document
		want      verify.Verdict
	}{
		{[]*formats.Document{good, ut.chip()}, verify.Accept},
		{[]*formats.Document{good, doubtful}, verify.Refer},
		{[]*formats.Document{doubtful, good}, verify.Refer},
		{[]*formats.Document{good, bad}, verify.Reject},
		{[]*formats.Document{bad, doubtful, good}, verify.Reject},
		{[]*formats.Document{printed(), bad}, verify.Reject},
	} {
		if r := w.inspect(t, c.documents...); r.Verdict != c.want {
			t.Errorf("%s, want %s", r.Verdict, c.want)
		}
	}
}
