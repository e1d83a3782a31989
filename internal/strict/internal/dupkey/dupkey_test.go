package dupkey_test

import (
	"fmt"
	"testing"

	"github.com/travelseal/travelseal/internal/strict/internal/dupkey"
)

// keys makes a text of n different keys.
func keys(n int) (text []byte, list []dupkey.Key) {
	list = make([]dupkey.Key, n)
	for i := range list {
		start := len(text)
		text = fmt.Appendf(text, "key %d", (i*7919)%n)
		list[i] = dupkey.Key{Start: start, End: len(text), Offset: 10 * i}
	}
	return text, list
}

// repeat makes one key have the bytes of another.
func repeat(list []dupkey.Key, at, of int) {
	list[at].Start, list[at].End = list[of].Start, list[of].End
}

// The sizes lie on both sides of the change from comparing to sorting.
var sizes = []int{0, 1, 2, 15, 16, 17, 18, 1000}

func TestDifferentKeysAreNotRepeated(t *testing.T) {
	for _, n := range sizes {
		if at, found := dupkey.First(keys(n)); found {
			t.Errorf("%d keys: one found at %d", n, at)
		}
	}
}

func TestFirstRepetitionIsFoundWhereverItStands(t *testing.T) {
	for _, n := range sizes {
		for i := range min(n, 40) {
			for j := i + 1; j < min(n, 40); j++ {
				text, list := keys(n)
				repeat(list, j, i)
				if at, found := dupkey.First(text, list); !found || at != 10*j {
					t.Fatalf("%d keys, %d repeats %d: offset %d, %t", n, j, i, at, found)
				}
			}
		}
	}
}

func TestOfSeveralRepetitionsTheFirstInTheTextCounts(t *testing.T) {
	for _, n := range []int{12, 30} {
		text, list := keys(n)
		repeat(list, 9, 0)
		repeat(list, 11, 0)
		repeat(list, 5, 4)
		if at, found := dupkey.First(text, list); !found || at != 50 {
			t.Errorf("%d keys: offset %d, %t; want 50", n, at, found)
		}
	}
}

func TestNothingIsAllocated(t *testing.T) {
	for _, n := range sizes {
		text, list := keys(n)
		if allocs := testing.AllocsPerRun(10, func() { dupkey.First(text, list) }); allocs != 0 {
			t.Errorf("%d keys: %v allocations", n, allocs)
		}
	}
}
