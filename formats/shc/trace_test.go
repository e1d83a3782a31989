package shc_test

import (
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/shc"
	"github.com/travelseal/travelseal/internal/mint"
)

func TestTraceShowsTheStepsOfDecode(t *testing.T) {
	const names = "text JWS DEFLATE claims FHIR bundle"
	for _, c := range mint.SHCCases() {
		doc, err := shc.Format.Decode(formats.Text(c.Text), formats.Options{})
		steps := shc.Format.Trace(formats.Text(c.Text), formats.Options{})
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
	c := vaccination().Set("abc", "vc", "rid").Set(1800000000, "exp").Set("p", mint.Resource(0, "id")...).Set("x", mint.Resource(1, "status")...)
	c.Header = c.Header.Set([]any{"AAAA"}, "x5c").Set("ES384", "alg")
	found := make(map[string]string)
	for _, s := range shc.Format.Trace(formats.Text(c.Build().Text), formats.Options{}) {
		for _, f := range s.Detail {
			found[s.Name+" "+f.Name] = f.Value
		}
	}
	for name, want := range map[string]string{
		"text carrier": "numerals of a code", "JWS algorithm": "", "JWS kid": string(issuer.KID), "JWS zip": "DEF", "JWS signature": "64 bytes", "JWS x5c": "1 certificates",
		"JWS problem": "a SMART Health Card is signed with ES256 and nothing else", "claims iss": mint.CardIssuer, "claims nbf": "2026-01-15T09:30:00Z",
		"claims exp": "2027-01-15T08:00:00Z", "claims vc.rid": "abc", "claims fhirVersion": "4.0.1", "FHIR bundle persons": "1",
		"FHIR bundle name[0]": "Achterberg-Lindqvist, Maren Zoë", "FHIR bundle birthDate": "1984-07-19", "FHIR bundle event 1 kind": "vaccination",
		"FHIR bundle event 1 date":             "2025-10-03",
		"FHIR bundle event 1 code":             "http://hl7.org/fhir/sid/cvx 208 (COVID-19, mRNA, Pfizer-BioNTech (Comirnaty), 30 µg)",
		"FHIR bundle entry[0].resource.id":     "tolerated: a member that codes leave out (not-minimal)",
		"FHIR bundle entry[1].resource.status": "fails: missing, or not one under which this has happened; the resource is left out (schema)",
	} {
		if got, shown := found[name]; got != want || !shown {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	for text, want := range map[string]string{c.Build().Token: "JWS", mint.CardFile(c.Build().Token): "file of one card"} {
		if got := shc.Format.Trace(formats.Text(text), formats.Options{})[0].Detail[0].Value; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	for _, doc := range []mint.SHC{test(), diagnosis()} {
		steps := shc.Format.Trace(formats.Text(doc.Build().Text), formats.Options{})
		if last := steps[4].Detail; last[len(last)-1].Name != "event 1 code" || last[len(last)-1].Value == "" {
			t.Errorf("%+v", last)
		}
	}
}
