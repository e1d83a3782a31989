package revstore

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
)

// chunk is how many rows Verify reads at once, and how often it looks whether it shall stop.
const chunk = 1 << 16

// Verify reads the whole file, compares every digest, and checks that all rows are in order and in the bucket that the
// fan-out says. A store that passes answers as the entries do that it was built of, as long as nobody changes the file: a
// caller that installs stores remembers [Store.SHA256] of what it has verified. It costs about as much as hashing the file.
func (s *Store) Verify(ctx context.Context) error {
	for i := range s.tables {
		if err := s.verify(ctx, &s.tables[i]); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) verify(ctx context.Context, t *table) error {
	sum := sha256.New()
	width := t.form.rowSize()
	buf := make([]byte, min(t.rows, chunk)*width)
	w := walk{table: t, bucket: -1}
	for w.row < t.rows {
		if err := ctx.Err(); err != nil {
			return err
		}
		part := buf[:min(t.rows-w.row, chunk)*width]
		if err := readFull(s.file, part, t.at+w.row*width); err != nil {
			return err
		}
		sum.Write(part)
		for ; len(part) > 0; part = part[width:] {
			if err := w.step(part[:width]); err != nil {
				return err
			}
		}
	}
	if w.end != t.rows {
		return damaged("%s: the fan-out does not end with the rows", t.name())
	}
	rest := make([]byte, t.rowsSize()-t.rows*width)
	if err := readFull(s.file, rest, t.at+t.rows*width); err != nil {
		return err
	}
	sum.Write(rest)
	sum.Write(t.fan) // as it is in memory, where lookups use it
	if [sha256.Size]byte(sum.Sum(nil)) != t.sum {
		return damaged("%s: its digest differs", t.name())
	}
	return nil
}

// A walk goes through the rows of a table along its fan-out.
type walk struct {
	*table
	row    int64 // the number of the next row
	bucket int   // of the row before
	end    int64 // where that bucket ends
	high   uint64
	low    uint64
}

func (w *walk) step(row []byte) error {
	high, low := binary.BigEndian.Uint64(row), binary.BigEndian.Uint64(row[8:])
	if w.row > 0 && (high < w.high || high == w.high && low <= w.low) {
		return damaged("%s: row %d is not in order", w.name(), w.row)
	}
	if b := int(high >> 48); b != w.bucket {
		if w.row != w.end || w.row != w.bound(b) {
			return damaged("%s: row %d is not where the fan-out says", w.name(), w.row)
		}
		w.bucket, w.end = b, w.bound(b+1)
	}
	if w.form == before {
		if _, err := w.until(row, w.row); err != nil {
			return err
		}
	}
	w.row, w.high, w.low = w.row+1, high, low
	return nil
}
