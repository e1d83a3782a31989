package attacks_test

import (
	"fmt"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/hcert"
	"github.com/travelseal/travelseal/internal/vectors"
)

func TestScratch(t *testing.T) {
	n := map[string]int{}
	for _, c := range vectors.Health(t, "eu-dcc") {
		doc, err := hcert.Format.Decode(formats.Text(c.Input.Text), formats.Options{})
		if err != nil {
			continue
		}
		n[fmt.Sprintf("alg %s siglen %d", doc.Seals[0].Algorithm.Name(), len(doc.Seals[0].Signature))]++
		for _, k := range doc.Checks {
			if k.Result == formats.Tolerated {
				n[k.Name+" "+k.Where]++
			}
		}
		if doc.Seals[0].Signer.Country == "" {
			n["no iss"]++
		}
		if len(doc.Parts[0].Unverified.Events) > 0 && doc.Parts[0].Unverified.Events[0].Country != doc.Seals[0].Signer.Country {
			n["iss "+doc.Seals[0].Signer.Country+" co "+doc.Parts[0].Unverified.Events[0].Country]++
		}
	}
	for k, v := range n {
		fmt.Println(v, k)
	}
}
