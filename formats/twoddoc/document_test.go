package twoddoc_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/twoddoc"
	"github.com/travelseal/travelseal/internal/mint"
)

func day(year int, month time.Month, d int) formats.Date {
	return formats.Date{Year: year, Month: month, Day: d}
}

func head(kind, title string) []formats.Field {
	return []formats.Field{
		{Name: "version", Value: "04"}, {Name: "ca_id", Value: "UT00"}, {Name: "certificate_id", Value: "0001"}, {Name: "issued", Value: "2026-01-14"},
		{Name: "signed", Value: "2026-01-15"}, {Name: "type", Value: kind}, {Name: "perimeter", Value: "01"}, {Name: "country", Value: "UT"}, {Name: "document", Value: title},
	}
}

func TestACertificateOfVaccinationBecomesADocument(t *testing.T) {
	doc := decode(t, mint.Vaccination2D())
	want := formats.Claims{
		Subjects: []formats.Subject{{Names: []formats.Name{{Family: "ACHTERBERG LINDQVIST", Given: "MAREN ZOE", Source: "L0, L1"}}, Birth: day(1984, 7, 19)}},
		Events: []formats.Event{{
			Kind: formats.Vaccination, Target: formats.Coded{Code: "COVID-19"}, Prophylaxis: formats.Coded{System: "ATC", Code: "J07BX03"},
			Product: formats.Coded{Code: "COMIRNATY PFIZER/BIONTECH"}, Manufacturer: formats.Coded{Code: "COMIRNATY PFIZER/BIONTECH"},
			Dose: 2, Doses: 2, When: day(2025, 10, 3),
		}},
		Extra: append(head("L1", "certificate of vaccination"), []formats.Field{
			{Name: "vaccinated_family_name", Value: "ACHTERBERG LINDQVIST"}, {Name: "vaccinated_given_names", Value: "MAREN/ZOE"}, {Name: "vaccinated_birth_date", Value: "1984-07-19"},
			{Name: "disease", Value: "COVID-19"}, {Name: "agent", Value: "J07BX03"}, {Name: "vaccine", Value: "COMIRNATY PFIZER/BIONTECH"}, {Name: "manufacturer", Value: "COMIRNATY PFIZER/BIONTECH"},
			{Name: "dose", Value: "2"}, {Name: "doses", Value: "2"}, {Name: "vaccinated_on", Value: "2025-10-03"}, {Name: "cycle_state", Value: "TE"},
		}...),
	}
	if got := doc.Parts[0].Unverified; !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	validity := formats.Validity{IssuedAt: time.Date(2026, 1, 15, 0, 0, 0, 0, time.UTC), AtSigning: true}
	if doc.Format != twoddoc.ID || doc.Purpose != formats.Vaccination || doc.Validity != validity || len(doc.Parts) != 1 || len(doc.Checks) != 0 {
		t.Errorf("%+v", doc)
	}
	s := doc.Seals[0]
	signed, _, _ := strings.Cut(mint.Vaccination2D().Build(), "\x1f")
	if string(s.Signed) != signed || len(s.Signature) != 64 || s.Algorithm != formats.ES256 || s.Role != formats.Issuer || s.Envelope != twoddoc.Envelope {
		t.Errorf("%+v", s)
	}
	if string(s.Signer.KeyID) != "UT000001" || s.Signer.Issuer != "UT00" || s.Signer.Country != "UT" || s.Signer.Chain != nil {
		t.Errorf("%+v", s.Signer)
	}
}

func TestAResultOfATestBecomesADocument(t *testing.T) {
	doc := decode(t, mint.Test2D())
	c := doc.Parts[0].Unverified
	e := c.Events[0]
	if e.Kind != formats.Test || e.TestType != (formats.Coded{System: "LOINC", Code: "945006"}) || e.Result.Code != "N" || !e.When.NoZone || e.When.Instant.Format("2006-01-02T15:04") != "2026-01-14T08:15" {
		t.Errorf("%+v", e)
	}
	if s := c.Subjects[0]; s.Names[0].Family != "OEDEGAARD QUILL" || s.Names[0].Given != "TOBIAS" || s.Sex != "M" || s.Birth != day(1991, 11, 2) {
		t.Errorf("%+v", s)
	}
	if !slices.Contains(c.Extra, formats.Field{Name: "sampled", Value: "2026-01-14T08:15"}) || doc.Purpose != formats.Test {
		t.Errorf("%+v", c.Extra)
	}
}

