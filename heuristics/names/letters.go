package names

import (
	"slices"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// table holds the capital letters of Latin alphabets that do not simply lose a mark, with their transliterations in the
// order of preference. The rows follow ICAO Doc 9303-3 §6, table A, with every alternative that it gives. What it does
// not have (Ø as O, Đ as DJ, Ə, and the hooked letters of West Africa) is how issuing states write these letters in
// their own passports. All other letters of table A are their base letter without the mark.
var table = map[rune][]string{
	'Ä': {"AE", "A"},
	'Å': {"AA", "A"},
	'Æ': {"AE"},
	'Ð': {"D"},
	'Đ': {"D", "DJ"},
	'Ɖ': {"D"},
	'Ħ': {"H"},
	'Ĳ': {"IJ"},
	'Ŀ': {"L"},
	'Ł': {"L"},
	'Ñ': {"N", "NXX"},
	'Ŋ': {"N"},
	'ŉ': {"N"},
	'Ö': {"OE", "O"},
	'Ø': {"OE", "O"},
	'Œ': {"OE"},
	'ß': {"SS"},
	'ẞ': {"SS"},
	'Þ': {"TH"},
	'Ŧ': {"T"},
	'Ü': {"UE", "UXX", "U"},
	'Ə': {"A", "E"},
	'Ɓ': {"B"},
	'Ɗ': {"D"},
	'Ɛ': {"E"},
	'Ƙ': {"K"},
	'Ɔ': {"O"},
	'Ƴ': {"Y"},
}

// A kind says what a character does to a name.
type kind int

const (
	letter  kind = iota
	joiner       // left out, and what stands on both sides is one part: D'ANGELO is DANGELO
	breaker      // ends a part: a hyphen is a filler in the machine-readable zone
)

// kindOf follows ICAO Doc 9303-3 §4.6: apostrophes are left out, hyphens and commas become fillers, and no other
// punctuation and no digit stands in a name.
func kindOf(r rune) kind {
	switch r {
	case '\'', '’', '‘', 'ʼ', 'ʻ', 'ʾ', 'ʿ', '`', '´', '·', '/', '\u00ad', '\u200c', '\u200d':
		return joiner
	}
	switch {
	case r < 0x80:
		if r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return letter
		}
		return breaker
	case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Lm, r), unicode.Is(unicode.Cf, r):
		return joiner
	case unicode.IsLetter(r):
		return letter
	}
	return breaker
}

// A swap is a letter that became other letters.
type swap struct {
	from rune
	to   string
}

// A form is one transliteration of a part of a name.
type form struct {
	text    string
	swaps   []swap
	accents bool // a mark was left out
}

// maxForms bounds the transliterations of one part. A part with more letters of several transliterations than that keeps
// the first transliteration for the rest.
const maxForms = 6

// forms gives the transliterations of a part in capital letters, the preferred one first. One letter is written in one
// way throughout a form, as one issuer does. It gives nil where a letter is not Latin.
func forms(word []rune) []form {
	plain := true
	for _, r := range word {
		plain = plain && r >= 'A' && r <= 'Z'
	}
	if plain {
		return []form{{text: string(word)}}
	}
	var ambiguous []rune
	total := 1
	for _, r := range word {
		if n := len(table[r]); n > 1 && total*n <= maxForms && !slices.Contains(ambiguous, r) {
			ambiguous = append(ambiguous, r)
			total *= n
		}
	}
	list := make([]form, 0, total)
	for i := range total {
		f, ok := write(word, ambiguous, i)
		if !ok {
			return nil
		}
		list = append(list, f)
	}
	return list
}

// write makes the form of a number: its digits, in the mixed base of the ambiguous letters, choose their alternatives.
func write(word, ambiguous []rune, number int) (form, bool) {
	var f form
	out := make([]byte, 0, 2*len(word))
	for _, r := range word {
		if r >= 'A' && r <= 'Z' {
			out = append(out, byte(r))
			continue
		}
		if alternatives := table[r]; alternatives != nil {
			to := alternatives[choice(r, ambiguous, number)]
			out = append(out, to...)
			f.swaps = addSwap(f.swaps, swap{r, to})
			continue
		}
		before := len(out)
		for _, d := range norm.NFKD.String(string(r)) {
			switch {
			case d >= 'A' && d <= 'Z':
				out = append(out, byte(d))
			case d >= 'a' && d <= 'z':
				out = append(out, byte(d-'a'+'A'))
			case !unicode.Is(unicode.Mn, d):
				return f, false
			}
		}
		if len(out) == before {
			return f, false
		}
		f.accents = true
	}
	f.text = string(out)
	return f, true
}

func choice(r rune, ambiguous []rune, number int) int {
	for _, a := range ambiguous {
		n := len(table[a])
		if a == r {
			return number % n
		}
		number /= n
	}
	return 0
}

func addSwap(list []swap, s swap) []swap {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}
