//go:build unix

package batch_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/travelseal/travelseal/batch"
	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/formatstest"
	"github.com/travelseal/travelseal/formats/hcert"
	"github.com/travelseal/travelseal/internal/byturns"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// archiveLines is how many documents the benchmarks take.
const archiveLines = 10_000

// job is a Job over one format with the trust of testdata, at the moment that the corpus was made for.
func job(tb testing.TB, now time.Time) batch.Job {
	tb.Helper()
	trust, err := trustlist.Load(filepath.Join(formatstest.Root(tb), "testdata", "trust"))
	if err != nil {
		tb.Fatal(err)
	}
	set, err := formats.NewSet(hcert.Format)
	if err != nil {
		tb.Fatal(err)
	}
	return batch.Job{Verify: verify.Config{
		Formats: set, Trust: trust, Policy: verify.DefaultPolicy(set.IDs()...), Version: "test",
		Now: func() time.Time { return now },
	}}
}

// archive writes n lines, every hundredth a forged document.
func archive(tb testing.TB, corpus formatstest.Corpus, n int) []byte {
	tb.Helper()
	texts := map[string][]byte{}
	for _, c := range corpus.Cases {
		texts[c.Name] = c.Data
	}
	var b bytes.Buffer
	for i := range n {
		name := "vaccination"
		if i%100 == 99 {
			name = "forged"
		}
		line, err := json.Marshal(map[string]string{"id": "d" + strconv.Itoa(i), "text": string(texts[name])})
		if err != nil {
			tb.Fatal(err)
		}
		b.Write(append(line, '\n'))
	}
	return b.Bytes()
}

// BenchmarkOverhead measures the CPU time of a whole run over a file, with journal, against a bare loop of Inspect over
// the same documents in memory, by turns: "overhead-%". It also gives the rate of two workers over one ("x-two-workers").
func BenchmarkOverhead(b *testing.B) {
	corpus := formatstest.Load(b, "eu-dcc")
	text := archive(b, corpus, archiveLines)
	dir := b.TempDir()
	in := filepath.Join(dir, "in.jsonl")
	if err := os.WriteFile(in, text, 0o600); err != nil {
		b.Fatal(err)
	}
	j := job(b, corpus.AsOf)
	v, err := verify.New(j.Verify)
	if err != nil {
		b.Fatal(err)
	}
	docs := make([]formats.Input, 0, 2)
	for _, c := range corpus.Cases {
		if c.Name == "vaccination" || c.Name == "forged" {
			docs = append(docs, formats.Bytes(c.Data))
		}
	}
	run := func(workers, n int) (cpuTime, wall time.Duration) {
		j.Workers = workers
		start, at := byturns.CPU(b), time.Now()
		if _, err := j.Files(context.Background(), in, filepath.Join(dir, strconv.Itoa(workers)+"-"+strconv.Itoa(n)), batch.DefaultCheckpoint); err != nil {
			b.Fatal(err)
		}
		return byturns.CPU(b) - start, time.Since(at)
	}
	var bare, one, two, wallOne, wallTwo time.Duration
	n := 0
	for b.Loop() {
		start := byturns.CPU(b)
		for i := range archiveLines {
			v.Inspect(context.Background(), docs[b2i(i%100 == 99):][:1])
		}
		bare += byturns.CPU(b) - start
		c, w := run(1, n)
		one, wallOne = one+c, wallOne+w
		c, w = run(2, n)
		two, wallTwo = two+c, wallTwo+w
		n++
	}
	b.ReportMetric(100*float64(one-bare)/float64(bare), "overhead-%")
	b.ReportMetric(float64(wallOne)/float64(wallTwo), "x-two-workers")
	b.ReportMetric(float64(one.Nanoseconds())/float64(n*archiveLines), "ns/line")
	b.ReportMetric(0, "ns/op")
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
