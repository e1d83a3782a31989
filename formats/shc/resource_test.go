package shc_test

import (
	"reflect"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
)

func TestBreachesOfResourcesAreNamed(t *testing.T) {
	v := mint.Card(issuer, mint.Maren, mint.Dose("2025-10-03", "UX"))
	set := func(value any, steps ...any) mint.SHC { return v.Set(value, mint.Resource(1, steps...)...) }
	drop := func(steps ...any) mint.SHC { return v.Drop(mint.Resource(1, steps...)...) }
	person := func(value any, steps ...any) mint.SHC { return v.Set(value, mint.Resource(0, steps...)...) }
	for name, c := range map[string]struct {
		doc  mint.SHC
		want []string
	}{
		"an entry without a resource":      {v.Set("x", append(entries, 2)...), []string{"entry[2]: no resource"}},
		"a resource that is a list":        {v.Set(obj("resource", []any{}), append(entries, 2)...), []string{"entry[2]: no resource"}},
		"a resource without a type":        {drop("resourceType"), []string{"entry[1].resource.resourceType: "}},
		"a type that is a number":          {set(7, "resourceType"), []string{"entry[1].resource.resourceType: "}},
		"no code of the vaccine":           {drop("vaccineCode"), []string{"entry[1].resource.vaccineCode: missing"}},
		"a vaccine without a coding":       {set(obj(), "vaccineCode"), []string{"entry[1].resource.vaccineCode: it holds no code"}},
		"a coding without a code":          {set(concept(obj("system", cvx)), "vaccineCode"), []string{"entry[1].resource.vaccineCode: it holds no code"}},
		"a code that is a number":          {set(concept(obj("system", cvx, "code", 208)), "vaccineCode"), []string{"entry[1].resource.vaccineCode: it holds no code"}},
		"no day":                           {drop("occurrenceDateTime"), []string{"entry[1].resource.occurrenceDateTime: missing"}},
		"a day that does not exist":        {set("2025-02-30", "occurrenceDateTime"), []string{"entry[1].resource.occurrenceDateTime: a day"}},
		"a day in words":                   {set("last May", "occurrenceDateTime"), []string{"entry[1].resource.occurrenceDateTime: not a date"}},
		"a day that is a number":           {set(20251003, "occurrenceDateTime"), []string{"entry[1].resource.occurrenceDateTime: not a text"}},
		"a lot that is a number":           {set(4471, "lotNumber"), []string{"entry[1].resource.lotNumber: not a text"}},
		"dose 0":                           {set([]any{obj("doseNumberPositiveInt", 0)}, "protocolApplied"), []string{"entry[1].resource.protocolApplied.doseNumberPositiveInt: not a positive"}},
		"dose 1.5":                         {set([]any{obj("seriesDosesPositiveInt", mint.JSONRaw("1.5"))}, "protocolApplied"), []string{"entry[1].resource.protocolApplied.seriesDosesPositiveInt: not a positive"}},
		"no name":                          {v.Drop(mint.Resource(0, "name")...), []string{"entry[0].resource.name: missing"}},
		"names that are none":              {person([]any{obj(), "x"}, "name"), []string{"entry[0].resource.name: missing"}},
		"an old name alone":                {person("old", "name", 0, "use"), []string{"entry[0].resource.name: missing"}},
		"a family name that is a list":     {person([]any{"x"}, "name", 0, "family"), []string{"entry[0].resource.name.family: not a text"}},
		"a given name that is a number":    {person([]any{"x", 7}, "name", 0, "given"), []string{"entry[0].resource.name.given: not a text"}},
		"no birth date":                    {v.Drop(mint.Resource(0, "birthDate")...), []string{"entry[0].resource.birthDate: missing"}},
		"a birth date that does not be":    {person("1984-13-01", "birthDate"), []string{"entry[0].resource.birthDate: a month"}},
		"a birth date with a time":         {person("1984-07-19T00:00:00Z", "birthDate"), []string{"entry[0].resource.birthDate: a time of day"}},
		"a sex that is a number":           {person(1, "gender"), []string{"entry[0].resource.gender: not a text"}},
		"no code of a test":                {test().Drop(mint.Resource(1, "code")...), []string{"entry[1].resource.code: missing"}},
		"a test's value without a code":    {test().Set(obj(), mint.Resource(1, "valueCodeableConcept")...), []string{"entry[1].resource.valueCodeableConcept: it holds no code"}},
		"no code of a report":              {report().Drop(mint.Resource(1, "code")...), []string{"entry[1].resource.code: missing"}},
		"no code of a diagnosis":           {diagnosis().Drop(mint.Resource(1, "code")...), []string{"entry[1].resource.code: missing"}},
		"a clinical status that is a text": {diagnosis().Set("x", mint.Resource(1, "clinicalStatus")...), []string{"entry[1].resource.clinicalStatus: it holds no code"}},
	} {
		if got := failing(decode(t, c.doc, formats.Options{})); !begin(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestNamesAreReadAsTheyAreWritten(t *testing.T) {
	v := vaccination()
	card := v.Set([]any{
		obj("use", "maiden", "family", "Achterberg", "given", []any{"Maren"}),
		obj("use", "old", "family", "Before"),
		obj("use", "official", "family", "Achterberg-Lindqvist", "given", []any{"Maren", "Zoë"}),
		obj("text", "Maren Z. Achterberg"),
	}, mint.Resource(0, "name")...).Set("female", mint.Resource(0, "gender")...).
		Set([]any{obj("system", "urn:x", "value", "A 7")}, mint.Resource(0, "identifier")...)
	doc := decode(t, card, formats.Options{})
	s := claimsOf(doc).Subjects[0]
	want := []formats.Name{
		{Family: "Achterberg-Lindqvist", Given: "Maren Zoë", Source: "name[2]"},
		{Family: "Achterberg", Given: "Maren", Source: "name[0]"},
		{Full: "Maren Z. Achterberg", Source: "name[3]"},
	}
	if !reflect.DeepEqual(s.Names, want) || s.Sex != "female" || extra(doc, "subjects[0].identifier") != "urn:x A 7" {
		t.Errorf("%+v, %+v", s, claimsOf(doc).Extra)
	}
	for birth, want := range map[string]formats.Date{"1957": {Year: 1957}, "1957-08": {Year: 1957, Month: 8}} {
		if got := claimsOf(decode(t, v.Set(birth, mint.Resource(0, "birthDate")...), formats.Options{})).Subjects[0].Birth; got != want {
			t.Errorf("%s: %+v", birth, got)
		}
	}
	timed := v.Set("1984-07-19T23:00:00", mint.Resource(0, "birthDate")...)
	if got := claimsOf(decode(t, timed, formats.Options{})).Subjects[0].Birth; got != (formats.Date{Year: 1984, Month: 7, Day: 19}) {
		t.Errorf("%+v", got)
	}
}

// The words of a card are its issuer's; what a code means comes from this package alone.
func TestTextsOfCodesNeverComeFromTheCard(t *testing.T) {
	c := mint.Card(issuer, mint.Maren, mint.Dose("2025-10-03", "UX").
		Set(obj("coding", []any{obj("system", cvx, "code", "998", "display", "the best vaccine")}, "text", "really"), "vaccineCode"))
	if got := event(t, decode(t, c, formats.Options{})).Product; got != (formats.Coded{System: cvx, Code: "998"}) {
		t.Errorf("%+v", got)
	}
}

// A leniency is one card that needs a tolerance, and the place that is noted where the tolerance applies.
func TestEachToleranceIsNotedWhereItAppliesAndRefusedWhereItIsNot(t *testing.T) {
	v := mint.Card(issuer, mint.Maren, mint.Dose("2025-10-03", "UX"))
	numbered := v
	numbered.Hooks.Text = func(s string) string { return "shc:/1/1/" + s[5:] }
	for name, c := range map[string]struct {
		doc             mint.SHC
		tolerance       string
		kind            formats.CheckKind
		where           string
		refusedAsChunk  bool
		breachesInstead int
	}{
		"chunk 1 of 1":        {numbered, "chunk-of-one", formats.Reading, "chunk", true, 0},
		"an id":               {v.Set("p", mint.Resource(0, "id")...), "not-minimal", formats.Schema, "entry[0].resource.id", false, 1},
		"a text":              {v.Set(obj(), mint.Resource(1, "text")...), "not-minimal", formats.Schema, "entry[1].resource.text", false, 1},
		"two of them":         {v.Set("p", mint.Resource(0, "id")...).Set("i", mint.Resource(1, "id")...), "not-minimal", formats.Schema, "entry[0].resource.id", false, 2},
		"metadata":            {v.Set(obj("security", []any{}, "versionId", "1"), mint.Resource(1, "meta")...), "not-minimal", formats.Schema, "entry[1].resource.meta", false, 1},
		"metadata in words":   {v.Set("x", mint.Resource(1, "meta")...), "not-minimal", formats.Schema, "entry[1].resource.meta", false, 1},
		"a display":           {v.Set("x", mint.Resource(1, "vaccineCode", "coding", 0, "display")...), "not-minimal", formats.Schema, "entry[1].resource.vaccineCode.coding.display", false, 1},
		"a text of a code":    {v.Set("x", mint.Resource(1, "vaccineCode", "text")...), "not-minimal", formats.Schema, "entry[1].resource.vaccineCode.text", false, 1},
		"a time without zone": {test().Set("2026-01-14T08:15:00", mint.Resource(1, "effectiveDateTime")...), "no-zone", formats.Schema, "entry[1].resource.effectiveDateTime", false, 1},
	} {
		doc := decode(t, c.doc, formats.Options{})
		if len(doc.Checks) != 1 {
			t.Errorf("%s: %+v", name, doc.Checks)
			continue
		}
		want := formats.Check{Kind: c.kind, Result: formats.Tolerated, Name: c.tolerance, Where: c.where, Text: doc.Checks[0].Text}
		if doc.Checks[0] != want || want.Text == "" {
			t.Errorf("%s: %+v, want %+v", name, doc.Checks[0], want)
		}
		o := formats.Options{Tolerate: []string{c.tolerance}, Refuse: []string{c.tolerance}}
		if c.refusedAsChunk {
			refused(t, name, c.doc.Build().Text, o, formats.CodeEncoding, "chunk")
			continue
		}
		if got := failing(decode(t, c.doc, o)); len(got) != c.breachesInstead {
			t.Errorf("%s, refused: %q", name, got)
		}
	}
	security := v.Set(obj("security", []any{coding("https://smarthealth.cards/ial", "IAL2")}), mint.Resource(1, "meta")...)
	if doc := decode(t, security, formats.Options{}); len(doc.Checks) != 0 {
		t.Errorf("security labels: %+v", doc.Checks)
	}
}
