package verify_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/formatstest"
	"github.com/travelseal/travelseal/verify"
)

// readSchema gives doc/report.schema.json as a value.
func readSchema(t *testing.T) map[string]any {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(formatstest.Root(t), "doc", "report.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return schema.(map[string]any)
}

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	schema := readSchema(t)
	c := jsonschema.NewCompiler()
	id := schema["$id"].(string)
	if err := c.AddResource(id, schema); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(id)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestEveryGoldenReportFollowsTheSchema(t *testing.T) {
	schema := compiled(t)
	for name, data := range goldenFiles(t) {
		report, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if err := schema.Validate(report); err != nil {
			t.Errorf("%s: %#v", name, err)
		}
	}
}

func TestTheReportOfEveryDocumentThatIsNotAuthenticFollowsTheSchema(t *testing.T) {
	schema := compiled(t)
	w, inputs, _ := never(t)
	for name, in := range inputs {
		for _, options := range [][]verify.Option{nil, {verify.ShowUnverified()}, {verify.AsOf(today.Add(-3 * 365 * day))}} {
			r := w.verifier(t).Inspect(context.Background(), []formats.Input{in}, options...)
			report, err := jsonschema.UnmarshalJSON(strings.NewReader(encoded(t, r)))
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(report); err != nil {
				t.Errorf("%s: %#v", name, err)
			}
		}
	}
}

// A change puts a report out of order, or adds to it, by its members' names and places.
type change struct {
	what string
	path []any
	to   any // nil removes the member
}

// report reads a golden report and changes it.
func (c change) report(t *testing.T, name string) any {
	t.Helper()
	report, err := jsonschema.UnmarshalJSON(bytes.NewReader(goldenFiles(t)[name]))
	if err != nil {
		t.Fatal(err)
	}
	at := report
	for _, step := range c.path[:len(c.path)-1] {
		switch step := step.(type) {
		case string:
			at = at.(map[string]any)[step]
		case int:
			at = at.([]any)[step]
		}
	}
	object, ok := at.(map[string]any)
	if !ok {
		t.Fatalf("%s: %v leads to no object", name, c.path)
	}
	last := c.path[len(c.path)-1].(string)
	if c.to == nil {
		if _, there := object[last]; !there {
			t.Fatalf("%s has no %v to remove", name, c.path)
		}
		delete(object, last)
	} else {
		object[last] = c.to
	}
	return report
}

func TestTheSchemaRefusesWhatIsNoReport(t *testing.T) {
	schema := compiled(t)
	claims := map[string]any{"holder": map[string]any{"family_name": "X"}}
	refuse := func(golden string, changes ...change) {
		for _, c := range changes {
			if schema.Validate(c.report(t, golden)) == nil {
				t.Errorf("%s: %s is taken", golden, c.what)
			}
		}
	}
	for _, member := range []string{"schema", "verdict", "as_of", "checked_at", "software", "trust", "policy", "findings", "documents"} {
		refuse("eu-dcc-vaccination", change{"a report without " + member, []any{member}, nil})
	}
	for _, member := range []string{"sha256", "status", "verdict", "findings", "verified", "seals", "format"} {
		refuse("eu-dcc-vaccination", change{"a document without " + member, []any{"documents", 0, member}, nil})
	}
	for _, member := range []string{"code", "effect", "text"} {
		refuse("eu-dcc-vaccination", change{"a finding without " + member, []any{"documents", 0, "findings", 0, member}, nil})
	}
	refuse("eu-dcc-vaccination",
		change{"a verdict of no name", []any{"verdict"}, "unknown"},
		change{"a verdict in capitals", []any{"verdict"}, "Accept"},
		change{"a verdict by number", []any{"verdict"}, json.Number("2")},
		change{"a document's verdict of no name", []any{"documents", 0, "verdict"}, "maybe"},
		change{"a status of no name", []any{"documents", 0, "status"}, "valid"},
		change{"an effect of no name", []any{"documents", 0, "findings", 0, "effect"}, "warn"},
		change{"a code that is a sentence", []any{"documents", 0, "findings", 0, "code"}, "Not configured"},
		change{"an empty sentence", []any{"documents", 0, "findings", 0, "text"}, ""},
		change{"another schema", []any{"schema"}, "travelseal.report/2"},
		change{"a moment without a zone", []any{"as_of"}, "2026-11-01T12:00:00"},
		change{"a moment in another zone", []any{"checked_at"}, "2026-11-01T12:00:00+02:00"},
		change{"no moment", []any{"as_of"}, ""},
		change{"a digest in capitals", []any{"documents", 0, "sha256"}, strings.Repeat("A", 64)},
		change{"half a digest", []any{"documents", 0, "sha256"}, strings.Repeat("a", 32)},
		change{"a state of no name", []any{"trust", "state"}, "good"},
		change{"an undated list with a date", []any{"trust", "created"}, "2026-11-01T12:00:00Z"},
		change{"a list without a key that is not empty", []any{"trust", "keys"}, json.Number("0")},
		change{"a seal of no name", []any{"documents", 0, "seals", 0, "status"}, "valid"},
		change{"a role of no name", []any{"documents", 0, "seals", 0, "role"}, "witness"},
		change{"a seal that holds by nobody", []any{"documents", 0, "seals", 0, "anchor"}, nil},
		change{"a key ID that is not base64", []any{"documents", 0, "seals", 0, "key_id"}, "a b"},
		change{"an event of no name", []any{"documents", 0, "verified", "events", 0, "kind"}, "party"},
		change{"an event without its kind", []any{"documents", 0, "verified", "events", 0, "kind"}, nil},
		change{"a date that is none", []any{"documents", 0, "verified", "holder", "birth_date"}, "19.7.1984"},
		change{"a holder beside subjects", []any{"documents", 0, "verified", "subjects"}, []any{map[string]any{}, map[string]any{}}},
		change{"one subject", []any{"documents", 0, "verified"}, map[string]any{"subjects": []any{map[string]any{}}}},
		change{"claims that are verified and not", []any{"documents", 0, "unverified"}, claims},
		change{"an authentic document that is called invalid", []any{"documents", 0, "status"}, "invalid"},
		change{"a rejected document in an accepted case", []any{"documents", 0, "verdict"}, "reject"},
	)
	refuse("eu-dcc-unknown-signer",
		change{"verified claims of an untrusted document", []any{"documents", 0, "verified"}, claims},
		change{"an untrusted document that is accepted", []any{"documents", 0, "verdict"}, "accept"},
		change{"an untrusted document that is rejected", []any{"documents", 0, "verdict"}, "reject"},
		change{"an accepted case of an untrusted document", []any{"verdict"}, "accept"},
		change{"the dates of a document whose claims are not shown", []any{"documents", 0, "validity"}, map[string]any{"not_after": "2026-11-01T12:00:00Z"}},
	)
	refuse("eu-dcc-forged", change{"a disproved document that is referred", []any{"documents", 0, "verdict"}, "refer"})
	refuse("no-documents", change{"a case of nothing that is accepted", []any{"verdict"}, "accept"})
	refuse("list-fresh", change{"a dated list without its date", []any{"trust", "created"}, nil})
	refuse("holder-seal", change{"a holder's seal that vouches", []any{"documents", 0, "seals", 1, "status"}, "holds"})
}
