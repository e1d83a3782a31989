package hcert_test

import (
	"slices"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/hcert"
	"github.com/travelseal/travelseal/internal/mint"
)

// A leniency is one document that needs a tolerance: the place that is noted where the tolerance applies, and what
// becomes of the document where it does not.
type leniency struct {
	name, about string
	doc         mint.HCERT
	where       string
	code, step  string // of the refusal; "" where the document is read and the place breaks the schema
	kind        formats.CheckKind
}

func leniencies() []leniency {
	v, tc := vaccination(), test()
	tagged := func(number uint64, content mint.Item) mint.Item { return mint.Tag{Number: number, Content: content} }
	envelope := func(name, about string, doc mint.HCERT) leniency {
		return leniency{name, about, doc, "COSE", formats.CodeEnvelope, "COSE tag", formats.Reading}
	}
	date := func(name, about, step string, claim int, value mint.Item) leniency {
		return leniency{name, about, v.AddClaim(mint.Int(5), mint.Int(0)).SetClaim(value, claim), step, formats.CodePayload, step, formats.Reading}
	}
	schema := func(name, about, where string, doc mint.HCERT) leniency {
		return leniency{name, about, doc, where, "", "", formats.Schema}
	}
	cwt, untagged := v, v
	cwt.Tags, untagged.Tags = []uint64{61, 18}, nil
	return []leniency{
		envelope("cwt-tag", "61(18(…))", cwt),
		envelope("cose-untagged", "no tag", untagged),

		date("float-date", "exp", "claim 4 (exp)", mint.ClaimExpires, mint.Float64(2808604800)),
		date("float-date", "exp with a fraction", "claim 4 (exp)", mint.ClaimExpires, mint.Float64(2808604800.75)),
		date("float-date", "nbf in 32 bits", "claim 5 (nbf)", 5, mint.Float32(1<<30)),
		date("float-date", "iat in 16 bits", "claim 6 (iat)", mint.ClaimIssuedAt, mint.Float16(1024)),

		schema("tagged-date", "tag 0", "t[0].sc", tc.Set(tagged(0, mint.Text("2026-01-14T08:15:00Z")), "t", 0, "sc")),
		schema("tagged-date", "tag 1", "t[0].sc", tc.Set(tagged(1, mint.Int(1768378500)), "t", 0, "sc")),
		schema("tagged-date", "tag 1 and a float", "t[0].sc", tc.Set(tagged(1, mint.Float64(1768378500.5)), "t", 0, "sc")),
		schema("tagged-date", "on a day", "v[0].dt", v.Set(tagged(1, mint.Int(1759449600)), "v", 0, "dt")),

		schema("partial-birth-date", "a month in 1.0.0", "dob", inVersion(v.Of(mint.Hirut), "1.0.0")),
		schema("partial-birth-date", "a year in 1.0.0", "dob", inVersion(v.Set(mint.Text("1957"), "dob"), "1.0.0")),
		schema("partial-birth-date", "a year with fillers in 1.0.0", "dob", inVersion(v.Set(mint.Text("1957-00-00"), "dob"), "1.0.0")),

		schema("null-field", "a group", "t", v.Set(mint.Null{}, "t")),
		schema("null-field", "an optional member", "t[0].ma", tc.Set(mint.Null{}, "t", 0, "ma")),
		schema("null-field", "an optional text", "t[0].nm", tc.Set(mint.Null{}, "t", 0, "nm")),
		schema("null-field", "a member that 1.3 made optional", "t[0].tc", tc.Set(mint.Null{}, "t", 0, "tc")),

		schema("float-integer", "dn", "v[0].dn", v.Set(mint.Float64(2), "v", 0, "dn")),
		schema("float-integer", "sd in 16 bits", "v[0].sd", v.Set(mint.Float16(2), "v", 0, "sd")),

		schema("timed-date", "v", "v[0].dt", v.Set(mint.Text("2025-10-03T00:00:00Z"), "v", 0, "dt")),
		schema("timed-date", "without a zone", "v[0].dt", v.Set(mint.Text("2025-10-03T00:00:00"), "v", 0, "dt")),
		schema("timed-date", "r.fr", "r[0].fr", recovery().Set(mint.Text("2026-01-02T10:00:00+02:00"), "r", 0, "fr")),
		schema("timed-date", "r.df", "r[0].df", recovery().Set(mint.Text("2026-01-13T10:00:00Z"), "r", 0, "df")),
		schema("timed-date", "r.du", "r[0].du", recovery().Set(mint.Text("2058-12-31T10:00:00Z"), "r", 0, "du")),
		schema("timed-date", "dob", "dob", v.Set(mint.Text("1984-07-19T00:00:00"), "dob")),

		schema("no-zone", "t.sc", "t[0].sc", tc.Set(mint.Text("2026-01-14T08:15:00"), "t", 0, "sc")),
		schema("no-zone", "without seconds", "t[0].sc", tc.Set(mint.Text("2026-01-14T08:15"), "t", 0, "sc")),

		envelope("cose-untagged", "an Austrian certificate without tag", changed(exemption(), func(h *mint.HCERT) { h.Tags = nil })),
		envelope("cwt-tag", "a light certificate in 61(18(…))", changed(light(), func(h *mint.HCERT) { h.Tags = cwt.Tags })),

		schema("partial-birth-date", "of a yellow card", "dob", yellowFever().Set(mint.Text("1957-08"), "dob")),
		schema("timed-date", "birth, of the WHO", "birthDate", ddccVaccination().Set(mint.Text("1984-07-19T00:00:00Z"), "birthDate")),
		schema("timed-date", "vaccination, of a yellow card", "v.dt", yellowFever().Set(mint.Text("2025-10-03T10:00:00Z"), "v", "dt")),
		schema("timed-date", "next dose, of the pilot", "due_date", pilot().Set(mint.Text("2025-11-14T10:00:00Z"), "due_date")),
		schema("timed-date", "end of an exemption", "ve[0].du", exemption().Set(mint.Text("2058-12-31T10:00:00Z"), "ve", 0, "du")),
		schema("tagged-date", "of the WHO", "vaccination.date", ddccVaccination().Set(tagged(1, mint.Int(1759449600)), "vaccination", "date")),
		schema("tagged-date", "of a period", "certificate.period.end", ddccVaccination().Set(tagged(0, mint.Text("2058-12-31T10:00:00Z")), "certificate", "period", "end")),
		schema("no-zone", "sample, of the WHO", "test.date", ddccTest().Set(mint.Text("2026-01-14T08:15:00"), "test", "date")),
		schema("no-zone", "of a period", "certificate.period.end", ddccVaccination().Set(mint.Text("2058-12-31T10:00:00"), "certificate", "period", "end")),
		schema("float-integer", "dose, of the WHO", "vaccination.dose", ddccVaccination().Set(mint.Float64(2), "vaccination", "dose")),
		schema("float-integer", "doses, of the pilot", "total_doses", pilot().Set(mint.Float16(2), "total_doses")),
		schema("null-field", "sex", "sex", ddccVaccination().Set(mint.Null{}, "sex")),
		schema("null-field", "a period", "certificate.period", ddccVaccination().Set(mint.Null{}, "certificate", "period")),
		schema("null-field", "a system", "vaccination.vaccine.system", ddccVaccination().Set(mint.Null{}, "vaccination", "vaccine", "system")),
		schema("null-field", "a guardian", "gn", yellowFever().Set(mint.Null{}, "gn")),
		schema("null-field", "an end", "v.vle", yellowFever().Set(mint.Null{}, "v", "vle")),
	}
}

