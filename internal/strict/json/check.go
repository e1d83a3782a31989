// Package json reads JSON strictly and within limits: RFC 8259 as RFC 7493 (I-JSON) narrows it.
//
// encoding/json lets through what makes one text mean two things: it takes the last of two members with one name, it
// fills a field from a member whose name differs in case, and it replaces what is not UTF-8. This package therefore
// scans each text itself, in one pass that knows the names of the struct's fields, and lets encoding/json fill the
// struct only from a text in which none of that occurs. So its rules are as strict as its own reader would be, and its
// conversions are those that every Go programmer knows.
package json

import (
	"errors"
	"strconv"
)

// What can be wrong with a text, for errors.Is.
var (
	ErrTrailing     = errors.New("data after the value")
	ErrLimit        = errors.New("limit exceeded")
	ErrDuplicateKey = errors.New("duplicate member name")
	ErrFieldCase    = errors.New("member name differs from a field's in case only")
	ErrUTF8         = errors.New("text is not Unicode")
	ErrMalformed    = errors.New("not JSON")
	ErrTruncated    = errors.New("input ends within a value")
	ErrUnknownField = errors.New("member unknown to this kind of object")
	// ErrType means that a value is not of the type that the field of a struct asks for.
	ErrType = errors.New("value of another type")
)

// An Error says where a text is refused. It unwraps to one of the sentinels and holds no content of the text.
type Error struct {
	Offset int    // byte offset, or -1 where it is not known
	Path   string // as far as fields of a struct name the way: "vc.credentialSubject.entry[0]"; "" for Check
	Reason string
	Err    error
}

// Bare is the reason without the place, for those who name the place themselves.
func (e *Error) Bare() string { return e.Reason }

func (e *Error) Error() string {
	s := "json: " + e.Reason
	if e.Path != "" {
		s += " in " + e.Path
	}
	if e.Offset >= 0 {
		s += " at byte " + strconv.Itoa(e.Offset)
	}
	return s
}

func (e *Error) Unwrap() error { return e.Err }

// Limits bound one text. The zero Limits allow a lone string, number or literal.
type Limits struct {
	Depth int // arrays and objects within one another; more than 1000 count as 1000
	Items int // array elements and object members in all
}

// maxDepth bounds recursion whatever the caller's limits say: a stack that overflows cannot be recovered.
const maxDepth = 1000

// Check reports whether b is exactly one JSON value: in UTF-8 without a byte order mark, without surrogates and
// noncharacters (RFC 7493 §2.1), without repeated member names in any object (§2.3), within the limits, and with nothing
// but white space around it. The precision of numbers is not judged. The error is an *Error.
func Check(b []byte, l Limits) error { return check(b, l, nil, false) }

// check is Check that also compares member names with the fields of a struct.
func check(b []byte, l Limits, s *shape, closed bool) error {
	c := checker{b: b, text: b[:len(b):len(b)], depth: min(l.Depth, maxDepth), items: max(l.Items, 0), closed: closed}
	if len(b) >= 3 && b[0] == 0xEF && b[1] == 0xBB && b[2] == 0xBF {
		return fault(0, "byte order mark (RFC 8259 §8.1)", ErrMalformed)
	}
	end, err := c.value(c.space(0), 0, s)
	if err != nil {
		return err
	}
	if end = c.space(end); end != len(b) {
		return fault(end, "data after the value", ErrTrailing)
	}
	return nil
}

func fault(at int, reason string, err error) *Error {
	return &Error{Offset: at, Reason: reason, Err: err}
}

// under adds the step by which the place of the error was reached, where s is the type that knows the step.
func (e *Error) under(s *shape, step string) *Error {
	switch {
	case s == nil || step == "":
	case e.Path == "" || e.Path[0] == '[':
		e.Path = step + e.Path
	default:
		e.Path = step + "." + e.Path
	}
	return e
}
