package shc_test

import (
	"reflect"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
)

const (
	cvx    = "http://hl7.org/fhir/sid/cvx"
	snomed = "http://snomed.info/sct"
	loinc  = "http://loinc.org"
)

type object = mint.JSONObject

var obj = mint.JSON

func coding(system, code string) object { return obj("system", system, "code", code) }
func concept(codings ...any) object     { return obj("coding", codings) }

var entries = []any{"vc", "credentialSubject", "fhirBundle", "entry"}

func TestAVaccinationIsReadInFieldTerms(t *testing.T) {
	doc := decode(t, vaccination(), formats.Options{})
	c := claimsOf(doc)
	names := []formats.Name{{Family: "Achterberg-Lindqvist", Given: "Maren Zoë", Source: "name[0]"}}
	if len(c.Subjects) != 1 || !reflect.DeepEqual(c.Subjects[0].Names, names) || c.Subjects[0].Birth.String() != "1984-07-19" || c.Documents != nil {
		t.Errorf("%+v", c)
	}
	product := formats.Coded{System: cvx, Code: "208", Text: "COVID-19, mRNA, Pfizer-BioNTech (Comirnaty), 30 µg"}
	want := []formats.Event{
		{Kind: formats.Vaccination, Product: product, When: formats.Date{Year: 2025, Month: 9, Day: 5}, Place: "Harbour Clinic, Amaurot"},
		{Kind: formats.Vaccination, Product: product, When: formats.Date{Year: 2025, Month: 10, Day: 3}, Place: "Harbour Clinic, Amaurot"},
	}
	if !reflect.DeepEqual(c.Events, want) {
		t.Errorf("%+v", c.Events)
	}
	if extra(doc, "events[0].lot_number") != "UX4471" || extra(doc, "events[1].lot_number") != "UX4502" || len(c.Extra) != 2 {
		t.Errorf("%+v", c.Extra)
	}
}

