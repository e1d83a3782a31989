// Package base32 decodes the Base32 encoding of RFC 4648 §6 with exactly one spelling for every sequence of bytes.
//
// The decoder of the standard library skips line breaks and lets the unused bits of the last character be anything. A
// signed text could then be altered without its signature noticing.
package base32

import "strconv"

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

const none = 0xFF

var value = func() (table [256]byte) {
	for i := range table {
		table[i] = none
	}
	for i := range len(alphabet) {
		table[alphabet[i]] = byte(i)
	}
	return table
}()

// An Error says where a text is not Base32.
type Error struct {
	Offset int    // byte offset of the character at fault, or the length of a text that is too short
	Reason string // without any content of the text
}

// Bare is the reason without the place, for those who name the place themselves.
func (e *Error) Bare() string { return e.Reason }

func (e *Error) Error() string { return "base32: " + e.Reason + " at byte " + strconv.Itoa(e.Offset) }

// Decode gives the bytes that s encodes, with padding to a multiple of eight characters or without any. It refuses
// characters outside the alphabet, lower case, line breaks and spaces among them, padding that is missing, wrong or not
// asked for (RFC 4648 §3.2), and unused bits that are not zero (§3.5). The error is an *Error.
func Decode(padded bool, s []byte) ([]byte, error) {
	body := s
	if padded {
		if len(s)%8 != 0 {
			return nil, &Error{len(s), "length not a multiple of eight: padding missing or wrong (RFC 4648 §3.2)"}
		}
		for range 6 {
			if n := len(body); n > 0 && body[n-1] == '=' {
				body = body[:n-1]
			}
		}
	}

	out := make([]byte, 0, len(body)*5/8)
	var held, bits uint // the low bits of held are not yet in out
	for i, c := range body {
		v := value[c]
		if v == none {
			return nil, foreign(c, i)
		}
		held, bits = held<<5|uint(v), bits+5
		if bits >= 8 {
			bits -= 8
			out = append(out, byte(held>>bits))
		}
	}
	if bits >= 5 {
		return nil, &Error{len(body) - 1, "a last group of one, three or six characters (RFC 4648 §6)"}
	}
	if held&(1<<bits-1) != 0 {
		return nil, &Error{len(body) - 1, "unused bits that are not zero (RFC 4648 §3.5)"}
	}
	return out, nil
}

func foreign(c byte, at int) error {
	if c == '=' {
		return &Error{at, "padding where none belongs (RFC 4648 §3.2)"}
	}
	return &Error{at, "a character outside the alphabet (RFC 4648 §3.3)"}
}
