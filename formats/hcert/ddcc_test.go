package hcert_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
)

const (
	snomed = "http://snomed.info/sct"
	utCode = "http://health.ut.example/codes"
)

func coded(system, code string) formats.Coded { return formats.Coded{System: system, Code: code} }

func extras(names ...string) []formats.Field {
	var list []formats.Field
	for i := 0; i < len(names); i += 2 {
		list = append(list, formats.Field{Name: names[i], Value: names[i+1]})
	}
	return list
}

func TestCoreDataSetsBecomeClaims(t *testing.T) {
	sampled := formats.DateOf(time.Date(2026, 1, 14, 8, 15, 0, 0, time.UTC))
	vaccinated := formats.Event{
		Kind: formats.Vaccination, Target: coded(snomed, "840539006"), Prophylaxis: coded(snomed, "1119349007"), Product: coded(utCode, "UTOVAC"),
		Manufacturer: coded(utCode, "UTB"), Dose: 2, Doses: 3, When: day(2025, 10, 3), From: day(2025, 10, 17), Country: "UTO",
		Place: "Harbour Clinic, Amaurot", Issuer: "Ministry of Health of Utopia", ID: "UT-HC-4QX7HB2M9WKD",
	}
	inPilot := vaccinated
	inPilot.Dose, inPilot.Doses, inPilot.ID = 1, 2, "UT-HC-7JVWL3YS6FGA"
	tested := formats.Event{
		Kind: formats.Test, Target: coded(snomed, "840539006"), TestType: coded("http://loinc.org", "LP6464-4"), Product: coded(utCode, "UD-PCR-4"),
		Manufacturer: coded(utCode, "UD"), Result: coded(snomed, "260415000"), When: sampled, Country: "UTO", Place: "LAB-7",
		Issuer: "Ministry of Health of Utopia", ID: "UT-HC-Z81KTR5PC0NE",
	}
	subject := func(name, sex string, birth formats.Date) formats.Subject {
		return formats.Subject{Names: []formats.Name{{Full: name, Source: "name"}}, Birth: birth, Sex: sex}
	}
	maren, brigid := subject("Maren Zoë Achterberg-Lindqvist", "female", day(1984, 7, 19)), subject("Brigid Hanne D'Arrowsmith", "female", day(1979, 3, 28))
	for name, c := range map[string]struct {
		doc     mint.HCERT
		subject formats.Subject
		event   formats.Event
		extra   []formats.Field
	}{
		"a vaccination": {ddccVaccination(), maren, vaccinated, extras("identifier", "UT-84719", "schema_version", "RC-2-draft",
			"ma_holder", "UTH", "batch", "UB-2025-117", "practitioner", "HW-4471", "next_dose", "2026-10")},
		"a test": {ddccTest(), subject("Tobias Ødegård Quill", "", day(1991, 11, 2)), tested, extras("schema_version", "RC-2-draft", "sample_origin", "258500001")},
		"the pilot's": {pilot(), brigid, inPilot, extras("identifier", "UT-79328", "ma_holder", "UTH", "batch", "UB-2025-117",
			"practitioner", "HW-4471", "next_dose", "2025-11-14")},
		"the pilot's test": {mint.DDCCPilotTest(health.WHO), subject("Tobias Ødegård Quill", "female", day(1991, 11, 2)), tested,
			extras("identifier", "UT-79328", "sample_origin", "258500001")},
	} {
		doc := decode(t, c.doc, formats.Options{})
		want := formats.Claims{Subjects: []formats.Subject{c.subject}, Events: []formats.Event{c.event}, Extra: c.extra}
		if got := doc.Parts[0].Unverified; !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\ngot  %+v\nwant %+v", name, got, want)
		}
		if len(doc.Checks) != 0 {
			t.Errorf("%s: %+v", name, doc.Checks)
		}
	}
}

