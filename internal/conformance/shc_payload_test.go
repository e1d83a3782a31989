package conformance

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/vectors"
)

// compareFHIR compares what the case says the card holds with what was read from it.
func compareFHIR(c *comparison, vc vectors.Case, doc *formats.Document) {
	var want struct {
		Iss string
		Nbf float64
		VC  struct {
			CredentialSubject struct {
				FHIRBundle struct {
					Entry []struct{ Resource map[string]any }
				}
			}
		}
	}
	if err := json.Unmarshal(vc.Expect.Payload, &want); err != nil {
		c.t.Fatal(err)
	}
	expected := []string{"iss " + want.Iss, fmt.Sprintf("nbf %d", int64(want.Nbf))}
	for _, e := range want.VC.CredentialSubject.FHIRBundle.Entry {
		expected = append(expected, resourceLines(e.Resource)...)
	}
	got := []string{"iss " + doc.Seals[0].Signer.Issuer, fmt.Sprintf("nbf %d", doc.Validity.NotBefore.Unix())}
	claims := doc.Parts[0].Unverified
	for _, s := range claims.Subjects {
		got = append(got, fmt.Sprintf("patient %s, %s, %s", s.Names[0].Family, s.Names[0].Given, s.Birth))
	}
	for i, e := range claims.Events {
		code := e.Product
		if e.Kind == formats.Test {
			code = e.TestType
		}
		line := fmt.Sprintf("%s %s %s, %s, %s, %s", e.Kind, code.System, code.Code, e.When, e.Place, e.Result.Code)
		got = append(got, line+", "+extra(claims, fmt.Sprintf("events[%d].lot_number", i))+", "+extra(claims, fmt.Sprintf("events[%d].value", i)))
	}
	slices.Sort(expected)
	slices.Sort(got)
	c.same("payload", reflect.DeepEqual(got, expected), "read as\n%s\nexpected\n%s", strings.Join(got, "\n"), strings.Join(expected, "\n"))
}

func extra(c formats.Claims, name string) string {
	for _, f := range c.Extra {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}

// at walks through decoded JSON by names and indexes; "" where there is nothing.
func at(v any, path ...any) string {
	for _, step := range path {
		switch s := step.(type) {
		case string:
			m, _ := v.(map[string]any)
			v = m[s]
		case int:
			list, _ := v.([]any)
			if s >= len(list) {
				return ""
			}
			v = list[s]
		}
	}
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

// resourceLines says in one line what a resource holds, for the types that are read.
func resourceLines(r map[string]any) []string {
	when := at(r, "effectiveDateTime")
	if when == "" {
		when = at(r, "issued")
	}
	value := strings.TrimSpace(at(r, "valueQuantity", "comparator") + at(r, "valueQuantity", "value") + " " + at(r, "valueQuantity", "unit"))
	if value == "" {
		value = at(r, "valueString")
	}
	switch r["resourceType"] {
	case "Patient":
		given := []string{}
		for _, g := range r["name"].([]any)[0].(map[string]any)["given"].([]any) {
			given = append(given, g.(string))
		}
		return []string{fmt.Sprintf("patient %s, %s, %s", at(r, "name", 0, "family"), strings.Join(given, " "), at(r, "birthDate"))}
	case "Immunization":
		return []string{fmt.Sprintf("vaccination %s %s, %s, %s, , %s, ", at(r, "vaccineCode", "coding", 0, "system"), at(r, "vaccineCode", "coding", 0, "code"),
			at(r, "occurrenceDateTime"), at(r, "performer", 0, "actor", "display"), at(r, "lotNumber"))}
	case "Observation", "DiagnosticReport":
		return []string{fmt.Sprintf("test %s %s, %s, %s, %s, , %s", at(r, "code", "coding", 0, "system"), at(r, "code", "coding", 0, "code"), when,
			at(r, "performer", 0, "display"), at(r, "valueCodeableConcept", "coding", 0, "code"), value)}
	}
	return nil
}
