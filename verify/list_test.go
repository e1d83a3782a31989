package verify_test

import (
	"testing"
	"time"

	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// DESIGN §4: a stale list is never called a forgery, and nothing is accepted under it.
func TestTheAgeOfTheListDecidesWhetherAnythingIsAccepted(t *testing.T) {
	const oldest, expires = 7 * day, 30 * day
	policy := func(f func(*verify.Policy)) func(*verify.Policy, *trustlist.Info) {
		return func(p *verify.Policy, _ *trustlist.Info) { f(p) }
	}
	info := func(f func(*trustlist.Info)) func(*verify.Policy, *trustlist.Info) {
		return func(_ *verify.Policy, i *trustlist.Info) { f(i) }
	}
	effect := func(c verify.Code, e verify.Effect) func(*verify.Policy, *trustlist.Info) {
		return policy(func(p *verify.Policy) { p.Effects = map[verify.Code]verify.Effect{c: e} })
	}
	for what, c := range map[string]struct {
		created time.Time
		change  func(*verify.Policy, *trustlist.Info)
		state   string
		code    verify.Code // "" where nothing is to be said
		verdict verify.Verdict
	}{
		"fresh":                    {today.Add(-day), nil, "fresh", "", verify.Accept},
		"as old as is allowed":     {today.Add(-oldest), nil, "fresh", "", verify.Accept},
		"a second older":           {today.Add(-oldest - time.Second), nil, "stale", verify.TimeListStale, verify.Refer},
		"stale, which is allowed":  {today.Add(-oldest - time.Second), effect(verify.TimeListStale, verify.Inform), "stale", verify.TimeListStale, verify.Accept},
		"about to expire":          {today.Add(-expires), nil, "stale", verify.TimeListStale, verify.Refer},
		"expired":                  {today.Add(-expires - time.Second), nil, "expired", verify.TrustExpired, verify.Refer},
		"expired, softened":        {today.Add(-expires - time.Second), effect(verify.TrustExpired, verify.Inform), "expired", verify.TrustExpired, verify.Refer},
		"no time to be stale in":   {today.Add(-oldest - time.Second), policy(func(p *verify.Policy) { p.ExpireListAge = 0 }), "expired", verify.TrustExpired, verify.Refer},
		"allowed for longer":       {today.Add(-oldest), policy(func(p *verify.Policy) { p.ExpireListAge = day }), "fresh", "", verify.Accept},
		"of this moment":           {today, nil, "fresh", "", verify.Accept},
		"ahead within the skew":    {today.Add(5 * time.Minute), nil, "fresh", "", verify.Accept},
		"ahead beyond the skew":    {today.Add(5*time.Minute + time.Second), nil, "clock", verify.TimeClock, verify.Refer},
		"undated where allowed":    {time.Time{}, nil, "undated", verify.TrustUndated, verify.Accept},
		"undated where denied":     {time.Time{}, policy(func(p *verify.Policy) { p.AllowUndated = false }), "undated", verify.TrustUndated, verify.Refer},
		"no age allowed":           {today.Add(-time.Second), policy(func(p *verify.Policy) { p.MaxListAge = 0 }), "stale", verify.TimeListStale, verify.Refer},
		"no age allowed, just now": {today, policy(func(p *verify.Policy) { p.MaxListAge = 0 }), "stale", verify.TimeListStale, verify.Refer},
		"undated denied, softened": {time.Time{}, policy(func(p *verify.Policy) {
			p.AllowUndated = false
			p.Effects = map[verify.Code]verify.Effect{verify.TrustUndated: verify.Inform}
		}), "undated", verify.TrustUndated, verify.Refer},
		"stale by disqualification": {today.Add(-8 * day), effect(verify.TimeListStale, verify.Disqualify), "stale", verify.TimeListStale, verify.Refer},
		"a newer one was due":       {today.Add(-day), info(func(i *trustlist.Info) { i.Due = today.Add(-1) }), "stale", verify.TimeListStale, verify.Refer},
		"a newer one is due now":    {today.Add(-day), info(func(i *trustlist.Info) { i.Due = today }), "fresh", "", verify.Accept},
		"its publisher's end":       {today.Add(-day), info(func(i *trustlist.Info) { i.Expires = today.Add(-1) }), "expired", verify.TrustExpired, verify.Refer},
		"its publisher's last":      {today.Add(-day), info(func(i *trustlist.Info) { i.Expires = today }), "fresh", "", verify.Accept},
		"undated and at its end":    {time.Time{}, info(func(i *trustlist.Info) { i.Expires = today.Add(-1) }), "expired", verify.TrustExpired, verify.Refer},
		"a later time was seen":     {today.Add(-day), info(func(i *trustlist.Info) { i.Seen = today.Add(time.Hour) }), "clock", verify.TimeClock, verify.Refer},
		"this time was seen":        {today.Add(-day), info(func(i *trustlist.Info) { i.Seen = today.Add(time.Minute) }), "fresh", "", verify.Accept},
		"no memory":                 {today.Add(-day), info(func(i *trustlist.Info) { i.StateReset = true }), "fresh", verify.TrustStateReset, verify.Accept},
	} {
		t.Run(what, func(t *testing.T) {
			ut := newSigner("ut")
			w := newWorld(t)
			list := trustlist.Info{Name: "list", Created: c.created}
			if c.change != nil {
				c.change(&w.Policy, &list)
			}
			w.Trust = trustWith(t, list, nil, ut)
			r := w.inspect(t, ut.card())
			if r.Trust.State != c.state || r.Verdict != c.verdict || r.Documents[0].Verdict != c.verdict {
				t.Errorf("%s: %s, the document %s; want %s: %s", r.Trust.State, r.Verdict, r.Documents[0].Verdict, c.state, c.verdict)
			}
			want := verify.Authentic
			if c.state == "expired" || c.state == "clock" {
				want = verify.Indeterminate
			}
			if got := r.Documents[0]; got.Status != want || (got.Verified != nil) != (want == verify.Authentic) {
				t.Errorf("the document is %s, its claims verified: %v; want %s", got.Status, got.Verified != nil, want)
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

// TestAListThatIsNotFreshAccusesNobody holds documents under lists of every state: a key that is missing may be on a newer
// one, a date may be that of a clock that stopped, and only what is disproved stays so.
func TestAListThatIsNotFreshAccusesNobody(t *testing.T) {
	ut, stranger := newSigner("ut"), newSigner("stranger")
	unknown := map[string]verify.Status{"fresh": verify.Untrusted, "undated": verify.Untrusted, "stale": verify.Indeterminate, "expired": verify.Indeterminate, "clock": verify.Indeterminate}
	for state, info := range map[string]trustlist.Info{
		"fresh": {Created: today}, "undated": {}, "stale": {Created: today.Add(-8 * day)}, "expired": {Created: today.Add(-31 * day)}, "clock": {Created: today.Add(day)},
	} {
		w := newWorld(t)
		w.Trust = trustWith(t, info, nil, ut)
		if r := w.inspect(t, stranger.card()); r.Trust.State != state {
			t.Fatalf("%s, want %s", r.Trust.State, state)
		}
		expect(t, w.one(t, stranger.card()), unknown[state], verify.Refer, verify.SealSignerUnknown)
		expect(t, w.one(t, ut.badCard()), verify.Invalid, verify.Reject, verify.SealMismatch)
		late := w.one(t, expired(ut.card()))
		want := verify.Reject
		if state == "expired" || state == "clock" {
			want = verify.Refer
		}
		if late.Verdict != want {
			t.Errorf("%s: an expired document is %s, want %s", state, late.Verdict, want)
		}
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
