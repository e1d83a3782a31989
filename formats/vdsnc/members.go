package vdsnc

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/states"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// A member is one row of the tables of the guidelines: a name, whether it must be there, and what is made of it.
type member struct {
	name string
	need bool
	read reader
}

// A reader judges a value and takes it into the message.
type reader func(m *message, at place, v json.Value)

// A place is where a value stands: "ve[0].vd[1]" and "seq". It is written out only where something is said of it.
type place struct{ base, name string }

func (p place) String() string {
	if p.base == "" {
		return p.name
	}
	return p.base + "." + p.name
}

// element is the place of an element of an array that stands at p.
func (p place) element(i int) string { return p.String() + "[" + strconv.Itoa(i) + "]" }

// members reads an object by its table, in the table's order. What the table does not have is shown as it stands. base is
// the object's place, "" for the message itself.
func (m *message) members(base string, v json.Value, table []member) {
	found := make([]json.Value, len(table))
	for name, value := range v.Members() {
		if i := slices.IndexFunc(table, func(row member) bool { return row.name == name }); i >= 0 {
			found[i] = value
		} else {
			m.further(place{cmp.Or(base, "msg"), name}, value)
		}
	}
	for i, row := range table {
		switch at := (place{base, row.name}); {
		case found[i].Kind() != json.Missing:
			row.read(m, at, found[i])
		case row.need:
			m.breach(at, "missing")
		}
	}
}

// object reads an object by its table.
func object(table []member) reader {
	return func(m *message, at place, v json.Value) {
		if v.Kind() != json.Object {
			m.breach(at, "not an object")
			return
		}
		m.members(at.String(), v, table)
	}
}

// text reads a text that says something.
func text(to func(*message) *string) reader {
	return func(m *message, at place, v json.Value) {
		s, ok := v.Text()
		switch {
		case !ok:
			m.breach(at, "not a text")
		case s == "":
			m.breach(at, "empty")
		}
		*to(m) = s
	}
}

// code reads the code of a value set, whose text the document does not give.
func code(system string, to func(*message) *formats.Coded) reader {
	return func(m *message, at place, v json.Value) {
		text(func(m *message) *string { return &to(m).Code })(m, at, v)
		if c := to(m); c.Code != "" {
			c.System = system
		}
	}
}

// oneOf reads a text that has to be one of several.
func oneOf(to func(*message) *string, words ...string) reader {
	return func(m *message, at place, v json.Value) {
		s, ok := v.Text()
		switch {
		case !ok:
			m.breach(at, "not a text")
		case !slices.Contains(words, s):
			m.breach(at, "not one of the values that the type allows")
		}
		*to(m) = s
	}
}

// state reads the code of a state (ICAO Doc 9303-3 §5).
func state(to func(*message) *string) reader {
	return func(m *message, at place, v json.Value) {
		s, ok := v.Text()
		if !ok {
			m.breach(at, "not a text")
		} else if _, ok = states.Alpha2(s); !ok {
			m.breach(at, "not the code of a state or organisation")
		}
		*to(m) = s
	}
}

// shown reads a text that officers see by its place.
func shown(m *message, at place, v json.Value) {
	s, ok := v.Text()
	if !ok {
		m.breach(at, "not a text")
		return
	}
	m.extra = append(m.extra, formats.Field{Name: at.String(), Value: s})
}

// date reads a complete date; what is less, or has a time of day, is taken as far as it goes.
func date(to func(*message) *formats.Date) reader {
	return func(m *message, at place, v json.Value) {
		d, ok := m.date(at, v)
		switch {
		case !ok:
			return
		case d.Partial():
			m.breach(at, "a date without a day")
		case !d.Instant.IsZero():
			m.breach(at, "a date with a time of day")
		}
		d.Instant, d.NoZone = time.Time{}, false
		*to(m) = d
	}
}

// birthDate reads a date of birth, which may lack what nobody knows.
func birthDate(m *message, at place, v json.Value) {
	d, ok := m.date(at, v)
	switch {
	case !ok:
		return
	case d.Partial() && m.o.Allows(partialBirthDate):
		m.checks = append(m.checks, formats.Check{Kind: formats.Schema, Result: formats.Tolerated, Name: partialBirthDate.Name, Where: at.String(), Text: "a date without a day"})
	case d.Partial():
		m.breach(at, "a date without a day")
	case !d.Instant.IsZero():
		m.breach(at, "a date with a time of day")
	}
	d.Instant, d.NoZone = time.Time{}, false
	m.subject.Birth = d
}

// moment reads a date and a time of day with a zone (RFC 3339 §5.6).
func moment(to func(*message) *formats.Date) reader {
	return func(m *message, at place, v json.Value) {
		d, ok := m.date(at, v)
		switch {
		case !ok:
			return
		case d.Instant.IsZero():
			m.breach(at, "a date without a time of day")
		case d.NoZone:
			m.breach(at, "a time without a zone")
		}
		*to(m) = d
	}
}

// date reads a date of any precision. The empty text is none.
func (m *message) date(at place, v json.Value) (formats.Date, bool) {
	s, ok := v.Text()
	if !ok || s == "" {
		m.breach(at, "empty or not a text")
		return formats.Date{}, false
	}
	d, err := formats.ParseDate(s)
	if err != nil {
		m.breach(at, err.Error())
	}
	return d, err == nil
}

func (m *message) breach(at place, why string) { m.checks = append(m.checks, breach(at.String(), why)) }
