package vdsnc_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/vdsnc"
	"github.com/travelseal/travelseal/internal/mint"
)

// same says in what two Documents differ, or "".
func same(got, want *formats.Document) string {
	if reflect.DeepEqual(got, want) {
		return ""
	}
	return fmt.Sprintf("got  %+v\nwant %+v", got, want)
}

func day(year int, month time.Month, d int) formats.Date {
	return formats.Date{Year: year, Month: month, Day: d}
}

func TestAProofOfVaccinationBecomesADocument(t *testing.T) {
	doc := decode(t, vaccination, formats.Options{})
	icd := func(code string) formats.Coded { return formats.Coded{System: "ICD-11", Code: code} }
	dose := func(number int, when formats.Date) formats.Event {
		return formats.Event{
			Kind: formats.Vaccination, Target: icd("RA01.0"), Prophylaxis: icd("XM68M6"), Product: formats.Coded{Code: "Comirnaty"},
			Dose: number, When: when, Country: "UTO", Place: "Harbour Clinic", ID: "4QX7HB2M9WKD",
		}
	}
	want := formats.Claims{
		Subjects: []formats.Subject{{
			Names: []formats.Name{{Full: "ACHTERBERG LINDQVIST  MAREN ZOE", Source: "pid.n"}},
			Birth: day(1984, 7, 19), Sex: "F",
		}},
		Documents: []formats.DocRef{{Number: "UT7042681"}},
		Events:    []formats.Event{dose(1, day(2025, 9, 5)), dose(2, day(2025, 10, 3))},
		Extra: []formats.Field{
			{Name: "type", Value: "icao.vacc"}, {Name: "version", Value: "1"}, {Name: "issuing_state", Value: "UTO"},
			{Name: "pid.ai", Value: "L4567890Z"}, {Name: "ve[0].vd[0].lot", Value: "VC35679"}, {Name: "ve[0].vd[0].dvn", Value: "2025-10-03"},
			{Name: "ve[0].vd[1].lot", Value: "VC87540"},
		},
	}
	if got := doc.Parts[0].Unverified; !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if doc.Format != "vdsnc" || doc.Purpose != formats.Vaccination || doc.Validity != (formats.Validity{}) || len(doc.Parts) != 1 || doc.Parts[0].Name != "data" {
		t.Errorf("%+v", doc)
	}
}

func TestAProofOfTestingBecomesADocument(t *testing.T) {
	doc := decode(t, tested, formats.Options{})
	claims := doc.Parts[0].Unverified
	sampled := time.Date(2026, 1, 14, 8, 15, 0, 0, time.UTC)
	want := formats.Claims{
		Subjects:  []formats.Subject{{Names: []formats.Name{{Full: "OEDEGAARD QUILL  TOBIAS", Source: "pid.n"}}, Birth: day(1991, 11, 2)}},
		Documents: []formats.DocRef{{Type: "P", Number: "UT7042699"}},
		Events: []formats.Event{{
			Kind: formats.Test, TestType: formats.Coded{Code: "molecular(PCR)"}, Result: formats.Coded{Code: "negative"},
			When: formats.DateOf(sampled), Country: "UTO", Place: "Harbour Laboratory", ID: "Z81KTR5PC0NE",
		}},
		Extra: []formats.Field{
			{Name: "type", Value: "icao.test"}, {Name: "version", Value: "1"}, {Name: "issuing_state", Value: "UTO"},
			{Name: "sp.cd.p", Value: "+00068765432"}, {Name: "sp.cd.e", Value: "lab@utopia.example"}, {Name: "sp.cd.a", Value: "12 Utopia Street"},
			{Name: "tr.m", Value: "nasopharyngeal"}, {Name: "opt", Value: "ID12345"},
		},
	}
	if !reflect.DeepEqual(claims, want) {
		t.Errorf("got  %+v\nwant %+v", claims, want)
	}
	reported := time.Date(2026, 1, 15, 9, 30, 0, 0, time.UTC)
	if v := doc.Validity; doc.Purpose != formats.Test || !v.IssuedAt.Equal(reported) || !v.NotAfter.IsZero() || v.MustExpire {
		t.Errorf("for %v, %+v", doc.Purpose, v)
	}
	// The day of a report without a zone is not known well enough to compare it with that of a key.
	if v := decode(t, tested.Set("2026-01-15T11:30:00", "msg", "dat", "ri"), formats.Options{}).Validity; !v.IssuedAt.IsZero() {
		t.Errorf("%+v", v)
	}
}

