package revstore

import (
	"context"
	"encoding/binary"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"
)

// large is how many entries the large benchmarks have: TRAVELSEAL_LARGE=100000000 makes a file of 1.6 GB and needs 2.4 GB
// beside it while it is built.
func large(b *testing.B) int {
	n, err := strconv.Atoi(os.Getenv("TRAVELSEAL_LARGE"))
	if err != nil || n < 1 {
		b.Skip("TRAVELSEAL_LARGE is not a number of entries")
	}
	return n
}

// generated builds a store of n entries that depend on n alone.
func generated(b *testing.B, dir string, n int) string {
	b.Helper()
	bld, err := NewBuilder(BuildOptions{TempDir: dir, Created: created, NextUpdate: next})
	if err != nil {
		b.Fatal(err)
	}
	defer bld.Close()
	r := rand.New(rand.NewPCG(uint64(n), 0))
	for range n {
		if err := bld.Add("dcc.uci", randomHash(r), time.Time{}); err != nil {
			b.Fatal(err)
		}
	}
	path := filepath.Join(dir, strconv.Itoa(n)+".revocations")
	if _, err := bld.Build(context.Background(), path); err != nil {
		b.Fatal(err)
	}
	return path
}

func randomHash(r *rand.Rand) (hash [hashSize]byte) {
	binary.BigEndian.PutUint64(hash[:], r.Uint64())
	binary.BigEndian.PutUint64(hash[8:], r.Uint64())
	return hash
}

// The store of the benchmarks is built once for all of them, and removed by TestMain.
var shared struct {
	sync.Mutex
	dir   string
	paths map[int]string
}

func TestMain(m *testing.M) {
	code := m.Run()
	if shared.dir != "" {
		os.RemoveAll(shared.dir)
	}
	os.Exit(code)
}

func stored(b *testing.B, n int) string {
	b.Helper()
	shared.Lock()
	defer shared.Unlock()
	if shared.dir == "" {
		dir, err := os.MkdirTemp("", "revstore")
		if err != nil {
			b.Fatal(err)
		}
		shared.dir, shared.paths = dir, make(map[int]string)
	}
	if shared.paths[n] == "" {
		shared.paths[n] = generated(b, shared.dir, n)
	}
	return shared.paths[n]
}

func benchmarkFind(b *testing.B, n int, present bool) {
	s := opened(b, stored(b, n))
	seed := uint64(n)
	if !present {
		seed++
	}
	r := rand.New(rand.NewPCG(seed, 0))
	asked := make([][hashSize]byte, min(n, 1<<20))
	for i := range asked {
		asked[i] = randomHash(r)
	}
	for _, hash := range asked { // warm: the question is what a lookup costs, not the disk
		if found, _, err := s.Find("dcc.uci", hash); err != nil || found != present {
			b.Fatal(found, err)
		}
	}
	i := 0
	b.ReportAllocs()
	for b.Loop() {
		s.Find("dcc.uci", asked[i])
		if i++; i == len(asked) {
			i = 0
		}
	}
}

func BenchmarkFindMillion(b *testing.B)       { benchmarkFind(b, 1_000_000, true) }
func BenchmarkFindAbsentMillion(b *testing.B) { benchmarkFind(b, 1_000_000, false) }
func BenchmarkFindLarge(b *testing.B)         { benchmarkFind(b, large(b), true) }
func BenchmarkFindAbsentLarge(b *testing.B)   { benchmarkFind(b, large(b), false) }

func benchmarkOpen(b *testing.B, n int) {
	path := stored(b, n)
	for b.Loop() {
		s, err := Open(path)
		if err != nil {
			b.Fatal(err)
		}
		s.Close()
	}
}

func BenchmarkOpenMillion(b *testing.B) { benchmarkOpen(b, 1_000_000) }
func BenchmarkOpenLarge(b *testing.B)   { benchmarkOpen(b, large(b)) }

func benchmarkVerify(b *testing.B, n int) {
	s := opened(b, stored(b, n))
	b.SetBytes(s.header.size())
	for b.Loop() {
		if err := s.Verify(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkVerifyMillion(b *testing.B) { benchmarkVerify(b, 1_000_000) }
func BenchmarkVerifyLarge(b *testing.B)   { benchmarkVerify(b, large(b)) }

func BenchmarkBuildMillion(b *testing.B) {
	for b.Loop() {
		generated(b, b.TempDir(), 1_000_000)
	}
}

func BenchmarkBuildLarge(b *testing.B) {
	n := large(b)
	for b.Loop() {
		os.Remove(generated(b, b.TempDir(), n))
	}
}
