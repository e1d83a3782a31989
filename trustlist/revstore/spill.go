package revstore

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"os"
)

const (
	spillRow     = hashSize + 8
	minRunBuffer = 4 << 10
	maxRunBuffer = 1 << 20
)

// A spill is the temporary file of a Builder: sorted runs of rows, one behind the other.
type spill struct {
	file    *os.File
	removed bool
	size    int64
	runs    [][]extent // by run and number of the kind
}

// An extent is the rows of one kind in one run.
type extent struct{ at, rows int64 }

// newSpill makes the file. Where the system lets it, the file has no name from the beginning: a process that is killed
// leaves nothing behind.
func newSpill(dir string) (*spill, error) {
	f, err := os.CreateTemp(dir, ".revocations-*.tmp")
	if err != nil {
		return nil, plain(err)
	}
	return &spill{file: f, removed: os.Remove(f.Name()) == nil}, nil
}

func (s *spill) close() error {
	err := s.file.Close()
	if !s.removed {
		err = errors.Join(err, os.Remove(s.file.Name()))
	}
	return err
}

// write appends one run of entries, which are sorted. Of several for one hash it keeps the first, which is the widest.
func (s *spill) write(entries []entry, kinds int) error {
	if len(entries) == 0 {
		return nil
	}
	run := make([]extent, kinds)
	w := bufio.NewWriterSize(s.file, 256<<10)
	var row [spillRow]byte
	for i, e := range entries {
		x := &run[e.kind]
		if x.rows > 0 && e.sameHash(entries[i-1]) {
			continue
		}
		if x.rows == 0 {
			x.at = s.size
		}
		binary.BigEndian.PutUint64(row[:], e.high)
		binary.BigEndian.PutUint64(row[8:], e.low)
		binary.BigEndian.PutUint64(row[16:], e.narrow)
		if _, err := w.Write(row[:]); err != nil {
			return err
		}
		x.rows++
		s.size += spillRow
	}
	s.runs = append(s.runs, run)
	return w.Flush()
}

// A merger gives the rows of one kind from all runs in order, each hash once.
type merger struct {
	heap  []source // the smallest entry first
	first bool
	last  entry
	err   error
}

// A source is one run that is being read.
type source struct {
	entry entry
	rows  *bufio.Reader
}

// merge begins to read the rows of one kind. The buffers need that much memory.
func (s *spill) merge(kind uint32, memory int) *merger {
	m := &merger{first: true}
	size := min(max(memory/max(len(s.runs), 1), minRunBuffer), maxRunBuffer)
	for _, run := range s.runs {
		if int(kind) >= len(run) || run[kind].rows == 0 { // the kind came later, or not in this run
			continue
		}
		x := run[kind]
		m.push(source{rows: bufio.NewReaderSize(io.NewSectionReader(s.file, x.at, x.rows*spillRow), size)})
	}
	return m
}

// push reads the next entry of a source and puts it into the heap, unless the source has ended.
func (m *merger) push(s source) {
	if m.read(&s) {
		m.heap = append(m.heap, s)
		for i := len(m.heap) - 1; i > 0 && m.less(i, (i-1)/2); i = (i - 1) / 2 {
			m.heap[i], m.heap[(i-1)/2] = m.heap[(i-1)/2], m.heap[i]
		}
	}
}

func (m *merger) less(i, j int) bool { return m.heap[i].entry.compareRow(m.heap[j].entry) < 0 }

// read takes the next entry of a source, and reports whether there is one.
func (m *merger) read(s *source) bool {
	var row [spillRow]byte
	if _, err := io.ReadFull(s.rows, row[:]); err != nil {
		if !errors.Is(err, io.EOF) {
			m.err = err
		}
		return false
	}
	s.entry.high = binary.BigEndian.Uint64(row[:])
	s.entry.low = binary.BigEndian.Uint64(row[8:])
	s.entry.narrow = binary.BigEndian.Uint64(row[16:])
	return true
}

// next gives the next entry that differs in its hash from the one before, and reports whether there is one. In the end,
// err says whether all were read.
func (m *merger) next() (entry, bool) {
	for len(m.heap) > 0 && m.err == nil {
		e := m.heap[0].entry
		m.advance()
		if m.first || !e.sameHash(m.last) {
			m.first, m.last = false, e
			return e, m.err == nil
		}
	}
	return entry{}, false
}

// advance replaces the smallest entry by the next of its source and lets it sink to its place.
func (m *merger) advance() {
	if !m.read(&m.heap[0]) {
		n := len(m.heap) - 1
		m.heap[0] = m.heap[n]
		m.heap = m.heap[:n]
	}
	for i := 0; ; {
		child := 2*i + 1
		if child >= len(m.heap) {
			return
		}
		if child+1 < len(m.heap) && m.less(child+1, child) {
			child++
		}
		if !m.less(child, i) {
			return
		}
		m.heap[i], m.heap[child] = m.heap[child], m.heap[i]
		i = child
	}
}
