package names

import "strings"

const (
	maxJoined = 4    // tokens that are joined to one
	minJoined = 0.85 // likeness of a word and tokens joined without an exact fit
)

// join looks for tokens that are one word on one side and several on the other: ALHARBI and AL HARBI, XIAOMING and XIAO
// MING. Particles count here. Without an exact fit, a word of six letters and more may be spelled a little otherwise.
func (m *matching) join(one, many *side) {
	for i := range one.tokens {
		if !one.open(i) {
			continue
		}
		for _, exact := range [...]bool{true, false} {
			if start, n, alike := m.span(&one.tokens[i], many, exact); n > 0 {
				m.joinSpan(one, many, i, start, n, alike)
				break
			}
		}
	}
}

// span finds the run of neighbouring tokens that makes up a word, and how alike they are.
func (m *matching) span(word *token, many *side, exact bool) (start, n int, alike float64) {
	for k := range many.tokens {
		for n := 2; n <= maxJoined && k+n <= len(many.tokens); n++ {
			run := many.tokens[k : k+n]
			if !many.joinable(k, n) {
				break
			}
			if exact {
				for f := range word.forms {
					if m.spells(word.forms[f].text, run) {
						m.used(&word.forms[f])
						return k, n, 1
					}
				}
				continue
			}
			if alike := looseSpan(word, run); alike > 0 {
				return k, n, alike
			}
		}
	}
	return 0, 0, 0
}

// joinable reports whether n tokens from k on stand in one part of the name and are not taken.
func (d *side) joinable(k, n int) bool {
	for i := k; i < k+n; i++ {
		if d.tokens[i].part != d.tokens[k].part || d.with[i] > 0 || (d.with[i] == out && !d.tokens[i].noise) {
			return false
		}
	}
	return true
}

// spells reports whether the tokens, one after the other, make up the text, each in one of its forms.
func (m *matching) spells(text string, run []token) bool {
	if len(run) == 0 {
		return text == ""
	}
	for f := range run[0].forms {
		rest, ok := strings.CutPrefix(text, run[0].forms[f].text)
		if ok && m.spells(rest, run[1:]) {
			m.used(&run[0].forms[f])
			return true
		}
	}
	return false
}

// looseSpan is the likeness of a word and a run of tokens written as one, where they begin alike and are nearly as long,
// and no token alone is as much like the word; 0 otherwise.
func looseSpan(word *token, run []token) float64 {
	text := word.forms[0].text
	length := 0
	for i := range run {
		length += len(run[i].forms[0].text)
	}
	if len(text) < 6 || text[0] != run[0].forms[0].text[0] || 5*max(len(text), length) > 6*min(len(text), length) {
		return 0
	}
	var b strings.Builder
	for i := range run {
		b.WriteString(run[i].forms[0].text)
	}
	alike := likeness(text, b.String())
	if alike < minJoined {
		return 0
	}
	for i := range run {
		if likeness(text, run[i].forms[0].text) >= alike {
			return 0
		}
	}
	return alike
}

func (m *matching) joinSpan(one, many *side, i, start, n int, alike float64) {
	for k := start; k < start+n; k++ {
		if !many.tokens[k].noise {
			many.units--
		}
		many.with[k] = int8(i + 1)
	}
	many.units++
	one.with[i] = int8(start + 1)
	m.sum += alike
	m.words++
	m.outcome.agree++
	m.outcome.steps |= joined
	if alike < 1 {
		m.outcome.steps |= respelled
	}
}
