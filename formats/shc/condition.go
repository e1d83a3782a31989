package shc

import (
	"slices"
	"strconv"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// readCondition reads a diagnosis (FHIR R4, Condition). A confirmed one of COVID-19 is what travel rules call a recovery;
// all others are shown as the card has them and are no Event.
func (r *reading) readCondition(i at, f *members) {
	verification := r.statusOf(i, "verificationStatus", f.verificationStatus)
	if verification == "refuted" || verification == "entered-in-error" {
		r.breach(i.field("verificationStatus"), "not one under which this has happened; the resource is left out")
		return
	}
	r.needed(i, "code", f.code)
	codes := r.concept(i, "code", f.code)
	when := r.date(i, "onsetDateTime", f.onset)
	if f.onset.Kind() == json.Missing {
		when = r.date(i, "recordedDate", f.recorded)
	}
	more := []formats.Field{
		{Name: "clinical_status", Value: r.statusOf(i, "clinicalStatus", f.clinicalStatus)},
		{Name: "abated", Value: r.date(i, "abatementDateTime", f.abatement).String()},
	}
	if slices.ContainsFunc(codes, valueSet().isCOVID19) && (verification == "" || verification == "confirmed") {
		e := formats.Event{Kind: formats.Recovery, Target: preferred(codes, snomed), When: when}
		r.add(i, f, e, append(more, others("codes", codes, e.Target))...)
		return
	}
	r.persons(i, f, -1)
	more = append([]formats.Field{
		others("codes", codes, formats.Coded{}),
		{Name: "date", Value: when.String()},
		{Name: "verification_status", Value: verification},
	}, more...)
	r.card.say("conditions["+strconv.Itoa(r.card.conditions)+"].", more)
	r.card.conditions++
}

// statusOf gives the code of a status that is a CodeableConcept; "" where there is none.
func (r *reading) statusOf(i at, name string, v json.Value) string {
	return preferred(r.concept(i, name, v)).Code
}
