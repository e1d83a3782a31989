package names

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
