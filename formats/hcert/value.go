package hcert

import (
	"math"
	"strconv"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/cbor"
)

// present reports whether a member is there to be judged. A null is one that is left out in the wrong way.
func (r *reading) present(at place, name string, v cbor.Value, optional, nullable bool) bool {
	switch v.Kind() {
	case cbor.Missing:
		if !optional {
			r.breach(at.field(name), "missing")
		}
		return false
	case cbor.Null:
		if nullable {
			r.tolerate(nullField, at.field(name), "null instead of left out")
		} else {
			r.breach(at.field(name), "null")
		}
		return false
	}
	return true
}

func (r *reading) textOf(at place, name string, v cbor.Value, k kind) (string, bool) {
	s, ok := v.Text()
	if !ok {
		r.breach(at.field(name), "not a text")
		return "", false
	}
	switch {
	case k == text && r.tooLong(s):
		r.breach(at.field(name), tooLong)
	case k == country && !isCountry(s):
		r.breach(at.field(name), "not one to ten capital letters")
	case k == line && s == "":
		r.breach(at.field(name), "empty")
	}
	return s, true
}

func isCountry(s string) bool {
	if len(s) < 1 || len(s) > 10 {
		return false
	}
	for i := 0; i < len(s); i++ {
		if s[i] < 'A' || s[i] > 'Z' {
			return false
		}
	}
	return true
}

// codingOf reads a FHIR Coding: a map with a code and the system that it is from. A bare text is a breach, and is taken
// for the code.
func (r *reading) codingOf(at place, name string, v cbor.Value) (formats.Coded, bool) {
	if s, ok := v.Text(); ok {
		r.breach(at.field(name), "a text instead of a code with its system")
		return formats.Coded{Code: s}, true
	}
	if v.Kind() != cbor.Map {
		r.breach(at.field(name), "not a code with its system")
		return formats.Coded{}, false
	}
	var c formats.Coded
	m, in := membersOf(v), at.inside(name)
	if s := m["system"]; r.present(in, "system", s, true, true) {
		c.System, _ = r.textOf(in, "system", s, line)
	}
	s := m["code"]
	if !r.present(in, "code", s, false, false) {
		return c, false
	}
	var ok bool
	c.Code, ok = r.textOf(in, "code", s, line)
	return c, ok
}

// inside is the place of what stands within a member.
func (p place) inside(name string) place { return place{group: p.field(name), index: single} }

// nameOf reads what names a person, a body or a thing: a text, or a FHIR Identifier, Reference or Coding of it.
func (r *reading) nameOf(at place, name string, v cbor.Value) (string, bool) {
	if v.Kind() != cbor.Map {
		return r.textOf(at, name, v, line)
	}
	m, in := membersOf(v), at.inside(name)
	for _, member := range [...]string{"value", "reference", "code", "display"} {
		if s := m[member]; s.Kind() != cbor.Missing {
			return r.textOf(in, member, s, line)
		}
	}
	// A Reference may hold an Identifier, and nothing holds that again.
	if value := membersOf(m["identifier"])["value"]; value.Kind() != cbor.Missing {
		return r.textOf(in, "identifier.value", value, line)
	}
	r.breach(at.field(name), "names nothing")
	return "", false
}

// numberOf reads a positive integer up to what the kind allows.
func (r *reading) numberOf(at place, name string, v cbor.Value, k kind) (int, bool) {
	n, ok := v.Int()
	if x, isFloat := v.Float(); !ok && isFloat && x == math.Trunc(x) && math.Abs(x) < 1<<30 {
		r.tolerate(floatInteger, at.field(name), "a whole number written as floating point")
		n, ok = int64(x), true
	}
	if !ok {
		r.breach(at.field(name), "not an integer")
		return 0, false
	}
	limit := math.MaxInt32
	if k == dose {
		limit = r.dcc.version.maxDose()
	}
	if n < 1 || n > int64(limit) {
		r.breach(at.field(name), "outside the numbers that the schema allows")
	}
	return int(n), n >= math.MinInt32 && n <= math.MaxInt32
}

// dateOf reads a date or time of the kind that the schema wants there.
func (r *reading) dateOf(at place, name string, v cbor.Value, k kind) (formats.Date, bool) {
	if tag, inner, ok := v.Tag(); ok {
		return r.taggedDateOf(at, name, tag, inner)
	}
	s, ok := v.Text()
	if !ok {
		r.breach(at.field(name), "not a text")
		return formats.Date{}, false
	}
	d, err := formats.ParseDate(s)
	timed, partial := !d.Instant.IsZero(), d.IsZero() || d.Partial()
	switch {
	case err != nil:
		r.breach(at.field(name), err.Error())
		return formats.Date{}, false
	case d.IsZero() || partial && (k == day || k == dateTime):
		r.breach(at.field(name), "not a complete date")
	case timed && (k == day || k == calendar):
		r.tolerate(timedDate, at.field(name), "a time of day on a date")
	case !timed && k == dateTime:
		r.breach(at.field(name), "no time of day")
	case timed && d.NoZone:
		r.tolerate(noZone, at.field(name), "a time of day without a zone, read as UTC")
	}
	return d, true
}

// taggedDateOf reads a CBOR date: tag 0 with RFC 3339 text, or tag 1 with seconds since 1970 (RFC 8949 §3.4).
func (r *reading) taggedDateOf(at place, name string, tag uint64, inner cbor.Value) (formats.Date, bool) {
	var d formats.Date
	switch s, isText := inner.Text(); {
	case tag == 0 && isText:
		parsed, err := formats.ParseDate(s)
		if err != nil || parsed.Instant.IsZero() {
			r.breach(at.field(name), "a CBOR date without a readable time")
			return d, false
		}
		if parsed.NoZone {
			r.tolerate(noZone, at.field(name), "a time of day without a zone, read as UTC")
		}
		d = parsed
	case tag == 1:
		n, ok := inner.Int()
		if x, isFloat := inner.Float(); !ok && isFloat && !math.IsNaN(x) && math.Abs(x) < latest {
			n, ok = int64(x), true
		}
		if !ok || n < earliest || n > latest {
			r.breach(at.field(name), "a CBOR date without a readable time")
			return d, false
		}
		d = formats.DateOf(time.Unix(n, 0).UTC())
	default:
		r.breach(at.field(name), "a tag where a text is needed")
		return d, false
	}
	r.tolerate(taggedDate, at.field(name), "a CBOR date where a text is needed")
	return d, true
}

// membersOf gives the members of a map that have a text for a name.
func membersOf(v cbor.Value) map[string]cbor.Value {
	m := make(map[string]cbor.Value)
	for k, member := range v.Entries() {
		if name, ok := k.TextBytes(); ok {
			m[string(name)] = member
		}
	}
	return m
}

// wholeNumber reads a number that is written in decimal digits alone.
func wholeNumber(s string) (int, bool) {
	n, err := strconv.ParseUint(s, 10, 16)
	return int(n), err == nil
}
