package hcert

import (
	"strconv"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/cbor"
)

// checkGroup judges one array of entries, turns each into an Event and gives their number.
func (r *reading) checkGroup(g *group, v cbor.Value) int {
	switch v.Kind() {
	case cbor.Missing:
		return 0
	case cbor.Null:
		r.tolerate(nullField, g.name, "null instead of left out")
		return 0
	case cbor.Array:
	default:
		r.breach(g.name, "not an array")
		return 0
	}
	n, _ := v.Len()
	switch {
	case n == 0:
		r.breach(g.name, "an empty array")
		return 0
	case n > maxEntries:
		r.breach(g.name, "more than "+strconv.Itoa(maxEntries)+" entries; only the first are shown")
	}
	r.found.purpose |= g.use
	for i, e := range v.Elements() {
		if i == maxEntries {
			break
		}
		r.checkEntry(g, place{group: g.name, index: i}, e)
	}
	return n
}

// checkEntry judges one entry in the order of the schema and makes an Event of it. It reports whether there is one.
func (r *reading) checkEntry(g *group, at place, e cbor.Value) bool {
	if e.Kind() != cbor.Map {
		r.breach(at.field(""), "not a map")
		return false
	}
	var found [maxFields]cbor.Value
	for k, v := range e.Entries() {
		name, _ := k.TextBytes()
		for i := range g.fields {
			if g.fields[i].name == string(name) {
				found[i] = v
				break
			}
		}
	}
	event := formats.Event{Kind: g.use}
	for i := range g.fields {
		r.checkField(&g.fields[i], at, found[i], &event)
	}
	r.found.claims.Events = append(r.found.claims.Events, event)
	return true
}

// A place names a field in a breach; it is only spelled out when there is one.
type place struct {
	group string // "" at the certificate's top
	index int    // of the entry, or single
}

// single is the index of an entry that does not stand in an array.
const single = -1

// top is the certificate itself.
var top = place{index: single}

func (p place) field(name string) string {
	s := p.group
	if p.index != single {
		s += "[" + strconv.Itoa(p.index) + "]"
	}
	if name == "" || s == "" {
		return s + name
	}
	return s + "." + name
}

// checkField judges one member of an entry and puts its value where the field says.
func (r *reading) checkField(f *field, at place, v cbor.Value, e *formats.Event) {
	if !r.present(at, f.name, v, f.optional || f.since13 && r.dcc.version.from13(), f.optional || f.since13) {
		return
	}
	switch f.kind {
	case text, code, country, line, naming:
		s, ok := r.textOrName(at, f, v)
		if ok && f.text != nil {
			f.text(e, s)
		}
		if ok && f.extra != "" {
			r.extra(f.extra, s)
		}
	case coding:
		c, ok := r.codingOf(at, f.name, v)
		if ok && f.coded != nil {
			f.coded(e, c)
		}
		if ok && f.extra != "" {
			r.extra(f.extra, c.Code)
		}
	case dose, positive:
		if n, ok := r.numberOf(at, f.name, v, f.kind); ok {
			f.number(e, n)
		}
	case day, dateTime, calendar, moment:
		d, ok := r.dateOf(at, f.name, v, f.kind)
		if ok && f.date != nil {
			f.date(e, d)
		}
		if ok && f.extra != "" {
			r.extra(f.extra, d.String())
		}
	}
}

func (r *reading) textOrName(at place, f *field, v cbor.Value) (string, bool) {
	if f.kind == naming {
		return r.nameOf(at, f.name, v)
	}
	return r.textOf(at, f.name, v, f.kind)
}

// extra keeps a value that the shared words have no place for.
func (r *reading) extra(name, value string) {
	if value != "" {
		c := &r.found.claims
		c.Extra = append(c.Extra, formats.Field{Name: name, Value: value})
	}
}