func changed(h mint.HCERT, change func(*mint.HCERT)) mint.HCERT {
	change(&h)
	return h
}

func TestEachToleranceIsNotedWhereItApplies(t *testing.T) {
	for _, l := range leniencies() {
		t.Run(l.name+"/"+l.about, func(t *testing.T) {
			want := formats.Check{Kind: l.kind, Result: formats.Tolerated, Name: l.name, Where: l.where}
			for what, o := range map[string]formats.Options{"by default": {}, "by name": {Tolerate: []string{l.name}}} {
				doc := decode(t, l.doc, o)
				if len(doc.Checks) != 1 {
					t.Fatalf("%s: the checks are %+v", what, doc.Checks)
				}
				if want.Text = doc.Checks[0].Text; doc.Checks[0] != want || want.Text == "" {
					t.Errorf("%s: got %+v, want %+v", what, doc.Checks[0], want)
				}
			}
		})
	}
}

func TestARefusedToleranceIsABreachOrARefusal(t *testing.T) {
	for _, l := range leniencies() {
		t.Run(l.name+"/"+l.about, func(t *testing.T) {
			o := formats.Options{Tolerate: []string{l.name}, Refuse: []string{l.name}}
			if l.code != "" {
				refused(t, l.doc, o, l.code, l.step)
				return
			}
			doc := decode(t, l.doc, o)
			want := formats.Check{Kind: formats.Schema, Result: formats.Fails, Name: "schema", Where: l.where}
			if len(doc.Checks) != 1 {
				t.Fatalf("the checks are %+v", doc.Checks)
			}
			if want.Text = doc.Checks[0].Text; doc.Checks[0] != want || want.Text == "" {
				t.Errorf("got %+v, want %+v", doc.Checks[0], want)
			}
		})
	}
}

