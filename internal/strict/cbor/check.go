// Package cbor reads CBOR (RFC 8949) strictly and within limits: Check judges the form of a text in one pass, Unmarshal
// fills structs, and a Value holds a field whose type is judged later.
//
// Two texts of one meaning, or one text of two meanings, let signed bytes be altered or read in two ways. Check
// therefore accepts the core deterministic encoding of RFC 8949 §4.2.1 only, but for two things that genuine issuers do
// and that change no meaning: the keys of a map may be in any order, and floating-point numbers may be of any width.
package cbor

import (
	"errors"
	"strconv"
	"unicode/utf8"

	"github.com/travelseal/travelseal/internal/strict/internal/dupkey"
)

// What can be wrong with a text, for errors.Is.
var (
	ErrTruncated    = errors.New("input ends within an item")
	ErrTrailing     = errors.New("data after the item")
	ErrLimit        = errors.New("limit exceeded")
	ErrDuplicateKey = errors.New("duplicate map key")
	ErrNonCanonical = errors.New("not in the shortest definite form")
	ErrMalformed    = errors.New("not well-formed")
	ErrUTF8         = errors.New("text is not UTF-8")
	// ErrType means that a value is not of the type that the field of a struct asks for.
	ErrType = errors.New("value of another type")
)

// An Error says where a text is refused. It unwraps to one of the sentinels and holds no content of the text.
type Error struct {
	Offset int // byte offset of the head of the item at fault, or -1 where it is not known
	Reason string
	Err    error
}

// Bare is the reason without the place, for those who name the place themselves.
func (e *Error) Bare() string { return e.Reason }

func (e *Error) Error() string {
	if e.Offset < 0 {
		return "cbor: " + e.Reason
	}
	return "cbor: " + e.Reason + " at byte " + strconv.Itoa(e.Offset)
}

func (e *Error) Unwrap() error { return e.Err }

// Limits bound one text. The zero Limits allow a lone item that holds no other.
type Limits struct {
	Depth int // arrays, maps and tags within one another; more than 1000 count as 1000
	Items int // array elements and map entries in all
}

// Leniency names departures from the strict form that a format can allow. Map keys are always held to the strict form,
// so that they can be compared as bytes.
type Leniency struct {
	Indefinite bool // arrays, maps and strings of indefinite length (RFC 8949 §3.2)
	LongHeads  bool // integers, lengths and tag numbers in more bytes than they need (RFC 8949 §4.2.1)
}

// Check reports whether b is exactly one item in the strict form: well-formed, of definite lengths, with the shortest
// heads, without repeated map keys, with text in UTF-8, within the limits, and nothing after it. The error is an *Error.
func Check(b []byte, l Limits) error { return CheckLenient(b, l, Leniency{}) }

// CheckLenient is Check with the departures that a Leniency names.
func CheckLenient(b []byte, l Limits, allow Leniency) error {
	c := checker{b: b, depth: min(l.Depth, maxDepth), items: max(l.Items, 0), allow: allow}
	end, err := c.item(0, 0, false)
	if err != nil {
		return err
	}
	if end != len(b) {
		return &Error{end, "data after the item", ErrTrailing}
	}
	return nil
}

type checker struct {
	b     []byte
	depth int // that is allowed
	items int // that are still allowed
	allow Leniency
}

// item checks the item at b[at:] and gives the offset of what follows it.
func (c *checker) item(at, depth int, key bool) (int, error) {
	h, ok := readHead(c.b, at)
	switch {
	case !ok:
		return 0, &Error{at, "input ends within an item", ErrTruncated}
	case !h.wellFormed():
		return 0, &Error{at, "reserved initial byte, simple value or break (RFC 8949 §3)", ErrMalformed}
	case h.info == indefinite && (key || !c.allow.Indefinite):
		return 0, &Error{at, "indefinite length (RFC 8949 §4.2.1)", ErrNonCanonical}
	case h.major != simple && !h.shortest() && (key || !c.allow.LongHeads):
		return 0, &Error{at, "argument not in its shortest form (RFC 8949 §4.2.1)", ErrNonCanonical}
	}
	switch h.major {
	case byteString, textString:
		return c.str(at, h)
	case array, mapping, tag:
		if depth >= c.depth {
			return 0, &Error{at, "nested deeper than " + strconv.Itoa(c.depth), ErrLimit}
		}
		return c.container(at, depth, h, key)
	case simple:
		// One number as a key in two widths would be two keys to the comparison and one to the reader.
		if key && h.info > oneByte {
			return 0, &Error{at, "floating-point number in a map key", ErrNonCanonical}
		}
	}
	return h.end, nil
}

// str checks the rest of a byte or text string: its bytes, or its chunks, each of which is a string of definite length
// and the same major type (RFC 8949 §3.2.3).
func (c *checker) str(at int, h head) (int, error) {
	if h.info != indefinite {
		if h.arg > uint64(len(c.b)-h.end) {
			return 0, &Error{at, "string longer than the input", ErrTruncated}
		}
		end := h.end + int(h.arg)
		if h.major == textString && !utf8.Valid(c.b[h.end:end]) {
			return 0, &Error{at, "text is not UTF-8 (RFC 8949 §3.1)", ErrUTF8}
		}
		return end, nil
	}
	next := h.end
	for next < len(c.b) && c.b[next] != breakCode {
		if c.b[next]>>5 != h.major || c.b[next]&0x1F == indefinite {
			return 0, &Error{next, "not a chunk of the string around it (RFC 8949 §3.2.3)", ErrMalformed}
		}
		var err error
		if next, err = c.item(next, 0, false); err != nil {
			return 0, err
		}
	}
	if next == len(c.b) {
		return 0, &Error{next, "input ends within a string", ErrTruncated}
	}
	return next + 1, nil
}

// container checks the rest of an array, map or tag.
func (c *checker) container(at, depth int, h head, key bool) (int, error) {
	n := -1
	if h.info != indefinite {
		if h.major != tag && h.arg > uint64(c.items) {
			return 0, c.tooMany(at)
		}
		if n = h.children(len(c.b) - h.end); n < 0 {
			return 0, &Error{at, "more items announced than the input can hold", ErrTruncated}
		}
	}
	var room [16]dupkey.Key // on the stack: most maps have fewer keys
	keys := room[:0]
	next := h.end
	for i := 0; i != n; i++ {
		if n < 0 && next < len(c.b) && c.b[next] == breakCode {
			if h.major == mapping && i%2 == 1 {
				return 0, &Error{next, "map key without a value (RFC 8949 §3.2.2)", ErrMalformed}
			}
			next++
			break
		}
		start, isKey := next, h.major == mapping && i%2 == 0
		if isKey || h.major == array {
			if c.items--; c.items < 0 {
				return 0, c.tooMany(start)
			}
		}
		var err error
		if next, err = c.item(start, depth+1, key || isKey); err != nil {
			return 0, err
		}
		if isKey {
			keys = append(keys, dupkey.Key{Start: start, End: next, Offset: start})
		}
	}
	if dup, found := dupkey.First(c.b, keys); found {
		return 0, &Error{dup, "duplicate map key (RFC 8949 §5.6)", ErrDuplicateKey}
	}
	return next, nil
}

func (c *checker) tooMany(at int) error {
	return &Error{at, "more array elements and map entries than allowed", ErrLimit}
}
