package shc

import (
	"strconv"
	"strings"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// readPatient reads one person. Several people are several Subjects and are never merged.
func (r *reading) readPatient(i at, f *members, url json.Value) {
	s := formats.Subject{Names: r.names(i, f.name), Sex: r.str(i, "gender", f.gender), Birth: r.date(i, "birthDate", f.birthDate)}
	r.needed(i, "birthDate", f.birthDate)
	if !s.Birth.Instant.IsZero() {
		r.breach(i.field("birthDate"), "a time of day on a date")
		s.Birth.Instant, s.Birth.NoZone = time.Time{}, false
	}
	r.identifiers(f.identifier, len(r.card.subjects))
	u, _ := url.Text()
	r.card.subjects, r.card.urls = append(r.card.subjects, s), append(r.card.urls, u)
}

// names reads a list of HumanName (FHIR R4 §2.24.0.11). The official name comes first; a name that is no longer used is
// left out, because nobody should be compared with it.
func (r *reading) names(i at, list json.Value) []formats.Name {
	var names []formats.Name
	for k, v := range list.Elements() {
		n, use := r.humanName(i, v)
		if n == (formats.Name{}) || use == "old" {
			continue
		}
		n.Source = "name[" + strconv.Itoa(k) + "]"
		if names = append(names, n); use == "official" {
			copy(names[1:], names)
			names[0] = n
		}
	}
	if len(names) == 0 {
		r.breach(i.field("name"), "missing, or it holds no name")
	}
	return names
}

func (r *reading) humanName(i at, v json.Value) (n formats.Name, use string) {
	var given json.Value
	for member, value := range v.Members() {
		switch member {
		case "family":
			n.Family = r.str(i, "name.family", value)
		case "given":
			given = value
		case "text":
			n.Full = r.str(i, "name.text", value)
		case "use":
			use = r.str(i, "name.use", value)
		}
	}
	var b strings.Builder
	for k, g := range given.Elements() {
		if k > 0 {
			b.WriteByte(' ')
		}
		s, ok := g.TextBytes()
		if !ok {
			r.breach(i.field("name.given"), "not a text")
		}
		b.Write(s)
	}
	n.Given = b.String()
	return n, use
}

// identifiers shows the numbers by which registers know the person.
func (r *reading) identifiers(list json.Value, subject int) {
	for _, v := range list.Elements() {
		var system, value string
		for member, text := range v.Members() {
			switch member {
			case "system":
				system, _ = text.Text()
			case "value":
				value, _ = text.Text()
			}
		}
		r.card.say("subjects["+strconv.Itoa(subject)+"].", []formats.Field{{Name: "identifier", Value: strings.TrimSpace(system + " " + value)}})
	}
}
