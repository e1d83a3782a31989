package hcert_test

import (
	"bytes"
	"reflect"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
)

func day(year int, month time.Month, d int) formats.Date {
	return formats.Date{Year: year, Month: month, Day: d}
}

func code(s string) formats.Coded { return formats.Coded{Code: s} }

func TestEntriesBecomeEvents(t *testing.T) {
	sampled := time.Date(2026, 1, 14, 8, 15, 0, 0, time.UTC)
	rapid := time.Date(2026, 1, 15, 7, 40, 0, 0, time.FixedZone("", 7200))
	for name, c := range map[string]struct {
		doc  mint.HCERT
		want formats.Event
	}{
		"vaccination": {vaccination().Set(mint.Int(3), "v", 0, "sd"), formats.Event{
			Kind: formats.Vaccination, Target: code("840539006"), Prophylaxis: code("1119349007"), Product: code("EU/1/20/1528"),
			Manufacturer: code("ORG-100030215"), Dose: 2, Doses: 3, When: day(2025, 10, 3), Country: "UT",
			Issuer: "Ministry of Health of Utopia", ID: "URN:UVCI:01:UT:4QX7HB2M9WKD",
		}},
		"test": {test(), formats.Event{
			Kind: formats.Test, Target: code("840539006"), TestType: code("LP6464-4"), TestName: "Utopia Diagnostics RT-PCR 4",
			Result: code("260415000"), When: formats.DateOf(sampled), Country: "UT", Place: "Harbour Laboratory, Amaurot",
			Issuer: "Ministry of Health of Utopia", ID: "URN:UVCI:01:UT:Z81KTR5PC0NE",
		}},
		"rapid test": {mint.RapidTest(utopia.Test), formats.Event{
			Kind: formats.Test, Target: code("840539006"), TestType: code("LP217198-3"), Manufacturer: code("1232"),
			Result: code("260415000"), When: formats.DateOf(rapid), Country: "UT", Place: "Ferry Terminal 2, Amaurot",
			Issuer: "Ministry of Health of Utopia", ID: "URN:UVCI:01:UT:7JVWL3YS6FGA",
		}},
		"recovery": {recovery(), formats.Event{
			Kind: formats.Recovery, Target: code("840539006"), When: day(2026, 1, 2), From: day(2026, 1, 13), Until: day(2058, 12, 31),
			Country: "UT", Issuer: "Ministry of Health of Utopia", ID: "URN:UVCI:01:UT:M2DC9XQ4UH8B",
		}},
	} {
		doc := decode(t, c.doc, formats.Options{})
		got := event(t, doc)
		if got.When.String() != c.want.When.String() || !got.When.Instant.Equal(c.want.When.Instant) {
			t.Errorf("%s: on %v, want %v", name, got.When, c.want.When)
		}
		got.When, c.want.When = formats.Date{}, formats.Date{}
		if got != c.want {
			t.Errorf("%s:\ngot  %+v\nwant %+v", name, got, c.want)
		}
		if doc.Purpose != c.want.Kind {
			t.Errorf("%s: for %v", name, doc.Purpose)
		}
	}
}

func TestACertificateBecomesADocument(t *testing.T) {
	doc := decode(t, vaccination(), formats.Options{})
	if doc.Format != "eu-dcc" || len(doc.Needs) != 0 || len(doc.Checks) != 0 {
		t.Errorf("%+v", doc)
	}
	if want := (formats.Validity{IssuedAt: mint.IssuedAt, NotAfter: mint.Expires, MustExpire: true}); doc.Validity != want {
		t.Errorf("valid %+v, want %+v", doc.Validity, want)
	}
	if len(doc.Parts) != 1 || doc.Parts[0].Name != "payload" || doc.Parts[0].Seal != 0 || len(doc.Parts[0].Path) != 0 {
		t.Errorf("%+v", doc.Parts)
	}
	claims := doc.Parts[0].Unverified
	if want := []formats.Field{{Name: "schema_version", Value: "1.3.0"}}; !reflect.DeepEqual(claims.Extra, want) {
		t.Errorf("extra %+v", claims.Extra)
	}
	if len(claims.Documents) != 0 || claims.Portrait != nil {
		t.Errorf("%+v", claims)
	}
	built := vaccination().Build()
	s := doc.Seals[0]
	if len(doc.Seals) != 1 || s.Role != formats.Issuer || s.Envelope != "COSE_Sign1" || s.Algorithm != es256 || s.Problem != (formats.Problem{}) {
		t.Errorf("%+v", s)
	}
	if !bytes.Equal(s.Signed, built.SigStructure) || !bytes.Equal(s.Signature, built.Signature) {
		t.Error("the seal is not that of the document")
	}
	if !bytes.Equal(s.Signer.KeyID, utopia.Vaccination.KID) || s.Signer.Issuer != "UT" || s.Signer.Country != "UT" || s.Signer.Chain != nil {
		t.Errorf("%+v", s.Signer)
	}
}

