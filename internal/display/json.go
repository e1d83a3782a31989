package display

import (
	"unicode/utf16"
	"unicode/utf8"
)

// EscapeJSON writes the characters that hide others as \u escapes, which every reader of JSON turns back. It takes JSON
// text, in which such characters can only stand inside strings, and gives the same bytes where there is nothing to do.
func EscapeJSON(text []byte) []byte {
	var out []byte
	from := 0
	for at := 0; at < len(text); {
		if text[at] < 0x7f { // controls are escaped already, or white space between tokens
			at++
			continue
		}
		r, size := utf8.DecodeRune(text[at:])
		if Hides(r) {
			out = AppendEscaped(append(out, text[from:at]...), r)
			from = at + size
		}
		at += size
	}
	if from == 0 {
		return text
	}
	return append(out, text[from:]...)
}

// AppendEscaped writes one character as JSON escapes (RFC 8259 §7): \u202e, or a surrogate pair.
func AppendEscaped(b []byte, r rune) []byte {
	if high, low := utf16.EncodeRune(r); high != utf8.RuneError {
		return appendUnit(appendUnit(b, high), low)
	}
	return appendUnit(b, r)
}

func appendUnit(b []byte, unit rune) []byte {
	const digits = "0123456789abcdef"
	return append(b, '\\', 'u', digits[unit>>12&15], digits[unit>>8&15], digits[unit>>4&15], digits[unit&15])
}
