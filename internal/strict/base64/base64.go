// Package base64 decodes the Base64 encodings of RFC 4648 with exactly one spelling for every sequence of bytes.
//
// The decoders of the standard library skip line breaks, even the strict ones, and by default let the unused bits of
// the last character be anything. A signed text could then be altered without its signature noticing.
package base64

import "strconv"

// An Encoding is one of the alphabets of RFC 4648, with or without padding.
type Encoding int

const (
	StdPadded Encoding = iota // RFC 4648 §4
	StdRaw                    // RFC 4648 §4 without padding (§3.2)
	URLPadded                 // RFC 4648 §5
	URLRaw                    // RFC 4648 §5 without padding, as JOSE writes it (RFC 7515 §2)
)

const common = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

// none marks a byte outside the alphabet. It has a bit that no value has, so that a whole group is tested at once.
const none = 0x80

var std, url = table(common + "+/"), table(common + "-_")

func table(alphabet string) *[256]byte {
	t := new([256]byte)
	for i := range t {
		t[i] = none
	}
	for i := range len(alphabet) {
		t[alphabet[i]] = byte(i)
	}
	return t
}

// An Error says where a text is not in the Encoding.
type Error struct {
	Offset int    // byte offset of the character at fault, or the length of a text that is too short
	Reason string // without any content of the text
}

// Bare is the reason without the place, for those who name the place themselves.
func (e *Error) Bare() string { return e.Reason }

func (e *Error) Error() string { return "base64: " + e.Reason + " at byte " + strconv.Itoa(e.Offset) }

// Decode gives the bytes that s encodes. It refuses characters outside the alphabet, line breaks and spaces among them,
// padding that is missing, wrong or not asked for (RFC 4648 §3.2), and unused bits that are not zero (§3.5). The error
// is an *Error.
func Decode(enc Encoding, s []byte) ([]byte, error) {
	value := std
	if enc == URLPadded || enc == URLRaw {
		value = url
	}
	body := s
	switch enc {
	case StdPadded, URLPadded:
		if len(s)%4 != 0 {
			return nil, &Error{len(s), "length not a multiple of four: padding missing or wrong (RFC 4648 §3.2)"}
		}
		for range 2 {
			if n := len(body); n > 0 && body[n-1] == '=' {
				body = body[:n-1]
			}
		}
	case StdRaw, URLRaw:
		if len(s)%4 == 1 {
			return nil, &Error{len(s) - 1, "a lone character after the last group (RFC 4648 §4)"}
		}
	default:
		return nil, &Error{0, "unknown encoding"}
	}

	out := make([]byte, 0, len(body)*3/4)
	i := 0
	for ; i+4 <= len(body); i += 4 {
		a, b, c, d := value[body[i]], value[body[i+1]], value[body[i+2]], value[body[i+3]]
		if (a|b|c|d)&none != 0 {
			return nil, foreign(value, body, i)
		}
		out = append(out, a<<2|b>>4, b<<4|c>>2, c<<6|d)
	}
	return tail(value, body, i, out)
}

// tail decodes the last group, of no, two or three characters.
func tail(value *[256]byte, body []byte, i int, out []byte) ([]byte, error) {
	var v [3]byte
	for j, c := range body[i:] {
		if v[j] = value[c]; v[j] == none {
			return nil, foreign(value, body, i)
		}
	}
	var unused byte
	switch len(body) - i {
	case 2:
		out, unused = append(out, v[0]<<2|v[1]>>4), v[1]<<4
	case 3:
		out, unused = append(out, v[0]<<2|v[1]>>4, v[1]<<4|v[2]>>2), v[2]<<6
	}
	if unused != 0 {
		return nil, &Error{len(body) - 1, "unused bits that are not zero (RFC 4648 §3.5)"}
	}
	return out, nil
}

func foreign(value *[256]byte, body []byte, at int) error {
	for value[body[at]] != none {
		at++
	}
	if body[at] == '=' {
		return &Error{at, "padding where none belongs (RFC 4648 §3.2)"}
	}
	return &Error{at, "a character outside the alphabet (RFC 4648 §3.3)"}
}
