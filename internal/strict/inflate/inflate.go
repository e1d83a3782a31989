// Package inflate expands zlib (RFC 1950) and raw DEFLATE (RFC 1951) data within a limit, and accepts nothing after it.
//
// A barcode of 3 kB can expand to 3 MB, and bytes after the end of a stream are a place to hide things that no
// signature covers. A reader that the caller drains decides neither; these functions decide both.
package inflate

import (
	"compress/flate"
	"encoding/binary"
	"errors"
	"hash/adler32"
	"io"
	"math"
	"strconv"
	"sync"
)

// What can be wrong, for errors.Is.
var (
	ErrLimit      = errors.New("expands beyond the limit")
	ErrTrailing   = errors.New("data after the end of the stream")
	ErrTruncated  = errors.New("stream cut short")
	ErrCorrupt    = errors.New("corrupt stream")
	ErrDictionary = errors.New("preset dictionary")
	ErrChecksum   = errors.New("checksum differs")
)

// An Error says where expansion stopped. It unwraps to one of the sentinels.
type Error struct {
	Offset int // bytes of the source that were used up
	Reason string
	Err    error
}

// Bare is the reason without the place, for those who name the place themselves.
func (e *Error) Bare() string { return e.Reason }

func (e *Error) Error() string { return "inflate: " + e.Reason + " at byte " + strconv.Itoa(e.Offset) }

func (e *Error) Unwrap() error { return e.Err }

// Zlib expands src, which must be exactly one zlib stream without a preset dictionary whose Adler-32 matches. It stops
// with ErrLimit once there are more than limit bytes; a negative limit counts as none. The result is the caller's alone;
// the error is an *Error.
func Zlib(src []byte, limit int) ([]byte, error) {
	if len(src) < 2 {
		return nil, &Error{len(src), "header missing (RFC 1950 §2.2)", ErrTruncated}
	}
	method, flags := src[0], src[1]
	if method&0x0F != 8 || method>>4 > 7 || binary.BigEndian.Uint16(src)%31 != 0 {
		return nil, &Error{0, "not a zlib header (RFC 1950 §2.2)", ErrCorrupt}
	}
	if flags&0x20 != 0 {
		return nil, &Error{1, "preset dictionary (RFC 1950 §2.2, FDICT)", ErrDictionary}
	}
	out, end, err := expand(src, 2, limit)
	if err != nil {
		return nil, err
	}
	if len(src) < end+adler32.Size {
		return nil, &Error{end, "checksum cut short (RFC 1950 §2.2)", ErrTruncated}
	}
	if binary.BigEndian.Uint32(src[end:]) != adler32.Checksum(out) {
		return nil, &Error{end, "Adler-32 differs (RFC 1950 §2.2)", ErrChecksum}
	}
	return whole(out, src, end+adler32.Size)
}

// Raw expands src, which must be exactly one DEFLATE stream, as Zlib does. There is no checksum in it, and the unused
// bits of its last byte are not judged: RFC 1951 does not fix them.
func Raw(src []byte, limit int) ([]byte, error) {
	out, end, err := expand(src, 0, limit)
	if err != nil {
		return nil, err
	}
	return whole(out, src, end)
}

// whole gives out if the stream that it came from ended where src ends.
func whole(out, src []byte, end int) ([]byte, error) {
	if end != len(src) {
		return nil, &Error{end, "data after the end of the stream", ErrTrailing}
	}
	return out, nil
}

// A source hands out a slice byte by byte, so that flate takes no more than it uses and where it stopped is known.
type source struct {
	src   []byte
	at    int
	flate interface {
		io.Reader
		flate.Resetter
	}
}

func (s *source) ReadByte() (byte, error) {
	if s.at == len(s.src) {
		return 0, io.EOF
	}
	s.at++
	return s.src[s.at-1], nil
}

// Read serves stored blocks, which flate copies in one piece.
func (s *source) Read(p []byte) (int, error) {
	if s.at == len(s.src) {
		return 0, io.EOF
	}
	n := copy(p, s.src[s.at:])
	s.at += n
	return n, nil
}

// sources keeps the tables and the window of flate, about 40 kB, from one document to the next. What they expanded is
// never kept: documents point into it.
var sources = sync.Pool{New: func() any {
	s := new(source)
	s.flate = flate.NewReader(s).(interface {
		io.Reader
		flate.Resetter
	})
	return s
}}

// expand expands the DEFLATE stream at src[at:] and gives the offset in src of what follows it.
func expand(src []byte, at, limit int) (out []byte, end int, err error) {
	s := sources.Get().(*source)
	s.src, s.at = src, at
	defer func() {
		s.src = nil // or the pool would hold on to the document
		sources.Put(s)
	}()
	if err := s.flate.Reset(s, nil); err != nil {
		return nil, at, &Error{at, "decoder not reset", ErrCorrupt}
	}

	// One byte of room above the limit tells a stream that fills it from one that exceeds it.
	room := min(max(limit, 0), math.MaxInt-1) + 1
	out = make([]byte, 0, min(room, 4*len(src)+64))
	for {
		if len(out) == cap(out) {
			out = append(make([]byte, 0, min(room, 2*cap(out))), out...)
		}
		n, err := s.flate.Read(out[len(out):cap(out)])
		out = out[:len(out)+n]
		switch {
		case len(out) == room:
			return nil, s.at, &Error{s.at, "more than " + strconv.Itoa(room-1) + " bytes", ErrLimit}
		case err == io.EOF:
			return out, s.at, nil
		case err == io.ErrUnexpectedEOF:
			return nil, s.at, &Error{s.at, "stream cut short (RFC 1951)", ErrTruncated}
		case err != nil:
			return nil, s.at, &Error{s.at, "not a DEFLATE stream (RFC 1951)", ErrCorrupt}
		}
	}
}