func TestNoOtherToleranceIsNeeded(t *testing.T) {
	for _, l := range leniencies() {
		var others []string
		for _, tol := range hcert.Format.Tolerances {
			if tol.Name != l.name {
				others = append(others, tol.Name)
			}
		}
		doc := decode(t, l.doc, formats.Options{Refuse: others})
		if got := failing(doc); len(got) != 0 {
			t.Errorf("%s, %s: %q", l.name, l.about, got)
		}
	}
}

func TestEveryToleranceOfTheFormatIsTested(t *testing.T) {
	for _, tol := range hcert.Format.Tolerances {
		tested := slices.ContainsFunc(leniencies(), func(l leniency) bool { return l.name == tol.Name })
		if on := tol.Name != "alg-unprotected"; tested != on || tol.On != on {
			t.Errorf("%s: on by default %v, tested as such %v", tol.Name, tol.On, tested)
		}
	}
}

// The tolerance that is off by default gives a document that is doubtful at best.
func TestAnAlgorithmThatIsNotSignedIsDoubtful(t *testing.T) {
	h := vaccination()
	h.Protected, h.Unprotected = nil, h.Protected
	for name, o := range map[string]formats.Options{
		"by default": {}, "refused": {Tolerate: []string{"alg-unprotected"}, Refuse: []string{"alg-unprotected"}},
	} {
		doc := decode(t, h, o)
		if s := doc.Seals[0]; s.Problem.Code != formats.CodeSealHeader || s.Algorithm.Name() != "" || len(doc.Checks) != 0 {
			t.Errorf("%s: %+v, %+v", name, s, doc.Checks)
		}
	}
	doc := decode(t, h, formats.Options{Tolerate: []string{"alg-unprotected"}})
	if s := doc.Seals[0]; s.Problem.Code != "" || s.Algorithm != es256 {
		t.Errorf("tolerated: %+v", s)
	}
	if c := doc.Checks; len(c) != 1 || c[0].Result != formats.Doubtful || c[0].Kind != formats.Reading || c[0].Name != "alg-unprotected" {
		t.Errorf("tolerated: %+v", c)
	}
}

// What a tolerance reads is what the document means.
func TestToleratedValuesAreTaken(t *testing.T) {
	v, tc := vaccination(), test()
	if e := event(t, decode(t, v.Set(mint.Float32(2), "v", 0, "dn"), formats.Options{})); e.Dose != 2 {
		t.Errorf("dose %d", e.Dose)
	}
	if e := event(t, decode(t, v.Set(mint.Text("2025-10-03T23:30:00+02:00"), "v", 0, "dt"), formats.Options{})); e.When.Day != 3 {
		t.Errorf("a timed day is %v", e.When)
	}
	for name, sc := range map[string]mint.Item{
		"tag 0": mint.Tag{Number: 0, Content: mint.Text("2026-01-14T10:15:00+02:00")},
		"tag 1": mint.Tag{Number: 1, Content: mint.Int(1768378500)}, "a float": mint.Tag{Number: 1, Content: mint.Float64(1768378500.9)},
	} {
		e := event(t, decode(t, tc.Set(sc, "t", 0, "sc"), formats.Options{}))
		if got := e.When.Instant.UTC().String(); got != "2026-01-14 08:15:00 +0000 UTC" {
			t.Errorf("%s: %s", name, got)
		}
	}
	birth := decode(t, v.Set(mint.Text("1984-07-19T23:00:00-11:00"), "dob"), formats.Options{}).Parts[0].Unverified.Subjects[0].Birth
	if birth != (formats.Date{Year: 1984, Month: 7, Day: 19}) {
		t.Errorf("a birth date with a time is %+v", birth)
	}
}

// RFC 8949 §3.4.1 makes the content of tag 0 an RFC 3339 time, which has a zone.
func TestATaggedTimeWithoutAZoneNeedsBothTolerances(t *testing.T) {
	h := test().Set(mint.Tag{Number: 0, Content: mint.Text("2026-01-14T08:15:00")}, "t", 0, "sc")
	for _, name := range []string{"tagged-date", "no-zone"} {
		if got := failing(decode(t, h, formats.Options{Refuse: []string{name}})); !begin(got, says("t[0].sc: ")) {
			t.Errorf("without %s: %q", name, got)
		}
	}
}
