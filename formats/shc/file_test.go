package shc_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/formatstest"
	"github.com/travelseal/travelseal/formats/shc"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/verify"
)

// Of a file of two cards, a flipped bit leaves each card as it was, or not accepted, or not there: none says anything else.
// One bit of each byte is flipped, a different one from byte to byte; the suite flips all those of a card.
func TestAFlippedBitOfAFileGivesNoOtherCard(t *testing.T) {
	set, err := formats.NewSet(shc.Format)
	if err != nil {
		t.Fatal(err)
	}
	corpus := formatstest.Load(t, shc.ID)
	v, err := verify.New(verify.Config{Formats: set, Trust: cardTrust(t), Policy: verify.DefaultPolicy(shc.ID), Now: fixed(corpus.AsOf)})
	if err != nil {
		t.Fatal(err)
	}
	one := mint.Card(issuer, mint.Tobias, mint.Dose("2025-10-03", "UX"))
	for name, file := range map[string]string{
		"file": mint.CardFile(one.Build().Token, diagnosis().Build().Token), "FHIR": mint.CardParameters(one.Build().Token, diagnosis().Build().Token),
	} {
		sayings := accepted(t, v, []byte(file))
		if len(sayings) != 2 {
			t.Fatalf("%s: %d cards are accepted", name, len(sayings))
		}
		for i := range len(file) {
			flipped := []byte(file)
			flipped[i] ^= 1 << (i % 8)
			for _, said := range accepted(t, v, flipped) {
				if !slices.Contains(sayings, said) {
					t.Errorf("%s, byte %d: accepted, and says something else", name, i)
				}
			}
		}
	}
}

// accepted is what each card of a file says that is accepted.
func accepted(t *testing.T, v *verify.Verifier, file []byte) []string {
	t.Helper()
	var list []string
	for _, in := range shc.Format.Group([]formats.Input{formats.Bytes(file)}) {
		r := v.Inspect(t.Context(), []formats.Input{in})
		if r.Verdict != verify.Accept {
			continue
		}
		b, err := json.Marshal(r.Documents[0].Verified)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, string(b))
	}
	return list
}
