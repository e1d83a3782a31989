package cert

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/travelseal/travelseal/internal/der"
)

// text is the value in UTF-8. It is false for a value that is no string, or no string of its own type.
func (a attribute) text() (string, bool) {
	c := a.value.Content
	switch a.value.Tag {
	case der.UTF8String:
		return string(c), utf8.Valid(c)
	case der.PrintableString, der.IA5String, der.VisibleString, der.NumericString:
		return string(c), ascii(c)
	case der.T61String:
		// T.61 agrees with ASCII, and that is all that is on the lists. Beyond it, software has written and read ISO 8859-1 under
		// this tag, which has long been told of it (RFC 3280 §4.1.2.4).
		if ascii(c) {
			return string(c), true
		}
		runes := make([]rune, len(c))
		for i, b := range c {
			runes[i] = rune(b)
		}
		return string(runes), true
	case der.BMPString:
		return fromUTF16(c)
	case der.UniversalString:
		return fromUTF32(c)
	}
	return "", false
}

func ascii(c []byte) bool {
	for _, b := range c {
		if b >= 0x80 {
			return false
		}
	}
	return true
}

// printable reports whether a text has the characters of a PrintableString only (X.680 §41.4).
func printable(s string) bool {
	for i := range len(s) {
		switch b := s[i]; {
		case 'a' <= b && b <= 'z', 'A' <= b && b <= 'Z', '0' <= b && b <= '9':
		case strings.IndexByte(" '()+,-./:=?", b) >= 0:
		default:
			return false
		}
	}
	return true
}

// fromUTF16 reads a BMPString, which has no surrogates.
func fromUTF16(c []byte) (string, bool) {
	if len(c)%2 != 0 {
		return "", false
	}
	runes := make([]rune, 0, len(c)/2)
	for ; len(c) > 0; c = c[2:] {
		r := rune(binary.BigEndian.Uint16(c))
		if utf16.IsSurrogate(r) {
			return "", false
		}
		runes = append(runes, r)
	}
	return string(runes), true
}

func fromUTF32(c []byte) (string, bool) {
	if len(c)%4 != 0 {
		return "", false
	}
	runes := make([]rune, 0, len(c)/4)
	for ; len(c) > 0; c = c[4:] {
		u := binary.BigEndian.Uint32(c)
		if u > utf8.MaxRune || !utf8.ValidRune(rune(u)) {
			return "", false
		}
		runes = append(runes, rune(u))
	}
	return string(runes), true
}
