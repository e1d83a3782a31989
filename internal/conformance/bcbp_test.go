package conformance

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/bcbp"
	"github.com/travelseal/travelseal/internal/vectors"
)

// boardingReasons gives the codes that this decoder has for the reasons of the source.
var boardingReasons = map[string][]string{
	"Error::TrailingCharacters": {formats.CodeTrailing},
	"Error::InvalidCharacters":  {formats.CodeEncoding},
	"Error::ParseFailed":        {formats.CodePayload, formats.CodeTruncated},
}

// boardingNames gives this decoder's names of the source's fields, and how wide the field is: the source keeps its blanks.
var boardingNames = map[string]struct {
	name string
	size int
}{
	"electronic_ticket_indicator": {"electronic_ticket", 1}, "operating_carrier_pnr_code": {"booking_reference", 7}, "from_city_airport_code": {"from_airport", 3},
	"to_city_airport_code": {"to_airport", 3}, "operating_carrier_designator": {"operating_carrier", 3}, "flight_number": {"flight_number", 5},
	"date_of_flight": {"day_of_year", 3}, "seat_number": {"seat", 4},
}

// TestBCBP runs every case of a boarding pass: decoding, the reason of refusals, and fields.
func TestBCBP(t *testing.T) {
	cases := vectors.Travel(t, "bcbp")
	list, ran, used := readListing(t), make(map[string]bool), make(map[string]bool)
	tests := 0
	for _, vc := range cases {
		t.Run(vc.ID, func(t *testing.T) {
			ran[vc.ID] = true
			c := &comparison{t: t, id: vc.ID, list: list, used: used}
			compareBoarding(c, vc)
			tests += c.tests
		})
	}
	list.unused(t, ran, used)
	t.Logf("%d cases, %d expectations compared, %d of them listed as disagreements", len(cases), tests, len(used))
}

func compareBoarding(c *comparison, vc vectors.TravelCase) {
	e, in := vc.Expect, formats.Text(vc.Input.Text)
	doc, err := bcbp.Format.Decode(in, formats.Options{})
	c.same("decode", (err == nil) == *e.Decode, "decodes: %v, expected %v", err, *e.Decode)
	if codes, known := boardingReasons[e.Reason]; known {
		fe := (*formats.Error)(nil)
		c.same("reason", errors.As(err, &fe) && strings.Contains(strings.Join(codes, " "), fe.Code), "%v, expected one of %v", err, codes)
	}
	if err != nil {
		return
	}
	got := boardingFields(doc, in)
	for name, raw := range e.Fields {
		want := text(plain(c.t, raw))
		value, known := got(name)
		if !known {
			c.t.Errorf("the case expects a field %q that the runner does not know", name)
			continue
		}
		c.same(name, value == want, "read as %q, expected %q", value, want)
	}
}

// boardingFields gives the fields by the source's names.
func boardingFields(doc *formats.Document, in formats.Input) func(name string) (string, bool) {
	claims := doc.Parts[0].Unverified
	extra := make(map[string]string)
	for _, f := range claims.Extra {
		extra[f.Name] = f.Value
	}
	shown := make(map[string]string)
	for _, s := range bcbp.Format.Trace(in, formats.Options{}) {
		for _, f := range s.Detail {
			shown[f.Name] = f.Value
		}
	}
	return func(name string) (string, bool) {
		switch name {
		case "passenger_name":
			return shown["passenger_name"], true
		case "legs":
			return fmt.Sprint(len(claims.Events)), true
		case "security_type":
			_, after, _ := strings.Cut(extra["security_data"], "security data of type ")
			kind, _, _ := strings.Cut(after, ",")
			return kind, true
		case "security_data": // it is stated, and not shown
			_, data, _ := strings.Cut(string(in.Files[0].Data), "^")
			if strings.Contains(extra["security_data"], fmt.Sprintf(" %d characters,", len(data)-3)) {
				return data[3:], true
			}
			return "", true
		}
		leg, item, within := strings.Cut(name, ".")
		if !within {
			leg, item = "", name
		}
		known, ok := boardingNames[item]
		if within {
			leg += "."
		}
		return fmt.Sprintf("%-*s", known.size, extra[leg+known.name]), ok
	}
}
