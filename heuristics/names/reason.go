package names

import (
	"strconv"
	"strings"
)

// steps are what it took to find two names alike.
type steps uint16

const (
	accents steps = 1 << iota
	reordered
	joined
	dropped
	expanded
	initials
	doubled
	fitted
	lacksGiven
	lacksPart
	respelled
	byICAO
)

// words say each step, in the order in which a sentence lists them.
var words = [...]struct {
	step steps
	text string
}{
	{accents, "leaving out accents"},
	{reordered, "change of order"},
	{joined, "joining parts"},
	{dropped, "leaving out particles and titles"},
	{expanded, "writing a customary short form in full"},
	{initials, "reading initials"},
	{doubled, "reading a repeated single name once"},
	{fitted, "allowing for a machine-readable line that is too short"},
	{lacksGiven, "leaving out given names that one document lacks"},
	{lacksPart, "leaving out a part of the name that one document lacks"},
}

// reason writes the outcome as a sentence without its final stop.
func (o *outcome) reason(l Level) string {
	var b strings.Builder
	took := o.took()
	switch {
	case l == Same && len(took) == 0:
		b.WriteString("same as written")
	case l == Same:
		b.WriteString("same after ")
		list(&b, took)
	default:
		b.WriteString(strconv.Itoa(o.agree) + " of " + plural(o.units, "part"))
		if o.agree == 1 {
			b.WriteString(" agrees")
		} else {
			b.WriteString(" agree")
		}
		if o.steps&respelled != 0 {
			b.WriteString(" or are spelled alike")
		}
		if len(took) > 0 && o.agree > 0 {
			b.WriteString(" after ")
			list(&b, took)
		}
	}
	if o.steps&byICAO != 0 {
		b.WriteString("; by the ICAO form of a name that the document has in another script")
	}
	return b.String()
}

func (o *outcome) took() []string {
	var took []string
	if len(o.swaps) > 0 {
		var b strings.Builder
		b.WriteString("transliteration of ")
		var swaps []string
		for _, s := range o.swaps {
			swaps = append(swaps, string(s.from)+" to "+s.to)
		}
		list(&b, swaps)
		took = append(took, b.String())
	}
	for _, w := range words {
		if o.steps&w.step != 0 {
			took = append(took, w.text)
		}
	}
	return took
}

// list writes "a, b and c".
func list(b *strings.Builder, items []string) {
	for i, s := range items {
		switch {
		case i == 0:
		case i == len(items)-1:
			b.WriteString(" and ")
		default:
			b.WriteString(", ")
		}
		b.WriteString(s)
	}
}

func plural(n int, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return strconv.Itoa(n) + " " + unit + "s"
}
