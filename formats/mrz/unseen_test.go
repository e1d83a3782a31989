package mrz_test

import (
	"strings"

	"github.com/travelseal/travelseal/internal/mint"
)

// unseen says why the check digits cannot notice that one character became another. There are two reasons, and any third
// one makes the test fail: no check digit covers the place, or both characters count the same modulo 10 (every weight of
// 7-3-1 has an inverse modulo 10, so that all other replacements change the sum).
func unseen(data []byte, at int, to byte) string {
	changed := string(data[:at]) + string(to) + string(data[at+1:])
	lines, whole := linesOf(changed)
	switch {
	case !whole || at == 0 && strings.IndexByte("PIAC", to) < 0:
		return "" // no longer a zone that is read
	case !sound(lines):
		return ""
	case !covered(string(data), at):
		return "no check digit covers the place"
	case mint.CheckDigit(string(data[at])) == mint.CheckDigit(string(to)):
		return "both characters count the same modulo 10"
	}
	return ""
}

// linesOf divides a zone into lines of 44 or 30 characters; whole is false where it is none.
func linesOf(text string) (lines []string, whole bool) {
	if len(text) == 88 && !strings.Contains(text, "\n") {
		return []string{text[:44], text[44:]}, true
	}
	lines = strings.Split(text, "\n")
	return lines, len(lines) == 2 && len(text) == 89 && len(lines[0]) == 44 ||
		len(lines) == 3 && len(text) == 92 && len(lines[0]) == 30 && len(lines[1]) == 30
}

// sound recomputes every check digit from the positions that Doc 9303-4 §4.2.4 and Doc 9303-5 §4.2.4 name.
func sound(lines []string) bool {
	cut := func(line, from, to int) string { return lines[line-1][from-1 : to] }
	fits := func(covered, digit string) bool { return mint.CheckDigit(covered) == digit }
	if len(lines) == 2 {
		optional := cut(2, 29, 42)
		blank := strings.Trim(optional, "<") == "" && cut(2, 43, 43) == "<"
		return fits(cut(2, 1, 9), cut(2, 10, 10)) && fits(cut(2, 14, 19), cut(2, 20, 20)) && fits(cut(2, 22, 27), cut(2, 28, 28)) &&
			(blank || fits(optional, cut(2, 43, 43))) && fits(cut(2, 1, 10)+cut(2, 14, 20)+cut(2, 22, 43), cut(2, 44, 44))
	}
	number, digit := cut(1, 6, 14), cut(1, 15, 15)
	if rest, _, ended := strings.Cut(cut(1, 16, 30), "<"); digit == "<" && ended && rest != "" && number[8] != '<' {
		number, digit = number+rest[:len(rest)-1], rest[len(rest)-1:]
	}
	return fits(number, digit) && fits(cut(2, 1, 6), cut(2, 7, 7)) && fits(cut(2, 9, 14), cut(2, 15, 15)) &&
		fits(cut(1, 6, 30)+cut(2, 1, 7)+cut(2, 9, 15)+cut(2, 19, 29), cut(2, 30, 30))
}

// covered reports whether some check digit covers a place, or stands there.
func covered(text string, at int) bool {
	const (
		td3 = "............................................" + "##########...#######.#######################"
		td1 = ".....#########################" + "#######.#######...############" + ".............................."
	)
	mask, newlines := td3, strings.Count(text[:at], "\n")
	if strings.Count(text, "\n") == 2 {
		mask = td1
	}
	return mask[at-newlines] == '#'
}
