package conformance

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/hcert"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/vectors"
)

// TestEUDCCSchema runs the cases of the schema itself: JSON certificates that keep it or break it. Each is put into a
// minted HC1 envelope, so that it is judged by the same code as every certificate.
func TestEUDCCSchema(t *testing.T) {
	signer := mint.Fresh("schema cases")
	for _, vc := range vectors.Health(t, "eu-dcc-json") {
		t.Run(vc.ID, func(t *testing.T) {
			var dcc any
			if err := json.Unmarshal(vc.Input.JSON, &dcc); err != nil {
				t.Fatal(err)
			}
			now := time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC)
			h := mint.Vaccination(signer).Dated(now, now.AddDate(1, 0, 0)).Set(item(dcc))
			doc, err := hcert.Format.Decode(formats.Text(h.Build().Text), formats.Options{})
			if err != nil {
				t.Fatal(err)
			}
			breaches := 0
			for _, c := range doc.Checks {
				if c.Kind == formats.Schema && c.Result == formats.Fails {
					breaches++
				}
			}
			if vc.Expect.Schema != nil && (breaches == 0) != *vc.Expect.Schema {
				t.Errorf("%d breaches, expected a certificate that keeps the schema: %v (%v)", breaches, *vc.Expect.Schema, doc.Checks)
			}
		})
	}
}

// item turns JSON into the CBOR that an issuer would write.
func item(v any) mint.Item {
	switch v := v.(type) {
	case string:
		return mint.Text(v)
	case float64:
		return mint.Int(int64(v))
	case []any:
		var a mint.Array
		for _, e := range v {
			a = append(a, item(e))
		}
		return a
	case map[string]any:
		var m mint.Map
		for k, e := range v {
			m = append(m, mint.Pair{mint.Text(k), item(e)})
		}
		return m
	}
	return mint.Null{}
}