func TestPeopleOfOtherTypes(t *testing.T) {
	one := func(kind, message string) mint.Seal2D {
		s := mint.Bill2D()
		s.Type, s.Message = kind, message
		return s
	}
	for name, c := range map[string]struct {
		doc  mint.Seal2D
		want formats.Subject
	}{
		"a bill":            {mint.Bill2D(), formats.Subject{Names: []formats.Name{{Family: "LINDQVIST", Given: "MAREN", Source: "10"}}}},
		"a bill, divided":   {one("01", "12MAREN"+mint.GS+"13LINDQVIST"+mint.GS), formats.Subject{Names: []formats.Name{{Family: "LINDQVIST", Given: "MAREN", Source: "13, 12"}}}},
		"a bill, undivided": {one("01", "10 M LINDQVIST"+mint.GS), formats.Subject{Names: []formats.Name{{Full: "M LINDQVIST", Source: "10"}}}},
		"an account":        {one("05", "30M/QUILL/TOBIAS"+mint.GS), formats.Subject{Names: []formats.Name{{Family: "QUILL", Given: "TOBIAS", Source: "30"}}}},
		"an identity": {mint.Identity2D(), formats.Subject{
			Names: []formats.Name{{Family: "MUELLER SOEDERBLOM", Given: "JONAS ALBRECHT", Source: "62, 60"}}, Birth: day(1968, 12, 5), Sex: "M", Nationality: "UT"}},
		"an identity in use": {one("07", "61JONAS"+mint.GS+"62MUELLER"+mint.GS+"63QUILL"+mint.GS), formats.Subject{
			Names: []formats.Name{{Family: "MUELLER", Given: "JONAS", Source: "62, 61"}, {Family: "QUILL", Given: "JONAS", Source: "63"}}}},
		"a death": {one("A4", "72QUILL"+mint.GS+"73TOBIAS/ODD"+mint.GS+"75"+"02111991"+"76M"), formats.Subject{
			Names: []formats.Name{{Family: "QUILL", Given: "TOBIAS ODD", Source: "72, 73"}}, Birth: day(1991, 11, 2), Sex: "M"}},
		"a diploma": {one("B0", "B1TOBIAS"+mint.GS+"B2QUILL"+mint.GS), formats.Subject{Names: []formats.Name{{Family: "QUILL", Given: "TOBIAS", Source: "B2, B1"}}}},
		"a card":    {one("A6", "80QUILL"+mint.GS+"81TOBIAS"+mint.GS), formats.Subject{Names: []formats.Name{{Family: "QUILL", Given: "TOBIAS", Source: "80, 81"}}}},
	} {
		doc := decode(t, c.doc)
		if got := doc.Parts[0].Unverified.Subjects; !reflect.DeepEqual(got, []formats.Subject{c.want}) {
			t.Errorf("%s: %+v", name, got)
		}
		if doc.Purpose != 0 || len(failing(doc)) != 0 {
			t.Errorf("%s: for %v, %v", name, doc.Purpose, failing(doc))
		}
	}
	if got := decode(t, one("01", "26UT")).Parts[0].Unverified.Subjects; got != nil {
		t.Errorf("a bill of nobody's: %+v", got)
	}
	want := []formats.DocRef{{Type: "CI", Number: "UT7042724", IssuingState: "UT"}}
	if got := decode(t, mint.Identity2D()).Parts[0].Unverified.Documents; !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
}