// A type or a version that is not known is shown as it stands, and only a signer for everything may seal it.
func TestAnUnknownMessageIsShownAsItStands(t *testing.T) {
	msg := mint.VDSObject(nil).Set("Smith Bill", "n").Set(mint.VDSObject(nil).Set(2, "b").Set([]any{1, "x"}, "a"), "list").Set(mint.VDSRaw("null"), "none").Set(mint.VDSRaw("true"), "yes")
	head := func(kind, version string) []formats.Field {
		return []formats.Field{{Name: "type", Value: kind}, {Name: "version", Value: version}, {Name: "issuing_state", Value: "UTO"}}
	}
	rest := []formats.Field{
		{Name: "msg.list", Value: `{"a":[1,"x"],"b":2}`}, {Name: "msg.n", Value: "Smith Bill"}, {Name: "msg.none", Value: "null"}, {Name: "msg.yes", Value: "true"},
	}
	for name, c := range map[string]struct {
		doc  mint.VDSNC
		want []formats.Field
	}{
		"type":    {vaccination.Set("utopia.visa", "hdr", "t").Set(msg, "msg"), append(head("utopia.visa", "1"), rest...)},
		"version": {vaccination.Set(2, "hdr", "v").Set(msg, "msg"), append(head("icao.vacc", "2"), rest...)},
	} {
		doc := decode(t, c.doc, formats.Options{})
		if want := (formats.Claims{Extra: c.want}); !reflect.DeepEqual(doc.Parts[0].Unverified, want) {
			t.Errorf("%s:\ngot  %+v\nwant %+v", name, doc.Parts[0].Unverified, want)
		}
		if doc.Purpose != formats.AllUses {
			t.Errorf("%s: for %v", name, doc.Purpose)
		}
	}
}

// What the issuer sealed and the tables do not have is shown; what nobody sealed is not.
func TestFurtherMembersAreShownWhereTheyAreSealed(t *testing.T) {
	v := vaccination.Set("a", "hdr", "further").Set("b", "further").Set("c", "msg", "further").Set(1, "msg", "pid", "further").Set([]any{mint.VDSRaw("true")}, "msg", "ve", 0, "further")
	v.Hooks.Whole = func(o mint.VDSObject) mint.VDSObject { return o.Add("outside", "not sealed") }
	v.Hooks.Sig = func(o mint.VDSObject) mint.VDSObject { return o.Add("outside", "not sealed") }
	found := make(map[string]string)
	for _, f := range decode(t, v, formats.Options{}).Parts[0].Unverified.Extra {
		found[f.Name] = f.Value
	}
	for name, want := range map[string]string{"hdr.further": "a", "data.further": "b", "msg.further": "c", "pid.further": "1", "ve[0].further": "[true]"} {
		if found[name] != want {
			t.Errorf("%s: %q", name, found[name])
		}
	}
	for name, value := range found {
		if strings.Contains(name+value, "outside") || strings.Contains(value, "not sealed") {
			t.Errorf("%s: %s is shown", name, value)
		}
	}
}

