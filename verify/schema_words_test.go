package verify_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/verify"
)

// A reader of this number must take what a later version adds.
func TestTheSchemaTakesAddedMembersEverywhere(t *testing.T) {
	schema := compiled(t)
	for _, path := range [][]any{
		{}, {"software"}, {"trust"}, {"policy"}, {"findings", 0}, {"documents", 0}, {"documents", 0, "findings", 0}, {"documents", 0, "seals", 0},
		{"documents", 0, "seals", 0, "anchor"}, {"documents", 0, "validity"}, {"documents", 0, "verified"}, {"documents", 0, "verified", "holder"},
		{"documents", 0, "verified", "holder", "names", 0}, {"documents", 0, "verified", "events", 0}, {"documents", 0, "verified", "events", 0, "target"},
	} {
		c := change{"an added member", append(slices.Clone(path), "added"), map[string]any{"any": "thing"}}
		if err := schema.Validate(c.report(t, "eu-dcc-vaccination")); err != nil {
			t.Errorf("%v: %v", path, err)
		}
	}
	walk(readSchema(t), func(place string, s map[string]any) {
		if s["type"] != "object" || strings.HasSuffix(place, "/extra") {
			return // extra is a map from a document's own names to texts
		}
		if s["additionalProperties"] != true {
			t.Errorf("%s does not say that members may be added", place)
		}
	})
}

// walk visits every object within a schema.
func walk(v any, visit func(string, map[string]any)) { walkFrom("", v, visit) }

func walkFrom(place string, v any, visit func(string, map[string]any)) {
	switch v := v.(type) {
	case map[string]any:
		visit(place, v)
		for name, member := range v {
			walkFrom(place+"/"+name, member, visit)
		}
	case []any:
		for _, member := range v {
			walkFrom(place, member, visit)
		}
	}
}

// The words of the schema are those of the program, no more and no fewer.
func TestTheSchemasWordsAreTheProgramsWords(t *testing.T) {
	schema := readSchema(t)
	at := func(path ...string) any {
		var v any = schema
		for _, p := range path {
			v = v.(map[string]any)[p]
		}
		return v
	}
	for what, c := range map[string]struct {
		listed any
		words  []string
	}{
		"verdict":     {at("$defs", "verdict", "enum"), wordsOf[verify.Verdict]()},
		"status":      {at("$defs", "status", "enum"), wordsOf[verify.Status]()},
		"effect":      {at("$defs", "effect", "enum"), wordsOf[verify.Effect]()},
		"seal status": {at("$defs", "seal", "properties", "status", "enum"), wordsOf[verify.SealState]()},
		"role":        {at("$defs", "seal", "properties", "role", "enum"), []string{formats.Holder.String(), formats.Issuer.String()}},
		"event kind":  {at("$defs", "event", "properties", "kind", "enum"), formats.AllUses.Names()},
	} {
		var listed []string
		for _, w := range c.listed.([]any) {
			listed = append(listed, w.(string))
		}
		slices.Sort(listed)
		slices.Sort(c.words)
		if !slices.Equal(listed, c.words) {
			t.Errorf("%s: the schema lists %v, the program says %v", what, listed, c.words)
		}
	}
	if at("properties", "schema", "const") != verify.ReportSchema {
		t.Errorf("the schema is for %v", at("properties", "schema", "const"))
	}
}

// wordsOf lists the names of a type whose values count up from zero.
func wordsOf[T interface {
	~int
	String() string
}]() []string {
	var words []string
	for i := T(0); i.String() != "unknown"; i++ {
		words = append(words, i.String())
	}
	return words
}

// Every member that the golden reports hold is described.
func TestTheSchemaDescribesEveryMemberThatIsPrinted(t *testing.T) {
	described := make(map[string]bool)
	walk(readSchema(t), func(_ string, s map[string]any) {
		if properties, ok := s["properties"].(map[string]any); ok {
			for name := range properties {
				described[name] = true
			}
		}
	})
	printed := make(map[string]bool)
	for name, data := range goldenFiles(t) {
		report, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		walk(report, func(place string, object map[string]any) {
			for member := range object {
				if !strings.HasSuffix(place, "/extra") {
					printed[member] = true
				}
			}
		})
	}
	for member := range printed {
		if !described[member] {
			t.Errorf("%q is printed and not described", member)
		}
	}
	for member := range described {
		if !printed[member] {
			t.Errorf("%q is described and in no golden report, so that nothing shows that the two agree", member)
		}
	}
}
