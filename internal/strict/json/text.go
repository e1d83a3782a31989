package json

import (
	"encoding/json"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// str checks the string at c.b[at:] (RFC 8259 §7) and reports whether there are escapes in it.
func (c *checker) str(at int) (end int, escaped bool, err *Error) {
	for i := at + 1; i < len(c.b); {
		switch ch := c.b[i]; {
		case ch == '"':
			return i + 1, escaped, nil
		case ch == '\\':
			escaped = true
			if i, err = c.escape(i); err != nil {
				return 0, false, err
			}
		case ch < ' ':
			return 0, false, fault(i, "control character in a string (RFC 8259 §7)", ErrMalformed)
		case ch < utf8.RuneSelf:
			i++
		default:
			r, n := utf8.DecodeRune(c.b[i:])
			switch {
			case r == utf8.RuneError && n == 1 && !utf8.FullRune(c.b[i:]):
				return 0, false, fault(i, "input ends within a character", ErrTruncated)
			case r == utf8.RuneError && n == 1:
				return 0, false, fault(i, "not UTF-8 (RFC 8259 §8.1)", ErrUTF8)
			case noncharacter(r):
				return 0, false, fault(i, "noncharacter (RFC 7493 §2.1)", ErrUTF8)
			}
			i += n
		}
	}
	return 0, false, fault(len(c.b), "input ends within a string", ErrTruncated)
}

// escape checks the escape at c.b[at:], or the two that make a surrogate pair.
func (c *checker) escape(at int) (end int, err *Error) {
	if at+1 == len(c.b) {
		return 0, fault(at, "input ends within an escape", ErrTruncated)
	}
	switch c.b[at+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return at + 2, nil
	case 'u':
	default:
		return 0, fault(at, "unknown escape (RFC 8259 §7)", ErrMalformed)
	}
	r, err := c.unit(at)
	if err != nil {
		return 0, err
	}
	end = at + 6
	if utf16.IsSurrogate(r) {
		var low rune
		switch rest := c.b[end:]; {
		case len(rest) == 0 || len(rest) == 1 && rest[0] == '\\':
			return 0, fault(at, "input ends within a surrogate pair", ErrTruncated)
		case rest[0] == '\\' && rest[1] == 'u':
			if low, err = c.unit(end); err != nil {
				return 0, err
			}
			end += 6
		}
		if r = utf16.DecodeRune(r, low); r == utf8.RuneError {
			return 0, fault(at, "lone surrogate (RFC 7493 §2.1)", ErrUTF8)
		}
	}
	if noncharacter(r) {
		return 0, fault(at, "noncharacter (RFC 7493 §2.1)", ErrUTF8)
	}
	return end, nil
}

// unit gives the UTF-16 code unit of the escape at c.b[at:], which begins with a backslash and a u.
func (c *checker) unit(at int) (r rune, err *Error) {
	for i := at + 2; i < at+6; i++ {
		if i >= len(c.b) {
			return 0, fault(at, "input ends within an escape", ErrTruncated)
		}
		digit := strings.IndexByte("0123456789abcdef", c.b[i]|0x20)
		if digit < 0 || c.b[i] < '0' {
			return 0, fault(at, "not four hexadecimal digits (RFC 8259 §7)", ErrMalformed)
		}
		r = r<<4 | rune(digit)
	}
	return r, nil
}

// noncharacter is whether Unicode reserves a code point for internal use (Unicode 23.7): the last two of each plane and
// 32 in the middle of the first.
func noncharacter(r rune) bool { return r&0xFFFE == 0xFFFE || r >= 0xFDD0 && r <= 0xFDEF }

// appendUnescaped appends a string that str has checked, as it reads.
func appendUnescaped(dst, quoted []byte) []byte {
	var s string
	_ = json.Unmarshal(quoted, &s) // what str accepts, encoding/json does
	return append(dst, s...)
}
