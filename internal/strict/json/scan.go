package json

import (
	"bytes"
	"strconv"

	"github.com/travelseal/travelseal/internal/strict/internal/dupkey"
)

// A checker walks over one text. Its methods take the offset of a token and give the offset of what follows it.
type checker struct {
	b      []byte
	text   []byte // b, and behind it the member names that are written with escapes, as they read
	depth  int    // that is allowed
	items  int    // that are still allowed
	closed bool   // whether structs name every member
}

func (c *checker) space(at int) int {
	for at < len(c.b) && (c.b[at] == ' ' || c.b[at] == '\n' || c.b[at] == '\r' || c.b[at] == '\t') {
		at++
	}
	return at
}

// value checks the value at c.b[at:]. Where s is not nil, it is the Go type that the value is for.
func (c *checker) value(at, depth int, s *shape) (int, *Error) {
	if at >= len(c.b) {
		return 0, fault(at, "input ends where a value should be", ErrTruncated)
	}
	switch c.b[at] {
	case '{', '[':
		if depth >= c.depth {
			return 0, fault(at, "nested deeper than "+strconv.Itoa(c.depth), ErrLimit)
		}
		if c.b[at] == '{' {
			return c.object(at, depth+1, s)
		}
		return c.array(at, depth+1, s)
	case '"':
		end, _, err := c.str(at)
		return end, err
	case 't':
		return c.literal(at, "true")
	case 'f':
		return c.literal(at, "false")
	case 'n':
		return c.literal(at, "null")
	}
	return c.number(at)
}

func (c *checker) array(at, depth int, s *shape) (int, *Error) {
	at = c.space(at + 1)
	if at < len(c.b) && c.b[at] == ']' {
		return at + 1, nil
	}
	for i := 0; ; i++ {
		err := c.count(at)
		if err == nil {
			at, err = c.value(at, depth, s.element())
		}
		if err != nil {
			return 0, err.under(s, "["+strconv.Itoa(i)+"]")
		}
		var more bool
		if at, more, err = c.separator(at, ']'); err != nil || !more {
			return at, err
		}
	}
}

func (c *checker) object(at, depth int, s *shape) (int, *Error) {
	at = c.space(at + 1)
	if at < len(c.b) && c.b[at] == '}' {
		return at + 1, nil
	}
	var room [16]dupkey.Key // on the stack: most objects have fewer members
	names := room[:0]
	for {
		start := at
		end, escaped, err := c.name(at)
		if err != nil {
			return 0, err
		}
		key := dupkey.Key{Start: start + 1, End: end - 1, Offset: start}
		if escaped {
			key.Start = len(c.text)
			c.text = appendUnescaped(c.text, c.b[start:end])
			key.End = len(c.text)
		}
		names = append(names, key)
		field, step, err := c.member(c.text[key.Start:key.End], start, s)
		if err != nil {
			return 0, err
		}
		if at = c.space(end); at >= len(c.b) {
			return 0, fault(at, "input ends within an object", ErrTruncated)
		}
		if c.b[at] != ':' {
			return 0, fault(at, "colon missing after a member name (RFC 8259 §4)", ErrMalformed)
		}
		if at, err = c.value(c.space(at+1), depth, field); err != nil {
			return 0, err.under(s, step)
		}
		var more bool
		if at, more, err = c.separator(at, '}'); err != nil {
			return 0, err
		}
		if !more {
			if dup, found := dupkey.First(c.text, names); found {
				return 0, fault(dup, "duplicate member name (RFC 7493 §2.3)", ErrDuplicateKey)
			}
			return at, nil
		}
	}
}

// name checks the string that begins a member.
func (c *checker) name(at int) (end int, escaped bool, err *Error) {
	if err := c.count(at); err != nil {
		return 0, false, err
	}
	if at >= len(c.b) {
		return 0, false, fault(at, "input ends within an object", ErrTruncated)
	}
	if c.b[at] != '"' {
		return 0, false, fault(at, "not a member name (RFC 8259 §4)", ErrMalformed)
	}
	return c.str(at)
}

// separator checks for the comma before another element or member, or for the bracket that ends them.
func (c *checker) separator(at int, end byte) (next int, more bool, err *Error) {
	at = c.space(at)
	switch {
	case at >= len(c.b):
		return 0, false, fault(at, "input ends within an array or object", ErrTruncated)
	case c.b[at] == ',':
		return c.space(at + 1), true, nil
	case c.b[at] == end:
		return at + 1, false, nil
	}
	return 0, false, fault(at, "comma or closing bracket missing (RFC 8259 §4, §5)", ErrMalformed)
}

func (c *checker) count(at int) *Error {
	if c.items--; c.items < 0 {
		return fault(at, "more array elements and object members than allowed", ErrLimit)
	}
	return nil
}

// member finds the field for a member of the object that s is for, and the step that leads to it.
func (c *checker) member(name []byte, at int, s *shape) (field *shape, step string, err *Error) {
	switch {
	case s == nil:
		return nil, "", nil
	case s.fields == nil:
		return s.elem, "[*]", nil // the keys of a Go map are content
	}
	for _, f := range s.fields {
		if string(name) == f.name {
			return f.shape, f.name, nil
		}
	}
	for _, f := range s.fields {
		if bytes.EqualFold(name, f.fold) {
			return nil, "", fault(at, "member name differs in case only", ErrFieldCase).under(s, f.name)
		}
	}
	if c.closed {
		return nil, "", fault(at, "unknown member", ErrUnknownField)
	}
	return nil, "", nil
}
