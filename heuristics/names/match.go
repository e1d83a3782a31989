package names

import "strings"

// An outcome is what came of matching two spellings.
type outcome struct {
	score float64
	steps steps
	swaps []swap
	agree int // units found on both sides
	units int // units of the side that has fewer
}

// A side is one spelling during a match. Its units are its tokens without noise; tokens that are joined to match one
// token of the other side are one unit.
type side struct {
	*spelling
	with  [maxTokens]int8 // per token: 0 unmatched, out, or 1 + the other side's token
	units int
}

// out marks a token that no longer takes part.
const out = -1

func newSide(s *spelling) side {
	d := side{spelling: s}
	for i := range s.tokens {
		if s.tokens[i].noise {
			d.with[i] = out
		} else {
			d.units++
		}
	}
	return d
}

// open reports whether a token still looks for its match.
func (d *side) open(i int) bool { return d.with[i] == 0 }

// A matching finds for each unit of one side its unit on the other.
type matching struct {
	a, b    side
	outcome outcome
	sum     float64 // of the likeness of the units that found each other
	words   int     // such units that are more than an initial
}

// match compares two spellings. Which comes first does not matter.
func match(a, b *spelling) outcome {
	if before(b, a) {
		a, b = b, a
	}
	m := matching{a: newSide(a), b: newSide(b)}
	m.repeated(&m.a, &m.b)
	m.repeated(&m.b, &m.a)
	m.equal()
	m.join(&m.a, &m.b)
	m.join(&m.b, &m.a)
	m.noise()
	m.assign()
	m.order()
	m.judge()
	return m.outcome
}

// before orders spellings by what they hold.
func before(a, b *spelling) bool {
	for i := range min(len(a.tokens), len(b.tokens)) {
		x, y := &a.tokens[i], &b.tokens[i]
		if x.plain != y.plain {
			return x.plain < y.plain
		}
		if x.part != y.part {
			return x.part < y.part
		}
	}
	if len(a.tokens) != len(b.tokens) {
		return len(a.tokens) < len(b.tokens)
	}
	return !a.icao && b.icao
}

// noise notes that the sides differ in what counts for nothing and was not joined to anything.
func (m *matching) noise() {
	next := func(d *side, i int) (string, int) {
		for ; i < len(d.tokens); i++ {
			if d.tokens[i].noise && d.with[i] == out {
				return d.tokens[i].forms[0].text, i + 1
			}
		}
		return "", i
	}
	for i, j := 0, 0; ; {
		var x, y string
		x, i = next(&m.a, i)
		y, j = next(&m.b, j)
		if x != y {
			m.outcome.steps |= dropped
			return
		}
		if x == "" {
			return
		}
	}
}

// repeated reads a lone name that was written twice, to fill two fields, as one.
func (m *matching) repeated(twice, once *side) {
	if twice.units != 2 || once.units != 1 {
		return
	}
	first := -1
	for i := range twice.tokens {
		switch {
		case !twice.open(i):
		case first < 0:
			first = i
		case twice.tokens[i].plain == twice.tokens[first].plain:
			twice.with[i] = out
			twice.units--
			m.outcome.steps |= doubled
		}
	}
}

// equal pairs tokens that are the same: first as written, then in a transliteration; of two candidates the one in the
// same part of the name.
func (m *matching) equal() {
	for _, written := range [...]bool{true, false} {
		for _, samePart := range [...]bool{true, false} {
			for i := range m.a.tokens {
				for j := range m.b.tokens {
					if m.a.open(i) && m.b.open(j) && (!samePart || m.a.tokens[i].part == m.b.tokens[j].part) {
						m.tryEqual(i, j, written)
					}
				}
			}
		}
	}
}

func (m *matching) tryEqual(i, j int, written bool) {
	x, y := &m.a.tokens[i], &m.b.tokens[j]
	if x.plain == y.plain {
		m.pair(i, j, 1)
		return
	}
	if written {
		return
	}
	for f := range x.forms {
		for g := range y.forms {
			if x.forms[f].text == y.forms[g].text {
				if x.short || y.short {
					m.outcome.steps |= expanded
				}
				m.used(&x.forms[f])
				m.used(&y.forms[g])
				m.pair(i, j, 1)
				return
			}
		}
	}
}

// pair notes that two units are each other's.
func (m *matching) pair(i, j int, likeness float64) {
	m.a.with[i], m.b.with[j] = int8(j+1), int8(i+1)
	m.sum += likeness
	m.outcome.agree++
	if min(len(m.a.tokens[i].plain), len(m.b.tokens[j].plain)) > 1 {
		m.words++
	}
}

// used notes what a form took.
func (m *matching) used(f *form) {
	for _, s := range f.swaps {
		m.outcome.swaps = addSwap(m.outcome.swaps, s)
	}
	if f.accents {
		m.outcome.steps |= accents
	}
}

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

// order notes whether what was found stands in another order.
func (m *matching) order() {
	last := 0
	for i := range m.a.tokens {
		w := int(m.a.with[i])
		if w <= 0 {
			continue
		}
		if w < last {
			m.outcome.steps |= reordered
			return
		}
		last = w
	}
}
