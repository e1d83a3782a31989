package mrz

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// filler stands where nothing does (Doc 9303-3 §4.10).
const (
	filler  = '<'
	fillers = "<"
)

// visa is the first letter of the codes of visas (Doc 9303-7).
const visa = 'V'

// around is what may stand before and after a line.
const around = " \t\r"

// Recognise reports cheaply whether a text looks like a machine readable zone: only its characters in either case, a
// filler among them, and a first letter that a document code begins with. The lengths are Parse's to judge, so that a
// missing character is named as such.
func Recognise(text []byte) bool {
	text = bytes.Trim(text, around+"\n")
	if len(text) == 0 || len(text) > MaxText {
		return false
	}
	switch upper(text[0]) {
	case 'P', 'I', 'A', 'C', visa:
	default:
		return false
	}
	filled := false
	for len(text) > 0 {
		b := text[0]
		if n := guillemet(text); n > 0 {
			filled, text = true, text[n:]
			continue
		}
		if n := blank(text); n > 0 {
			text = text[n:]
			continue
		}
		if !printed(b) && !lower(b) && b != '\n' && b != '\r' {
			return false
		}
		filled, text = filled || b == filler, text[1:]
	}
	return filled
}

// printed reports whether a character belongs to the zone (Doc 9303-3 §4.3, figure 4).
func printed(b byte) bool { return b >= 'A' && b <= 'Z' || isNumeral(b) || b == filler }

func isNumeral(b byte) bool { return b >= '0' && b <= '9' }

func lower(b byte) bool { return b >= 'a' && b <= 'z' }

// upper gives the capital of a small letter, and every other character as it is.
func upper(b byte) byte {
	if lower(b) {
		return b - ('a' - 'A')
	}
	return b
}

// guillemet gives the length of a quotation mark that looks like a filler at the beginning of a text, « or ‹ in UTF-8;
// 0 where there is none.
func guillemet(text []byte) int {
	switch {
	case len(text) >= 2 && text[0] == 0xC2 && text[1] == 0xAB:
		return 2
	case len(text) >= 3 && text[0] == 0xE2 && text[1] == 0x80 && text[2] == 0xB9:
		return 3
	}
	return 0
}

// blank gives the length of a blank at the beginning of a text: a space or a tab, or one of the spaces that word processors
// and web pages put between groups of characters (U+00A0, U+2000 to U+200A, U+202F, U+205F, U+3000); 0 where there is none.
func blank(text []byte) int {
	switch {
	case len(text) == 0:
		return 0
	case text[0] == ' ' || text[0] == '\t':
		return 1
	case text[0] < utf8.RuneSelf:
		return 0
	}
	if c, n := utf8.DecodeRune(text); unicode.Is(unicode.Zs, c) {
		return n
	}
	return 0
}
