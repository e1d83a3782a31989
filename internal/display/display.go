// Package display says which characters make a text look like another one, for all that shows texts of strangers: the
// verdict, the command, the reports and the page.
package display

import "unicode"

// MaxMarks is how many combining marks may follow one letter before they count as hiding; Vietnamese and Thai need two or
// three.
const MaxMarks = 8

// blank are letters and symbols that leave an empty place (Unicode: Hangul fillers, the empty Braille pattern).
var blank = map[rune]bool{0x115f: true, 0x1160: true, 0x3164: true, 0xffa0: true, 0x2800: true}

// Hides reports whether a character hides, moves or turns around others: controls, directional overrides, invisible
// separators, blank letters. The joiners U+200C and U+200D are not among them, because Persian, Sinhala, Bengali and other
// names are misspelled without them (Unicode Technical Report 36 §3).
func Hides(r rune) bool {
	switch {
	case r < 0x7f:
		return r < 0x20
	case r == 0x200c || r == 0x200d:
		return false
	}
	return unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) || blank[r]
}

// Mark reports whether a character stands on the one before it.
func Mark(r rune) bool { return unicode.In(r, unicode.Mn, unicode.Me) }

// HidesIn reports whether a text has a character that hides, or a pile of marks.
func HidesIn(s string) bool {
	plain := 0 // printable ASCII, which most texts are made of and which hides nothing
	for plain < len(s) && s[plain] >= ' ' && s[plain] <= '~' {
		plain++
	}
	marks := 0
	for _, r := range s[plain:] {
		switch {
		case Hides(r):
			return true
		case r < 0x80:
			marks = 0
		case Mark(r):
			if marks++; marks > MaxMarks {
				return true
			}
		case r == 0x200c || r == 0x200d: // a joiner ends no pile
		default:
			marks = 0
		}
	}
	return false
}
