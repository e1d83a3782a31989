package json

import (
	"bytes"
	"encoding/json"
	"iter"
)

// A Value is one JSON value that has not been interpreted, of a text that Parse has checked. It points into that text
// and copies nothing unless a method says so. The zero Value is Missing; the methods of a Value that Parse did not make
// answer that there is no such value, and never panic.
type Value struct {
	raw []byte
	at  int // where it begins in what Parse was given
}

// A Kind is the type of a Value.
type Kind int

const (
	Missing Kind = iota
	Null
	Bool
	Number
	Text
	Array
	Object
)

// Parse checks b as Check does and gives it as a Value.
func Parse(b []byte, l Limits) (Value, error) {
	if err := Check(b, l); err != nil {
		return Value{}, err
	}
	text := bytes.TrimLeft(b, blanks)
	return Value{bytes.TrimRight(text, blanks), len(b) - len(text)}, nil
}

// blanks are the white space of RFC 8259 §2.
const blanks = " \n\r\t"

// Raw gives the text of the value.
func (v Value) Raw() []byte { return v.raw }

// Offset is where the value begins in the text that Parse was given.
func (v Value) Offset() int { return v.at }

// Kind gives the type of the value.
func (v Value) Kind() Kind {
	if len(v.raw) == 0 {
		return Missing
	}
	switch v.raw[0] {
	case '{':
		return Object
	case '[':
		return Array
	case '"':
		return Text
	case 't', 'f':
		return Bool
	case 'n':
		return Null
	}
	return Number
}

// TextBytes gives a string. It is part of the text itself where the string has no escapes, and a copy where it has.
func (v Value) TextBytes() ([]byte, bool) {
	if v.Kind() != Text || len(v.raw) < 2 {
		return nil, false
	}
	inner := v.raw[1 : len(v.raw)-1]
	if bytes.IndexByte(inner, '\\') < 0 {
		return inner, true
	}
	return appendUnescaped(nil, v.raw), true
}

// Text gives a string, copied.
func (v Value) Text() (string, bool) {
	b, ok := v.TextBytes()
	return string(b), ok
}

// Int gives a number that is written as an integer and fits.
func (v Value) Int() (int64, bool) {
	if v.Kind() != Number {
		return 0, false
	}
	n, err := json.Number(v.raw).Int64()
	return n, err == nil
}

// Float gives any number, rounded to the nearest double.
func (v Value) Float() (float64, bool) {
	if v.Kind() != Number {
		return 0, false
	}
	f, err := json.Number(v.raw).Float64()
	return f, err == nil
}

// Bool gives a boolean.
func (v Value) Bool() (value, ok bool) {
	return v.Kind() == Bool && v.raw[0] == 't', v.Kind() == Bool
}

// Members gives the members of an object in the order of the text, with their names as they read.
func (v Value) Members() iter.Seq2[string, Value] {
	return func(yield func(string, Value) bool) {
		if v.Kind() != Object {
			return
		}
		c := checker{b: v.raw}
		for at := c.space(1); at < len(v.raw) && v.raw[at] == '"'; {
			end, _, err := c.str(at)
			if err != nil {
				return
			}
			name, _ := Value{raw: v.raw[at:end]}.Text()
			start := c.space(c.space(end) + 1) // after the colon
			stop := c.skip(start)
			if stop < 0 || !yield(name, Value{v.raw[start:stop], v.at + start}) {
				return
			}
			at = c.space(c.space(stop) + 1) // after the comma
		}
	}
}

// Elements gives the elements of an array with their index, in order.
func (v Value) Elements() iter.Seq2[int, Value] {
	return func(yield func(int, Value) bool) {
		if v.Kind() != Array {
			return
		}
		c := checker{b: v.raw}
		at := c.space(1)
		for i := 0; at < len(v.raw) && v.raw[at] != ']'; i++ {
			stop := c.skip(at)
			if stop < 0 || !yield(i, Value{v.raw[at:stop], v.at + at}) {
				return
			}
			at = c.space(c.space(stop) + 1)
		}
	}
}

// skip gives the offset after the value at c.b[at:], which has been checked before, or -1 where there is none.
func (c *checker) skip(at int) int {
	for i, depth := at, 0; i < len(c.b); {
		switch c.b[i] {
		case '"':
			end, _, err := c.str(i)
			if err != nil {
				return -1
			}
			i = end
		case '{', '[':
			depth++
			i++
		case '}', ']':
			if depth == 0 {
				return i // of an unbracketed value before it
			}
			depth--
			i++
		case ',', ' ', '\n', '\r', '\t':
			if depth == 0 {
				return i
			}
			i++
			continue
		default:
			i++
			continue
		}
		if depth == 0 {
			return i
		}
	}
	return len(c.b)
}
