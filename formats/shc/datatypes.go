package shc

import (
	"strings"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// str reads a text that may be left out.
func (r *reading) str(i at, name string, v json.Value) string {
	if v.Kind() == json.Missing {
		return ""
	}
	s, ok := v.Text()
	if !ok {
		r.breach(i.field(name), "not a text")
	}
	return s
}

// date reads a FHIR date or dateTime (FHIR R4 §2.24.0.1), of whatever precision.
func (r *reading) date(i at, name string, v json.Value) formats.Date {
	s := r.str(i, name, v)
	d, err := formats.ParseDate(s)
	switch {
	case err != nil:
		r.breach(i.field(name), err.Error())
	case d.NoZone:
		r.tolerate(noZone, i.field(name), "a time of day without a zone, read as UTC")
	}
	return d
}

// needed notes that a member is missing.
func (r *reading) needed(i at, name string, v json.Value) {
	if v.Kind() == json.Missing {
		r.breach(i.field(name), "missing")
	}
}

// concept reads the codings of a CodeableConcept. Its text and the displays of its codings are passed over: they are the
// issuer's words, and what a code means is not for the card to say.
func (r *reading) concept(i at, name string, v json.Value) []formats.Coded {
	if v.Kind() == json.Missing {
		return nil
	}
	var codings json.Value
	for member, value := range v.Members() {
		switch member {
		case "coding":
			codings = value
		case "text":
			r.tolerate(notMinimal, i.field(name)+".text", "a member that codes leave out")
		}
	}
	var list []formats.Coded
	for _, c := range codings.Elements() {
		if coded := r.coding(i, name, c); coded.Code != "" {
			list = append(list, coded)
		}
	}
	if len(list) == 0 {
		r.breach(i.field(name), "it holds no code")
	}
	return list
}

func (r *reading) coding(i at, name string, v json.Value) formats.Coded {
	var system, code []byte
	for member, value := range v.Members() {
		switch member {
		case "system":
			system, _ = value.TextBytes()
		case "code":
			code, _ = value.TextBytes()
		case "display":
			r.tolerate(notMinimal, i.field(name)+".coding.display", "a member that codes leave out")
		}
	}
	return valueSet().coded(system, code)
}

// preferred gives the coding of the first of the systems that is there, or the first coding of any.
func preferred(list []formats.Coded, systems ...string) formats.Coded {
	for _, system := range systems {
		for _, c := range list {
			if c.System == system {
				return c
			}
		}
	}
	if len(list) == 0 {
		return formats.Coded{}
	}
	return list[0]
}

// written writes a code as a line of text.
func written(c formats.Coded) string {
	s := strings.TrimSpace(c.System + " " + c.Code)
	if c.Text != "" {
		s += " (" + c.Text + ")"
	}
	return s
}

// quantity writes a number with its unit, as the card has them.
func quantity(v json.Value) string {
	var number, unit, code, comparator string
	for member, value := range v.Members() {
		switch member {
		case "value":
			number = string(value.Raw())
		case "unit":
			unit, _ = value.Text()
		case "code":
			code, _ = value.Text()
		case "comparator":
			comparator, _ = value.Text()
		}
	}
	if unit == "" {
		unit = code
	}
	return strings.TrimSpace(comparator + number + " " + unit)
}

// display finds the words by which a reference names what it refers to: its own, or those of the actor in it.
func display(v json.Value) string {
	var found string
	for member, value := range v.Members() {
		switch member {
		case "display":
			found, _ = value.Text()
		case "actor":
			if s := display(value); s != "" {
				return s
			}
		}
	}
	return found
}

// firstDisplay is the display of the first of several references that has one.
func firstDisplay(list json.Value) string {
	for _, v := range list.Elements() {
		if s := display(v); s != "" {
			return s
		}
	}
	return ""
}

// first is the first element of a list, or Missing.
func first(list json.Value) (v json.Value) {
	list.Elements()(func(_ int, e json.Value) bool {
		v = e
		return false
	})
	return v
}
