//go:build unix

package vds_test

import (
	"crypto/ecdsa"
	"crypto/sha256"
	"crypto/x509"
	"math/big"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/vds"
	"github.com/travelseal/travelseal/internal/byturns"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/barcode"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// BenchmarkVDS measures the complete verdict on a residence permit, from the bytes of its barcode to the Report, against the
// bare check of its signature by crypto/ecdsa under a key that is already known. Both run by turns within one benchmark and
// are measured in CPU time of the process, garbage collection included, so that their ratio holds on a machine whose speed
// drifts; "x-of-bare" is the rate of verdicts over the rate of bare checks.
func BenchmarkVDS(b *testing.B) {
	permit := barcode.Permit(ut.P256)
	in := formats.Bytes(permit.Build())
	set, err := formats.NewSet(vds.Format)
	if err != nil {
		b.Fatal(err)
	}
	v, err := verify.New(verify.Config{
		Formats: set, Trust: trusted(b), Policy: verify.DefaultPolicy(vds.ID), Now: func() time.Time { return mint.AsOf },
	})
	if err != nil {
		b.Fatal(err)
	}
	doc, err := vds.Format.Decode(in, formats.Options{})
	if err != nil {
		b.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(ut.P256.Cert)
	if err != nil {
		b.Fatal(err)
	}
	key, seal := certificate.PublicKey.(*ecdsa.PublicKey), doc.Seals[0]
	ctx := b.Context()
	verdict := func() {
		if v.Inspect(ctx, []formats.Input{in}).Verdict != verify.Accept {
			b.Fatal("not accepted")
		}
	}
	bare := func() {
		sum := sha256.Sum256(seal.Signed)
		if !ecdsa.Verify(key, sum[:], new(big.Int).SetBytes(seal.Signature[:32]), new(big.Int).SetBytes(seal.Signature[32:])) {
			b.Fatal("does not hold")
		}
	}
	turns := byturns.Run(b, verdict, bare)
	turns.Report(b, "verdict", "bare", "x-of-bare", turns.Rate())
	b.ReportMetric(testing.AllocsPerRun(100, verdict), "allocs/verdict")
}

// trusted is a list of the one signer.
func trusted(b *testing.B) *trustlist.Snapshot {
	b.Helper()
	name := filepath.Join(b.TempDir(), "signer.pem")
	if err := os.WriteFile(name, ut.P256.PEM(), 0o600); err != nil {
		b.Fatal(err)
	}
	list, err := trustlist.Load(name)
	if err != nil {
		b.Fatal(err)
	}
	return list
}
