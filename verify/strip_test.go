package verify_test

import (
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/verify"
)

// DESIGN §10: "Strip attack. A chip whose DG1 was renamed to an unlisted file was accepted with empty claims."
func TestADocumentWithoutThePartThatItNeedsIsNotAccepted(t *testing.T) {
	ut := newSigner("ut")
	w := newWorld(t, ut)
	for what, change := range map[string]func(*formats.Document){
		"dropped":                    func(d *formats.Document) { d.Parts = d.Parts[1:] },
		"renamed, and so not listed": func(d *formats.Document) { d.Parts[0].Name, d.Parts[0].Seal = "DG99", formats.NoSeal },
		"renamed, and still listed":  func(d *formats.Document) { d.Parts[0].Name = "DG11" },
		"present without a seal":     func(d *formats.Document) { d.Parts[0].Seal = formats.NoSeal },
		"every part dropped":         func(d *formats.Document) { d.Parts = nil },
		"no part sealed, none needed": func(d *formats.Document) {
			d.Needs = nil
			for i := range d.Parts {
				d.Parts[i].Seal = formats.NoSeal
			}
		},
		"no part, none needed": func(d *formats.Document) { d.Needs, d.Parts = nil, nil },
	} {
		t.Run(what, func(t *testing.T) {
			d := ut.chip()
			change(d)
			got := w.one(t, d)
			expect(t, got, verify.Indeterminate, verify.Refer, verify.PartMissing)
			if got.Verified != nil {
				t.Error("claims are shown as verified")
			}
		})
	}
}

// DESIGN §10: "A dropped portrait stayed accepted: hence Policy.RequireParts."
func TestThePolicyCanRequireParts(t *testing.T) {
	ut := newSigner("ut")
	w := newWorld(t, ut)
	d := ut.chip()
	d.Parts = d.Parts[:1]
	expect(t, w.one(t, d), verify.Authentic, verify.Accept)
	w.Policy.RequireParts = []string{"DG2"}
	expect(t, w.one(t, d), verify.Authentic, verify.Refer, verify.PartMissing)
	expect(t, w.one(t, ut.chip()), verify.Authentic, verify.Accept)

	unsealed := ut.chip()
	unsealed.Parts[1].Seal = formats.NoSeal
	expect(t, w.one(t, unsealed), verify.Authentic, verify.Refer, verify.PartMissing, verify.PartUnsealed)
}

// An added file is named, and what it says stays out of what is verified.
func TestAPartThatNoSealCoversIsNotVerified(t *testing.T) {
	ut := newSigner("ut")
	w := newWorld(t, ut)
	d := ut.chip()
	d.Parts = append(d.Parts, formats.Part{Name: "DG11", Unverified: tobias, Seal: formats.NoSeal})
	got := w.one(t, d)
	expect(t, got, verify.Authentic, verify.Refer, verify.PartUnsealed)
	if len(got.Verified.Subjects) != 1 || len(got.Verified.Subjects[0].Names) != 1 || got.Verified.Subjects[0].Names[0].Given != "Maren" {
		t.Errorf("verified: %+v", got.Verified.Subjects)
	}
}
