package revstore

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"
)

const (
	page        = 4096 // the header's size, and what sections and their parts are aligned to
	version     = 1
	maxSections = 20
	maxKind     = 48
	maxRows     = math.MaxUint32

	entryAt   = 64
	entrySize = 192
	digestAt  = page - sha256.Size

	hashSize = 16
	fanOut   = 1 << 16
	fanSize  = (4*(fanOut+1) + page - 1) / page * page

	probes = 5 // rows whose hashes the header repeats
)

var magic = [8]byte{0x89, 'T', 'S', 'R', '\r', '\n', 0x1A, '\n'}

// ErrDamaged is what is wrong with a file that is no whole store of this format.
var ErrDamaged = errors.New("the revocation store is damaged")

func damaged(format string, args ...any) error {
	return fmt.Errorf("%w: %w", ErrDamaged, fmt.Errorf(format, args...))
}

// A form says what a row holds.
type form uint32

const (
	whole  form = iota // the hash: the document is revoked, whenever it was issued
	before             // the hash and a moment: documents issued before it are revoked
)

func (f form) rowSize() int64 {
	if f == before {
		return hashSize + 8
	}
	return hashSize
}

// A section is one sorted table as the header describes it.
type section struct {
	kind   string
	form   form
	rows   int64
	at     int64 // place of the first row
	sum    [sha256.Size]byte
	probes [probes][hashSize]byte
}

// rowsSize is the size of the rows with the zeros behind them.
func (s *section) rowsSize() int64 { return aligned(s.rows * s.form.rowSize()) }

// end is where the next section begins.
func (s *section) end() int64 { return s.at + s.rowsSize() + fanSize }

// probe is the row whose hash the header repeats as number i.
func (s *section) probe(i int) int64 { return (s.rows - 1) * int64(i) / (probes - 1) }

func (s *section) name() string {
	if s.form == before {
		return fmt.Sprintf("section %q with moments", s.kind)
	}
	return fmt.Sprintf("section %q", s.kind)
}

func aligned(n int64) int64 { return (n + page - 1) / page * page }

// A header describes a store.
type header struct {
	created, next int64 // Unix seconds, 0 for none
	partial       bool
	sections      []section
	sum           [sha256.Size]byte // of the header itself
}

// size is that of the file.
func (h *header) size() int64 {
	if len(h.sections) == 0 {
		return page
	}
	return h.sections[len(h.sections)-1].end()
}

// encode writes the header and notes its digest.
func (h *header) encode() []byte {
	b := make([]byte, page)
	le := binary.LittleEndian
	copy(b, magic[:])
	le.PutUint32(b[8:], version)
	le.PutUint32(b[12:], uint32(len(h.sections)))
	le.PutUint64(b[16:], uint64(h.created))
	le.PutUint64(b[24:], uint64(h.next))
	le.PutUint64(b[32:], uint64(h.size()))
	if h.partial {
		le.PutUint32(b[40:], 1)
	}
	for i, s := range h.sections {
		e := b[entryAt+i*entrySize:]
		copy(e[:maxKind], s.kind)
		le.PutUint32(e[48:], uint32(s.form))
		le.PutUint64(e[56:], uint64(s.rows))
		le.PutUint64(e[64:], uint64(s.at))
		copy(e[72:], s.sum[:])
		for j, p := range s.probes {
			copy(e[104+j*hashSize:], p[:])
		}
	}
	h.sum = sha256.Sum256(b[:digestAt])
	copy(b[digestAt:], h.sum[:])
	return b
}

// decode reads the header of a file of that size. It takes exactly what encode writes.
func decode(b []byte, size int64) (*header, error) {
	le := binary.LittleEndian
	switch {
	case len(b) != page:
		return nil, damaged("%d bytes, the header alone has %d", len(b), page)
	case !bytes.HasPrefix(b, magic[:]):
		return nil, damaged("the first %d bytes are not those of a store", len(magic))
	case le.Uint32(b[8:]) != version:
		return nil, fmt.Errorf("the revocation store has version %d of the file format, only %d is known", le.Uint32(b[8:]), version)
	case sha256.Sum256(b[:digestAt]) != [sha256.Size]byte(b[digestAt:]):
		return nil, damaged("the digest of the header differs")
	}
	h := &header{created: int64(le.Uint64(b[16:])), next: int64(le.Uint64(b[24:]))}
	if h.created < 0 || h.created > maxTime || h.next < 0 || h.next > maxTime {
		return nil, damaged("header: a date outside of the years 1970 to 9999")
	}
	h.partial = le.Uint32(b[40:]) == 1 // what else may stand there, encode does not write
	n := le.Uint32(b[12:])
	if n > maxSections {
		return nil, damaged("header: %d sections, the limit is %d", n, maxSections)
	}
	at := int64(page)
	for i := range int(n) {
		s, err := decodeSection(b[entryAt+i*entrySize:][:entrySize], at)
		if err != nil {
			return nil, damaged("header: entry %d: %w", i, err)
		}
		h.sections = append(h.sections, s)
		if i > 0 && !h.sections[i-1].less(&s) {
			return nil, damaged("header: entry %d: not in order", i)
		}
		at = s.end()
	}
	if stated := le.Uint64(b[32:]); stated != uint64(at) || size != at {
		return nil, damaged("%d bytes, of which the header states %d and the sections need %d", size, stated, at)
	}
	if !bytes.Equal(h.encode(), b) {
		return nil, damaged("header: a byte that must be zero is not")
	}
	return h, nil
}

// decodeSection reads one entry of a section that must begin at a place.
func decodeSection(e []byte, at int64) (section, error) {
	le := binary.LittleEndian
	s := section{kind: strings.TrimRight(string(e[:maxKind]), "\x00"), form: form(le.Uint32(e[48:])), at: at, sum: [sha256.Size]byte(e[72:])}
	rows := le.Uint64(e[56:])
	switch {
	case !validKind(s.kind):
		return s, errKind
	case s.form > before:
		return s, fmt.Errorf("form %d is not known", s.form)
	case rows == 0 || rows > maxRows:
		return s, fmt.Errorf("%d rows, the limits are 1 and %d", rows, uint64(maxRows))
	case le.Uint64(e[64:]) != uint64(at):
		return s, fmt.Errorf("place %d, where %d is expected", le.Uint64(e[64:]), at)
	}
	s.rows = int64(rows)
	for j := range s.probes {
		s.probes[j] = [hashSize]byte(e[104+j*hashSize:])
	}
	return s, nil
}

func (s *section) less(t *section) bool {
	if s.kind != t.kind {
		return s.kind < t.kind
	}
	return s.form < t.form
}

var errKind = fmt.Errorf("a kind is 1 to %d printable ASCII characters without spaces", maxKind)

func validKind(kind string) bool {
	if kind == "" || len(kind) > maxKind {
		return false
	}
	for _, c := range []byte(kind) {
		if c <= ' ' || c > '~' {
			return false
		}
	}
	return true
}

// maxTime is the last second of the year 9999, the last that RFC 3339 can write.
const maxTime = 253402300799

func moment(unix int64) time.Time {
	if unix == 0 {
		return time.Time{}
	}
	return time.Unix(unix, 0).UTC()
}
