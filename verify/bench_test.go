//go:build unix

package verify_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/sha256"
	"math/big"
	"syscall"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/formatstest"
	"github.com/travelseal/travelseal/formats/hcert"
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
