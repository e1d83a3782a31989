package verify_test

import (
	"context"
	"crypto"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// DESIGN §4: "What could not be checked (unknown signer, unsupported algorithm or curve, forbidden header …, limit
// reached) is never called a forgery."
func TestWhatCannotBeCheckedIsNeverCalledAForgery(t *testing.T) {
	ut := newSigner("ut")
	w := newWorld(t, ut)
	for what, c := range map[string]struct {
		change func(*formats.Seal)
		status verify.Status
		code   verify.Code
	}{
		"unknown signer": {func(s *formats.Seal) { s.Signer.KeyID = []byte("nobody's") }, verify.Untrusted, verify.SealSignerUnknown},
		"no key ID":      {func(s *formats.Seal) { s.Signer.KeyID = nil }, verify.Untrusted, verify.SealSignerUnknown},
		"unknown scheme": {func(s *formats.Seal) { s.Algorithm = formats.Algorithm{} }, verify.Indeterminate, verify.SealUnsupported},
		"prehashed EdDSA": {func(s *formats.Seal) {
			s.Algorithm.Hash = crypto.SHA512
		}, verify.Indeterminate, verify.SealUnsupported},
		"an algorithm of another kind of key": {func(s *formats.Seal) { s.Algorithm = formats.ES256 }, verify.Untrusted, verify.SealWrongKeyType},
		"a header that forbids it": {func(s *formats.Seal) {
			s.Problem = formats.Problem{Code: formats.CodeSealHeader, Text: "critical header 99"}
		}, verify.Indeterminate, verify.SealHeader},
		"an algorithm that is not accepted": {func(s *formats.Seal) {
			s.Problem = formats.Problem{Code: formats.CodeSealUnsupported, Text: "not accepted here"}
		}, verify.Indeterminate, verify.SealUnsupported},
	} {
		t.Run(what, func(t *testing.T) {
			for _, d := range []*formats.Document{ut.card(), ut.badCard()} { // whether the signature would hold or not
				c.change(&d.Seals[0])
				got := w.one(t, d)
				expect(t, got, c.status, verify.Refer, c.code)
				if got.Verified != nil {
					t.Error("unproved claims are shown as verified")
				}
			}
		})
	}
}

// A decoder that stops is no proof of anything either.
func TestAnUnreadableInputRefers(t *testing.T) {
	w := newWorld(t, newSigner("ut"))
	w.Options.Limits.Input = 100
	tooLarge := &formats.Error{Code: "input.too_large", Step: "picture", Offset: -1, Err: context.DeadlineExceeded}
	for what, c := range map[string]struct {
		in   formats.Input
		code verify.Code
	}{
		"nothing":             {formats.Input{}, formats.CodeUnknownFormat},
		"unknown":             {formats.Text("what is this"), formats.CodeUnknownFormat},
		"damaged":             {formats.Text(string(card) + " x"), formats.CodePayload},
		"over the limit":      {formats.Text(string(make([]byte, 101))), formats.CodeLimit},
		"two files, one name": {formats.Input{Files: []formats.File{{Name: "DG1"}, {Name: "DG1"}}}, formats.CodeAmbiguous},
		"not read at all":     {formats.Input{Err: tooLarge}, "input.too_large"},
	} {
		t.Run(what, func(t *testing.T) {
			r := w.verifier(t).Inspect(context.Background(), []formats.Input{c.in})
			expect(t, r.Documents[0], verify.Unreadable, verify.Refer, c.code)
			if r.Verdict != verify.Refer {
				t.Errorf("the case: %s", r.Verdict)
			}
		})
	}
}

// A fault of a decoder costs one document and never the others.
func TestAFaultyDecoderStopsNoOtherDocument(t *testing.T) {
	ut := newSigner("ut")
	text := func(in formats.Input) string { b, _ := in.Lone(); return string(b) }
	claims := func(in formats.Input) bool { return text(in) == "faulty" }
	for what, faulty := range map[string]formats.Format{
		"Decode panics": {ID: "faulty", Detect: claims, Decode: func(formats.Input, formats.Options) (*formats.Document, error) { panic("fault") }},
		"Decode gives nothing": {ID: "faulty", Detect: claims, Decode: func(formats.Input, formats.Options) (*formats.Document, error) {
			return nil, nil
		}},
		"Detect panics": {ID: "faulty", Detect: func(in formats.Input) bool {
			if claims(in) {
				panic("fault")
			}
			return false
		}, Decode: func(formats.Input, formats.Options) (*formats.Document, error) { return nil, nil }},
	} {
		t.Run(what, func(t *testing.T) {
			w := newWorld(t, ut)
			set, err := formats.NewSet(append(w.Formats.List(), faulty)...)
			if err != nil {
				t.Fatal(err)
			}
			w.Formats = set
			defer func() {
				if p := recover(); p != nil {
					t.Errorf("Inspect panicked: %v", p)
				}
			}()
			r := w.verifier(t).Inspect(context.Background(), []formats.Input{formats.Text("faulty"), w.input(ut.card())})
			expect(t, r.Documents[0], verify.Unreadable, verify.Refer, formats.CodePanic)
			expect(t, r.Documents[1], verify.Authentic, verify.Accept)
		})
	}
}

// DESIGN §4: "Country mismatch and wrong key use: untrusted"; §10: "A key trusted for another purpose was reported as a
// forged signature."
func TestAKeyForAnotherPurposeIsUntrustedAndDisprovesNothing(t *testing.T) {
	for what, c := range map[string]struct {
		change func(*signer)
		code   verify.Code
	}{
		"another use":    {func(s *signer) { s.Uses = formats.Test }, verify.SealWrongUse},
		"another format": {func(s *signer) { s.Scope = []formats.ID{chip} }, verify.SealOutOfScope},
		"a CA":           {func(s *signer) { s.Role = trustlist.CA }, verify.SealWrongRole},
		"a list signer":  {func(s *signer) { s.Role = trustlist.ListSigner }, verify.SealWrongRole},
	} {
		t.Run(what, func(t *testing.T) {
			ut := newSigner("ut")
			c.change(&ut)
			w := newWorld(t, ut)
			good, bad := ut.card(), ut.badCard()
			good.Purpose, bad.Purpose = formats.Vaccination, formats.Vaccination
			expect(t, w.one(t, good), verify.Untrusted, verify.Refer, c.code)
			expect(t, w.one(t, bad), verify.Untrusted, verify.Refer, verify.SealNoKeyMatches)
		})
	}
}

// DESIGN §4, the same paragraph.
func TestAKeyOfAnotherCountryIsUntrusted(t *testing.T) {
	for _, c := range []struct {
		key, document string
		accepted      bool
	}{
		{"UT", "UT", true}, {"UT", "ut", true}, {"UT", "", true}, {"", "UT", true},
		{"FR", "PM", true}, {"GR", "EL", true}, {"NL", "CW", true}, // territories and spellings
		{"UT", "XA", false}, {"PM", "FR", false}, {"CW", "NL", false},
	} {
		ut := newSigner("ut")
		ut.Country, ut.named.Country = c.key, c.document
		d := newWorld(t, ut).one(t, ut.card())
		if c.accepted {
			expect(t, d, verify.Authentic, verify.Accept)
			continue
		}
		expect(t, d, verify.Untrusted, verify.Refer, verify.SealCountry)
		if d.Verified != nil {
			t.Errorf("%s sealed for %s: the claims are shown as verified", c.key, c.document)
		}
	}
}

// DESIGN §4: "A sound seal over content that breaks its schema: authentic, Doubt, with the field named; never unreadable."
func TestASoundSealOverABrokenSchemaIsAuthenticWithADoubt(t *testing.T) {
	ut := newSigner("ut")
	w := newWorld(t, ut)
	d := ut.card()
	d.Checks = []formats.Check{{Kind: formats.Schema, Name: "length", Where: "v[0].co", Text: "empty"}}
	got := w.one(t, d)
	expect(t, got, verify.Authentic, verify.Refer, verify.ContentSchema)
	if got.Verified == nil {
		t.Error("the claims are not shown")
	}
	for _, f := range got.Findings {
		if f.Code == verify.ContentSchema && (f.Where != "v[0].co" || f.Effect != verify.Doubt) {
			t.Errorf("%s at %q", f.Effect, f.Where)
		}
	}

	for result, c := range map[formats.CheckResult]struct {
		verdict verify.Verdict
		code    verify.Code
	}{
		formats.Tolerated: {verify.Accept, verify.DecodeTolerant},
		formats.Doubtful:  {verify.Refer, verify.DecodeDoubtful},
		formats.Fails:     {verify.Refer, verify.CheckMismatch},
	} {
		d.Checks = []formats.Check{{Kind: formats.Digit, Result: result, Name: "check digit"}}
		expect(t, w.one(t, d), verify.Authentic, c.verdict, c.code)
	}
	d.Checks = []formats.Check{{Kind: formats.Digit, Result: formats.Holds}}
	expect(t, w.one(t, d), verify.Authentic, verify.Accept)
}
