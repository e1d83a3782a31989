package revstore

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"
)

// verifyBuffer is how much is read at once, and how often Verify looks whether it shall stop.
const verifyBuffer = 1 << 20

// Verify reads the whole file, compares every digest, and checks that all rows are in order and in the bucket that the
// fan-out says. A store that passes answers as the entries do that it was built of, as long as nobody changes the file: a
// caller that installs stores remembers [Store.SHA256] of what it has verified. It reads about a gigabyte a second.
func (s *Store) Verify(ctx context.Context) error {
	for i := range s.tables {
		if err := s.tables[i].verify(ctx, s.file); err != nil {
			return err
		}
	}
	return nil
}

func (t *table) verify(ctx context.Context, r io.ReaderAt) error {
	h := sha256.New()
	file := io.NewSectionReader(r, t.at, t.rowsSize())
	rows := bufio.NewReaderSize(io.TeeReader(contextReader{ctx, file}, h), verifyBuffer)
	if err := t.verifyRows(rows); err != nil {
		return t.cut(err)
	}
	for {
		c, err := rows.ReadByte()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return t.cut(err)
		}
		if c != 0 {
			return damaged("%s: something stands behind the rows", t.name())
		}
	}
	h.Write(t.fan) // as it is in memory, where lookups use it
	if [sha256.Size]byte(h.Sum(nil)) != t.sum {
		return damaged("%s: its digest differs", t.name())
	}
	return nil
}

// verifyRows reads every row and counts along the fan-out.
func (t *table) verifyRows(rows *bufio.Reader) error {
	var row, previous [hashSize + 8]byte
	width := t.form.rowSize()
	bucket, end := -1, int64(0)
	for n := range t.rows {
		if _, err := io.ReadFull(rows, row[:width]); err != nil {
			return err
		}
		if n > 0 && !ascending(previous[:hashSize], row[:hashSize]) {
			return damaged("%s: row %d is not in order", t.name(), n)
		}
		if b := int(binary.BigEndian.Uint16(row[:])); b != bucket {
			if n != end || n != t.bound(b) {
				return damaged("%s: row %d is not where the fan-out says", t.name(), n)
			}
			bucket, end = b, t.bound(b+1)
		}
		if u := binary.LittleEndian.Uint64(row[hashSize:]); t.form == before && (u == 0 || u > maxTime) {
			return damaged("%s: row %d has no moment", t.name(), n)
		}
		previous = row
	}
	if end != t.rows {
		return damaged("%s: the fan-out does not end with the rows", t.name())
	}
	return nil
}

// cut says that a file has become shorter.
func (t *table) cut(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return damaged("%s: the file ends within it", t.name())
	}
	return plain(err)
}

// A contextReader gives up when its context is done.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
