// Package base45 is the Base45 encoding of RFC 9285 with exactly one spelling for every sequence of bytes.
//
// RFC 9285 §6 obliges decoders to refuse input that is not a valid encoding. Decoders that let values wrap around instead
// give one document many texts, and every list of texts already seen or refused can then be walked around.
package base45

import (
	"slices"
	"strconv"
)

// alphabet is Table 1 of RFC 9285 §4.2.
const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

// none marks a byte outside the alphabet. It has a bit that no value has, so that a whole group is tested at once.
const none = 0x80

var value = func() (table [256]byte) {
	for i := range table {
		table[i] = none
	}
	for i := range len(alphabet) {
		table[alphabet[i]] = byte(i)
	}
	return table
}()

// An Error says where a text is not Base45.
type Error struct {
	Offset int    // byte offset of the character or of the group of characters at fault
	Reason string // without any content of the text
}

// Bare is the reason without the place, for those who name the place themselves.
func (e *Error) Bare() string { return e.Reason }

func (e *Error) Error() string { return "base45: " + e.Reason + " at byte " + strconv.Itoa(e.Offset) }

// Decode gives the bytes that s encodes. The error is an *Error.
func Decode(s []byte) ([]byte, error) { return AppendDecode(nil, s) }

// AppendDecode appends the bytes that s encodes to dst. On an error, which is an *Error, it gives dst back unchanged.
func AppendDecode(dst, s []byte) ([]byte, error) {
	tail := len(s) % 3
	if tail == 1 {
		return dst, &Error{len(s) - 1, "a lone character after the last group (RFC 9285 §4)"}
	}
	n := len(s)/3*2 + tail/2
	grown := slices.Grow(dst, n)
	out := grown[len(dst) : len(dst)+n]

	i, o := 0, 0
	for ; i+3 <= len(s); i, o = i+3, o+2 {
		c, d, e := value[s[i]], value[s[i+1]], value[s[i+2]]
		if (c|d|e)&none != 0 {
			return dst, foreign(s, i)
		}
		v := uint32(c) + 45*uint32(d) + 45*45*uint32(e)
		if v > 0xFFFF {
			return dst, &Error{i, "a group of three above 65535 (RFC 9285 §6)"}
		}
		out[o], out[o+1] = byte(v>>8), byte(v)
	}
	if tail == 2 {
		c, d := value[s[i]], value[s[i+1]]
		if (c|d)&none != 0 {
			return dst, foreign(s, i)
		}
		v := uint32(c) + 45*uint32(d)
		if v > 0xFF {
			return dst, &Error{i, "a group of two above 255 (RFC 9285 §6)"}
		}
		out[o] = byte(v)
	}
	return grown[:len(dst)+n], nil
}

func foreign(s []byte, at int) error {
	for value[s[at]] != none {
		at++
	}
	return &Error{at, "a character outside the alphabet (RFC 9285 §6)"}
}

// Encode gives the one Base45 text of b.
func Encode(b []byte) string { return string(AppendEncode(nil, b)) }

// AppendEncode appends the one Base45 text of b to dst.
func AppendEncode(dst, b []byte) []byte {
	dst = slices.Grow(dst, len(b)/2*3+len(b)%2*2)
	for ; len(b) >= 2; b = b[2:] {
		v := int(b[0])<<8 | int(b[1])
		dst = append(dst, alphabet[v%45], alphabet[v/45%45], alphabet[v/(45*45)])
	}
	if len(b) == 1 {
		dst = append(dst, alphabet[b[0]%45], alphabet[b[0]/45])
	}
	return dst
}
