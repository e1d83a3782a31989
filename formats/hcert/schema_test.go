package hcert_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
)

// A rule is one breach of the DCC schema: a document with it, what must be said, and the versions that forbid it. In all
// other versions nothing may be said.
type rule struct {
	name string
	doc  mint.HCERT
	want []string
	in   []string
}

func (r rule) hold(t *testing.T) {
	for _, version := range versions {
		t.Run(r.name+"/"+version, func(t *testing.T) {
			var want []string
			if slices.Contains(r.in, version) {
				want = r.want
			}
			doc := decode(t, inVersion(r.doc, version), formats.Options{})
			if got := failing(doc); !begin(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
			for _, c := range doc.Checks {
				if c.Kind != formats.Schema || c.Name != "schema" {
					t.Errorf("a check that is no breach of the schema: %+v", c)
				}
			}
		})
	}
}

func says(list ...string) []string { return list }

func TestCompleteCertificatesKeepEveryVersion(t *testing.T) {
	rapid := mint.RapidTest(utopia.Test)
	for name, doc := range map[string]mint.HCERT{
		"vaccination": vaccination(), "test": test(), "rapid test": rapid, "recovery": recovery(),
		"Thai": vaccination().Of(mint.Mali), "Arabic": vaccination().Of(mint.Samar), "one name": vaccination().Of(mint.Surya),
	} {
		rule{name: name, doc: doc}.hold(t)
	}
}

func TestTheFrameFollowsTheSchema(t *testing.T) {
	v := vaccination()
	set := func(value mint.Item, path ...any) mint.HCERT { return v.Set(value, path...) }
	long := func(n int) mint.Text { return mint.Text(strings.Repeat("A", n)) }
	for _, r := range []rule{
		{"no date of issue", v.DropClaim(mint.ClaimIssuedAt), says("claim 6 (iat): missing"), versions},

		{"no name", v.Drop("nam"), says("nam: missing"), versions},
		{"a name that is a text", set(mint.Text("A"), "nam"), says("nam: missing or not a map"), versions},
		{"an empty name", set(mint.Map{}, "nam"), says("nam.fnt: missing"), versions},
		{"no standardised surname", v.Drop("nam", "fnt"), says("nam.fnt: missing"), before13},
		{"no standardised forename", v.Drop("nam", "gnt"), nil, nil},
		{"no standardised name", v.Drop("nam", "fnt").Drop("nam", "gnt"), says("nam.fnt: missing"), versions},
		{"only the standardised surname", set(mint.Map{{mint.Text("fnt"), mint.Text("A")}}, "nam"), nil, nil},
		{"a number as surname", set(mint.Int(1), "nam", "fn"), says("nam.fn: not a text"), versions},
		{"null as forename", set(mint.Null{}, "nam", "gn"), says("nam.gn: not a text"), versions},
		{"a surname of 51", set(long(51), "nam", "fn"), says("nam.fn: longer"), before13},
		{"a surname of 81", set(long(81), "nam", "fn"), says("nam.fn: longer"), versions},
		{"a forename of 51", set(long(51), "nam", "gn"), says("nam.gn: longer"), before13},
		{"a standardised surname of 51", set(long(51), "nam", "fnt"), says("nam.fnt: longer"), before13},
		{"a standardised forename of 81", set(long(81), "nam", "gnt"), says("nam.gnt: longer"), versions},
		{"a surname of 50", set(long(50), "nam", "fn"), nil, nil},
		{"a surname of 50 letters in 150 bytes", set(mint.Text(strings.Repeat("ก", 50)), "nam", "fn"), nil, nil},
		{"a surname of 51 letters in 153 bytes", set(mint.Text(strings.Repeat("ก", 51)), "nam", "fn"), says("nam.fn: longer"), before13},
		{"a small letter", set(mint.Text("Achterberg"), "nam", "fnt"), says("nam.fnt: holds characters"), versions},
		{"a space", set(mint.Text("MAREN ZOE"), "nam", "gnt"), says("nam.gnt: holds characters"), versions},
		{"a digit", set(mint.Text("MAREN<2"), "nam", "gnt"), says("nam.gnt: holds characters"), versions},
		{"a letter with a mark", set(mint.Text("ZOË"), "nam", "gnt"), says("nam.gnt: holds characters"), versions},
		{"a further member of the name", set(mint.Text("x"), "nam", "title"), nil, nil},

		{"no birth date", v.Drop("dob"), says("dob: missing"), versions},
		{"a number as birth date", set(mint.Int(1984), "dob"), says("dob: missing or not a text"), versions},
		{"an empty birth date", set(mint.Text(""), "dob"), says("dob: empty"), before13},
		{"a birth date in words", set(mint.Text("19 July 1984"), "dob"), says("dob: not a date"), versions},
		{"a month that does not exist", set(mint.Text("1984-13-19"), "dob"), says("dob: "), versions},
		{"a day that does not exist", set(mint.Text("1983-02-29"), "dob"), says("dob: "), versions},
		{"a leap day", set(mint.Text("1984-02-29"), "dob"), nil, nil},
		{"a birth date in 1899", set(mint.Text("1899-12-31"), "dob"), says("dob: outside the years"), versions},
		{"a birth date in 1900", set(mint.Text("1900-01-01"), "dob"), nil, nil},
		{"a birth date in 2099", set(mint.Text("2099-12-31"), "dob"), nil, nil},
		{"a birth date in 2100", set(mint.Text("2100-01-01"), "dob"), says("dob: outside the years"), versions},

		{"a further member", set(mint.Text("x"), "note"), nil, nil},
		{"a further member with a number as name", v.Set(mint.Text("x"), mint.Int(7)), nil, nil},
	} {
		r.hold(t)
	}
	number := rule{"a number as standardised surname", set(mint.Int(1), "nam", "fnt"), says("nam.fnt: not a text"), since13}
	number.holdIn(t, since13)
	number.want = append(number.want, "nam.fnt: missing")
	number.holdIn(t, before13)
}

func TestExactlyOneEntryStandsInACertificate(t *testing.T) {
	v := vaccination()
	entry, _ := mint.Get(v.DCC(), "v", 0)
	other, _ := mint.Get(test().DCC(), "t", 0)
	entries := func(n int) mint.HCERT { return v.Set(mint.Array(slices.Repeat([]mint.Item{entry}, n)), "v") }
	none, several := "v, t, r: no entry at all", "v, t, r: more than one entry"
	for _, r := range []rule{
		{"no group", v.Drop("v"), says(none), versions},
		{"an empty group", v.Set(mint.Array{}, "v"), says("v: an empty array", none), versions},
		{"a group that is a map", v.Set(entry, "v"), says("v: not an array", none), versions},
		{"a group that is a text", v.Set(mint.Text("x"), "v"), says("v: not an array", none), versions},
		{"an entry that is a text", v.Set(mint.Text("x"), "v", 0), says("v[0]: not a map"), versions},
		{"an empty group beside another", v.Set(mint.Array{}, "t"), says("t: an empty array"), versions},
		{"two entries", entries(2), says(several), since13},
		{"sixteen entries", entries(16), says(several), since13},
		{"two groups", v.Set(mint.Array{other}, "t"), says(several), versions},
		{"a group with another name", v.Set(mint.Array{entry}, "e"), nil, nil},
	} {
		r.hold(t)
	}
	rule{"seventeen entries before 1.3", entries(17), says("v: more than 16 entries"), before13}.holdIn(t, before13)
	rule{"seventeen entries since 1.3", entries(17), says("v: more than 16 entries", several), since13}.holdIn(t, since13)
	if events := decode(t, entries(17), formats.Options{}).Parts[0].Unverified.Events; len(events) != 16 {
		t.Errorf("17 entries became %d events", len(events))
	}
}

// holdIn is hold for a rule whose words differ between versions.
func (r rule) holdIn(t *testing.T, in []string) {
	for _, version := range in {
		if got := failing(decode(t, inVersion(r.doc, version), formats.Options{})); !begin(got, r.want) {
			t.Errorf("%s, %s: got %q, want %q", r.name, version, got, r.want)
		}
	}
}

func TestTheSchemaVersionIsKnown(t *testing.T) {
	form, unknown := says("ver: not of the form"), says("ver: a schema version that is not known")
	for text, want := range map[string][]string{
		"1.0.0": nil, "1.0.1": nil, "1.1.0": nil, "1.2.0": nil, "1.2.1": nil, "1.3.0": nil, "1.3.3": nil, "1.3.9999": nil,
		"0.9.0": unknown, "1.4.0": unknown, "2.0.0": unknown, "9999.0.0": unknown,
		"": form, "1": form, "1.3": form, "1.3.": form, ".3.0": form, "1..0": form, "1.3.0.0": form, "1.3.0 ": form, "v1.3.0": form,
		"1.3.x": form, "1.3.-1": form, "1.3.00000": form, "1.3.99999999999999999999": form,
	} {
		doc := decode(t, inVersion(vaccination(), text), formats.Options{})
		if got := failing(doc); !begin(got, want) {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	for name, h := range map[string]mint.HCERT{"none": vaccination().Drop("ver"), "a number": vaccination().Set(mint.Int(1), "ver")} {
		if got := failing(decode(t, h, formats.Options{})); !begin(got, says("ver: missing or not a text")) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// Of a certificate without a version that is known here, the rules of 1.3 are asked, as the newest.
func TestAnUnknownVersionIsJudgedByTheNewestRules(t *testing.T) {
	sixty := mint.Text(strings.Repeat("A", 60))
	for _, version := range []string{"1.4.0", "2.0.0", "0.1.0", "x"} {
		if got := failing(decode(t, inVersion(vaccination(), version).Set(sixty, "nam", "fn"), formats.Options{})); len(got) != 1 {
			t.Errorf("%s: %q", version, got)
		}
	}
}
