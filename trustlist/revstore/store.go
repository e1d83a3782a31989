package revstore

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

// A Store is an open file of revoked documents. Its methods are safe for concurrent use. A program that replaces a store
// renames a new file over the old one, as [Builder.Build] does: a Store that is open keeps the file that it opened.
type Store struct {
	file   io.ReaderAt
	rows   io.ReaderAt // the same bytes, for lookups
	header *header
	tables []table
}

// Open opens a store and checks its structure, in less than a millisecond for any number of rows. That the rows are those
// that were written, only [Store.Verify] says.
func Open(path string) (*Store, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, plain(err)
	}
	s, err := openFile(f)
	if err != nil {
		f.Close()
		return nil, err
	}
	return s, nil
}

func openFile(f *os.File) (*Store, error) {
	st, err := f.Stat()
	if err != nil {
		return nil, plain(err)
	}
	if !st.Mode().IsRegular() {
		return nil, errors.New("not a regular file")
	}
	return open(f, mapped(f, st.Size()), st.Size())
}

// open reads the header and the fan-outs, and looks up the rows that the header repeats. Rows come from a reader of their
// own, which may be the same.
func open(r, rows io.ReaderAt, size int64) (*Store, error) {
	head := make([]byte, min(page, max(size, 0)))
	if err := readFull(r, head, 0); err != nil {
		return nil, err
	}
	h, err := decode(head, size)
	if err != nil {
		return nil, err
	}
	s := &Store{file: r, rows: rows, header: h, tables: make([]table, len(h.sections))}
	for i := range s.tables {
		t := &s.tables[i]
		t.section, t.fan = h.sections[i], make([]byte, fanSize)
		if err := readFull(r, t.fan, t.at+t.rowsSize()); err != nil {
			return nil, err
		}
		if err := t.checkFan(); err != nil {
			return nil, err
		}
		if err := t.selfTest(r, rows); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// selfTest looks up the rows that the header repeats: a reader that went wrong in the place, width or order of rows would
// otherwise find nobody revoked. The first and the last are read as lookups read them, and those between as the header is:
// the first look at a page of a mapped file costs as much as all else that Open does.
func (t *table) selfTest(r, rows io.ReaderAt) error {
	for i := range t.probes {
		from := r
		if i == 0 || i == probes-1 {
			from = rows
		}
		row, _, err := t.find(from, &t.probes[i])
		if err != nil {
			return err
		}
		if want := t.probe(i); row != want {
			return damaged("%s: the row of self-test %d is not found as row %d", t.name(), i, want)
		}
	}
	return nil
}

// Find reports whether a handle is revoked, by its kind and the first 16 bytes of the SHA-256 digest of its data. Where
// issuedBefore is not zero, only documents that were issued before it are. An error means that the store cannot answer; it
// never means that the handle is not revoked.
func (s *Store) Find(kind string, hash [hashSize]byte) (found bool, issuedBefore time.Time, err error) {
	for i := range s.tables {
		t := &s.tables[i]
		if t.kind != kind {
			continue
		}
		row, until, err := t.find(s.rows, &hash)
		if err != nil {
			return false, time.Time{}, fmt.Errorf("looking up a handle: %w", err)
		}
		if row >= 0 {
			return true, moment(until), nil
		}
	}
	return false, time.Time{}, nil
}

// Dates gives when the list was made and when the next one is due; zero where it does not say.
func (s *Store) Dates() (created, nextUpdate time.Time) {
	return moment(s.header.created), moment(s.header.next)
}

// Partial reports whether the list proves revocations and no more: that it does not name a document then says nothing.
func (s *Store) Partial() bool { return s.header.partial }

// SHA256 is the digest of the header, and thereby of the whole store: two stores with the same digest hold the same
// entries and dates.
func (s *Store) SHA256() [sha256.Size]byte { return s.header.sum }

// Len is the number of entries.
func (s *Store) Len() int64 {
	n := int64(0)
	for i := range s.tables {
		n += s.tables[i].rows
	}
	return n
}

// Kinds lists the kinds of handle that the store has entries of, in order.
func (s *Store) Kinds() []string {
	var kinds []string
	for i := range s.tables {
		if k := s.tables[i].kind; len(kinds) == 0 || kinds[len(kinds)-1] != k {
			kinds = append(kinds, k)
		}
	}
	return kinds
}

// Counts gives the number of entries by the kind of handle.
func (s *Store) Counts() map[string]int64 {
	n := make(map[string]int64)
	for i := range s.tables {
		n[s.tables[i].kind] += s.tables[i].rows
	}
	return n
}

// Close closes the file; every lookup then gives an error. A Store that is no longer reachable closes its file by itself.
func (s *Store) Close() error {
	if m, ok := s.rows.(io.Closer); ok && s.rows != s.file {
		m.Close() // gives no error
	}
	if c, ok := s.file.(io.Closer); ok {
		return c.Close()
	}
	return nil
}

func readFull(r io.ReaderAt, buf []byte, at int64) error {
	if n, err := r.ReadAt(buf, at); n < len(buf) {
		if errors.Is(err, io.EOF) {
			return damaged("the file ends at byte %d", at+int64(n))
		}
		return plain(err)
	}
	return nil
}

// plain drops the operation and path that os errors repeat.
func plain(err error) error {
	var pe *os.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
