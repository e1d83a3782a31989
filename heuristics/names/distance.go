package names

// The likeness of two parts that are not the same, from 0 to 1.
const (
	spelledAlike = 0.94 // the same after the romanisation of simplify
	article      = 0.96 // the same but for a leading Arabic article
	initial      = 0.92 // an initial and a part that begins with it
	floor        = 0.70 // below this, two parts are two names
)

// maxFuzzy bounds the parts that are compared letter by letter; longer ones are the same or not.
const maxFuzzy = 40

// likeness compares two parts in capital letters. Parts of up to three letters must be the same but for one letter in
// four, because short names differ by one letter; longer ones are judged by the mean of the edit distance, which punishes
// every letter alike, and of Jaro and Winkler's measure, which forgives vowels and doubled letters.
func likeness(a, b string) float64 {
	switch {
	case a == b:
		return 1
	case len(a) == 0 || len(b) == 0 || len(a) > maxFuzzy || len(b) > maxFuzzy:
		return 0
	case len(a) == 1 || len(b) == 1:
		if a[0] == b[0] {
			return initial
		}
		return 0
	case withArticle(a, b) || withArticle(b, a):
		return article
	}
	if min(len(a), len(b)) <= 3 {
		edits := 1 - float64(distance(a, b))/float64(max(len(a), len(b)))
		if edits < floor {
			return 0
		}
		return edits
	}
	var ba, bb [maxFuzzy]byte
	sa, sb := simplify(ba[:0], a), simplify(bb[:0], b)
	if string(sa) == string(sb) {
		return spelledAlike
	}
	return max(rough(a, b), rough(sa, sb))
}

// rough is the mean of the two measures where it reaches the floor, and 0 where it does not.
func rough[T string | []byte](a, b T) float64 {
	if ceiling(a, b) < floor {
		return 0
	}
	mean := (1 - float64(distance(a, b))/float64(max(len(a), len(b))) + jaroWinkler(a, b)) / 2
	if mean < floor {
		return 0
	}
	return mean
}

// ceiling is what the mean cannot exceed, given how many letters the parts share in any order. It spares most pairs the
// quadratic work.
func ceiling[T string | []byte](a, b T) float64 {
	var count [26]int8
	for i := range len(a) {
		count[a[i]-'A']++
	}
	shared := 0
	for i := range len(b) {
		if c := &count[b[i]-'A']; *c > 0 {
			*c--
			shared++
		}
	}
	s := float64(shared)
	jaro := (s/float64(len(a)) + s/float64(len(b)) + 1) / 3
	if a[0] == b[0] {
		jaro += 0.1 * 4 * (1 - jaro)
	}
	return (s/float64(max(len(a), len(b))) + jaro) / 2
}

// withArticle reports whether long is short behind AL or EL.
func withArticle(long, short string) bool {
	return len(short) >= 4 && len(long) == len(short)+2 && long[1] == 'L' && (long[0] == 'A' || long[0] == 'E') && long[2:] == short
}

// distance counts the letters put in, left out, replaced, or exchanged with their neighbour, to make b of a (Damerau's
// measure, each place edited once). Both are at most maxFuzzy long.
func distance[T string | []byte](a, b T) int {
	var rows [3][maxFuzzy + 1]int
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			row[j] = d
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

// jaroWinkler is Jaro's measure, raised for a common beginning of up to four letters (Winkler 1990).
func jaroWinkler[T string | []byte](a, b T) float64 {
	window := max(len(a), len(b))/2 - 1
	var used [maxFuzzy]bool
	var inA, inB [maxFuzzy]byte
	n := 0
	for i := range len(a) {
		for j := max(0, i-window); j < min(len(b), i+window+1); j++ {
			if !used[j] && a[i] == b[j] {
				used[j] = true
				inA[n] = a[i]
				n++
				break
			}
		}
	}
	if n == 0 {
		return 0
	}
	m := 0
	for j := range len(b) {
		if used[j] {
			inB[m] = b[j]
			m++
		}
	}
	displaced := 0
	for i := range n {
		if inA[i] != inB[i] {
			displaced++
		}
	}
	matched := float64(n)
	jaro := (matched/float64(len(a)) + matched/float64(len(b)) + (matched-float64(displaced)/2)/matched) / 3
	prefix := 0
	for prefix < min(4, len(a), len(b)) && a[prefix] == b[prefix] {
		prefix++
	}
	return jaro + 0.1*float64(prefix)*(1-jaro)
}

// simplify brings the romanisations of one sound together, as far as issuers differ in them: YOUSSEF and YUSUF,
// SERGEI and SERGEY. It appends at most len(s) letters.
func simplify(out []byte, s string) []byte {
	put := func(c byte) {
		if len(out) == 0 || out[len(out)-1] != c {
			out = append(out, c)
		}
	}
	for i := 0; i < len(s); i++ {
		if i+1 < len(s) {
			if c := digraph(s[i], s[i+1]); c != 0 {
				put(c)
				i++
				continue
			}
		}
		switch c := s[i]; {
		case c == 'Q', c == 'C' && (i+1 == len(s) || s[i+1] != 'H'):
			put('K')
		case c == 'W':
			put('V')
		case c == 'Y', c == 'J':
			put('I')
		case c == 'Z':
			put('S')
		default:
			put(c)
		}
	}
	return out
}

func digraph(a, b byte) byte {
	switch [2]byte{a, b} {
	case [2]byte{'P', 'H'}:
		return 'F'
	case [2]byte{'K', 'H'}:
		return 'H'
	case [2]byte{'G', 'H'}:
		return 'G'
	case [2]byte{'T', 'H'}:
		return 'T'
	case [2]byte{'D', 'H'}:
		return 'D'
	case [2]byte{'C', 'K'}:
		return 'K'
	case [2]byte{'O', 'U'}, [2]byte{'O', 'O'}:
		return 'U'
	case [2]byte{'E', 'E'}:
		return 'I'
	}
	return 0
}
