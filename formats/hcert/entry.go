package hcert

import (
	"math"
	"strconv"
	"time"

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
	r.dcc.purpose |= g.use
	for i, e := range v.Elements() {
		if i == maxEntries {
			break
		}
		r.checkEntry(g, i, e)
	}
	return n
}

// checkEntry judges one entry in the order of the schema.
func (r *reading) checkEntry(g *group, index int, e cbor.Value) {
	at := place{group: g.name, index: index}
	if e.Kind() != cbor.Map {
		r.breach(at.field(""), "not a map")
		return
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
	r.dcc.events = append(r.dcc.events, event)
}

// A place names a field in a breach; it is only spelled out when there is one.
type place struct {
	group string
	index int
}

func (p place) field(name string) string {
	s := p.group + "[" + strconv.Itoa(p.index) + "]"
	if name == "" {
		return s
	}
	return s + "." + name
}

func (r *reading) checkField(f *field, at place, v cbor.Value, e *formats.Event) {
	switch v.Kind() {
	case cbor.Missing:
		if !f.optional && (!f.since13 || !r.dcc.version.from13()) {
			r.breach(at.field(f.name), "missing")
		}
		return
	case cbor.Null:
		if f.optional || f.since13 {
			r.tolerate(nullField, at.field(f.name), "null instead of left out")
		} else {
			r.breach(at.field(f.name), "null")
		}
		return
	}
	switch f.kind {
	case text, code, country:
		r.checkText(f, at, v, e)
	case dose:
		r.checkDose(f, at, v, e)
	case day, dateTime:
		r.checkDate(f, at, v, e)
	}
}

func (r *reading) checkText(f *field, at place, v cbor.Value, e *formats.Event) {
	s, ok := v.Text()
	if !ok {
		r.breach(at.field(f.name), "not a text")
		return
	}
	switch {
	case f.kind == text && r.tooLong(s):
		r.breach(at.field(f.name), tooLong)
	case f.kind == country && !isCountry(s):
		r.breach(at.field(f.name), "not one to ten capital letters")
	}
	f.text(e, s)
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

func (r *reading) checkDose(f *field, at place, v cbor.Value, e *formats.Event) {
	n, ok := v.Int()
	if x, isFloat := v.Float(); !ok && isFloat && x == math.Trunc(x) && math.Abs(x) < 1<<30 {
		r.tolerate(floatInteger, at.field(f.name), "a whole number written as floating point")
		n, ok = int64(x), true
	}
	if !ok {
		r.breach(at.field(f.name), "not an integer")
		return
	}
	if n < 1 || n > int64(r.dcc.version.maxDose()) {
		r.breach(at.field(f.name), "outside the numbers that the schema allows")
	}
	if n >= math.MinInt32 && n <= math.MaxInt32 {
		f.number(e, int(n))
	}
}

func (r *reading) checkDate(f *field, at place, v cbor.Value, e *formats.Event) {
	if tag, inner, ok := v.Tag(); ok {
		r.checkTaggedDate(f, at, tag, inner, e)
		return
	}
	s, ok := v.Text()
	if !ok {
		r.breach(at.field(f.name), "not a text")
		return
	}
	d, err := formats.ParseDate(s)
	switch {
	case err != nil:
		r.breach(at.field(f.name), err.Error())
		return
	case d.IsZero() || d.Partial():
		r.breach(at.field(f.name), "not a complete date")
	case f.kind == day && !d.Instant.IsZero():
		r.tolerate(timedDate, at.field(f.name), "a time of day on a date")
	case f.kind == dateTime && d.Instant.IsZero():
		r.breach(at.field(f.name), "no time of day")
	case f.kind == dateTime && d.NoZone:
		r.tolerate(noZone, at.field(f.name), "a time of day without a zone, read as UTC")
	}
	f.date(e, d)
}

// checkTaggedDate reads a CBOR date: tag 0 with RFC 3339 text, or tag 1 with seconds since 1970 (RFC 8949 §3.4).
func (r *reading) checkTaggedDate(f *field, at place, tag uint64, inner cbor.Value, e *formats.Event) {
	var d formats.Date
	switch s, isText := inner.Text(); {
	case tag == 0 && isText:
		parsed, err := formats.ParseDate(s)
		if err != nil || parsed.Instant.IsZero() {
			r.breach(at.field(f.name), "a CBOR date without a readable time")
			return
		}
		if parsed.NoZone {
			r.tolerate(noZone, at.field(f.name), "a time of day without a zone, read as UTC")
		}
		d = parsed
	case tag == 1:
		n, ok := inner.Int()
		if x, isFloat := inner.Float(); !ok && isFloat && !math.IsNaN(x) && math.Abs(x) < latest {
			n, ok = int64(x), true
		}
		if !ok || n < earliest || n > latest {
			r.breach(at.field(f.name), "a CBOR date without a readable time")
			return
		}
		d = formats.DateOf(time.Unix(n, 0).UTC())
	default:
		r.breach(at.field(f.name), "a tag where a text is needed")
		return
	}
	r.tolerate(taggedDate, at.field(f.name), "a CBOR date where a text is needed")
	f.date(e, d)
}
