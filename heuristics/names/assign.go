package names

import "strings"

// maxAssigned bounds the units of a side that are assigned by likeness. More of them than that are never left over from
// names of one person.
const maxAssigned = 8

// assign pairs the units that are left by their likeness.
func (m *matching) assign() {
	var left, right [maxAssigned]int
	n, k := m.a.rest(&left), m.b.rest(&right)
	var likes [maxAssigned][maxAssigned]float64
	alike := false
	for i := range n {
		for j := range k {
			likes[i][j] = m.likeness(left[i], right[j])
			alike = alike || likes[i][j] > 0
		}
	}
	if alike {
		m.largest(left[:n], right[:k], &likes)
	}
}

// largest gives each unit the partner that makes the sum of likenesses largest. It is exact: it looks at every set of the
// other side's units.
func (m *matching) largest(left, right []int, likes *[maxAssigned][maxAssigned]float64) {
	n, k := len(left), len(right)
	// best[i][taken] is the largest sum that the units from i on can reach while those of taken are not free.
	var best [maxAssigned + 1][1 << maxAssigned]float64
	for i := n - 1; i >= 0; i-- {
		for taken := range 1 << k {
			best[i][taken] = best[i+1][taken]
			for j := range k {
				if taken&(1<<j) == 0 && likes[i][j] > 0 {
					best[i][taken] = max(best[i][taken], likes[i][j]+best[i+1][taken|1<<j])
				}
			}
		}
	}
	taken := 0
	for i := range n {
		if best[i][taken] == best[i+1][taken] {
			continue
		}
		for j := range k {
			if taken&(1<<j) == 0 && likes[i][j] > 0 && best[i][taken] == likes[i][j]+best[i+1][taken|1<<j] {
				taken |= 1 << j
				m.found(left[i], right[j], likes[i][j])
				break
			}
		}
	}
}

// rest lists the first tokens that have no partner yet.
func (d *side) rest(list *[maxAssigned]int) int {
	n := 0
	for i := range d.tokens {
		if d.open(i) && n < maxAssigned {
			list[n] = i
			n++
		}
	}
	return n
}

// maxTried bounds the transliterations of a part that are tried letter by letter.
const maxTried = 3

func (m *matching) likeness(i, j int) float64 {
	x, y := &m.a.tokens[i], &m.b.tokens[j]
	if m.cut(x, y) {
		return 1
	}
	best := 0.0
	for f := range min(maxTried, len(x.forms)) {
		for g := range min(maxTried, len(y.forms)) {
			best = max(best, likeness(x.forms[f].text, y.forms[g].text))
		}
	}
	return best
}

// cut reports whether a token of a name that fills its field is the beginning of the other.
func (m *matching) cut(x, y *token) bool {
	return m.a.full && begins(y, x) || m.b.full && begins(x, y)
}

func begins(long, short *token) bool {
	for f := range long.forms {
		if strings.HasPrefix(long.forms[f].text, short.forms[0].text) {
			return true
		}
	}
	return false
}

// found notes a pair and what made it one.
func (m *matching) found(i, j int, alike float64) {
	x, y := &m.a.tokens[i], &m.b.tokens[j]
	m.pair(i, j, alike)
	switch {
	case m.cut(x, y):
		m.outcome.steps |= fitted
	case alike == initial && min(len(x.plain), len(y.plain)) == 1:
		m.outcome.steps |= initials
	case alike == article:
		m.outcome.steps |= dropped
	default:
		m.outcome.steps |= respelled
	}
}

// What a score loses for what one side lacks. A lone name that is a part of a longer one proves little; a missing family
// name is worth a look; given names are left out every day.
const (
	lossLone      = 0.10
	lossPart      = 0.06
	lossGiven     = 0.01
	lossGivenMost = 0.04
	lossInitials  = 0.05 // nothing but initials agrees
)

// judge makes the score: the mean likeness over the units of the side that has fewer, less what is missing there.
func (m *matching) judge() {
	o := &m.outcome
	few, many := &m.a, &m.b
	if few.units > many.units {
		few, many = many, few
	}
	o.units = few.units
	o.score = m.sum / float64(few.units)
	if extra := many.units - few.units; extra > 0 {
		switch {
		case few.full:
			o.steps |= fitted
		case few.units == 1:
			o.steps |= lacksPart
			o.score -= lossLone
		case many.leavesGivenOnly():
			o.steps |= lacksGiven
			o.score -= min(lossGiven*float64(extra), lossGivenMost)
		default:
			o.steps |= lacksPart
			o.score -= lossPart
		}
	}
	if o.agree > 0 && m.words == 0 {
		o.score -= lossInitials
	}
	if o.steps&respelled != 0 {
		o.score = min(o.score, High-0.01)
	}
	o.score = max(o.score, 0)
}

// leavesGivenOnly reports whether every unit without a partner is a given name.
func (d *side) leavesGivenOnly() bool {
	for i := range d.tokens {
		if d.open(i) && d.tokens[i].part != given {
			return false
		}
	}
	return true
}
