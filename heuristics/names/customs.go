package names

// Words in names that do not tell people apart. They are left out on both sides, so that a document that has them and
// one that has not agree. Words that are frequent family names by themselves (LE, DO, DU, MA, DAS, KO) are not listed:
// leaving them out would make two different people alike.
var (
	// particles stand before another word of the same part, never last.
	particles = set("AL", "EL", "BIN", "BINT", "BINTI", "BINTE", "BTE", "IBN", "AP", "SO",
		"DE", "DEL", "DELLA", "DOS", "VAN", "VON", "DER", "DEN", "ZU", "ZUR", "AF", "AV", "THI")
	// titles are left out wherever they stand beside another word.
	titles = set("MR", "MRS", "MS", "MISS", "DR", "PROF", "MST", "HAJI", "HAJJI", "DAW")
	// suffixes stand after another word, never first (ICAO Doc 9303-3 §4.6).
	suffixes = set("JR", "SR", "II", "III")
	// standIns are written where a name has no such part: first name unknown, last name unknown.
	standIns = set("FNU", "LNU", "XXX")

	// shortForms are customary abbreviations and spellings of one name, written out as the first.
	shortForms = map[string]string{
		"MD": muhammad, "MOHD": muhammad, "MUHD": muhammad, "MHD": muhammad, "MOHAMMED": muhammad, "MOHAMMAD": muhammad,
		"MOHAMED": muhammad, "MOHAMAD": muhammad, "MUHAMMED": muhammad, "MUHAMAD": muhammad, "MOHAMMOD": muhammad,
	}
)

const muhammad = "MUHAMMAD"

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

// expand writes a short form out in full.
func (t *token) expand() {
	if full, ok := shortForms[t.forms[0].text]; ok {
		t.forms, t.short = []form{{text: full}}, true
	}
}

// markNoise marks what counts for nothing. Of a name that would lose everything, everything counts.
func markNoise(tokens []token) {
	left := 0
	for i := range tokens {
		first := i == 0 || tokens[i-1].part != tokens[i].part
		last := i == len(tokens)-1 || tokens[i+1].part != tokens[i].part
		word := tokens[i].forms[0].text
		t := &tokens[i]
		switch {
		case standIns[word]:
			t.noise = true
		case first && last: // it is the whole family name, or the whole given name
		case particles[word]:
			// Where the name is not divided, its first word may be the family name.
			t.noise = !last && !(first && t.part == undivided)
		case titles[word]:
			t.noise = true
		case suffixes[word]:
			t.noise = !first
		}
		if !t.noise {
			left++
		}
	}
	if left > 0 {
		return
	}
	for i := range tokens {
		tokens[i].noise = false
	}
}
