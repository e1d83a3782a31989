package verify

import (
	"strconv"
	"strings"
)

// decide makes the verdicts from statuses and findings alone.
//
// The case has the worst verdict of its documents. A companion that never carries a seal (a printed MRZ, a boarding
// pass) beside a sealed document is compared, not judged: it keeps its own refer, and only its findings touch the case.
func (v *Verifier) decide(r *Report, evidence []Evidence) {
	doubted := false
	for _, f := range r.Findings {
		doubted = doubted || f.Effect >= Doubt
	}
	sealed := false
	for i := range r.Documents {
		sealed = sealed || !r.Documents[i].companion
	}
	ruled := v.applyRules(Case{Documents: evidence, AsOf: r.AsOf})
	r.Findings = append(ruled, r.Findings...)
	protectFirst(r.Findings)

	verdict := Accept
	for i := range r.Documents {
		d := &r.Documents[i]
		d.Verdict = verdictOf(d.Status, d.Findings, doubted)
		if d.companion && sealed {
			if verdictOf(Authentic, d.Findings, false) != Accept {
				verdict = worse(verdict, Refer)
			}
			continue
		}
		verdict = worse(verdict, d.Verdict)
	}
	for _, f := range ruled {
		if f.Effect == Doubt {
			verdict = worse(verdict, Refer)
			r.doubt(f.Where)
		}
	}
	if len(r.Documents) == 0 {
		verdict = Refer
	}
	r.Verdict = verdict
}

// doubt refers the document that a rule's finding names, so that its own verdict says so too.
func (r *Report) doubt(where string) {
	for i := range r.Documents {
		if strings.HasPrefix(where, DocumentPath(i)) {
			r.Documents[i].Verdict = worse(r.Documents[i].Verdict, Refer)
		}
	}
}

// DocumentPath is the Where of a document in a report: "documents[0]".
func DocumentPath(i int) string { return "documents[" + strconv.Itoa(i) + "]" }

// verdictOf is the whole decision about one document: proof of invalidity rejects, an authentic document with nothing
// against it is accepted, all else is for a person to look at.
func verdictOf(s Status, findings []Finding, doubted bool) Verdict {
	if s == Invalid {
		return Reject
	}
	if s != Authentic {
		return Refer
	}
	verdict := Accept
	if doubted {
		verdict = Refer
	}
	for _, f := range findings {
		switch f.Effect {
		case Disqualify:
			return Reject
		case Doubt:
			verdict = Refer
		}
	}
	return verdict
}

// protectFirst moves offers of help to the front and keeps the order otherwise.
func protectFirst(findings []Finding) {
	n := 0
	for i, f := range findings {
		if f.Effect == Protect {
			copy(findings[n+1:i+1], findings[n:i])
			findings[n] = f
			n++
		}
	}
}
