package chip

import (
	"crypto"
	"maps"
	"slices"

	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// An LDS says what stands in the LDS Security Object (Doc 9303-10 §4.6.2.3): which groups there are, with their hashes.
type LDS struct {
	Version int
	// Info is the versions of the LDS and of Unicode, as version 1 has them: "0108", "040000".
	Info   []string
	Hash   crypto.Hash
	HashID der.Value // default: the hash's identifier with NULL
	// Entries works on the list of hashes, and Elements on what the object is made of.
	Entries  func([]Entry) []Entry
	Elements func([]der.Value) []der.Value
}

// An Entry is the hash of one data group.
type Entry struct {
	Number der.Value
	Digest []byte
}

// Encode writes the security object of data groups, in the order of their numbers.
func (l LDS) Encode(groups map[int][]byte) []byte {
	var entries []Entry
	for _, number := range slices.Sorted(maps.Keys(groups)) {
		entries = append(entries, Entry{der.Int(int64(number)), pki.Digest(l.Hash, groups[number])})
	}
	if l.Entries != nil {
		entries = l.Entries(entries)
	}
	list := der.Seq()
	for _, e := range entries {
		list = der.And(list, der.Seq(e.Number, der.Octets(e.Digest)))
	}
	id := l.HashID
	if id == nil {
		id = pki.HashIDNull(l.Hash)
	}
	elements := []der.Value{der.Int(int64(l.Version)), id, list}
	if len(l.Info) > 0 {
		info := der.Seq()
		for _, s := range l.Info {
			info = der.And(info, der.Printable(s))
		}
		elements = append(elements, info)
	}
	if l.Elements != nil {
		elements = l.Elements(elements)
	}
	return der.Seq(elements...).Encode()
}

// Unlisting removes a group from the list of hashes, for LDS.Entries.
func Unlisting(number int) func([]Entry) []Entry {
	gone := der.Int(int64(number)).Encode()
	return func(list []Entry) []Entry {
		return slices.DeleteFunc(list, func(e Entry) bool { return slices.Equal(e.Number.Encode(), gone) })
	}
}

// Listing adds an entry to the list of hashes, for LDS.Entries.
func Listing(number int, digest []byte) func([]Entry) []Entry {
	return func(list []Entry) []Entry { return append(list, Entry{der.Int(int64(number)), digest}) }
}
