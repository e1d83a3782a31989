package revstore

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"
)

var (
	created = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	next    = time.Date(2026, 11, 8, 0, 0, 0, 0, time.UTC)
)

// A revocation is what is given to Add.
type revocation struct {
	kind   string
	hash   [hashSize]byte
	before time.Time
}

func hashOf(data string) [hashSize]byte {
	sum := sha256.Sum256([]byte(data))
	return [hashSize]byte(sum[:])
}

// random gives entries of several kinds, some with moments, some twice, some close to others.
func random(r *rand.Rand, n int) []revocation {
	kinds := []string{"dcc.uci", "dcc.signature", "shc.rid", "a"}
	var list []revocation
	for range n {
		e := revocation{kind: kinds[r.IntN(len(kinds))]}
		binary.BigEndian.PutUint64(e.hash[:], r.Uint64())
		binary.BigEndian.PutUint64(e.hash[8:], r.Uint64())
		switch r.IntN(4) {
		case 0: // the whole of a bucket differs only in its last bytes
			e.hash = [hashSize]byte{0xAB, 0xCD, 14: byte(r.Uint32()), 15: byte(r.Uint32())}
		case 1:
			if len(list) > 0 {
				e.hash = list[r.IntN(len(list))].hash
			}
		}
		if e.kind == "shc.rid" && r.IntN(2) == 0 {
			e.before = created.Add(-time.Duration(r.IntN(5)) * time.Hour)
		}
		list = append(list, e)
	}
	return list
}

func builder(t testing.TB, o BuildOptions, list []revocation) *Builder {
	t.Helper()
	if o.TempDir == "" {
		o.TempDir = t.TempDir()
	}
	b, err := NewBuilder(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	for _, e := range list {
		if err := b.Add(e.kind, e.hash, e.before); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

// build makes a store of these entries in a folder of its own and gives its path.
func build(t testing.TB, o BuildOptions, list []revocation) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "list.revocations")
	if _, err := builder(t, o, list).Build(context.Background(), path); err != nil {
		t.Fatal(err)
	}
	return path
}

func opened(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func read(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// small gives the bytes of a store of two sections, with few rows and with moments.
func small(t testing.TB) []byte {
	return read(t, build(t, BuildOptions{Created: created, NextUpdate: next}, []revocation{
		{kind: "a", hash: hashOf("1")}, {kind: "a", hash: hashOf("2")}, {kind: "a", hash: hashOf("3")},
		{kind: "b", hash: hashOf("1"), before: created}, {kind: "b", hash: hashOf("4"), before: next},
	}))
}

// openBytes opens a store that is in memory.
func openBytes(data []byte) (*Store, error) {
	return open(bytes.NewReader(data), bytes.NewReader(data), int64(len(data)))
}

// resealed puts the digest of a changed header right, as somebody does who forges a file.
func resealed(data []byte) []byte {
	sum := sha256.Sum256(data[:digestAt])
	copy(data[digestAt:], sum[:])
	return data
}
