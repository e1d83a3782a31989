package bcbp_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/bcbp"
	"github.com/travelseal/travelseal/internal/mint"
)

func TestAPassBecomesADocument(t *testing.T) {
	doc := decode(t, mint.LongPass())
	if doc.Format != bcbp.ID || doc.Purpose != formats.Boarding || len(doc.Seals) != 0 || len(doc.Checks) != 0 || doc.Validity != (formats.Validity{}) || len(doc.Parts) != 1 {
		t.Errorf("%+v", doc)
	}
	leg := func(n, booking, from, to, flight, day, class, seat, sequence, number, allowance, fast, airline string) []formats.Field {
		var fields []formats.Field
		for _, f := range []formats.Field{
			{Name: "booking_reference", Value: booking}, {Name: "from_airport", Value: from}, {Name: "to_airport", Value: to},
			{Name: "operating_carrier", Value: "UT"}, {Name: "flight_number", Value: flight}, {Name: "day_of_year", Value: day},
			{Name: "compartment", Value: class}, {Name: "seat", Value: seat}, {Name: "sequence_number", Value: sequence},
			{Name: "passenger_status", Value: "1"}, {Name: "airline_numeric_code", Value: "999"}, {Name: "document_number", Value: number},
			{Name: "document_verification", Value: "1"}, {Name: "marketing_carrier", Value: "UT"}, {Name: "frequent_flyer_airline", Value: "UT"},
			{Name: "frequent_flyer_number", Value: "5550001234"}, {Name: "baggage_allowance", Value: allowance}, {Name: "fast_track", Value: fast},
			{Name: "airline_use", Value: airline},
		} {
			fields = append(fields, formats.Field{Name: "leg" + n + "." + f.Name, Value: f.Value})
		}
		return fields
	}
	want := formats.Claims{
		Subjects: []formats.Subject{{Names: []formats.Name{{Family: "LINDQVIST", Given: "MAREN", Source: "passenger_name"}}}},
		Events: []formats.Event{
			{Kind: formats.Boarding, Issuer: "UT", ID: "UT 0834", Place: "AMA-NWH"},
			{Kind: formats.Boarding, Issuer: "UT", ID: "UT 3664A", Place: "NWH-EUT"},
		},
		Extra: []formats.Field{
			{Name: "title", Value: "MS"}, {Name: "electronic_ticket", Value: "E"}, {Name: "version", Value: "6"},
			{Name: "passenger_description", Value: "1"}, {Name: "source_of_check_in", Value: "W"}, {Name: "source_of_issue", Value: "W"},
			{Name: "day_of_issue", Value: "6304"}, {Name: "document_type", Value: "B"}, {Name: "issuing_carrier", Value: "UT"},
			{Name: "baggage_tag", Value: "0999123456003"},
		},
	}
	want.Extra = append(want.Extra, leg("1", "4QX7HB", "AMA", "NWH", "0834", "305", "F", "001A", "0007", "2300456789", "20K", "Y", "LX58Z")...)
	want.Extra = append(want.Extra, leg("2", "DEF456", "NWH", "EUT", "3664A", "306", "C", "012C", "0002", "2300456790", "2PC", "N", "WQ")...)
	if got := doc.Parts[0].Unverified; !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// The day of a flight has no year, and no date is made of it.
func TestADayWithoutAYearIsNoDate(t *testing.T) {
	for _, e := range decode(t, mint.LongPass()).Parts[0].Unverified.Events {
		if !e.When.IsZero() || !e.From.IsZero() || !e.Until.IsZero() {
			t.Errorf("%+v", e)
		}
	}
}

func TestNamesAndTitles(t *testing.T) {
	name := func(family, given string) formats.Name {
		return formats.Name{Family: family, Given: given, Source: "passenger_name"}
	}
	for text, want := range map[string]struct {
		names []formats.Name
		extra string
	}{
		"QUILL/TOBIAS":         {[]formats.Name{name("QUILL", "TOBIAS")}, ""},
		"QUILL/TOBIAS MR":      {[]formats.Name{name("QUILL", "TOBIAS")}, "title MR"},
		"QUILL/TOBIAS ODD DR":  {[]formats.Name{name("QUILL", "TOBIAS ODD")}, "title DR"},
		"QUILL/TOBIASMR":       {[]formats.Name{name("QUILL", "TOBIASMR"), name("QUILL", "TOBIAS")}, ""},
		"QUILL/BRIGIDMRS":      {[]formats.Name{name("QUILL", "BRIGIDMRS"), name("QUILL", "BRIGID")}, ""},
		"QUILL/MR":             {[]formats.Name{name("QUILL", "MR")}, ""},
		"QUILL/AMR":            {[]formats.Name{name("QUILL", "AMR")}, ""},
		"QUILL/":               {[]formats.Name{name("QUILL", "")}, ""},
		"SURYAWATI":            {[]formats.Name{{Full: "SURYAWATI", Source: "passenger_name"}}, ""},
		"DE LA-CRUZ/ANA":       {[]formats.Name{name("DE LA-CRUZ", "ANA")}, ""},
		"LINDQVIST/MAREN ZOEX": {nil, "passenger_name LINDQVIST/MAREN ZOEX"},
	} {
		p := mint.ShortPass()
		p.Name = text
		c := decode(t, p).Parts[0].Unverified
		if !reflect.DeepEqual(c.Subjects, []formats.Subject{{Names: want.names}}) {
			t.Errorf("%q: %+v", text, c.Subjects)
		}
		if first := c.Extra[0]; want.extra != "" && first.Name+" "+first.Value != want.extra || want.extra == "" && first.Name != "electronic_ticket" {
			t.Errorf("%q: %+v", text, c.Extra)
		}
	}
}

func TestBreachesNameTheItem(t *testing.T) {
	at := func(change func(*mint.Leg)) mint.BoardingPass { return mint.ShortPass().Leg(0, change) }
	long := func(change func(*mint.BoardingPass)) mint.BoardingPass {
		p := mint.LongPass()
		change(&p)
		return p
	}
	for want, p := range map[string]mint.BoardingPass{
		"leg1.day_of_year: not a day":              at(func(l *mint.Leg) { l.Day = "367" }),
		"leg1.from_airport: not three letters":     at(func(l *mint.Leg) { l.From = "A" }),
		"leg1.operating_carrier: not two or three": at(func(l *mint.Leg) { l.Carrier = "U" }),
		"leg1.flight_number: not up to four":       at(func(l *mint.Leg) { l.Flight = "12345" }),
		"leg1.seat: a character other":             at(func(l *mint.Leg) { l.Seat = "12-A" }),
		"leg1.booking_reference: a character":      at(func(l *mint.Leg) { l.Booking = "q7hb2m" }),
		"pass.passenger_name: no name":             long(func(p *mint.BoardingPass) { p.Name = "" }),
		"pass.passenger_name: a character that":    long(func(p *mint.BoardingPass) { p.Name = "QUILL/T0BIAS" }),
		"pass.electronic_ticket: a character":      long(func(p *mint.BoardingPass) { p.Ticket = "?" }),
		"pass.version: a version that":             long(func(p *mint.BoardingPass) { p.Version = "9" }),
		"pass.day_of_issue: not the last digit":    long(func(p *mint.BoardingPass) { p.Unique = strings.Replace(p.Unique, "6304", "6400", 1) }),
		"leg2.further_items: more items":           mint.LongPass().Leg(1, func(l *mint.Leg) { l.Repeated += "X" }),
	} {
		checks := decode(t, p).Checks
		if len(checks) != 1 || checks[0].Result != formats.Fails || !strings.HasPrefix(checks[0].Where+": "+checks[0].Text, want) {
			t.Errorf("%+v, want %s", checks, want)
		}
	}
}
