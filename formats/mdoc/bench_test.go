//go:build unix

package mdoc_test

import (
	"crypto/ecdsa"
	"crypto/sha256"
	"math/big"
	"syscall"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/mdoc"
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
	const turn = 50 // calls between the changes of side
	var verdicts, bares time.Duration
	n := 0
	for b.Loop() {
		start := cpu(b)
		for range turn {
			verdict()
		}
		mid := cpu(b)
		for range turn {
			bare()
		}
		verdicts, bares = verdicts+mid-start, bares+cpu(b)-mid
		n += turn
	}
	b.ReportMetric(float64(bares)/float64(verdicts), "x-of-bare")
	b.ReportMetric(float64(verdicts.Nanoseconds())/float64(n), "ns/verdict")
	b.ReportMetric(float64(bares.Nanoseconds())/float64(n), "ns/bare")
	b.ReportMetric(testing.AllocsPerRun(100, verdict), "allocs/verdict")
	b.ReportMetric(0, "ns/op")
}

// cpu is the CPU time that this process has used, in user and system mode.
func cpu(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
