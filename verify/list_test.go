package verify_test

import (
	"testing"
	"time"

	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// DESIGN §4: a stale list is never called a forgery, and nothing is accepted under it.
func TestTheAgeOfTheListDecidesWhetherAnythingIsAccepted(t *testing.T) {
	const oldest = 30 * day
	for what, c := range map[string]struct {
		created time.Time
		change  func(*verify.Policy)
		state   string
		code    verify.Code // "" where nothing is to be said
		verdict verify.Verdict
	}{
		"fresh":                    {today.Add(-day), nil, "fresh", "", verify.Accept},
		"as old as is allowed":     {today.Add(-oldest), nil, "fresh", "", verify.Accept},
		"a second older":           {today.Add(-oldest - time.Second), nil, "stale", verify.TimeListStale, verify.Refer},
		"of this moment":           {today, nil, "fresh", "", verify.Accept},
		"ahead within the skew":    {today.Add(5 * time.Minute), nil, "fresh", "", verify.Accept},
		"ahead beyond the skew":    {today.Add(5*time.Minute + time.Second), nil, "clock", verify.TimeClock, verify.Refer},
		"undated where allowed":    {time.Time{}, nil, "undated", verify.TrustUndated, verify.Accept},
		"undated where denied":     {time.Time{}, func(p *verify.Policy) { p.AllowUndated = false }, "undated", verify.TrustUndated, verify.Refer},
		"no age allowed":           {today.Add(-time.Second), func(p *verify.Policy) { p.MaxListAge = 0 }, "stale", verify.TimeListStale, verify.Refer},
		"no age allowed, just now": {today, func(p *verify.Policy) { p.MaxListAge = 0 }, "stale", verify.TimeListStale, verify.Refer},
		"undated denied, softened": {time.Time{}, func(p *verify.Policy) {
			p.AllowUndated = false
			p.Effects = map[verify.Code]verify.Effect{verify.TrustUndated: verify.Inform}
		}, "undated", verify.TrustUndated, verify.Refer},
		"stale by disqualification": {today.Add(-31 * day), func(p *verify.Policy) {
			p.Effects = map[verify.Code]verify.Effect{verify.TimeListStale: verify.Disqualify}
		}, "stale", verify.TimeListStale, verify.Refer},
	} {
		t.Run(what, func(t *testing.T) {
			ut := newSigner("ut")
			w := newWorld(t)
			w.Trust = trustWith(t, trustlist.Info{Name: "list", Created: c.created}, nil, ut)
			if c.change != nil {
				c.change(&w.Policy)
			}
			r := w.inspect(t, ut.card())
			if r.Trust.State != c.state || r.Verdict != c.verdict || r.Documents[0].Verdict != c.verdict {
				t.Errorf("%s: %s, the document %s; want %s: %s", r.Trust.State, r.Verdict, r.Documents[0].Verdict, c.state, c.verdict)
			}
			if r.Documents[0].Status != verify.Authentic {
				t.Errorf("the document is %s: the age of a list is no property of a document", r.Documents[0].Status)
			}
			if c.code == "" && len(r.Findings) != 0 {
				t.Errorf("findings: %v", codesOf(r.Findings))
			}
			if c.code != "" && (len(r.Findings) != 1 || r.Findings[0].Code != c.code) {
				t.Errorf("findings: %v, want %s", codesOf(r.Findings), c.code)
			}
		})
	}
}

func TestAStaleListRejectsWhatItDisproves(t *testing.T) {
	ut := newSigner("ut")
	w := newWorld(t)
	w.Trust = trustWith(t, trustlist.Info{Created: today.Add(-300 * day)}, nil, ut)
	expect(t, w.one(t, ut.badCard()), verify.Invalid, verify.Reject, verify.SealMismatch)
}

func TestAnEmptyListIsNamed(t *testing.T) {
	w := newWorld(t)
	r := w.inspect(t, newSigner("ut").card())
	if r.Trust.State != "empty" || r.Trust.Keys != 0 || len(r.Findings) != 1 || r.Findings[0].Code != verify.TrustEmpty {
		t.Errorf("%s, %d keys: %v", r.Trust.State, r.Trust.Keys, codesOf(r.Findings))
	}
	expect(t, r.Documents[0], verify.Untrusted, verify.Refer, verify.SealSignerUnknown)
}
