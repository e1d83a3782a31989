//go:build unix

// Package byturns measures what this project does against something bare that does the same work. Both run by turns within
// one benchmark and are measured in CPU time of the process, garbage collection included, so that their ratio holds on a
// machine whose speed drifts. It is test support.
package byturns

import (
	"syscall"
	"testing"
	"time"
)

// turn is how many calls each side has before the other follows.
const turn = 50

// A Result is the CPU time that both sides took for the same number of calls.
type Result struct {
	Ours, Bare time.Duration
	Calls      int
}

// Run calls both functions by turns for as long as the benchmark lasts.
func Run(b *testing.B, ours, bare func()) (r Result) {
	b.Helper()
	for b.Loop() {
		start := CPU(b)
		for range turn {
			ours()
		}
		between := CPU(b)
		for range turn {
			bare()
		}
		r.Ours, r.Bare, r.Calls = r.Ours+between-start, r.Bare+CPU(b)-between, r.Calls+turn
	}
	return r
}

// Rate is how often ours runs in the time of one bare call.
func (r Result) Rate() float64 { return float64(r.Bare) / float64(r.Ours) }

// Beside is what ours costs beside the bare work in it, as a part of the cost of that work.
func (r Result) Beside() float64 { return float64(r.Ours-r.Bare) / float64(r.Bare) }

// Report prints the time of a call of either side by its name, and one ratio by its own, in place of the time of the loop.
func (r Result) Report(b *testing.B, ours, bare, name string, ratio float64) {
	b.Helper()
	b.ReportMetric(ratio, name)
	b.ReportMetric(float64(r.Ours.Nanoseconds())/float64(r.Calls), "ns/"+ours)
	b.ReportMetric(float64(r.Bare.Nanoseconds())/float64(r.Calls), "ns/"+bare)
	b.ReportMetric(0, "ns/op")
}

// CPU is the CPU time that this process has used, in user and system mode.
func CPU(tb testing.TB) time.Duration {
	tb.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
