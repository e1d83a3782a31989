package ec

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha512"
	"slices"
	"testing"
	"time"
)

// standard gives the curve of the standard library, or nil.
func standard(name string) elliptic.Curve {
	switch name {
	case "P-224":
		return elliptic.P224()
	case "P-256":
		return elliptic.P256()
	case "P-384":
		return elliptic.P384()
	case "P-521":
		return elliptic.P521()
	}
	return nil
}

// BenchmarkVerify measures each curve in turns with a curve of crypto/ecdsa of about its size, so that what else the
// machine does hits both alike, and reports the median of our times divided by that of theirs: "fresh" for reading a key
// and its first use, "key" for a key in use, "table" for one with a table. Below 1 is faster than crypto/ecdsa.
func BenchmarkVerify(b *testing.B) {
	for _, m := range []struct{ ours, theirs string }{
		{"brainpoolP256r1", "P-256"}, {"brainpoolP256t1", "P-256"}, {"brainpoolP384r1", "P-384"}, {"brainpoolP512r1", "P-521"},
		{"brainpoolP160r1", "P-224"}, {"brainpoolP192r1", "P-224"}, {"brainpoolP224r1", "P-224"}, {"brainpoolP320r1", "P-384"},
		{"P-192", "P-224"}, {"P-224", "P-224"}, {"P-256", "P-256"}, {"P-384", "P-384"}, {"P-521", "P-521"},
	} {
		b.Run(m.ours+"/"+m.theirs, func(b *testing.B) { benchmarkTurns(b, ByName(m.ours), standard(m.theirs)) })
	}
}

func benchmarkTurns(b *testing.B, c *Curve, theirs elliptic.Curve) {
	digest := sha512.Sum512([]byte("travelseal"))
	signer := newOracle(c).newSigner(b)
	r, s := signer.sign(b, digest[:])
	point := signer.public()
	key := must(NewPublicKey(c, point))
	table := key.Table()
	private := must(ecdsa.GenerateKey(theirs, rand.Reader))
	signature := must(ecdsa.SignASN1(rand.Reader, private, digest[:]))
	turns := []struct {
		unit   string
		verify func() bool
	}{
		{"crypto/ecdsa-ns", func() bool { return ecdsa.VerifyASN1(&private.PublicKey, digest[:], signature) }},
		{"key", func() bool { return key.Verify(digest[:], r, s) }},
		{"fresh", func() bool { return must(NewPublicKey(c, point)).Verify(digest[:], r, s) }},
		{"table", func() bool { return table.Verify(digest[:], r, s) }},
	}
	spent := make([][]time.Duration, len(turns))
	for _, t := range turns {
		t.verify() // what is computed once
	}
	b.ReportAllocs()
	for b.Loop() {
		for i, t := range turns {
			start := time.Now()
			if !t.verify() {
				b.Fatal(t.unit, "does not verify")
			}
			spent[i] = append(spent[i], time.Since(start))
		}
	}
	theirTime := median(spent[0])
	b.ReportMetric(float64(theirTime.Nanoseconds()), turns[0].unit)
	for i, t := range turns[1:] {
		b.ReportMetric(float64(median(spent[i+1]))/float64(theirTime), t.unit)
	}
	b.ReportMetric(1/median(spent[1]).Seconds(), "verify/s")
}

// median is what a turn takes when nothing comes between.
func median(list []time.Duration) time.Duration {
	slices.Sort(list)
	return list[len(list)/2]
}

// BenchmarkTable measures what a table costs, to be set against what it saves.
func BenchmarkTable(b *testing.B) {
	for _, name := range []string{"brainpoolP256r1", "brainpoolP384r1", "brainpoolP512r1"} {
		b.Run(name, func(b *testing.B) {
			c := ByName(name)
			key := must(NewPublicKey(c, newOracle(c).newSigner(b).public()))
			b.ReportAllocs()
			for b.Loop() {
				key.Table()
			}
		})
	}
}
