//go:build unix

package mrz_test

import (
	"testing"

	"github.com/travelseal/travelseal/internal/byturns"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mrz"
)

// BenchmarkParseAndCheck reads a zone and computes its check digits. It is measured in CPU time of the process as well, garbage
// collection included, so that the figure holds on a machine that others use.
func BenchmarkParseAndCheck(b *testing.B) {
	for name, text := range map[string]string{
		"TD3": mint.Maren.Passport("UT7042681", "F").TD3(),
		"TD1": mint.Maren.Card("C20816354K9R7", "F").TD1(),
		"TD2": mint.Maren.Card("C20816354K9R7", "F").TD2(),
		"MRV": mint.Maren.Visa("V30719954", "F").MRVA(),
		"FRA": mint.Maren.FrenchCard("1904UT300417", "F").French(),
	} {
		b.Run(name, func(b *testing.B) {
			data := []byte(text)
			b.ReportAllocs()
			start, n := byturns.CPU(b), 0
			for b.Loop() {
				n++
				m, err := mrz.Parse(data, mrz.Options{})
				if err != nil {
					b.Fatal(err)
				}
				if len(m.Checks()) < 3 {
					b.Fatal("checks are missing")
				}
			}
			b.ReportMetric(float64(n)/(byturns.CPU(b)-start).Seconds(), "zones/CPU-s")
		})
	}
}

// A zone with a wrong check digit costs a search for what was misread.
func BenchmarkRepairs(b *testing.B) {
	text := mint.Maren.Passport("UT7042681", "F").TD3()
	m, err := mrz.Parse([]byte(text[:45+43]+"X"), mrz.Options{})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		m.Repairs()
	}
}
