//go:build unix

package mdoc_test

import (
	"crypto/ecdsa"
	"crypto/sha256"
	"math/big"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/mdoc"
	"github.com/travelseal/travelseal/internal/byturns"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/mobile"
	"github.com/travelseal/travelseal/verify"
)

// BenchmarkMdoc measures the complete verdict on a licence of ten elements, from its bytes to the Report, under an authority
// that is trusted, against a bare crypto/ecdsa.Verify of the issuer's signature. Both run by turns within one benchmark and
// are measured in CPU time of the process, garbage collection included, so that their ratio holds on a machine whose speed
// drifts; "x-of-bare" is the rate of verdicts over the rate of bare verifications.
func BenchmarkMdoc(b *testing.B) {
	in := formats.Bytes(mobile.Licence(mobile.Utopia().Signer).Build().Response)
	v := verifierOf(b, mint.AsOf)
	ctx := b.Context()
	report := v.Inspect(ctx, []formats.Input{in})
	doc, err := mdoc.Format.Decode(in, formats.Options{})
	if err != nil || report.Verdict != verify.Accept || len(doc.Parts) != 11 {
		b.Fatalf("%v, %v", report.Verdict, err)
	}
	seal := doc.Seals[0]
	key := report.Documents[0].Seals[0].Anchor.Key.(*ecdsa.PublicKey)
	r, s := new(big.Int).SetBytes(seal.Signature[:32]), new(big.Int).SetBytes(seal.Signature[32:])

	verdict := func() {
		if v.Inspect(ctx, []formats.Input{in}).Verdict != verify.Accept {
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
