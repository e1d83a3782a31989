package names

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/travelseal/travelseal/formats"
)

// A part says which part of a name a token belongs to.
type part int

const (
	undivided part = iota // the document does not divide the name
	family
	given
)

// A token is one component of a name, between two breaks.
type token struct {
	plain string // as written, in capital letters
	forms []form
	part  part
	noise bool // a particle, a title or a stand-in, which counts for nothing
	short bool // a customary short form, written out in forms
}

// A spelling is one name, taken apart: the family name first.
type spelling struct {
	tokens []token
	icao   bool
	full   bool // it fills a machine-readable name field, and so may be cut short
}

type script int

const (
	latinScript script = iota
	otherScript
)

// spell takes a name apart. It gives otherScript where a letter is not Latin: half a name would be compared wrongly.
func spell(n *formats.Name) (spelling, script) {
	s := spelling{icao: n.Script == "icao"}
	room := MaxRunes
	sc := latinScript
	add := func(text string, p part) {
		if sc == latinScript && !s.add(text, p, &room) {
			sc = otherScript
		}
	}
	switch {
	case n.Family != "" || n.Given != "":
		add(n.Family, family)
		add(n.Given, given)
	default:
		// Doc 9303-3 §4.6: two fillers, or a comma, stand between the primary and the secondary identifier.
		first, second, divided := strings.Cut(n.Full, "<<")
		if !divided {
			first, second, divided = strings.Cut(n.Full, ",")
		}
		if divided && strings.Trim(second, "< ") != "" {
			add(first, family)
			add(second, given)
		} else {
			add(n.Full, undivided)
		}
	}
	if sc != latinScript {
		return spelling{icao: s.icao}, sc
	}
	s.full = s.icao && fills(s.tokens)
	markNoise(s.tokens)
	return s, sc
}

// add appends the tokens of a part, as far as there is room, and reports whether all letters are Latin.
func (s *spelling) add(text string, p part, room *int) bool {
	text = bounded(text, room)
	word := make([]rune, 0, 32)
	end := func() bool {
		if len(word) == 0 || len(s.tokens) == maxTokens {
			word = word[:0]
			return true
		}
		list := forms(word)
		if list == nil {
			return false
		}
		t := token{plain: string(word), forms: list, part: p}
		t.expand()
		s.tokens = append(s.tokens, t)
		word = word[:0]
		return true
	}
	for _, r := range norm.NFC.String(text) {
		switch kindOf(r) {
		case letter:
			word = append(word, unicode.ToUpper(r))
		case breaker:
			if !end() {
				return false
			}
		}
	}
	return end()
}

// bounded cuts a text to the characters that there is room for, before anything looks at it more than once.
func bounded(text string, room *int) string {
	for i := range text {
		if *room == 0 {
			return text[:i]
		}
		*room--
	}
	return text
}

// fieldWidths are the name fields of ICAO Doc 9303: TD1 of 30, TD2 and MRV-B of 31, TD3 and MRV-A of 39 characters.
var fieldWidths = [...]int{30, 31, 39}

// fills reports whether the name takes exactly a machine-readable name field, in which case parts may have been cut or
// left out at its end (ICAO Doc 9303-4 §4.2.2 and its fellows in parts 5 to 7).
func fills(tokens []token) bool {
	width := 0
	for i := range tokens {
		width += len(tokens[i].forms[0].text)
		switch {
		case i == 0:
		case tokens[i].part != tokens[i-1].part:
			width += 2
		default:
			width++
		}
	}
	for _, w := range fieldWidths {
		if width == w {
			return true
		}
	}
	return false
}
