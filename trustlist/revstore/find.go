package revstore

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math/bits"
	"sync"
)

// window is how many rows are read at once: 4 KiB of rows without moments. Hashes are spread evenly, so that a row among
// 1500 of one bucket, as 10⁸ rows have them, is within 128 of where it is expected in all but one of 10⁹ cases.
const window = 256

// windows lends buffers for one window each.
var windows = sync.Pool{New: func() any { return new([window * (hashSize + 8)]byte) }}

// A table is a section that can be searched.
type table struct {
	section
	// fan is the fan-out as the file holds it, with the zeros behind it. It stays in memory: 256 KiB save one read of two.
	fan []byte
}

// bucket gives the rows that begin as hash does: from the first up to, and without, the second.
func (t *table) bucket(hash *[hashSize]byte) (lo, hi int64) {
	b := int(binary.BigEndian.Uint16(hash[:]))
	return t.bound(b), t.bound(b + 1)
}

func (t *table) bound(b int) int64 { return int64(binary.LittleEndian.Uint32(t.fan[4*b:])) }

// checkFan checks that every bucket lies within the rows and begins where the one before ends.
func (t *table) checkFan() error {
	last := uint32(0)
	if t.bound(0) != 0 || t.bound(fanOut) != t.rows {
		return damaged("%s: the fan-out does not span its %d rows", t.name(), t.rows)
	}
	for b, bounds := 0, t.fan[:4*(fanOut+1)]; len(bounds) >= 4; b, bounds = b+1, bounds[4:] {
		next := binary.LittleEndian.Uint32(bounds)
		if next < last {
			return damaged("%s: fan-out %d goes back", t.name(), b)
		}
		last = next
	}
	for _, c := range t.fan[4*(fanOut+1):] {
		if c != 0 {
			return damaged("%s: something stands behind the fan-out", t.name())
		}
	}
	return nil
}

// find looks a hash up and gives the number of its row and the moment there; the number is -1 where there is none. It reads
// one window where hashes are spread evenly, and otherwise halves what is left with each further one.
func (t *table) find(r io.ReaderAt, hash *[hashSize]byte) (row, until int64, err error) {
	lo, hi := t.bucket(hash)
	if lo >= hi {
		return -1, 0, nil
	}
	buf := windows.Get().(*[window * (hashSize + 8)]byte)
	defer windows.Put(buf)
	width := int(t.form.rowSize())
	for first := true; lo < hi; first = false {
		start, end := lo, hi
		if hi-lo > window {
			middle := (lo + hi) / 2
			if first {
				part, _ := bits.Mul64(uint64(hi-lo), binary.BigEndian.Uint64(hash[2:]))
				middle = lo + int64(part)
			}
			start = min(max(middle-window/2, lo), hi-window)
			end = start + window
		}
		rows := buf[:int(end-start)*width]
		if err := t.read(r, rows, start); err != nil {
			return -1, 0, err
		}
		switch {
		case bytes.Compare(hash[:], rows[:hashSize]) < 0:
			hi = start
		case bytes.Compare(hash[:], rows[len(rows)-width:][:hashSize]) > 0:
			lo = end
		default:
			return t.pick(rows, hash, start)
		}
	}
	return -1, 0, nil
}

// pick looks for a hash in rows that were read, of which the first is number start.
func (t *table) pick(rows []byte, hash *[hashSize]byte, start int64) (row, until int64, err error) {
	width := int(t.form.rowSize())
	lo, hi := 0, len(rows)/width
	for lo < hi {
		middle := (lo + hi) / 2
		r := rows[middle*width:][:width]
		switch c := bytes.Compare(r[:hashSize], hash[:]); {
		case c < 0:
			lo = middle + 1
		case c > 0:
			hi = middle
		default:
			row := start + int64(middle)
			if t.form == before {
				until, err = t.until(r, row)
			}
			return row, until, err
		}
	}
	return -1, 0, nil
}

// until reads the moment of a row.
func (t *table) until(row []byte, number int64) (int64, error) {
	u := binary.LittleEndian.Uint64(row[hashSize:])
	if u == 0 || u > maxTime {
		return 0, damaged("%s: row %d has no moment", t.name(), number)
	}
	return int64(u), nil
}

// read fills buf with the rows from start, which all lie in one bucket, and checks that they are in order: nothing is said
// to be absent from rows that are not sorted.
func (t *table) read(r io.ReaderAt, buf []byte, start int64) error {
	width := int(t.form.rowSize())
	if n, err := r.ReadAt(buf, t.at+start*int64(width)); n < len(buf) {
		if errors.Is(err, io.EOF) {
			return damaged("%s: the file ends before row %d", t.name(), start+int64(n/width))
		}
		return err
	}
	previous := buf[:hashSize]
	first := previous
	for at := width; at < len(buf); at += width {
		row := buf[at:][:hashSize]
		if !ascending(previous, row) {
			return damaged("%s: row %d is not in order", t.name(), start+int64(at/width))
		}
		previous = row
	}
	if last := start + int64(len(buf)/width) - 1; !t.placed(first, start) || !t.placed(previous, last) {
		return damaged("%s: rows %d to %d are not where the fan-out says", t.name(), start, last)
	}
	return nil
}

// placed reports whether the fan-out has a place for a hash as row n.
func (t *table) placed(hash []byte, n int64) bool {
	b := int(binary.BigEndian.Uint16(hash))
	return t.bound(b) <= n && n < t.bound(b+1)
}

// ascending reports whether hash a stands before hash b. It is bytes.Compare with its usual answer in one step.
func ascending(a, b []byte) bool {
	x, y := binary.BigEndian.Uint64(a), binary.BigEndian.Uint64(b)
	return x < y || x == y && binary.BigEndian.Uint64(a[8:]) < binary.BigEndian.Uint64(b[8:])
}
