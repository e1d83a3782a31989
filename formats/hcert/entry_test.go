package hcert_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
)

// The members of the entries by the types of the DCC schema.
var members = map[string]struct {
	doc                                        func() mint.HCERT
	codes, texts, countries, doses, days, time []string
	optional, since13                          []string // of those above
}{
	"v": {doc: vaccination, codes: []string{"tg", "vp", "mp", "ma"}, texts: []string{"is", "ci"}, countries: []string{"co"},
		doses: []string{"dn", "sd"}, days: []string{"dt"}},
	"t": {doc: test, codes: []string{"tg", "tt", "ma", "tr"}, texts: []string{"nm", "tc", "is", "ci"}, countries: []string{"co"},
		time: []string{"sc"}, optional: []string{"nm", "ma"}, since13: []string{"tc"}},
	"r": {doc: recovery, codes: []string{"tg"}, texts: []string{"is", "ci"}, countries: []string{"co"}, days: []string{"fr", "df", "du"}},
}

// dropped is the document without a member, which it need not have had.
func dropped(h mint.HCERT, path ...any) mint.HCERT {
	if _, there := mint.Get(h.DCC(), path...); !there {
		return h
	}
	return h.Drop(path...)
}

func TestRequiredMembersOfEntriesAreMissed(t *testing.T) {
	for group, m := range members {
		for _, name := range slices.Concat(m.codes, m.texts, m.countries, m.doses, m.days, m.time) {
			in, null := versions, versions
			switch {
			case slices.Contains(m.optional, name):
				in, null = nil, nil
			case slices.Contains(m.since13, name):
				in, null = before13, nil
			}
			at := group + "[0]." + name + ": "
			rule{group + "." + name + " missing", dropped(m.doc(), group, 0, name), says(at + "missing"), in}.hold(t)
			if null != nil { // for the others see the tolerance null-field
				rule{group + "." + name + " null", m.doc().Set(mint.Null{}, group, 0, name), says(at + "null"), null}.hold(t)
			}
		}
	}
}

func TestMembersOfEntriesHaveTheirType(t *testing.T) {
	long := func(n int) mint.Item { return mint.Text(strings.Repeat("é", n)) }
	texts := func(t *testing.T, group, name string, doc mint.HCERT) {
		for _, c := range []struct {
			name  string
			value mint.Item
			want  string
			in    []string
		}{
			{"a number", mint.Int(1), "not a text", versions},
			{"bytes", mint.Bytes("UT"), "not a text", versions},
			{"an array", mint.Array{mint.Text("UT")}, "not a text", versions},
			{"a tagged text", mint.Tag{Number: 32, Content: mint.Text("UT")}, "not a text", versions},
		} {
			rule{group + "." + name + " is " + c.name, doc.Set(c.value, group, 0, name), says(group + "[0]." + name + ": " + c.want), c.in}.hold(t)
		}
	}
	for group, m := range members {
		for _, name := range m.codes {
			texts(t, group, name, m.doc())
		}
		for _, name := range m.texts {
			texts(t, group, name, m.doc())
			at, doc := group+"[0]."+name+": longer", m.doc()
			rule{at + " 50", doc.Set(long(50), group, 0, name), nil, nil}.hold(t)
			rule{at + " 51", doc.Set(long(51), group, 0, name), says(at), before13}.hold(t)
			rule{at + " 80", doc.Set(long(80), group, 0, name), says(at), before13}.hold(t)
			rule{at + " 81", doc.Set(long(81), group, 0, name), says(at), versions}.hold(t)
		}
		for _, name := range m.countries {
			texts(t, group, name, m.doc())
			at, doc := group+"[0]."+name+": not one to ten capital letters", m.doc()
			for _, bad := range []string{"", "ut", "Ut", "U1", "U T", " UT", "UT ", "ÄT", "ABCDEFGHIJK"} {
				rule{at + " " + bad, doc.Set(mint.Text(bad), group, 0, name), says(at), versions}.hold(t)
			}
			for _, good := range []string{"U", "UT", "ABCDEFGHIJ"} {
				rule{at + " " + good, doc.Set(mint.Text(good), group, 0, name), nil, nil}.hold(t)
			}
		}
	}
}

