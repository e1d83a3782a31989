package policyfile_test

import (
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/travelseal/travelseal/formats/all"
	"github.com/travelseal/travelseal/verify/policyfile"
)

// schema is doc/policy.schema.json, which editors use while a policy is written.
func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	s, err := jsonschema.NewCompiler().Compile(filepath.Join("..", "..", "doc", "policy.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func asJSON(t *testing.T, text string) any {
	t.Helper()
	var v any
	if err := yaml.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	return plainKeys(v)
}

// plainKeys gives what a JSON reader would: numbers as they are, maps by strings.
func plainKeys(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k := range v {
			v[k] = plainKeys(v[k])
		}
	case []any:
		for i := range v {
			v[i] = plainKeys(v[i])
		}
	case uint64:
		return float64(v)
	}
	return v
}

func TestTheSchemaAndTheReaderAgree(t *testing.T) {
	s := schema(t)
	for text, good := range map[string]bool{
		string(policyfile.DefaultText):            true,
		"schema: travelseal.policy/1\nid: border": true,
		"schema: travelseal.policy/1\nid: border\nmax_list_age: 12h30m\nprotection_contact: 5550100": false, // a number, not a text
		"schema: travelseal.policy/1\nid: border\nprotection_contact: 555-0100":                      true,
		"schema: travelseal.policy/1\nid: border\neffects: {trust.undated: doubt}":                   true,
		"schema: travelseal.policy/1\nid: border\neffects: {trust.undated: loud}":                    false,
		"schema: travelseal.policy/1\nid: border\naccepts: [eu-dcc]":                                 false,
		"schema: travelseal.policy/1\nid: border\nmax_list_age: soon":                                false,
		"schema: travelseal.policy/1\nid: border\nrequire_claims: [holder.shoe_size]":                false,
		"schema: travelseal.policy/2\nid: border":                                                    false,
		"schema: travelseal.policy/1":                                                                false,
	} {
		invalid := s.Validate(asJSON(t, text))
		_, err := policyfile.Parse([]byte(text), all.Set())
		if (invalid == nil) != good {
			t.Errorf("the schema says %v of\n%s", invalid, text)
		}
		// YAML turns a number into a text where a text is asked for; everything else the reader refuses as well.
		if (err == nil) != good && !strings.Contains(text, "5550100") {
			t.Errorf("the reader says %v of\n%s", err, text)
		}
	}
}

func TestTheSchemaKnowsEveryMember(t *testing.T) {
	var members []string
	for name := range schema(t).Properties {
		members = append(members, name)
	}
	slices.Sort(members)
	var written []string
	for name := range asJSON(t, string(policyfile.DefaultText)).(map[string]any) {
		written = append(written, name)
	}
	slices.Sort(written)
	if !reflect.DeepEqual(members, written) {
		t.Errorf("the schema has %v, and the default policy shows %v", members, written)
	}
}
