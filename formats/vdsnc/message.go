package vdsnc

import (
	"iter"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// message is the message zone in field terms, as far as it has been read.
type message struct {
	o       formats.Options
	subject formats.Subject
	name    string
	doc     formats.DocRef
	event   formats.Event // the one that is being read
	events  []formats.Event
	issued  formats.Date
	extra   []formats.Field
	others  []formats.Field // of members that the tables do not have
	checks  []formats.Check
}

// icd11 is the system of the codes of vaccines and diseases: WHO's International Classification of Diseases, 11th revision.
const icd11 = "ICD-11"

// vaccination is the message of icao.vacc, the proof of vaccination that WHO defined.
var vaccination = []member{
	{"uvci", true, text(func(m *message) *string { return &m.event.ID })},
	{"pid", true, func(m *message, at place, v json.Value) {
		object(vaccinated)(m, at, v)
		if v.Kind() == json.Object && m.subject.Birth.IsZero() && m.doc.Number == "" {
			m.breach(at, "neither a date of birth nor a document number")
		}
	}},
	{"ve", true, vaccines},
}

var vaccinated = []member{
	{"n", true, text(func(m *message) *string { return &m.name })},
	{"dob", false, birthDate},
	{"sex", false, oneOf(func(m *message) *string { return &m.subject.Sex }, "M", "F", "X")}, // Doc 9303-4 §4.1.1.1
	{"i", false, text(func(m *message) *string { return &m.doc.Number })},
	{"ai", false, shown},
}

var vaccine = []member{
	{"des", true, code(icd11, func(m *message) *formats.Coded { return &m.event.Prophylaxis })},
	{"nam", true, code("", func(m *message) *formats.Coded { return &m.event.Product })},
	{"dis", false, code(icd11, func(m *message) *formats.Coded { return &m.event.Target })},
	{"vd", true, doses},
}

var dose = []member{
	{"dvc", true, date(func(m *message) *formats.Date { return &m.event.When })},
	{"seq", true, number},
	{"ctr", true, state(func(m *message) *string { return &m.event.Country })},
	{"adm", true, text(func(m *message) *string { return &m.event.Place })},
	{"lot", true, shown},
	{"dvn", false, func(m *message, at place, v json.Value) {
		var next formats.Date
		date(func(*message) *formats.Date { return &next })(m, at, v)
		if !next.IsZero() {
			m.extra = append(m.extra, formats.Field{Name: at.String(), Value: next.String()})
		}
	}},
}

// test is the message of icao.test, the proof of testing that ICAO's CAPSCA defined.
var test = []member{
	{"utci", true, text(func(m *message) *string { return &m.event.ID })},
	{"pid", true, object([]member{
		{"n", true, text(func(m *message) *string { return &m.name })},
		{"dob", true, birthDate},
		{"dt", true, oneOf(func(m *message) *string { return &m.doc.Type }, "P", "A", "C", "I", "AC", "V", "D")},
		{"dn", true, text(func(m *message) *string { return &m.doc.Number })},
	})},
	{"sp", true, object([]member{
		{"spn", true, text(func(m *message) *string { return &m.event.Place })},
		{"ctr", true, state(func(m *message) *string { return &m.event.Country })},
		{"cd", true, object([]member{{"p", true, shown}, {"e", true, shown}, {"a", true, shown}})},
	})},
	{"dat", true, object([]member{
		{"sc", true, moment(func(m *message) *formats.Date { return &m.event.When })},
		{"ri", true, moment(func(m *message) *formats.Date { return &m.issued })},
	})},
	{"tr", true, object([]member{
		{"tc", true, oneOf(func(m *message) *string { return &m.event.TestType.Code }, "molecular(PCR)", "molecular(other)", "antigen", "antibody")},
		{"r", true, oneOf(func(m *message) *string { return &m.event.Result.Code }, "normal", "abnormal", "positive", "negative")},
		{"m", false, shown},
	})},
	{"opt", false, shown},
}

// readMessage reads the message by the table of its kind. Of a kind that is not known everything is shown as it stands.
func (r *reading) readMessage() error {
	m := &r.message
	m.o = r.o
	k := r.header.reads
	if k == nil {
		for name, value := range r.msg.Members() {
			m.further(place{"msg", name}, value)
		}
		return nil
	}
	m.event.Kind = k.purpose
	m.members("", r.msg, k.members)
	if k.purpose == formats.Test {
		m.events = []formats.Event{m.event}
	}
	return nil
}

// vaccines reads the vaccination events, each of one vaccine with its doses. A vaccine without any is an Event all the
// same.
func vaccines(m *message, at place, v json.Value) {
	shared := m.event
	for i, element := range m.elements(at, v) {
		before := len(m.events)
		m.event = shared
		object(vaccine)(m, place{name: at.element(i)}, element)
		if len(m.events) == before {
			m.events = append(m.events, m.event)
		}
	}
}

// doses reads the doses of one vaccine; each is one Event.
func doses(m *message, at place, v json.Value) {
	shared := m.event
	for i, element := range m.elements(at, v) {
		m.event = shared
		object(dose)(m, place{name: at.element(i)}, element)
		m.events = append(m.events, m.event)
	}
}

// elements gives what is in an array that must hold something.
func (m *message) elements(at place, v json.Value) iter.Seq2[int, json.Value] {
	if v.Kind() != json.Array {
		m.breach(at, "not an array")
	} else {
		empty := true
		for range v.Elements() {
			empty = false
			break
		}
		if empty {
			m.breach(at, "an empty array")
		}
	}
	return v.Elements()
}

// number reads the number of a dose, 1 to 99.
func number(m *message, at place, v json.Value) {
	n, ok := v.Int()
	if !ok || n < 1 || n > 99 {
		m.breach(at, "not a whole number from 1 to 99")
		return
	}
	m.event.Dose = int(n)
}

// further keeps a member that the tables do not have: a text as it reads, anything else in its canonical form.
func (m *message) further(at place, v json.Value) {
	value, ok := v.Text()
	if !ok {
		value = string(v.Raw())
	}
	m.others = append(m.others, formats.Field{Name: at.String(), Value: value})
}