func TestDoseNumbersArePositiveIntegers(t *testing.T) {
	for _, name := range []string{"dn", "sd"} {
		at := "v[0]." + name + ": "
		integer, outside := at+"not an integer", at+"outside the numbers"
		for _, c := range []struct {
			name  string
			value mint.Item
			want  string
			in    []string
		}{
			{"1", mint.Int(1), "", nil},
			{"9", mint.Int(9), "", nil},
			{"0", mint.Int(0), outside, versions},
			{"-1", mint.Int(-1), outside, versions},
			{"10", mint.Int(10), outside, before13},
			{"the least integer", mint.Int(math.MinInt64), outside, versions},
			{"2^64-1", mint.Uint(math.MaxUint64), integer, versions},
			{"a bignum", mint.Tag{Number: 2, Content: mint.Bytes{2}}, integer, versions},
			{"a text", mint.Text("2"), integer, versions},
			{"true", mint.Bool(true), integer, versions},
			{"1.5", mint.Float64(1.5), integer, versions},
			{"not a number", mint.Float64(math.NaN()), integer, versions},
			{"infinity", mint.Float64(math.Inf(1)), integer, versions},
			{"1e300", mint.Float64(1e300), integer, versions},
		} {
			rule{name + " is " + c.name, vaccination().Set(c.value, "v", 0, name), says(c.want), c.in}.hold(t)
		}
	}
	e := event(t, decode(t, vaccination().Set(mint.Int(math.MinInt64), "v", 0, "dn").Set(mint.Int(math.MaxInt64), "v", 0, "sd"), formats.Options{}))
	if e.Dose != 0 || e.Doses != 0 {
		t.Errorf("doses that no int holds everywhere are shown as %d of %d", e.Dose, e.Doses)
	}
}

func TestDaysAndTimesAreDates(t *testing.T) {
	bad := map[string]mint.Item{
		"a number": mint.Int(20251003), "bytes": mint.Bytes("2025-10-03"), "true": mint.Bool(true), "a map": mint.Map{},
		"in words": mint.Text("3 October"), "a day that does not exist": mint.Text("2025-02-29"), "a month that does not exist": mint.Text("2025-13-01"),
		"empty": mint.Text(""), "a year": mint.Text("2025"), "a month": mint.Text("2025-10"), "without its day": mint.Text("2025-10-00"),
		"another tag":           mint.Tag{Number: 32, Content: mint.Text("2025-10-03")},
		"a day count (tag 100)": mint.Tag{Number: 100, Content: mint.Int(20364)},
		"tag 0 and a number":    mint.Tag{Number: 0, Content: mint.Int(1)},
		"tag 0 and a day":       mint.Tag{Number: 0, Content: mint.Text("2025-10-03")},
		"tag 0 and words":       mint.Tag{Number: 0, Content: mint.Text("noon")},
		"tag 1 and a text":      mint.Tag{Number: 1, Content: mint.Text("1")},
		"tag 1 and no number":   mint.Tag{Number: 1, Content: mint.Float64(math.NaN())},
		"tag 1 and infinity":    mint.Tag{Number: 1, Content: mint.Float64(math.Inf(-1))},
		"tag 1 and 1e300":       mint.Tag{Number: 1, Content: mint.Float64(1e300)},
		"tag 1 and year 10000":  mint.Tag{Number: 1, Content: mint.Int(253402300800)},
		"tag 1 and 2^64-1":      mint.Tag{Number: 1, Content: mint.Uint(math.MaxUint64)},
		"tag 1 and year 0":      mint.Tag{Number: 1, Content: mint.Int(-62167219201)}, // no Date has such a year
		"tag 1 within tag 1":    mint.Tag{Number: 1, Content: mint.Tag{Number: 1, Content: mint.Int(1)}},
	}
	for group, m := range members {
		for _, name := range slices.Concat(m.days, m.time) {
			for what, value := range bad {
				rule{group + "." + name + " is " + what, m.doc().Set(value, group, 0, name), says(group + "[0]." + name + ": "), versions}.holdIn(t, since13)
			}
		}
	}
	rule{"a time is a day", test().Set(mint.Text("2026-01-14"), "t", 0, "sc"), says("t[0].sc: no time of day"), versions}.hold(t)
}
