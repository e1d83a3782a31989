package heuristics

import (
	"iter"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/verify"
)

// A pair is two documents of one case that ought to be of one person.
type pair struct {
	// at is the document that a finding is about, and its people; with and others are the other one's.
	at, with       int
	people, others []formats.Subject
}

// pairs gives every two documents of which one's seal holds, both name a person and neither is disproved.
func pairs(c verify.Case) iter.Seq[pair] {
	return func(yield func(pair) bool) {
		for i := range c.Documents {
			for j := i + 1; j < len(c.Documents); j++ {
				if p, ok := pairOf(c, i, j); ok && !yield(p) {
					return
				}
			}
		}
	}
}

func pairOf(c verify.Case, i, j int) (pair, bool) {
	a, b := claims(&c.Documents[i]), claims(&c.Documents[j])
	holdsA, holdsB := c.Documents[i].Status == verify.Authentic, c.Documents[j].Status == verify.Authentic
	disproved := c.Documents[i].Status == verify.Invalid || c.Documents[j].Status == verify.Invalid
	if disproved || !holdsA && !holdsB || len(a.Subjects) == 0 || len(b.Subjects) == 0 {
		return pair{}, false
	}
	// The finding is about the sealed document. Of two, it is about the one that says what was done to the person, because
	// that is what is borrowed; else about the later one.
	if holdsA && (!holdsB || len(a.Events) > 0 && len(b.Events) == 0) {
		return pair{at: i, with: j, people: a.Subjects, others: b.Subjects}, true
	}
	return pair{at: j, with: i, people: b.Subjects, others: a.Subjects}, true
}

// claims are what the issuer vouched for where the seal holds, and what the document says where it does not.
func claims(e *verify.Evidence) formats.Claims {
	if e.Status == verify.Authentic && e.Verified != nil {
		return e.Verified.Claims()
	}
	return e.Unverified
}

// place is where a finding about a person of the pair stands; person is -1 where it is about all of them.
func (p pair) place(person int, field string) string {
	if person < 0 && len(p.people) > 1 {
		return verify.DocumentPath(p.at) + ".subjects"
	}
	return personPath(p.at, max(person, 0), len(p.people)) + field
}

// compared says with what, for the Detail of a finding.
func (p pair) compared(how string) string {
	s := "compared with " + verify.DocumentPath(p.with)
	if how != "" {
		s += ": " + how
	}
	return s
}
