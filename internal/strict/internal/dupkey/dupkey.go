// Package dupkey finds repeated keys in the maps of CBOR and the objects of JSON.
//
// A repeated key is two documents in one: the reader that takes the first value and the reader that takes the last see
// different claims under the same signature.
package dupkey

import (
	"bytes"
	"slices"
)

// A Key is one key of a map: where its bytes are in a text, and the offset that stands for it in errors. It holds no
// pointer, so that a list of keys can stay on the stack of the caller.
type Key struct{ Start, End, Offset int }

// few is the number of keys up to which comparing each with each is cheaper than sorting.
const few = 16

// First gives the offset of the first key that repeats an earlier one. The keys are in the order of their offsets; First
// may put them in another. It allocates nothing and takes O(n log n) comparisons, however the keys were chosen.
func First(text []byte, keys []Key) (offset int, found bool) {
	if len(keys) <= few {
		for i, k := range keys {
			for _, earlier := range keys[:i] {
				if bytes.Equal(text[k.Start:k.End], text[earlier.Start:earlier.End]) {
					return k.Offset, true
				}
			}
		}
		return 0, false
	}
	slices.SortFunc(keys, func(a, b Key) int {
		if c := bytes.Compare(text[a.Start:a.End], text[b.Start:b.End]); c != 0 {
			return c
		}
		return a.Offset - b.Offset
	})
	for i := 1; i < len(keys); i++ {
		a, b := keys[i-1], keys[i]
		if bytes.Equal(text[a.Start:a.End], text[b.Start:b.End]) && (!found || b.Offset < offset) {
			offset, found = b.Offset, true
		}
	}
	return offset, found
}
