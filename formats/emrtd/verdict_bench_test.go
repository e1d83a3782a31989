//go:build unix

package emrtd_test

import (
	"crypto/ecdsa"
	"crypto/sha256"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/emrtd"
	"github.com/travelseal/travelseal/formats/formatstest"
	"github.com/travelseal/travelseal/internal/byturns"
	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/verify"
)

// BenchmarkVerdict measures the complete verdict on EF.SOD and DG1 of a signer that was seen before, from the bytes to the
// Report, against a bare crypto/ecdsa.VerifyASN1 of the same signature under the same key. Both run by turns and are measured
// in CPU time of the process, so that their ratio holds on a machine whose speed drifts. "beside-of-bare" is what a verdict
// costs beside its one signature check, as a part of the cost of that check.
func BenchmarkVerdict(b *testing.B) {
	v := formatstest.Load(b, emrtd.ID).Verifier
	files := chip.Good().Files()
	in := formats.Input{Files: []formats.File{{Name: "EF.SOD", Data: files["EF.SOD"]}, {Name: "DG1", Data: files["DG1"]}}}
	doc, err := emrtd.Format.Decode(in, formats.Options{})
	if err != nil {
		b.Fatal(err)
	}
	seal := doc.Seals[0]
	r := v.Inspect(b.Context(), []formats.Input{in})
	if r.Documents[0].Status != verify.Authentic {
		b.Fatal(r.Documents[0].Findings)
	}
	key := r.Documents[0].Seals[0].Anchor.Key.(*ecdsa.PublicKey)

	verdict := func() {
		if v.Inspect(b.Context(), []formats.Input{in}).Documents[0].Status != verify.Authentic {
			b.Fatal("not authentic")
		}
	}
	bare := func() {
		sum := sha256.Sum256(seal.Signed)
		if !ecdsa.VerifyASN1(key, sum[:], seal.Signature) {
			b.Fatal("does not verify")
		}
	}
	turns := byturns.Run(b, verdict, bare)
	turns.Report(b, "verdict", "bare", "beside-of-bare", turns.Beside())
	b.ReportMetric(testing.AllocsPerRun(100, verdict), "allocs/verdict")
}
