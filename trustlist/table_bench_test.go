package trustlist_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/trustlist"
)

// BenchmarkColdStart loads a packed list of ten thousand signers and finds one of them, as a command does that checks one
// document, and the same of a list with one. "ms/more" is what the ten thousand cost.
func BenchmarkColdStart(b *testing.B) {
	one, many := signers(b, 1), signers(b, 10_000)
	for _, c := range []struct {
		name string
		path string
	}{{"of one", one}, {"of ten thousand", many}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				start(b, c.path)
			}
		})
	}
	b.Run("difference", func(b *testing.B) {
		var more time.Duration
		for b.Loop() {
			begin := time.Now()
			start(b, one)
			middle := time.Now()
			start(b, many)
			more += time.Since(middle) - middle.Sub(begin)
		}
		b.ReportMetric(float64(more.Microseconds())/1e3/float64(b.N), "ms/more")
	})
}

// firstSigner is on every list of signers.
var firstSigner = csca.Issue("bench 0", pki.DSC())

// start loads a list and finds the first signer of it.
func start(b *testing.B, path string) {
	s, err := trustlist.Load(path)
	if err != nil {
		b.Fatal(err)
	}
	if found := s.Find(formats.Signer{Chain: [][]byte{firstSigner.Cert}}); len(found) != 1 {
		b.Fatalf("%d anchors", len(found))
	}
}

// signers writes a packed list of n signers and gives its path.
func signers(b *testing.B, n int) string {
	b.Helper()
	var list []byte
	for i := range n {
		c := firstSigner
		if i > 0 {
			c = csca.Issue(fmt.Sprint("bench ", i), pki.DSC())
		}
		list = append(list, c.PEM()...)
	}
	return file(b, "keys.jsonl", pack(b, load(b, file(b, "signers.pem", list))))
}
