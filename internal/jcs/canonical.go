// Package jcs writes JSON in the canonical form of RFC 8785 (JSON Canonicalization Scheme), over which some seals are
// made: members in one order, no white space, one spelling of every string and number.
//
// The text comes from the strict reader of package internal/strict/json. Repeated members, surrogates that stand alone
// and noncharacters are refused there, as RFC 8785 §3.1 and RFC 7493 (I-JSON) demand; this package refuses numbers that
// a double cannot hold. It checks no signature.
package jcs

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/travelseal/travelseal/internal/strict/json"
)

// What can be wrong with a value, for errors.Is. The text of the error holds no content.
var (
	// ErrNumber means that a number is larger, smaller or more precise than a double (RFC 7493 §2.2).
	ErrNumber = errors.New("a number that a double cannot hold (RFC 7493 §2.2)")
	// ErrNoValue means a Value that json.Parse did not make.
	ErrNoValue = errors.New("no JSON value")
)

// An Error says where in the text a value cannot be written.
type Error struct {
	Offset int
	Err    error // ErrNumber
}

func (e *Error) Error() string { return e.Err.Error() }

func (e *Error) Unwrap() error { return e.Err }

// Append appends the canonical form of a value to dst. The work is in proportion to the length of the text times the
// depth of its nesting, which the limits of json.Parse bound.
func Append(dst []byte, v json.Value) ([]byte, error) {
	switch v.Kind() {
	case json.Null, json.Bool:
		return append(dst, v.Raw()...), nil
	case json.Number:
		out, err := appendNumber(dst, v)
		if err != nil {
			return nil, &Error{v.Offset(), err}
		}
		return out, nil
	case json.Text:
		s, _ := v.TextBytes()
		return appendString(dst, s), nil
	case json.Array:
		return appendArray(dst, v)
	case json.Object:
		return appendObject(dst, v)
	}
	return nil, ErrNoValue
}

func appendArray(dst []byte, v json.Value) ([]byte, error) {
	dst = append(dst, '[')
	var err error
	for i, e := range v.Elements() {
		if i > 0 {
			dst = append(dst, ',')
		}
		if dst, err = Append(dst, e); err != nil {
			return nil, err
		}
	}
	return append(dst, ']'), nil
}

type member struct {
	name  string
	value json.Value
}

func appendObject(dst []byte, v json.Value) ([]byte, error) {
	var room [16]member // on the stack: most objects have fewer members
	members := room[:0]
	for name, value := range v.Members() {
		members = append(members, member{name, value})
	}
	slices.SortFunc(members, func(a, b member) int { return compareUTF16(a.name, b.name) })
	dst = append(dst, '{')
	var err error
	for i, m := range members {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(appendString(dst, []byte(m.name)), ':')
		if dst, err = Append(dst, m.value); err != nil {
			return nil, err
		}
	}
	return append(dst, '}'), nil
}

// compareUTF16 orders names by their UTF-16 code units (RFC 8785 §3.2.3). That is the order of UTF-8 bytes but for the
// characters beyond the first plane: their surrogates, from D800, come before E000 to FFFF.
func compareUTF16(a, b string) int {
	for len(a) > 0 && len(b) > 0 {
		ra, na := utf8.DecodeRuneInString(a)
		rb, nb := utf8.DecodeRuneInString(b)
		switch {
		case ra == rb:
			a, b = a[na:], b[nb:]
		case (ra > 0xFFFF) != (rb > 0xFFFF) && min(ra, rb) >= 0xE000:
			return strings.Compare(b, a)
		default:
			return int(ra) - int(rb)
		}
	}
	return len(a) - len(b)
}

// appendString writes a string with the escapes of RFC 8785 §3.2.2.2 and no others.
func appendString(dst, s []byte) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	start := 0
	for i, c := range s {
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		dst = append(append(dst, s[start:i]...), '\\')
		start = i + 1
		switch c {
		case '"', '\\':
			dst = append(dst, c)
		case '\b':
			dst = append(dst, 'b')
		case '\t':
			dst = append(dst, 't')
		case '\n':
			dst = append(dst, 'n')
		case '\f':
			dst = append(dst, 'f')
		case '\r':
			dst = append(dst, 'r')
		default:
			dst = append(dst, 'u', '0', '0', hex[c>>4], hex[c&0xF])
		}
	}
	return append(append(dst, s[start:]...), '"')
}