func TestNamesStandAsWrittenAndAsTransliterated(t *testing.T) {
	written := func(family, given string) formats.Name {
		return formats.Name{Family: family, Given: given, Source: "nam.fn, nam.gn"}
	}
	icao := func(family, given string) formats.Name {
		return formats.Name{Family: family, Given: given, Script: "icao", Source: "nam.fnt, nam.gnt"}
	}
	for name, c := range map[string]struct {
		doc   mint.HCERT
		want  []formats.Name
		birth formats.Date
	}{
		"Maren": {vaccination(), []formats.Name{written("Achterberg-Lindqvist", "Maren Zoë"), icao("ACHTERBERG<LINDQVIST", "MAREN<ZOE")}, day(1984, 7, 19)},
		"Mali":  {vaccination().Of(mint.Mali), []formats.Name{written("แก้วทองคำ", "มะลิ"), icao("KAEOTHONGKHAM", "MALI")}, day(1990, 4, 13)},
		"Surya": {vaccination().Of(mint.Surya), []formats.Name{icao("SURYAWATI", "")}, day(1982, 1, 26)},
		"Hirut": {vaccination().Of(mint.Hirut), []formats.Name{written("Tesfalem", "Hirut"), icao("TESFALEM", "HIRUT")}, formats.Date{Year: 1957, Month: 8}},
		"none":  {vaccination().Set(mint.Map{}, "nam").Set(mint.Text(""), "dob"), []formats.Name{}, formats.Date{}},
		"given": {vaccination().Set(mint.Map{{mint.Text("gn"), mint.Text("Zoë")}}, "nam"), []formats.Name{written("", "Zoë")}, day(1984, 7, 19)},
	} {
		subjects := decode(t, c.doc, formats.Options{}).Parts[0].Unverified.Subjects
		if len(subjects) != 1 || !reflect.DeepEqual(subjects[0].Names, c.want) || subjects[0].Birth != c.birth {
			t.Errorf("%s: got %+v, want %+v", name, subjects, c.want)
		}
	}
}

// A member of the wrong type is a breach, and the rest of the document says what it says.
func TestWhatBreaksTheSchemaIsShownAsFarAsItCanBe(t *testing.T) {
	doc := decode(t, vaccination().Set(mint.Text("ut"), "v", 0, "co").Set(mint.Int(0), "v", 0, "dn").Set(mint.Text("2025-10"), "v", 0, "dt"), formats.Options{})
	if e := event(t, doc); e.Country != "ut" || e.Dose != 0 || e.Doses != 2 || e.When != (formats.Date{Year: 2025, Month: 10}) {
		t.Errorf("%+v", e)
	}
	if n := len(failing(doc)); n != 3 {
		t.Errorf("%d breaches", n)
	}
}

// No reason quotes the document: reports and logs carry reasons.
func TestReasonsDoNotQuoteTheDocument(t *testing.T) {
	for name, h := range map[string]mint.HCERT{
		"dob": vaccination().Set(mint.Text("1987-13-29"), "dob"), "dob day": vaccination().Set(mint.Text("1987-02-29"), "dob"),
		"fnt": vaccination().Set(mint.Text("1987-29"), "nam", "fnt"), "dt": vaccination().Set(mint.Text("1987-29-29"), "v", 0, "dt"),
		"ver": vaccination().Set(mint.Text("29.13.1987"), "ver"), "dn": vaccination().Set(mint.Int(1987), "v", 0, "dn").Set(mint.Text("1.0.0"), "ver"),
		"sc": test().Set(mint.Text("1987-29-29T13:29:13Z"), "t", 0, "sc"),
	} {
		doc := decode(t, h, formats.Options{})
		if len(doc.Checks) != 1 {
			t.Fatalf("%s: %+v", name, doc.Checks)
		}
		for _, piece := range []string{"1987", "29", "13"} {
			if bytes.Contains([]byte(doc.Checks[0].Text), []byte(piece)) {
				t.Errorf("%s: %q quotes %s", name, doc.Checks[0].Text, piece)
			}
		}
	}
}

func TestThePurposeIsEveryGroupOfTheCertificate(t *testing.T) {
	entry, _ := mint.Get(test().DCC(), "t", 0)
	for name, c := range map[string]struct {
		doc  mint.HCERT
		want formats.Uses
	}{
		"a vaccination and a test":      {vaccination().Set(mint.Array{entry}, "t"), formats.Vaccination | formats.Test},
		"a vaccination and an odd test": {vaccination().Set(mint.Array{mint.Text("x")}, "t"), formats.Vaccination | formats.Test},
		"nothing":                       {vaccination().Drop("v"), 0},
		"an empty group":                {vaccination().Set(mint.Array{}, "t"), formats.Vaccination},
	} {
		if got := decode(t, c.doc, formats.Options{}).Purpose; got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// es256 is the algorithm with the curve that Volume 1 §3.2.2 pairs it with.
var es256 = func() formats.Algorithm {
	a := formats.ES256
	a.Curve = "P-256"
	return a
}()
