//go:build unix

package verify_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/sha256"
	"math/big"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/formatstest"
	"github.com/travelseal/travelseal/formats/hcert"
	"github.com/travelseal/travelseal/internal/byturns"
	"github.com/travelseal/travelseal/verify"
)

// BenchmarkVerdict measures the complete verdict on an EU DCC, from the text of its code to the Report, against a bare
// crypto/ecdsa.Verify of the same signature under the same key. Both run by turns within one benchmark and are
// measured in CPU time of the process, garbage collection included, so that their ratio holds on a machine whose speed
// drifts; "x-of-bare" is the rate of verdicts over the rate of bare verifications.
func BenchmarkVerdict(b *testing.B) {
	corpus := formatstest.Load(b, "eu-dcc")
	in := formats.Bytes(corpus.Cases[0].Data)
	ctx := context.Background()
	report := corpus.Verifier.Inspect(ctx, []formats.Input{in})
	if report.Verdict != verify.Accept {
		b.Fatal("the sibling is not accepted")
	}
	doc, err := hcert.Format.Decode(in, formats.Options{})
	if err != nil {
		b.Fatal(err)
	}
	seal := doc.Seals[0]
	key := report.Documents[0].Seals[0].Anchor.Key.(*ecdsa.PublicKey)
	r, s := new(big.Int).SetBytes(seal.Signature[:32]), new(big.Int).SetBytes(seal.Signature[32:])

	verdict := func() {
		if corpus.Verifier.Inspect(ctx, []formats.Input{in}).Verdict != verify.Accept {
			b.Fatal("not accepted")
		}
	}
	bare := func() {
		sum := sha256.Sum256(seal.Signed)
		if !ecdsa.Verify(key, sum[:], r, s) {
			b.Fatal("does not verify")
		}
	}
	turns := byturns.Run(b, verdict, bare)
	turns.Report(b, "verdict", "bare", "x-of-bare", turns.Rate())
	b.ReportMetric(testing.AllocsPerRun(100, verdict), "allocs/verdict")
}