func TestSeveralVaccinesAreSeveralEvents(t *testing.T) {
	ve, _ := vaccination.Data.Get("msg", "ve", 0)
	other := ve.(mint.VDSObject).Set("Spikevax", "nam").Drop("dis").Set("2026-01-02", "vd", 0, "dvc").Drop("vd", 1)
	bare := ve.(mint.VDSObject).Set("Vaxzevria", "nam").Drop("vd")
	events := decode(t, vaccination.Set(other, "msg", "ve", 1).Set(bare, "msg", "ve", 2), formats.Options{}).Parts[0].Unverified.Events
	var got []string
	for _, e := range events {
		got = append(got, fmt.Sprint(e.Product.Code, " ", e.Target.Code, " ", e.When, " ", e.Dose, " ", e.ID))
	}
	want := []string{
		"Comirnaty RA01.0 2025-09-05 1 4QX7HB2M9WKD", "Comirnaty RA01.0 2025-10-03 2 4QX7HB2M9WKD", "Spikevax  2026-01-02 1 4QX7HB2M9WKD",
		"Vaxzevria RA01.0  0 4QX7HB2M9WKD",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestTheIssuingStateHasTwoLetters(t *testing.T) {
	for is, want := range map[string]string{"UTO": "UT", "AUS": "AU", "D": "DE", "EUE": "EU", "UNO": "UN", "ZZZ": "ZZZ", "UT": "UT", "": ""} {
		s := decode(t, vaccination.Set(is, "hdr", "is"), formats.Options{}).Seals[0].Signer
		if s.Country != want || s.Issuer != is {
			t.Errorf("%q: country %q, issuer %q", is, s.Country, s.Issuer)
		}
	}
}

func TestPartialBirthDatesAreTolerated(t *testing.T) {
	for text, want := range map[string]formats.Date{"1957-08": {Year: 1957, Month: 8}, "1957": {Year: 1957}, "1957-00-00": {Year: 1957}} {
		for name, v := range map[string]mint.VDSNC{"vaccination": vaccination, "test": tested} {
			v = v.Set(text, "msg", "pid", "dob")
			doc := decode(t, v, formats.Options{})
			noted := formats.Check{Kind: formats.Schema, Result: formats.Tolerated, Name: "partial-birth-date", Where: "pid.dob", Text: "a date without a day"}
			if len(doc.Checks) != 1 || doc.Checks[0] != noted || doc.Parts[0].Unverified.Subjects[0].Birth != want {
				t.Errorf("%s, %s: %+v", name, text, doc.Checks)
			}
			doc = decode(t, v, formats.Options{Refuse: []string{"partial-birth-date"}})
			if got := failing(doc); !begin(got, []string{"pid.dob: a date without a day"}) || doc.Parts[0].Unverified.Subjects[0].Birth != want {
				t.Errorf("%s, %s, refused: %q", name, text, got)
			}
		}
	}
}

// No reason quotes the document: reports and logs carry reasons.
func TestReasonsDoNotQuoteTheDocument(t *testing.T) {
	for _, v := range []mint.VDSNC{
		vaccination.Set("1987-13-29", "msg", "pid", "dob"), vaccination.Set("1987-29", "msg", "pid", "sex"), vaccination.Set("1987-29", "hdr", "t"),
		vaccination.Set("1987-29", "hdr", "is"), vaccination.Set(1987, dose("seq")...), vaccination.Set("1987-29", dose("ctr")...), vaccination.Set("1987-29-29", dose("dvc")...),
	} {
		doc := decode(t, v, formats.Options{})
		if len(doc.Checks) != 1 || strings.Contains(doc.Checks[0].Text, "1987") || strings.Contains(doc.Checks[0].Text, "29") {
			t.Errorf("%+v", doc.Checks)
		}
	}
}

func TestTraceShowsTheStepsOfDecode(t *testing.T) {
	names := "JSON canonical form header message signature"
	for _, c := range mint.VDSNCCases() {
		doc, err := vdsnc.Format.Decode(formats.Text(c.Text), formats.Options{})
		steps := vdsnc.Format.Trace(formats.Text(c.Text), formats.Options{})
		var shown []string
		for i, s := range steps {
			shown = append(shown, s.Name)
			if last := i == len(steps)-1; (s.Err != nil) != (last && doc == nil) || (s.Err == nil) != (len(s.Detail) > 0) {
				t.Errorf("%s, %s: %v with %d details", c.Name, s.Name, s.Err, len(s.Detail))
			}
		}
		if got := strings.Join(shown, " "); !strings.HasPrefix(names, got) || doc != nil && got != names {
			t.Errorf("%s: the steps are %s", c.Name, got)
		}
		if last := steps[len(steps)-1].Err; (err == nil) != (last == nil) || err != nil && err.Error() != last.Error() {
			t.Errorf("%s: Trace ends in %v, Decode in %v", c.Name, last, err)
		}
	}
}

func TestTraceShowsWhatEachStepFound(t *testing.T) {
	v := tested.Set("UT", "hdr", "is")
	v.Unpadded = true
	v.Hooks.Sig = func(o mint.VDSObject) mint.VDSObject { return o.Drop("alg") }
	found := make(map[string]string)
	for _, s := range vdsnc.Format.Trace(formats.Text(v.Build().Text), formats.Options{}) {
		for _, f := range s.Detail {
			found[s.Name+" "+f.Name] = f.Value
		}
	}
	for name, want := range map[string]string{
		"header t": "icao.test", "header v": "1", "header is": "UT", "header country": "UT",
		"message pid.n": "OEDEGAARD QUILL  TOBIAS", "message pid.dob": "1991-11-02", "message event 1 kind": "test",
		"message event 1 date": "2026-01-14T08:15:00Z", "message event 1 identifier": "Z81KTR5PC0NE", "message opt": "ID12345",
		"signature algorithm": "", "signature signature": "64 bytes", "signature problem": "no algorithm is named",
		"signature hdr.is":    "fails: not the code of a state or organisation (schema)",
		"signature sig.sigvl": "tolerated: the padding is missing (base64-unpadded)",
	} {
		if found[name] != want {
			t.Errorf("%s: got %q, want %q", name, found[name], want)
		}
	}
	unsealed := vaccination
	unsealed.Hooks.Whole = func(o mint.VDSObject) mint.VDSObject { return o.Drop("sig") }
	steps := vdsnc.Format.Trace(formats.Text(unsealed.Build().Text), formats.Options{})
	if last := steps[len(steps)-1].Detail; len(last) != 1 || last[0] != (formats.Field{Name: "seal", Value: "none"}) {
		t.Errorf("%+v", last)
	}
}