func TestWhereTheManufacturerIsNotNamedTheHolderStandsForIt(t *testing.T) {
	for name, h := range map[string]mint.HCERT{"core": ddccVaccination().Drop("vaccination", "manufacturer"), "pilot": pilot().Drop("manufacturer")} {
		doc := decode(t, h, formats.Options{})
		if e := event(t, doc); e.Manufacturer != coded(utCode, "UTH") || len(doc.Checks) != 0 {
			t.Errorf("%s: %+v, %+v", name, e.Manufacturer, doc.Checks)
		}
	}
}

// The certificate's own period narrows the token's, and never widens it.
func TestTheOwnPeriodNarrowsTheValidity(t *testing.T) {
	at := func(s string) time.Time {
		d, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	period := func(start, end string) mint.HCERT {
		return ddccVaccination().Set(mint.Map{{mint.Text("start"), mint.Text(start)}, {mint.Text("end"), mint.Text(end)}}, "certificate", "period")
	}
	noExp := func(h mint.HCERT) mint.HCERT { return h.DropClaim(mint.ClaimExpires) }
	for name, c := range map[string]struct {
		doc         mint.HCERT
		from, until time.Time
	}{
		"days":              {period("2026-01-15", "2026-12-31"), at("2026-01-15T00:00:00Z"), at("2026-12-31T23:59:59Z")},
		"months":            {period("2026-02", "2026-03"), at("2026-02-01T00:00:00Z"), at("2026-03-31T23:59:59Z")},
		"times":             {period("2026-01-15T08:00:00+02:00", "2026-12-31T12:00:00Z"), at("2026-01-15T06:00:00Z"), at("2026-12-31T12:00:00Z")},
		"later than exp":    {period("2026-01-15", "2070-01-01"), at("2026-01-15T00:00:00Z"), mint.Expires},
		"without exp":       {noExp(period("2026-01-15", "2070-01-01")), at("2026-01-15T00:00:00Z"), at("2070-01-01T23:59:59Z")},
		"before nbf":        {period("2026-01-15", "2026-12-31").AddClaim(mint.Int(5), mint.Unix(at("2026-06-01T00:00:00Z"))), at("2026-06-01T00:00:00Z"), at("2026-12-31T23:59:59Z")},
		"after nbf":         {period("2026-07-15", "2026-12-31").AddClaim(mint.Int(5), mint.Unix(at("2026-06-01T00:00:00Z"))), at("2026-07-15T00:00:00Z"), at("2026-12-31T23:59:59Z")},
		"no period":         {ddccVaccination().Drop("certificate", "period"), time.Time{}, mint.Expires},
		"no period, no exp": {noExp(ddccVaccination().Drop("certificate", "period")), time.Time{}, time.Time{}},
		"unreadable":        {period("soon", "later"), time.Time{}, mint.Expires},
		"the pilot's":       {pilot(), at("2026-01-15T00:00:00Z"), at("2058-12-31T23:59:59Z")},
	} {
		v := decode(t, c.doc, formats.Options{}).Validity
		if !v.NotBefore.Equal(c.from) || !v.NotAfter.Equal(c.until) || !v.MustExpire {
			t.Errorf("%s: %+v, want from %v until %v", name, v, c.from, c.until)
		}
	}
}

// A breach is a document, and what must be said of it.
type breach struct {
	name string
	doc  mint.HCERT
	want []string
}

func hold(t *testing.T, breaches []breach) {
	t.Helper()
	for _, b := range breaches {
		t.Run(b.name, func(t *testing.T) {
			doc := decode(t, b.doc, formats.Options{})
			if got := failing(doc); !begin(got, b.want) {
				t.Errorf("got %q, want %q", got, b.want)
			}
			for _, c := range doc.Checks {
				if c.Kind != formats.Schema || c.Name != "schema" || c.Where == "" {
					t.Errorf("a check that is no breach of the schema: %+v", c)
				}
			}
		})
	}
}

// required demands that a member is missed, and that null stands for nothing.
func required(h mint.HCERT, where string, path ...any) []breach {
	return []breach{
		{where + " missing", h.Drop(path...), says(where + ": missing")},
		{where + " null", h.Set(mint.Null{}, path...), says(where + ": null")},
	}
}

func TestMembersOfTheCoreDataSetAreRequired(t *testing.T) {
	var list []breach
	add := func(h mint.HCERT, where string, path ...any) { list = append(list, required(h, where, path...)...) }
	add(ddccVaccination(), "name", "name")
	for _, name := range []string{"issuer", "hcid", "version"} {
		add(ddccVaccination(), "certificate."+name, "certificate", name)
	}
	for _, name := range []string{"vaccine", "brand", "lot", "date", "dose", "country"} {
		add(ddccVaccination(), "vaccination."+name, "vaccination", name)
		add(pilot(), name, name)
	}
	for _, name := range []string{"pathogen", "type", "date", "country"} {
		add(ddccTest(), "test."+name, "test", name)
	}
	add(pilot(), "hcid", "hcid")
	for _, name := range []string{"birthDate", "sex", "identifier", "certificate"} {
		list = append(list, breach{name + " left out", ddccVaccination().Drop(name), nil})
	}
	for _, name := range []string{"manufacturer", "maholder", "validFrom", "totalDoses", "centre", "practitioner", "disease", "nextDose"} {
		list = append(list, breach{name + " left out", ddccVaccination().Drop("vaccination", name), nil})
	}
	for _, name := range []string{"brand", "manufacturer", "origin", "result", "centre"} {
		list = append(list, breach{"test " + name + " left out", ddccTest().Drop("test", name), nil})
	}
	for _, name := range []string{"birthDate", "sex", "identifier", "pha", "valid_from", "valid_until", "vaccine_valid", "total_doses", "centre", "hw", "disease", "due_date"} {
		list = append(list, breach{"pilot " + name + " left out", pilot().Drop(name), nil})
	}
	hold(t, append(list,
		breach{"no vaccination", ddccVaccination().Drop("vaccination"), says("vaccination: missing")},
		breach{"no test", ddccTest().Drop("test"), says("test: missing")},
		breach{"a test as vaccination", ddccTest().SetClaim(mint.Map{{mint.Int(3), ddccTest().DCC()}}, mint.ClaimHCERT), says("vaccination: missing")},
		breach{"no manufacturer", ddccVaccination().Drop("vaccination", "manufacturer").Drop("vaccination", "maholder"), says("vaccination.manufacturer: neither")},
		breach{"no manufacturer in the pilot", pilot().Drop("manufacturer").Drop("ma_holder"), says("manufacturer: neither")},
		breach{"no date of issue", ddccVaccination().DropClaim(mint.ClaimIssuedAt), says("claim 6 (iat): missing")},
		breach{"a vaccination beside the pilot's test", mint.DDCCPilotTest(health.WHO).Set(mint.Map{}, "vaccine"), says("vaccine: a vaccination beside a test")},
		breach{"a further member", ddccVaccination().Set(mint.Int(1), "vaccination", "signature").Set(mint.Text("x"), "note"), nil},
	))
}

func TestMembersOfTheCoreDataSetHaveTheirType(t *testing.T) {
	v := ddccVaccination()
	at := func(value mint.Item, path ...any) mint.HCERT { return v.Set(value, path...) }
	in := func(name string, value mint.Item) mint.HCERT { return v.Set(value, "vaccination", name) }
	text := mint.Text("x")
	hold(t, []breach{
		{"a number as name", at(mint.Int(1), "name"), says("name: not a text")},
		{"an empty name", at(mint.Text(""), "name"), says("name: empty")},
		{"a number as birth date", at(mint.Int(1984), "birthDate"), says("birthDate: not a text")},
		{"an empty birth date", at(mint.Text(""), "birthDate"), says("birthDate: not a complete date")},
		{"a year as birth date", at(mint.Text("1984"), "birthDate"), nil},
		{"an impossible birth date", at(mint.Text("1983-02-29"), "birthDate"), says("birthDate: ")},
		{"a sex with its system", at(mint.Map{{mint.Text("code"), text}}, "sex"), nil},
		{"a number as sex", at(mint.Int(1), "sex"), says("sex: not a text")},
		{"a certificate that is a text", at(text, "certificate"), says("certificate: not a map")},
		{"a period that is a text", at(text, "certificate", "period"), says("certificate.period: not a map")},
		{"an end that is a number", at(mint.Int(1), "certificate", "period", "end"), says("certificate.period.end: not a text")},
		{"an end in words", at(text, "certificate", "period", "end"), says("certificate.period.end: ")},
		{"a vaccination that is a text", at(text, "vaccination"), says("vaccination: not a map")},
		{"a vaccination that is a list", at(mint.Array{v.DCC()}, "vaccination"), says("vaccination: not a map")},

		{"a text as issuer", at(text, "certificate", "issuer"), nil},
		{"a reference as issuer", at(mint.Map{{mint.Text("reference"), text}}, "certificate", "issuer"), nil},
		{"a name as issuer", at(mint.Map{{mint.Text("display"), text}}, "certificate", "issuer"), nil},
		{"an issuer that names nothing", at(mint.Map{}, "certificate", "issuer"), says("certificate.issuer: names nothing")},
		{"an issuer within an issuer", at(mint.Map{{mint.Text("identifier"), mint.Map{{mint.Text("identifier"), mint.Map{{mint.Text("value"), text}}}}}},
			"certificate", "issuer"), says("certificate.issuer: names nothing")},
		{"a number in an issuer", at(mint.Map{{mint.Text("value"), mint.Int(1)}}, "certificate", "issuer"), says("certificate.issuer.value: not a text")},
		{"a list as issuer", at(mint.Array{text}, "certificate", "issuer"), says("certificate.issuer: not a text")},

		{"a code as text", in("vaccine", text), says("vaccination.vaccine: a text instead of a code")},
		{"a code as number", in("vaccine", mint.Int(1)), says("vaccination.vaccine: not a code")},
		{"a code without its system", in("vaccine", mint.Map{{mint.Text("code"), text}}), nil},
		{"a system without a code", in("vaccine", mint.Map{{mint.Text("system"), text}}), says("vaccination.vaccine.code: missing")},
		{"an empty code", in("vaccine", mint.Map{{mint.Text("code"), mint.Text("")}}), says("vaccination.vaccine.code: empty")},
		{"a code that is a number", in("country", mint.Map{{mint.Text("code"), mint.Int(1)}}), says("vaccination.country.code: not a text")},
		{"a system that is a number", in("country", mint.Map{{mint.Text("code"), text}, {mint.Text("system"), mint.Int(1)}}), says("vaccination.country.system: not a text")},

		{"an empty lot", in("lot", mint.Text("")), says("vaccination.lot: empty")},
		{"a lot that is a number", in("lot", mint.Int(7)), says("vaccination.lot: not a text")},
		{"a date that is a number", in("date", mint.Int(7)), says("vaccination.date: not a text")},
		{"a month as date", in("date", mint.Text("2025-10")), nil},
		{"a time as date", in("date", mint.Text("2025-10-03T10:00:00Z")), nil},
		{"an empty date", in("date", mint.Text("")), says("vaccination.date: not a complete date")},
		{"dose 0", in("dose", mint.Int(0)), says("vaccination.dose: outside")},
		{"dose -1", in("dose", mint.Int(-1)), says("vaccination.dose: outside")},
		{"dose 10", in("dose", mint.Int(10)), nil},
		{"dose 2^31", in("dose", mint.Int(1<<31)), says("vaccination.dose: outside")},
		{"dose 1.5", in("dose", mint.Float64(1.5)), says("vaccination.dose: not an integer")},
		{"dose as text", in("dose", mint.Text("1")), says("vaccination.dose: not an integer")},
	})
	e := event(t, decode(t, in("vaccine", text), formats.Options{}))
	if e.Prophylaxis != (formats.Coded{Code: "x"}) {
		t.Errorf("a code as text becomes %+v", e.Prophylaxis)
	}
}
