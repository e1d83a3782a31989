package batch

import (
	"bufio"
	"errors"
	"hash"
	"io"

	"crypto/sha256"
)

// maxLine bounds one line of the input in bytes. A longer one becomes an error in the output, and is passed over without
// being kept.
const maxLine = 4 << 20

// lines reads an input line by line, counts lines and bytes, and keeps the digest of all that it has passed.
type lines struct {
	r      *bufio.Reader
	sum    hash.Hash
	offset int64 // bytes passed
	n      int64 // lines passed
}

func newLines(r io.Reader, offset, n int64, sum hash.Hash) *lines {
	return &lines{r: bufio.NewReaderSize(r, 256<<10), sum: sum, offset: offset, n: n}
}

// next appends the next line to buf without its end, or only passes over it. It reports whether the line was too long.
// At the end of the input the error is io.EOF; a last line without an end is a line.
func (l *lines) next(buf []byte, keep bool) (line []byte, tooLong bool, err error) {
	start, any := len(buf), false
	for {
		piece, err := l.r.ReadSlice('\n')
		l.sum.Write(piece)
		l.offset += int64(len(piece))
		any = any || len(piece) > 0
		if keep && !tooLong {
			if len(buf)-start+len(piece) > maxLine {
				tooLong = true
				buf = buf[:start]
			} else {
				buf = append(buf, piece...)
			}
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err == nil, err == io.EOF && any:
			l.n++
			return trimEnd(buf, start), tooLong, nil
		}
		return buf, false, err
	}
}

func trimEnd(b []byte, start int) []byte {
	for len(b) > start && (b[len(b)-1] == '\n' || b[len(b)-1] == '\r') {
		b = b[:len(b)-1]
	}
	return b
}

// mark is a place in the input: everything before it has been passed.
type mark struct {
	offset, n int64
	sum       hash.Hash
}

func (l *lines) mark() mark {
	return mark{offset: l.offset, n: l.n, sum: clone(l.sum)}
}

// clone copies a running digest.
func clone(h hash.Hash) hash.Hash {
	c, err := h.(hash.Cloner).Clone()
	if err != nil {
		panic(err) // crypto/sha256 never fails to clone
	}
	return c
}

func newSum() hash.Hash { return sha256.New() }
