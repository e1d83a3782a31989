package verify

import (
	"time"

	"github.com/travelseal/travelseal/trustlist"
)

// The states of a trust list, as TrustInfo has them.
const (
	stateFresh   = "fresh"
	stateStale   = "stale"
	stateExpired = "expired"
	stateUndated = "undated"
	stateEmpty   = "empty"
	stateClock   = "clock"
)

// list describes the trust list in force and notes what is wrong with it as a whole.
func (v *Verifier) list(trust *trustlist.Snapshot, checkedAt time.Time) (TrustInfo, []Finding) {
	info := trust.Info()
	t := TrustInfo{
		List: info.Name, Version: info.Version, Created: info.Created, Expires: info.Expires, SHA256: info.SHA256, Keys: info.Anchors,
		State: v.state(info, checkedAt),
	}
	if !info.Created.IsZero() && t.State != stateClock {
		t.Age = checkedAt.Sub(info.Created)
	}
	var findings []Finding
	if f, bad := v.stateFinding(t); bad {
		findings = append(findings, f)
	}
	if info.StateReset {
		findings = append(findings, v.noted(TrustStateReset, "trust", ""))
	}
	return t, findings
}

// state says how far a list can be relied upon at a moment. That moment is the present also where documents are judged as
// of another day.
func (v *Verifier) state(info trustlist.Info, now time.Time) string {
	before := func(t time.Time) bool { return now.Add(skew).Before(t) }
	past := func(t time.Time) bool { return !t.IsZero() && now.After(t) }
	p := &v.c.Policy
	switch {
	case info.Anchors == 0:
		return stateEmpty
	case before(info.Earliest), before(info.Created), before(info.Seen):
		// Nobody issued a document before the first key began, and no time comes twice: this clock has stopped or was set back.
		return stateClock
	case past(info.Expires):
		return stateExpired
	case info.Created.IsZero():
		return stateUndated
	}
	switch age := now.Sub(info.Created); {
	case p.MaxListAge <= 0: // no age was named that would be young enough
		return stateStale
	case age > p.MaxListAge && age > p.ExpireListAge:
		return stateExpired
	case age > p.MaxListAge, past(info.Due):
		return stateStale
	}
	return stateFresh
}

// stateFinding is what a report says of a list that is not fresh.
func (v *Verifier) stateFinding(t TrustInfo) (f Finding, bad bool) {
	switch t.State {
	case stateEmpty:
		return v.noted(TrustEmpty, "trust", ""), true
	case stateClock:
		return v.noted(TimeClock, "trust", ""), true
	case stateExpired:
		return v.noted(TrustExpired, "trust", ""), true
	case stateStale:
		return v.noted(TimeListStale, "trust", ""), true
	case stateUndated:
		f = v.noted(TrustUndated, "trust", "")
		if !v.c.Policy.AllowUndated {
			f.Effect = max(f.Effect, Doubt)
		}
		return f, true
	}
	return Finding{}, false
}

// lapsed reports whether nothing is authentic under a list: it has expired, or nobody can tell on what day this is.
func lapsed(state string) bool { return state == stateExpired || state == stateClock }

// aged reports whether a key may be missing from a list because a newer one has it.
func aged(state string) bool { return state == stateStale || lapsed(state) }
