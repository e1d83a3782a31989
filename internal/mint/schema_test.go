package mint_test

import (
	"path/filepath"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/vectors"
)

// plain turns the Items that a certificate is made of into what encoding/json would give.
func plain(t *testing.T, item mint.Item) any {
	t.Helper()
	switch item := item.(type) {
	case mint.Text:
		return string(item)
	case mint.Int:
		return int(item)
	case mint.Array:
		list := []any{}
		for _, element := range item {
			list = append(list, plain(t, element))
		}
		return list
	case mint.Map:
		object := map[string]any{}
		for _, pair := range item {
			object[string(pair[0].(mint.Text))] = plain(t, pair[1])
		}
		return object
	}
	t.Fatalf("a %T in a certificate", item)
	return nil
}

func TestGoodCertificatesKeepToTheSchemaAndBadOnesBreakIt(t *testing.T) {
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	schema, err := compiler.Compile(filepath.Join(vectors.Dir(t), "health", "eu-dcc-schema", "DCC.combined-schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	ut := mint.Utopia()
	good := mint.Vaccination(ut.Vaccination)
	for name, h := range map[string]mint.HCERT{
		"vaccination": good, "test": mint.Test(ut.Test), "rapid test": mint.RapidTest(ut.Test), "recovery": mint.Recovery(ut.Recovery),
		"Thai": good.Of(mint.Mali), "Arabic": good.Of(mint.Samar), "Bengali": good.Of(mint.Madhumita), "Chinese": good.Of(mint.Yunfan),
		"one name": good.Of(mint.Surya), "birth month": good.Of(mint.Hirut), "child": mint.Test(ut.Test).Of(mint.Pippa),
	} {
		if err := schema.Validate(plain(t, h.DCC())); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	entry, _ := mint.Get(good.DCC(), "v", 0)
	for name, h := range map[string]mint.HCERT{
		"empty country": good.Set(mint.Text(""), "v", 0, "co"),
		"dose zero":     good.Set(mint.Int(0), "v", 0, "dn"),
		"two entries":   good.Set(entry, "v", 1),
		"no date":       good.Drop("v", 0, "dt"),
	} {
		if schema.Validate(plain(t, h.DCC())) == nil {
			t.Errorf("%s keeps to the schema", name)
		}
	}
}
