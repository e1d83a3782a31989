package revstore

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"
)

// A key names an entry in a map that says what the store must say.
type key struct {
	kind string
	hash [hashSize]byte
}

// model keeps the wider of two entries, as trustlist.Revocations does.
func model(list []revocation) map[key]time.Time {
	m := make(map[key]time.Time)
	for _, e := range list {
		k := key{e.kind, e.hash}
		if known, twice := m[k]; !twice || !known.IsZero() && (e.before.IsZero() || e.before.After(known)) {
			m[k] = e.before
		}
	}
	return m
}

func TestAStoreAnswersAsAMapDoes(t *testing.T) {
	for _, n := range []int{0, 1, 2, 10, 1000, 40_000} {
		for _, memory := range []int{1 << 20, DefaultMemory} {
			t.Run(fmt.Sprintf("%d entries in %d bytes", n, memory), func(t *testing.T) {
				r := rand.New(rand.NewPCG(uint64(n), 1))
				list := random(r, n)
				want := model(list)
				s := opened(t, build(t, BuildOptions{Created: created, NextUpdate: next, Memory: memory}, list))
				if err := s.Verify(context.Background()); err != nil {
					t.Fatal(err)
				}
				if s.Len() != int64(len(want)) {
					t.Errorf("%d rows, want %d", s.Len(), len(want))
				}
				if c, u := s.Dates(); !c.Equal(created) || !u.Equal(next) {
					t.Errorf("dates %v and %v", c, u)
				}
				for k, before := range want {
					if found, got, err := s.Find(k.kind, k.hash); err != nil || !found || !got.Equal(before) {
						t.Fatalf("%s %x: %v, %v, %v", k.kind, k.hash, found, got, err)
					}
					near := k // what differs in the last bit, or in the kind, is another entry
					near.hash[hashSize-1] ^= 1
					other := key{"dcc.countrycode_uci", k.hash}
					for _, absent := range []key{near, other} {
						_, is := want[absent]
						if found, _, err := s.Find(absent.kind, absent.hash); err != nil || found != is {
							t.Fatalf("%s %x: %v, %v; want %v", absent.kind, absent.hash, found, err, is)
						}
					}
				}
				for range 1000 {
					e := random(r, 1)[0]
					_, is := want[key{e.kind, e.hash}]
					if found, _, err := s.Find(e.kind, e.hash); err != nil || found != is {
						t.Fatalf("%s %x: %v, %v; want %v", e.kind, e.hash, found, err, is)
					}
				}
			})
		}
	}
}

// Hashes that crowd in one bucket, at its ends and in clusters, take more than one window.
func TestCrowdedBucketsAreSearched(t *testing.T) {
	var list []revocation
	for i := range 5000 {
		crowded := [hashSize]byte{0x12, 0x34, 15: byte(i), 14: byte(i >> 8)}
		if i%2 == 1 {
			crowded[2], crowded[3] = 0xFF, 0xFF
		}
		list = append(list, revocation{kind: "a", hash: crowded})
	}
	for _, edge := range [][hashSize]byte{{}, {0x12, 0x33, 2: 0xFF, 15: 0xFF}, {0x12, 0x35}, [hashSize]byte(bytes.Repeat([]byte{0xFF}, hashSize))} {
		list = append(list, revocation{kind: "a", hash: edge})
	}
	s := opened(t, build(t, BuildOptions{}, list))
	for _, e := range list {
		if found, _, err := s.Find("a", e.hash); !found || err != nil {
			t.Fatalf("%x: %v, %v", e.hash, found, err)
		}
	}
	for i := range 5000 {
		absent := [hashSize]byte{0x12, 0x34, byte(i), byte(i >> 8), 0x77}
		if found, _, err := s.Find("a", absent); found || err != nil {
			t.Fatalf("%x: %v, %v", absent, found, err)
		}
	}
}

func TestTheOrderOfEntriesAndMemoryDoNotChangeTheBytes(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	list := random(r, 20_000)
	o := BuildOptions{Created: created, NextUpdate: next}
	want := read(t, build(t, o, list))
	for _, memory := range []int{1, 800 << 10, 3 << 20} {
		shuffled := append(slices.Clone(list), list[:1000]...)
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		o.Memory = memory
		if got := read(t, build(t, o, shuffled)); !bytes.Equal(got, want) {
			t.Errorf("%d bytes of memory: the file differs", memory)
		}
	}
}

func TestAStoreNamesItself(t *testing.T) {
	b := builder(t, BuildOptions{Created: created}, []revocation{{kind: "b", hash: hashOf("1")}, {kind: "a", hash: hashOf("2")}, {kind: "b", hash: hashOf("3"), before: next}})
	path := filepath.Join(t.TempDir(), "x")
	sum, err := b.Build(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	s := opened(t, path)
	if s.SHA256() != sum || sum == [32]byte{} {
		t.Errorf("digest %x, built %x", s.SHA256(), sum)
	}
	if k := s.Kinds(); !slices.Equal(k, []string{"a", "b"}) || s.Len() != 3 {
		t.Errorf("kinds %q, %d rows", k, s.Len())
	}
	if c, n := s.Dates(); !c.Equal(created) || !n.IsZero() {
		t.Errorf("dates %v, %v", c, n)
	}
	if other := opened(t, build(t, BuildOptions{Created: next}, nil)); other.SHA256() == sum || other.Len() != 0 {
		t.Error("another store has the same digest")
	}
	if st, err := os.Stat(path); err != nil || st.Size()%page != 0 {
		t.Errorf("%v, %v", st.Size(), err)
	}
}

func TestManyAskAtOnce(t *testing.T) {
	list := random(rand.New(rand.NewPCG(3, 3)), 5000)
	want := model(list)
	s := opened(t, build(t, BuildOptions{}, list))
	var all sync.WaitGroup
	for g := range 8 {
		all.Go(func() {
			for i := g; i < len(list); i += 3 {
				e := list[i]
				if found, until, err := s.Find(e.kind, e.hash); err != nil || !found || !until.Equal(want[key{e.kind, e.hash}]) {
					t.Errorf("%s %x: %v, %v, %v", e.kind, e.hash, found, until, err)
				}
			}
		})
	}
	all.Go(func() {
		if err := s.Verify(context.Background()); err != nil {
			t.Error(err)
		}
	})
	all.Wait()
}