func TestAZoneIsReadAsOne(t *testing.T) {
	doc := decode(t, mint.Zone2D())
	c := doc.Parts[0].Unverified
	if s := c.Subjects[0]; s.Names[0].Family != "MUELLER SOEDERBLOM" || s.Names[0].Script != "icao" || s.Birth.String() != "1968-12-05" || c.Documents[0].Number != "UT7042724" {
		t.Errorf("%+v", c)
	}
	if len(doc.Checks) == 0 || len(failing(doc)) != 0 {
		t.Errorf("%+v", doc.Checks)
	}
	s := mint.Zone2D()
	s.Message = strings.Replace(s.Message, "UT7042724", "UT7042725", 1)
	if got := failing(decode(t, s)); len(got) != 2 { // the digit of the number, and the composite one
		t.Errorf("%v", got)
	}
	s.Message = "6FP UTO" + mint.GS
	if got := failing(decode(t, s)); len(got) != 1 || !strings.HasPrefix(got[0], "message.6F: not a machine") {
		t.Errorf("%v", got)
	}
}

// A type, a perimeter or an identifier that is not known leaves the rest as it stands, and the seal as it is.
func TestWhatIsNotKnownIsShownAsItStands(t *testing.T) {
	with := func(change func(*mint.Seal2D)) mint.Seal2D {
		s := mint.Vaccination2D()
		change(&s)
		return s
	}
	whole := mint.Vaccination2D().Message
	for name, c := range map[string]struct {
		doc    mint.Seal2D
		breach []string
		last   formats.Field
	}{
		"type": {with(func(s *mint.Seal2D) { s.Type = "Z9" }), []string{"header.type: type not known (Z9 of perimeter 01); its header, version 04, says: authority UT00, certificate 0001, issued 2026-01-14, signed 2026-01-15, country UT"}, formats.Field{Name: "cycle_state", Value: "TE"}},
		"perimeter": {with(func(s *mint.Seal2D) { s.Perimeter = "99" }), []string{"message at byte 0: perimeter not known", "header.type: type not known (L1 of perimeter 99); its header, version 04, says: authority UT00, certificate 0001, issued 2026-01-14, signed 2026-01-15, country UT"},
			formats.Field{Name: "not_read", Value: whole}},
		"identifier": {with(func(s *mint.Seal2D) { s.Type, s.Message = "28", "43"+"2,75"+mint.GS+"4V3542"+mint.GS }), []string{"message at byte 7: identifier not known"},
			formats.Field{Name: "not_read", Value: "4V3542" + mint.GS}},
		"half an identifier": {with(func(s *mint.Seal2D) { s.Type, s.Message = "28", "45"+"2026"+"4" }), []string{"message at byte 6: less than an identifier is left"},
			formats.Field{Name: "not_read", Value: "4"}},
		"a separator too many": {with(func(s *mint.Seal2D) { s.Type, s.Message = "28", "45"+"2026"+mint.GS }), []string{"message at byte 6: less than an identifier is left"},
			formats.Field{Name: "not_read", Value: mint.GS}},
	} {
		doc := decode(t, c.doc)
		extra := doc.Parts[0].Unverified.Extra
		if got := failing(doc); !slices.Equal(got, c.breach) || extra[len(extra)-1] != c.last || len(doc.Seals) != 1 {
			t.Errorf("%s: %q, %+v", name, got, extra[len(extra)-1])
		}
		if unknown := c.doc.Type != "28"; unknown != (doc.Purpose == formats.AllUses) {
			t.Errorf("%s: for %v", name, doc.Purpose)
		}
	}
}

func TestAnAnnexIsUnderNoSeal(t *testing.T) {
	s := mint.Vaccination2D()
	s.Annex = "0A123456789"
	doc := decode(t, s)
	if len(doc.Parts) != 2 || doc.Parts[1].Name != "annex" || doc.Parts[1].Seal != formats.NoSeal || doc.Parts[0].Seal != 0 {
		t.Fatalf("%+v", doc.Parts)
	}
	if got := doc.Parts[1].Unverified; !reflect.DeepEqual(got, formats.Claims{Extra: []formats.Field{{Name: "publisher", Value: "123456789"}}}) {
		t.Errorf("%+v", got)
	}
}
