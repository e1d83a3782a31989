package names

import (
	"math/bits"

	"github.com/travelseal/travelseal/formats"
)

// The two thresholds of a Score: from High on two names are the Same, below Low they are Different.
//
// Low lies so that one of two, three or four parts may not be another name altogether (a sister's or brother's given
// name), while a part that is merely spelled otherwise may.
const (
	High = 0.95
	Low  = 0.80
)

// The bounds of what is looked at. What lies beyond is left out; no name of a living person is known to reach them.
const (
	MaxRunes     = 200 // of one spelling, family and given names together
	maxTokens    = 16  // parts of one spelling
	maxSpellings = 4   // spellings of one name
)

// A Level says how alike two names are. The zero Level says that they could not be compared.
type Level int

const (
	// Unknown means that a document has no name, or has it only in a script that is not compared.
	Unknown Level = iota
	// Different means that a part of the shorter name is not in the other.
	Different
	// Similar means that parts are spelled otherwise, or that a document lacks a part that matters.
	Similar
	// Same means that the names are the same after what the Reason says.
	Same
)

var levelNames = [...]string{"unknown", "different", "similar", "same"}

func (l Level) String() string {
	if l < 0 || int(l) >= len(levelNames) {
		return "unknown"
	}
	return levelNames[l]
}

// A Result is what came of comparing two names.
type Result struct {
	Level Level
	// Score is between 0 and 1; the Level follows from it by High and Low. It orders pairs and is shown to nobody.
	Score float64
	// Reason is a sentence without its final stop that says how the Level came about. It names letters that were
	// transliterated, and holds no part of a name.
	Reason string
}

// Compare compares the names of two people, each given in the spellings that a document has: as the issuer wrote it, in
// the ICAO form, in further scripts. The best pair of spellings counts. The order of the arguments does not matter for
// Level and Score.
func Compare(a, b []formats.Name) Result {
	as, bs := read(a), read(b)
	if len(as.latin) == 0 || len(bs.latin) == 0 {
		return Result{Reason: as.missing(bs)}
	}
	var best outcome
	var sa, sb *spelling
	for i := range as.latin {
		for j := range bs.latin {
			o := match(&as.latin[i], &bs.latin[j])
			if sa == nil || o.better(&best) {
				best, sa, sb = o, &as.latin[i], &bs.latin[j]
			}
		}
	}
	if (as.foreign && sa.icao) || (bs.foreign && sb.icao) {
		best.steps |= byICAO
	}
	return best.result()
}

// spellings are the spellings of one name that can be compared.
type spellings struct {
	latin   []spelling
	foreign bool // there is one in another script
}

func read(list []formats.Name) spellings {
	var s spellings
	for i := range list {
		if len(s.latin) == maxSpellings {
			break
		}
		sp, script := spell(&list[i])
		switch {
		case script == otherScript:
			s.foreign = true
		case len(sp.tokens) > 0:
			s.latin = append(s.latin, sp)
		}
	}
	return s
}

// missing says why two names could not be compared.
func (s spellings) missing(t spellings) string {
	if (len(s.latin) == 0 && s.foreign) || (len(t.latin) == 0 && t.foreign) {
		return "not compared: a document has the name in another script only, without its ICAO form"
	}
	return "not compared: a document gives no name"
}

// better orders outcomes: the higher score, then the one that took fewer steps. Of equals the first stands.
func (o *outcome) better(than *outcome) bool {
	if o.score != than.score {
		return o.score > than.score
	}
	return bits.OnesCount16(uint16(o.steps))+len(o.swaps) < bits.OnesCount16(uint16(than.steps))+len(than.swaps)
}

func (o *outcome) result() Result {
	r := Result{Score: o.score, Level: Different}
	switch {
	case o.score >= High:
		r.Level = Same
	case o.score >= Low:
		r.Level = Similar
	}
	r.Reason = o.reason(r.Level)
	return r
}

// Words gives the parts of a name in capital letters A to Z, each in the transliteration that ICAO Doc 9303-3 §6 lists
// first; nil where the name is in another script.
func Words(n formats.Name) []string {
	sp, _ := spell(&n)
	words := make([]string, len(sp.tokens))
	for i := range sp.tokens {
		words[i] = sp.tokens[i].forms[0].text
	}
	return words
}
