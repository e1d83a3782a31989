package shc

import (
	"slices"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// The code systems that FHIR names (FHIR R4 §4.3).
const (
	cvx    = "http://hl7.org/fhir/sid/cvx"
	snomed = "http://snomed.info/sct"
	loinc  = "http://loinc.org"
)

// stands reports whether a resource has one of the statuses under which it says that something has happened. Under any
// other, such as not-done or entered-in-error, it would say the opposite: it is noted and left out.
func (r *reading) stands(i at, v json.Value, statuses ...string) bool {
	s := r.str(i, "status", v)
	if slices.Contains(statuses, s) {
		return true
	}
	r.breach(i.field("status"), "missing, or not one under which this has happened; the resource is left out")
	return false
}

// add puts an Event into the card, with what has no place in one.
func (r *reading) add(i at, f *members, e formats.Event, more ...formats.Field) {
	n := len(r.card.events)
	if n == 0 {
		r.card.events = make([]formats.Event, 0, 2) // an Event is large, and most cards have one or two
	}
	r.card.events = append(r.card.events, e)
	r.card.purpose |= e.Kind
	r.persons(i, f, n)
	r.card.say(eventPlace(n), more)
}

// persons notes whom a resource is about, to be looked up when all of the bundle is read; event is -1 for what is none.
func (r *reading) persons(i at, f *members, event int) {
	p := person{at: i, field: f.personField, reference: f.person, event: event}
	if p.field == "" {
		p.field = "subject"
	}
	r.card.persons = append(r.card.persons, p)
}

// readImmunization reads a vaccination (FHIR R4, Immunization).
func (r *reading) readImmunization(i at, f *members) {
	if !r.stands(i, f.status, "completed") {
		return
	}
	r.needed(i, "vaccineCode", f.vaccineCode)
	r.needed(i, "occurrenceDateTime", f.occurrence)
	codes := r.concept(i, "vaccineCode", f.vaccineCode)
	e := formats.Event{
		Kind:    formats.Vaccination,
		Product: preferred(codes, cvx, snomed),
		When:    r.date(i, "occurrenceDateTime", f.occurrence),
		Place:   firstDisplay(f.performer),
	}
	if e.Place == "" {
		e.Place = display(f.location)
	}
	r.readProtocol(i, first(f.protocol), &e) // a dose that counts in several series is shown in the first
	manufacturer := display(f.manufacturer)
	if e.Manufacturer = identified(f.manufacturer); e.Manufacturer.Code != "" {
		manufacturer = ""
	}
	subpotent := formats.Field{Name: "subpotent"}
	if weak, _ := f.subpotent.Bool(); weak {
		subpotent.Value = "true"
	}
	r.add(i, f, e,
		formats.Field{Name: "lot_number", Value: r.str(i, "lotNumber", f.lot)},
		formats.Field{Name: "manufacturer", Value: manufacturer},
		subpotent,
		others("vaccine_codes", codes, e.Product))
}

// readProtocol reads the place of a dose in its series.
func (r *reading) readProtocol(i at, v json.Value, e *formats.Event) {
	for member, value := range v.Members() {
		switch member {
		case "doseNumberPositiveInt":
			e.Dose = r.dose(i, "protocolApplied.doseNumberPositiveInt", value)
		case "seriesDosesPositiveInt":
			e.Doses = r.dose(i, "protocolApplied.seriesDosesPositiveInt", value)
		case "targetDisease":
			for _, c := range value.Elements() {
				if e.Target.Code == "" {
					e.Target = preferred(r.concept(i, "protocolApplied.targetDisease", c), snomed)
				}
			}
		}
	}
}

func (r *reading) dose(i at, name string, v json.Value) int {
	n, ok := v.Int()
	if !ok || n < 1 || n > 1<<30 {
		r.breach(i.field(name), "not a positive integer")
		return 0
	}
	return int(n)
}

// identified gives the identifier of a reference as a code.
func identified(reference json.Value) formats.Coded {
	var system, value []byte
	for member, v := range reference.Members() {
		if member != "identifier" {
			continue
		}
		for name, text := range v.Members() {
			switch name {
			case "system":
				system, _ = text.TextBytes()
			case "value":
				value, _ = text.TextBytes()
			}
		}
	}
	return valueSet().coded(system, value)
}

// others are the codes that stand beside the one that was chosen.
func others(name string, codes []formats.Coded, chosen formats.Coded) formats.Field {
	f := formats.Field{Name: name}
	for _, c := range codes {
		switch {
		case c == chosen:
		case f.Value == "":
			f.Value = written(c)
		default:
			f.Value += "; " + written(c)
		}
	}
	return f
}

// final are the statuses of results that count (FHIR R4, ObservationStatus and DiagnosticReportStatus).
var final = []string{"final", "amended", "corrected", "appended"}

// readObservation reads a result (FHIR R4, Observation).
func (r *reading) readObservation(i at, f *members) {
	if !r.stands(i, f.status, final...) {
		return
	}
	r.needed(i, "code", f.code)
	codes := r.concept(i, "code", f.code)
	values := r.concept(i, "valueCodeableConcept", f.valueConcept)
	e := formats.Event{
		Kind:     formats.Test,
		TestType: preferred(codes, loinc, snomed),
		Result:   preferred(values, snomed, loinc),
		When:     r.when(i, f),
		Place:    firstDisplay(f.performer),
	}
	r.add(i, f, e,
		formats.Field{Name: "value", Value: r.value(i, f)},
		others("codes", codes, e.TestType),
		others("results", values, e.Result))
}

// value is a result that is no code, as the card writes it.
func (r *reading) value(i at, f *members) string {
	switch {
	case f.valueQuantity.Kind() != json.Missing:
		return quantity(f.valueQuantity)
	case f.valueNumber.Kind() != json.Missing:
		return string(f.valueNumber.Raw())
	}
	return r.str(i, "valueString", f.valueString)
}

// readReport reads the summary of several results (FHIR R4, DiagnosticReport); the results themselves are Observations.
func (r *reading) readReport(i at, f *members) {
	if !r.stands(i, f.status, final...) {
		return
	}
	r.needed(i, "code", f.code)
	codes := r.concept(i, "code", f.code)
	e := formats.Event{Kind: formats.Test, TestType: preferred(codes, loinc, snomed), When: r.when(i, f), Place: firstDisplay(f.performer)}
	var conclusions []formats.Coded
	for _, c := range f.conclusionCode.Elements() {
		conclusions = append(conclusions, r.concept(i, "conclusionCode", c)...)
	}
	e.Result = preferred(conclusions, snomed)
	r.add(i, f, e,
		formats.Field{Name: "conclusion", Value: r.str(i, "conclusion", f.conclusion)},
		others("codes", codes, e.TestType),
		others("results", conclusions, e.Result))
}

// when is the time of a sample: as such, as the beginning of a period, or as that of the report where there is no other.
func (r *reading) when(i at, f *members) formats.Date {
	for member, v := range f.period.Members() {
		if member == "start" {
			return r.date(i, "effectivePeriod.start", v)
		}
	}
	if f.effective.Kind() != json.Missing {
		return r.date(i, "effectiveDateTime", f.effective)
	}
	return r.date(i, "issued", f.issued)
}
