package verify_test

import (
	"context"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

var effects = []verify.Effect{verify.Inform, verify.Protect, verify.Doubt, verify.Disqualify}

// proofs are the codes of what disproves a document.
var proofs = []verify.Code{verify.SealMismatch, verify.PartDigestMismatch, verify.DocRevoked, verify.DocAbuseListed, verify.SealSignerRevoked}

// never is a world with a document for each way of not being authentic, by the verdict that it must have.
func never(t *testing.T) (*world, map[string]formats.Input, map[string]verify.Verdict) {
	ut, hint := newSigner("ut"), newSigner("hint").calledOnly("7")
	uses, scope, ca, xa, past := newSigner("uses"), newSigner("scope"), newSigner("ca"), newSigner("xa"), newSigner("withdrawn")
	uses.Uses, scope.Scope, ca.Role, xa.Country, past.RevokedAt = formats.Test, []formats.ID{paper}, trustlist.CA, "XA", today.Add(-10*day)
	w := newWorld(t)
	w.Trust = trustWith(t, trustlist.Info{Created: today.Add(-day)}, revokes("id", "1", today.Add(day)), ut, hint, uses, scope, ca, xa, past)

	inputs, verdicts := make(map[string]formats.Input), make(map[string]verify.Verdict)
	add := func(name string, want verify.Verdict, d *formats.Document, changes ...func(*formats.Document)) {
		for _, c := range changes {
			c(d)
		}
		inputs[name], verdicts[name] = w.input(d), want
	}
	add("unsealed", verify.Refer, printed())
	add("holder's seal only", verify.Refer, ut.card(), func(d *formats.Document) { d.Seals[0].Role = formats.Holder })
	add("seal removed", verify.Refer, ut.card(), func(d *formats.Document) { d.Seals = nil })
	add("unknown signer", verify.Refer, newSigner("stranger").card())
	add("no key matches", verify.Refer, hint.badCard())
	add("wrong key type", verify.Refer, ut.card(), func(d *formats.Document) { d.Seals[0].Algorithm = formats.ES256 })
	add("unsupported", verify.Refer, ut.card(), func(d *formats.Document) { d.Seals[0].Algorithm = formats.Algorithm{} })
	add("forbidden header", verify.Refer, forbidden(ut.card()))
	add("wrong use", verify.Refer, uses.card(), func(d *formats.Document) { d.Purpose = formats.Vaccination })
	add("wrong scope", verify.Refer, scope.card())
	add("wrong role", verify.Refer, ca.card())
	add("wrong country", verify.Refer, xa.card())
	add("second seal unknown", verify.Refer, ut.card(), func(d *formats.Document) { d.Seals = append(d.Seals, newSigner("stranger").seal(nil)) })
	add("needed part dropped", verify.Refer, ut.chip(), func(d *formats.Document) { d.Parts = d.Parts[1:] })
	add("needed part renamed", verify.Refer, ut.chip(), func(d *formats.Document) { d.Parts[0].Name = "X" })
	add("no part sealed", verify.Refer, ut.card(), func(d *formats.Document) { d.Parts[0].Seal = formats.NoSeal })
	add("signer withdrawn since", verify.Refer, past.card())
	add("unproved and expired", verify.Refer, expired(newSigner("stranger").card()))

	add("mismatch", verify.Reject, ut.badCard())
	add("second seal fails", verify.Reject, ut.card(), func(d *formats.Document) { d.Seals = append(d.Seals, ut.badCard().Seals...) })
	add("digest differs", verify.Reject, ut.chip(), func(d *formats.Document) { d.Parts[0].Path[1].Data = []byte("altered") })
	add("revoked", verify.Reject, ut.card(), func(d *formats.Document) { d.Handles = handles("id", "1") })
	add("signer withdrawn before", verify.Reject, past.card(), func(d *formats.Document) { d.Validity.IssuedAt = today.Add(-5 * day) })

	inputs["unreadable"], verdicts["unreadable"] = formats.Text("neither"), verify.Refer
	return w, inputs, verdicts
}

// DESIGN §4: "A policy can change effects; none can turn an unsealed or unmatched document into Accept" – nor what is not
// disproved into Reject, nor what is into less.
func TestNoEffectOfAnyCodeMovesADocumentThatIsNotAuthentic(t *testing.T) {
	w, inputs, verdicts := never(t)
	check := func(what string, v *verify.Verifier) {
		for name, in := range inputs {
			r := v.Inspect(context.Background(), []formats.Input{in})
			if d := r.Documents[0]; d.Verdict != verdicts[name] || r.Verdict != verdicts[name] || d.Status == verify.Authentic || d.Verified != nil {
				t.Errorf("%s: %s is %s, %s, the case %s; want %s", what, name, d.Status, d.Verdict, r.Verdict, verdicts[name])
			}
			if got, err := v.Open(context.Background(), in); got != nil || err == nil {
				t.Errorf("%s: %s is opened", what, name)
			}
		}
	}
	check("default policy", w.verifier(t))
	for _, e := range effects {
		all := make(map[verify.Code]verify.Effect)
		for _, c := range verify.Codes() {
			if slices.Contains(proofs, c) && e != verify.Disqualify {
				continue // no such policy can be made: TestAPolicyMaySoftenADateNeverASignature
			}
			if c == verify.DecodeDoubtful && e < verify.Doubt {
				continue // nor such a one: TestWhatIsTheBestThatAToleranceCanGive
			}
			w.Policy.Effects = map[verify.Code]verify.Effect{c: e}
			check(string(c)+" "+e.String(), w.verifier(t))
			all[c] = e
		}
		w.Policy.Effects = all
		check("all codes "+e.String(), w.verifier(t))
	}
}

// DESIGN §4: "Policy may soften a date, never a signature."
func TestAPolicyMaySoftenADateNeverASignature(t *testing.T) {
	ut := newSigner("ut")
	for effect, want := range map[verify.Effect]verify.Verdict{
		verify.Inform: verify.Accept, verify.Protect: verify.Accept, verify.Doubt: verify.Refer, verify.Disqualify: verify.Reject,
	} {
		w := newWorld(t, ut)
		w.Policy.Effects = map[verify.Code]verify.Effect{verify.TimeExpired: effect}
		expect(t, w.one(t, expired(ut.card())), verify.Authentic, want, verify.TimeExpired)
	}
	for _, code := range proofs {
		for _, effect := range effects {
			err := verify.Policy{Effects: map[verify.Code]verify.Effect{code: effect}}.Check()
			if refused := err != nil; refused != (effect != verify.Disqualify) {
				t.Errorf("%s as %s: %v", code, effect, err)
			}
		}
	}
}

func TestAPolicyCanBeStricterThanTheTable(t *testing.T) {
	ut := newSigner("ut")
	w := newWorld(t, ut)
	w.Policy.Effects = map[verify.Code]verify.Effect{verify.RevocationNotConfigured: verify.Doubt}
	w.Policy.Next = map[verify.Code]string{verify.RevocationNotConfigured: "Ring the duty officer."}
	d := w.one(t, ut.card())
	expect(t, d, verify.Authentic, verify.Refer, verify.RevocationNotConfigured)
	for _, f := range d.Findings {
		if f.Code == verify.RevocationNotConfigured && f.Next != "Ring the duty officer." {
			t.Errorf("the next step is %q", f.Next)
		}
	}
	w.Policy = verify.DefaultPolicy(chip)
	expect(t, w.one(t, ut.card()), verify.Authentic, verify.Refer, verify.PolicyFormatRefused)
}

func TestAPolicyCanRequireClaims(t *testing.T) {
	ut := newSigner("ut")
	bare := ut.card()
	bare.Parts[0].Unverified = formats.Claims{}
	for _, name := range []string{"holder.family_name", "holder.given_name", "holder.birth_date", "events", "portrait"} {
		w := newWorld(t, ut)
		w.Policy.RequireClaims = []string{name}
		expect(t, w.one(t, bare), verify.Authentic, verify.Refer, verify.PolicyClaimMissing)
		full := ut.chip()
		full.Parts[0].Unverified.Events = []formats.Event{{Kind: formats.Vaccination}}
		expect(t, w.one(t, full), verify.Authentic, verify.Accept)
	}
}

func TestAPolicyThatNamesWhatDoesNotExistIsRefused(t *testing.T) {
	for what, p := range map[string]verify.Policy{
		"a code":           {Effects: map[verify.Code]verify.Effect{"seal.mismatched": verify.Doubt}},
		"an effect":        {Effects: map[verify.Code]verify.Effect{verify.TimeExpired: 4}},
		"a next step":      {Next: map[verify.Code]string{"time.expire": "Wait."}},
		"a required claim": {RequireClaims: []string{"holder.shoe_size"}},
	} {
		w := newWorld(t)
		w.Policy = p
		if _, err := verify.New(w.Config); err == nil {
			t.Errorf("%s that does not exist is taken", what)
		}
	}
}

// DESIGN §4: what a tolerance that is off by default lets through is at best referred.
func TestWhatIsTheBestThatAToleranceCanGive(t *testing.T) {
	for _, e := range effects {
		err := verify.Policy{Effects: map[verify.Code]verify.Effect{verify.DecodeDoubtful: e}}.Check()
		if refused := err != nil; refused != (e < verify.Doubt) {
			t.Errorf("%s: %v", e, err)
		}
	}
}
