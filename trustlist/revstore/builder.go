package revstore

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"
)

const (
	// DefaultMemory is what a Builder needs at most where nothing else is said.
	DefaultMemory = 64 << 20
	minMemory     = 256 << 10
)

// BuildOptions say what a store states of itself and what building it may cost.
type BuildOptions struct {
	// Created and NextUpdate are the list's own dates, to the second; zero where it has none. A list without a next update
	// never becomes stale.
	Created, NextUpdate time.Time
	// Partial says that the list proves revocations and no more, as [trustlist.Revocations] has it.
	Partial bool
	// TempDir is the folder for what does not fit into memory: 24 bytes for each Add. It must be named.
	TempDir string
	// Memory bounds the bytes that sorting needs; 0 is DefaultMemory. Below 256 KiB it is 256 KiB. A megabyte serves for a
	// million entries, and the default for thousands of millions: what is needed grows with the root of their number.
	Memory int
}

// A Builder makes a store of entries that come in any order. Its methods are not safe for concurrent use.
type Builder struct {
	o       BuildOptions
	kinds   []string           // in the order of their first entries
	forms   [][before + 1]bool // of the entries of each kind
	numbers map[string]uint32
	entries []entry // not yet sorted
	spill   *spill
}

// An entry is one row of the store with its kind.
type entry struct {
	high, low uint64 // the hash, big-endian
	// narrow is 0 for a document that is revoked whenever it was issued, and otherwise the complement of the moment: of two
	// entries for one hash the smaller revokes more.
	narrow uint64
	kind   uint32 // an index into Builder.kinds
}

const entryBytes = 32 // of memory

func (e entry) compare(f entry) int {
	if c := cmp.Compare(e.kind, f.kind); c != 0 {
		return c
	}
	return e.compareRow(f)
}

func (e entry) compareRow(f entry) int {
	if c := cmp.Compare(e.high, f.high); c != 0 {
		return c
	}
	if c := cmp.Compare(e.low, f.low); c != 0 {
		return c
	}
	return cmp.Compare(e.narrow, f.narrow)
}

func (e entry) form() form {
	if e.narrow != 0 {
		return before
	}
	return whole
}

func (e entry) sameHash(f entry) bool { return e.high == f.high && e.low == f.low }

// NewBuilder begins a store. Close must be called in the end, whatever happens.
func NewBuilder(o BuildOptions) (*Builder, error) {
	if o.TempDir == "" {
		return nil, errors.New("building a revocation store: no folder for temporary files is named")
	}
	for _, t := range []time.Time{o.Created, o.NextUpdate} {
		if !t.IsZero() && (t.Unix() < 1 || t.Unix() > maxTime) {
			return nil, errors.New("building a revocation store: a date outside of the years 1970 to 9999")
		}
	}
	if o.Memory == 0 {
		o.Memory = DefaultMemory
	}
	o.Memory = max(o.Memory, minMemory)
	spill, err := newSpill(o.TempDir)
	if err != nil {
		return nil, fmt.Errorf("building a revocation store: %w", err)
	}
	return &Builder{o: o, numbers: make(map[string]uint32), spill: spill}, nil
}

// Add puts one entry in: it revokes the documents that were issued before a moment, or all of them where the moment is
// zero. Of several entries for one hash the widest counts, as in [trustlist.Revocations.Add].
func (b *Builder) Add(kind string, hash [hashSize]byte, issuedBefore time.Time) error {
	number, known := b.numbers[kind]
	if !known {
		if !validKind(kind) {
			return errKind
		}
		number = uint32(len(b.kinds))
		if number == maxSections { // a kind has one section or two; Build counts them
			return fmt.Errorf("more than %d kinds", maxSections)
		}
		b.kinds, b.forms, b.numbers[kind] = append(b.kinds, kind), append(b.forms, [before + 1]bool{}), number
	}
	e := entry{high: binary.BigEndian.Uint64(hash[:]), low: binary.BigEndian.Uint64(hash[8:]), kind: number}
	if !issuedBefore.IsZero() {
		// Nothing was issued before 1970, and nothing is after 9999.
		e.narrow = ^uint64(min(max(issuedBefore.Unix(), 1), maxTime))
	}
	b.forms[number][e.form()] = true
	if b.entries == nil { // in one piece: a slice that grows leaves twice as much behind
		b.entries = make([]entry, 0, b.o.Memory/2/entryBytes)
	}
	if len(b.entries) == cap(b.entries) {
		if err := b.flush(); err != nil {
			return err
		}
	}
	b.entries = append(b.entries, e)
	return nil
}

// flush writes what is in memory to the temporary file, sorted.
func (b *Builder) flush() error {
	slices.SortFunc(b.entries, entry.compare)
	if err := b.spill.write(b.entries, len(b.kinds)); err != nil {
		return fmt.Errorf("writing temporary rows: %w", plain(err))
	}
	b.entries = b.entries[:0]
	return nil
}

// Build writes the store and gives its digest, which [Store.SHA256] will give. The file appears at path complete and on
// disk, or not at all; a file that was there is replaced. The folder must exist. A Builder builds once.
func (b *Builder) Build(ctx context.Context, path string) ([32]byte, error) {
	sum, err := b.build(ctx, path)
	if err != nil {
		return sum, fmt.Errorf("building a revocation store: %w", plain(err))
	}
	return sum, nil
}

func (b *Builder) build(ctx context.Context, path string) (sum [32]byte, err error) {
	if b.spill == nil {
		return sum, errors.New("the builder is closed")
	}
	if err := b.flush(); err != nil {
		return sum, err
	}
	b.entries = nil
	defer b.Close()
	buffers := b.o.Memory / 4 // the entries' memory may not yet have been freed
	if need := len(b.spill.runs) * minRunBuffer; need > buffers {
		return sum, fmt.Errorf("so many entries need more than the %d bytes of memory that are permitted", b.o.Memory)
	}
	h := &header{created: unix(b.o.Created), next: unix(b.o.NextUpdate), partial: b.o.Partial}
	err = replace(path, func(f *os.File) error {
		w := newWriter(f, h)
		for _, kind := range slices.Sorted(slices.Values(b.kinds)) {
			number := b.numbers[kind]
			for f, has := range b.forms[number] {
				if !has { // spares reading all rows again
					continue
				}
				if err := w.section(ctx, kind, form(f), b.spill.merge(number, buffers)); err != nil {
					return err
				}
			}
		}
		return w.finish()
	})
	return h.sum, err
}

func unix(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}

// Close removes the temporary file. It may be called more than once, and after Build.
func (b *Builder) Close() error {
	if b.spill == nil {
		return nil
	}
	s := b.spill
	b.spill, b.entries = nil, nil
	return plain(s.close())
}