func TestWhatAVaccinationCanSayBesides(t *testing.T) {
	dose := mint.Dose("2025-10-03", "UX").
		Set(concept(coding("http://www.whocc.no/atc", "J07BX03"), coding(cvx, "999"), coding(snomed, "1119349007")), "vaccineCode").
		Set(obj("identifier", coding("http://hl7.org/fhir/sid/mvx", "").Set("PFR", "value").Drop("code"), "display", "words"), "manufacturer").
		Set(mint.JSONRaw("true"), "isSubpotent").Drop("performer").Set(obj("display", "Pier 4"), "location").
		Set([]any{obj("targetDisease", []any{concept(coding(snomed, "840539006"))}, "doseNumberPositiveInt", 2, "seriesDosesPositiveInt", 3),
			obj("doseNumberPositiveInt", 9)}, "protocolApplied")
	doc := decode(t, mint.Card(issuer, mint.Maren, dose), formats.Options{})
	e := event(t, doc)
	if e.Product != (formats.Coded{System: cvx, Code: "999"}) || e.Dose != 2 || e.Doses != 3 || e.Place != "Pier 4" {
		t.Errorf("%+v", e)
	}
	if e.Target.Text != "COVID-19" || e.Manufacturer != (formats.Coded{System: "http://hl7.org/fhir/sid/mvx", Code: "PFR"}) {
		t.Errorf("%+v", e)
	}
	for name, want := range map[string]string{
		"events[0].vaccine_codes": "http://www.whocc.no/atc J07BX03; http://snomed.info/sct 1119349007 (mRNA vaccine against SARS-CoV-2)",
		"events[0].subpotent":     "true", "events[0].manufacturer": "",
	} {
		if got := extra(doc, name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	words := mint.Dose("2025-10-03", "UX").Set(obj("display", "Utopia Biologicals"), "manufacturer")
	if got := extra(decode(t, mint.Card(issuer, mint.Maren, words), formats.Options{}), "events[0].manufacturer"); got != "Utopia Biologicals" {
		t.Errorf("%q", got)
	}
}

func TestATestIsReadInFieldTerms(t *testing.T) {
	doc := decode(t, test(), formats.Options{})
	e := event(t, doc)
	want := formats.Event{
		Kind:     formats.Test,
		TestType: formats.Coded{System: loinc, Code: "94500-6", Text: "SARS-CoV-2 RNA, nucleic acid test, airways"},
		Result:   formats.Coded{System: snomed, Code: "260415000", Text: "not detected"},
		When:     e.When, Place: "Harbour Laboratory, Amaurot",
	}
	if e != want || e.When.String() != "2026-01-14T08:15:00Z" || doc.Purpose != formats.Test {
		t.Errorf("%+v", e)
	}
	for name, c := range map[string]struct {
		member string
		value  any
		want   string
	}{
		"a quantity":          {"valueQuantity", obj("value", mint.JSONRaw("5.90"), "unit", "mg"), "5.90 mg"},
		"a bound":             {"valueQuantity", obj("comparator", "<", "value", 1, "code", "/uL"), "<1 /uL"},
		"a text":              {"valueString", "negative", "negative"},
		"a number":            {"valueInteger", 3, "3"},
		"a truth value":       {"valueBoolean", mint.JSONRaw("false"), "false"},
		"a quantity of words": {"valueQuantity", obj("unit", 7), ""},
	} {
		card := test().Drop(mint.Resource(1, "valueCodeableConcept")...).Set(c.value, mint.Resource(1, c.member)...)
		doc := decode(t, card, formats.Options{})
		if got := extra(doc, "events[0].value"); got != c.want || event(t, doc).Result != (formats.Coded{}) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestAReportAndItsResultsAreTests(t *testing.T) {
	doc := decode(t, report(), formats.Options{})
	c := claimsOf(doc)
	if len(c.Events) != 2 || doc.Purpose != formats.Test || len(doc.Checks) != 0 {
		t.Fatalf("%+v, %+v", c.Events, doc.Checks)
	}
	r, o := c.Events[0], c.Events[1]
	if r.TestType.Code != "58410-2" || r.Result.Text != "negative" || r.When.String() != "2026-01-12" || r.Place != "Harbour Laboratory, Amaurot" {
		t.Errorf("%+v", r)
	}
	if o.TestType.Code != "718-7" || o.When.String() != "2026-01-12T07:40:00+02:00" || extra(doc, "events[1].value") != "176.0 g/L" {
		t.Errorf("%+v", o)
	}
	if got := extra(doc, "other_resources"); got != "Specimen" {
		t.Errorf("other resources %q", got)
	}
	issued := report().Drop(mint.Resource(1, "effectiveDateTime")...).Set("2026-01-13", mint.Resource(1, "issued")...).Set("in words", mint.Resource(1, "conclusion")...)
	doc = decode(t, issued, formats.Options{})
	if claimsOf(doc).Events[0].When.String() != "2026-01-13" || extra(doc, "events[0].conclusion") != "in words" {
		t.Errorf("%+v", claimsOf(doc))
	}
}

func TestADiagnosisOfCOVID19IsARecovery(t *testing.T) {
	doc := decode(t, diagnosis(), formats.Options{})
	e := event(t, doc)
	if e.Kind != formats.Recovery || e.Target.Code != "U07.1" || e.Target.Text != "COVID-19, virus identified" || e.When.String() != "2026-01-02" || doc.Purpose != formats.Recovery {
		t.Errorf("%+v", e)
	}
	if extra(doc, "events[0].clinical_status") != "resolved" {
		t.Errorf("%+v", claimsOf(doc).Extra)
	}
	recorded := diagnosis().Drop(mint.Resource(1, "onsetDateTime")...).Set("2026-01-05", mint.Resource(1, "recordedDate")...).
		Set("2026-01-12", mint.Resource(1, "abatementDateTime")...).Drop(mint.Resource(1, "verificationStatus")...)
	doc = decode(t, recorded, formats.Options{})
	if event(t, doc).When.String() != "2026-01-05" || extra(doc, "events[0].abated") != "2026-01-12" {
		t.Errorf("%+v", claimsOf(doc))
	}
}

// A diagnosis that is no matter of travel, or is not confirmed, is shown and is no event.
func TestOtherDiagnosesAreShown(t *testing.T) {
	other := diagnosis().Set("E11", mint.Resource(1, "code", "coding", 0, "code")...)
	maybe := diagnosis().Set("provisional", mint.Resource(1, "verificationStatus", "coding", 0, "code")...)
	for name, c := range map[string]struct {
		doc   mint.SHC
		codes string
	}{
		"another": {other, "http://hl7.org/fhir/sid/icd-10 E11"}, "not confirmed": {maybe, "http://hl7.org/fhir/sid/icd-10 U07.1 (COVID-19, virus identified)"},
	} {
		doc := decode(t, c.doc, formats.Options{})
		if len(claimsOf(doc).Events) != 0 || doc.Purpose != 0 || len(doc.Checks) != 0 {
			t.Errorf("%s: %+v", name, claimsOf(doc))
		}
		if extra(doc, "conditions[0].codes") != c.codes || extra(doc, "conditions[0].date") != "2026-01-02" || extra(doc, "conditions[0].clinical_status") != "resolved" {
			t.Errorf("%s: %+v", name, claimsOf(doc).Extra)
		}
	}
	if got := extra(decode(t, maybe, formats.Options{}), "conditions[0].verification_status"); got != "provisional" {
		t.Errorf("%q", got)
	}
}

// A resource whose status says that it has not happened must not look as if it had.
func TestWhatHasNotHappenedIsLeftOut(t *testing.T) {
	status := func(c mint.SHC, s string) mint.SHC { return c.Set(s, mint.Resource(1, "status")...) }
	for name, c := range map[string]mint.SHC{
		"not done":               status(mint.Card(issuer, mint.Maren, mint.Dose("2025-10-03", "UX")), "not-done"),
		"entered in error":       status(mint.Card(issuer, mint.Maren, mint.Dose("2025-10-03", "UX")), "entered-in-error"),
		"another spelling":       status(mint.Card(issuer, mint.Maren, mint.Dose("2025-10-03", "UX")), "Completed"),
		"no status":              mint.Card(issuer, mint.Maren, mint.Dose("2025-10-03", "UX").Drop("status")),
		"a status of two":        mint.Card(issuer, mint.Maren, mint.Dose("2025-10-03", "UX").Set([]any{"completed"}, "status")),
		"a preliminary result":   status(test(), "preliminary"),
		"a cancelled result":     status(test(), "cancelled"),
		"a refuted diagnosis":    diagnosis().Set("refuted", mint.Resource(1, "verificationStatus", "coding", 0, "code")...),
		"an erroneous diagnosis": diagnosis().Set("entered-in-error", mint.Resource(1, "verificationStatus", "coding", 0, "code")...),
		"a modifier":             mint.Card(issuer, mint.Maren, mint.Dose("2025-10-03", "UX").Set([]any{obj("url", "x")}, "modifierExtension")),
	} {
		doc := decode(t, c, formats.Options{})
		if len(claimsOf(doc).Events) != 0 || doc.Purpose != 0 || len(failing(doc)) == 0 {
			t.Errorf("%s: %+v, %q", name, claimsOf(doc).Events, failing(doc))
		}
	}
}

func TestSeveralPeopleAreNeverMerged(t *testing.T) {
	second := obj("fullUrl", "resource:9", "resource", obj("resourceType", "Patient", "name", []any{obj("family", "Quill")}, "birthDate", "1991-11-02"))
	c := vaccination().Set(second, append(entries, 3)...).Set("resource:9", mint.Resource(2, "patient", "reference")...)
	doc := decode(t, c, formats.Options{})
	s := claimsOf(doc).Subjects
	if len(s) != 2 || s[0].Names[0].Family != "Achterberg-Lindqvist" || s[1].Names[0].Family != "Quill" || len(doc.Checks) != 0 {
		t.Fatalf("%+v, %+v", s, doc.Checks)
	}
	if extra(doc, "events[0].subject") != "subjects[0]" || extra(doc, "events[1].subject") != "subjects[1]" {
		t.Errorf("%+v", claimsOf(doc).Extra)
	}
}

func TestEveryResourceIsAboutAPersonOfTheCard(t *testing.T) {
	v := mint.Card(issuer, mint.Maren, mint.Dose("2025-10-03", "UX"))
	url := func(u string) mint.SHC { return v.Set(u, append(entries, 0, "fullUrl")...) }
	ref := func(c mint.SHC, r any) mint.SHC { return c.Set(r, mint.Resource(1, "patient", "reference")...) }
	for name, c := range map[string]struct {
		doc  mint.SHC
		want []string
	}{
		"the end of an address":  {ref(url("https://x.example/Patient/7"), "Patient/7"), nil},
		"the whole address":      {ref(url("https://x.example/Patient/7"), "https://x.example/Patient/7"), nil},
		"somebody else":          {ref(v, "resource:7"), []string{"entry[1].resource.patient: it is about a person who is not in the card"}},
		"the resource itself":    {ref(v, "resource:1"), []string{"entry[1].resource.patient: it is about a person"}},
		"the end of a number":    {ref(url("https://x.example/Patient/17"), "7"), []string{"entry[1].resource.patient: it is about a person"}},
		"nobody":                 {v.Drop(mint.Resource(1, "patient")...), []string{"entry[1].resource.subject: it does not say"}},
		"words":                  {v.Set(obj("display", "Maren"), mint.Resource(1, "patient")...), []string{"entry[1].resource.patient: it does not say"}},
		"an empty reference":     {ref(url(""), ""), []string{"entry[1].resource.patient: it is about a person"}},
		"a person without a URL": {v.Drop(append(entries, 0, "fullUrl")...), []string{"entry[1].resource.patient: it is about a person"}},
		"a card that names none": {v.Drop(append(entries, 0)...), []string{"vc.credentialSubject.fhirBundle.entry: it names nobody"}},
		"a diagnosis of another": {diagnosis().Set("E11", mint.Resource(1, "code", "coding", 0, "code")...).Set("x", mint.Resource(1, "subject", "reference")...), []string{"entry[1].resource.subject: it is about a person"}},
	} {
		if got := failing(decode(t, c.doc, formats.Options{})); !begin(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestTheMostEntriesAreRead(t *testing.T) {
	var resources []object
	for range 300 {
		resources = append(resources, mint.Dose("2025-10-03", "UX"))
	}
	o := formats.Options{Limits: formats.Limits{Inflated: 1 << 20}}
	doc := decode(t, mint.Card(issuer, mint.Maren, resources...), o)
	if n := len(claimsOf(doc).Events); n != 255 || !begin(failing(doc), []string{"vc.credentialSubject.fhirBundle.entry: more than 256"}) {
		t.Errorf("%d events, %q", n, failing(doc))
	}
}
