package heuristics

import (
	"iter"
	"slices"
	"strconv"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/verify"
)

// A rule is what it can say, and one function that looks.
type rule struct {
	says  []verify.Explanation
	check func(verify.Case) []verify.Finding
}

// Check applies the rule to a case.
func (r rule) Check(c verify.Case) []verify.Finding { return r.check(c) }

// Explain lists the rule's codes, the main one first.
func (r rule) Explain() []verify.Explanation { return slices.Clone(r.says) }

// What several rules say.
const (
	lookAgain = "Look at the printed document and at other evidence, and ask. If it stays open, refer to a trained colleague; the traveller may explain."
	notFraud  = "Alone it proves nothing, and nobody may be refused for it."
)

// sealed gives the documents whose seal holds, by their place in the case.
func sealed(c verify.Case) iter.Seq2[int, *verify.Evidence] {
	return func(yield func(int, *verify.Evidence) bool) {
		for i := range c.Documents {
			e := &c.Documents[i]
			if e.Status == verify.Authentic && e.Verified != nil && !yield(i, e) {
				return
			}
		}
	}
}

// An occurrence is something that a sealed health document says was done to the holder on a day.
type occurrence struct {
	event    formats.Event
	people   []formats.Subject
	validity formats.Validity
	where    string // "documents[0].events[1]"
}

// health are the events whose date is that of something done: a dose, a sample, a first positive result.
const health = formats.Vaccination | formats.Test | formats.Recovery

// occurrences gives the dated health events of sealed documents.
func occurrences(c verify.Case) iter.Seq[occurrence] {
	return func(yield func(occurrence) bool) {
		for i, e := range sealed(c) {
			claims := e.Verified.Claims()
			for k, event := range claims.Events {
				if event.Kind&health == 0 || event.When.IsZero() {
					continue
				}
				where := verify.DocumentPath(i) + ".events[" + strconv.Itoa(k) + "]"
				if !yield(occurrence{event, claims.Subjects, e.Validity, where}) {
					return
				}
			}
		}
	}
}

// personPath is the place of a person in the report: the holder, or one of several.
func personPath(document, person, people int) string {
	if people == 1 {
		return verify.DocumentPath(document) + ".holder"
	}
	return verify.DocumentPath(document) + ".subjects[" + strconv.Itoa(person) + "]"
}
