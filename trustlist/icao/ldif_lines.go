package icao

import (
	"bufio"
	"errors"
	"io"
)

// maxLine bounds one line of LDIF, folded lines taken together: a master list of the largest size in base64.
const maxLine = 12 << 20

// lines reads the logical lines of LDIF (RFC 2849): a line that begins with a space goes on with the one before.
type lines struct {
	r      *bufio.Reader
	buf    []byte // never nil, so that an empty line is not taken for one beyond the limit
	number int    // of the physical line that was read last
}

func newLines(r io.Reader) *lines {
	return &lines{r: bufio.NewReaderSize(r, 64<<10), buf: make([]byte, 0, 4<<10)}
}

// next gives a logical line without its end, and the number of the physical line that it began at. It is valid until the
// next call. A line beyond the limit is read to its end and given as nil. The error is io.EOF, or that of the reader.
func (l *lines) next() (line []byte, at int, err error) {
	l.buf = l.buf[:0]
	at = l.number + 1
	over := false
	for {
		more, err := l.physical(&over)
		if err != nil && (!errors.Is(err, io.EOF) || l.number < at) {
			return nil, at, err
		}
		if !more {
			break
		}
	}
	if over {
		return nil, at, nil
	}
	return l.buf, at, nil
}

// physical appends one physical line to the buffer, and reports whether the next one goes on with it.
func (l *lines) physical(over *bool) (more bool, err error) {
	counted := false
	for {
		part, err := l.r.ReadSlice('\n')
		if len(part) > 0 && !counted {
			l.number++
			counted = true
		}
		ended := err == nil
		if ended {
			part = part[:len(part)-1]
		}
		if len(l.buf)+len(part) > maxLine {
			*over = true
			l.buf = l.buf[:0]
		}
		if !*over {
			l.buf = append(l.buf, part...)
		}
		switch {
		case ended:
			if n := len(l.buf); n > 0 && l.buf[n-1] == '\r' {
				l.buf = l.buf[:n-1]
			}
			if first, err := l.r.Peek(1); err == nil && first[0] == ' ' {
				_, err = l.r.Discard(1)
				return true, err
			}
			return false, nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return false, err
		}
	}
}
