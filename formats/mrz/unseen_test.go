package mrz_test

import (
	"slices"
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
	case !whole || at == 0 && strings.IndexByte("PIACV", to) < 0:
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

// linesOf divides a zone into its lines; whole is false where it is none. Of the runs only a passport's is among the cases.
func linesOf(text string) (lines []string, whole bool) {
	if len(text) == 88 && !strings.Contains(text, "\n") {
		return []string{text[:44], text[44:]}, true
	}
	lines = strings.Split(text, "\n")
	for _, line := range lines {
		if len(line) != len(lines[0]) {
			return lines, false
		}
	}
	return lines, slices.Contains(map[int][]int{2: {36, 44}, 3: {30}}[len(lines)], len(lines[0]))
}

// kind tells the layouts apart: "TD1", "TD2", "TD3", "MRV" or "FRA".
func kind(lines []string) string {
	switch {
	case len(lines) == 3:
		return "TD1"
	case lines[0][0] == 'V':
		return "MRV"
	case len(lines[0]) == 44:
		return "TD3"
	case strings.HasPrefix(lines[0], "IDFRA"):
		return "FRA"
	}
	return "TD2"
}

// sound recomputes every check digit from the positions that Doc 9303-4 to 9303-6 §4.2.4, Doc 9303-7 and the French layout
// name.
func sound(lines []string) bool {
	cut := func(line, from, to int) string { return lines[line-1][from-1 : to] }
	fits := func(covered, digit string) bool { return mint.CheckDigit(covered) == digit }
	birth := func(line, from int) bool { return fits(cut(line, from, from+5), cut(line, from+6, from+6)) }
	long := func(number, digit, optional string) bool {
		if rest, _, ended := strings.Cut(optional, "<"); digit == "<" && ended && rest != "" && number[8] != '<' {
			number, digit = number+rest[:len(rest)-1], rest[len(rest)-1:]
		}
		return fits(number, digit)
	}
	switch kind(lines) {
	case "FRA":
		return fits(cut(2, 1, 12), cut(2, 13, 13)) && birth(2, 28) && fits(lines[0]+cut(2, 1, 35), cut(2, 36, 36))
	case "MRV":
		return fits(cut(2, 1, 9), cut(2, 10, 10)) && birth(2, 14) && birth(2, 22)
	case "TD3":
		optional := cut(2, 29, 42)
		blank := strings.Trim(optional, "<") == "" && cut(2, 43, 43) == "<"
		return fits(cut(2, 1, 9), cut(2, 10, 10)) && birth(2, 14) && birth(2, 22) &&
			(blank || fits(optional, cut(2, 43, 43))) && fits(cut(2, 1, 10)+cut(2, 14, 20)+cut(2, 22, 43), cut(2, 44, 44))
	case "TD2":
		return long(cut(2, 1, 9), cut(2, 10, 10), cut(2, 29, 35)) && birth(2, 14) && birth(2, 22) &&
			fits(cut(2, 1, 10)+cut(2, 14, 20)+cut(2, 22, 35), cut(2, 36, 36))
	}
	return long(cut(1, 6, 14), cut(1, 15, 15), cut(1, 16, 30)) && birth(2, 1) && birth(2, 9) &&
		fits(cut(1, 6, 30)+cut(2, 1, 7)+cut(2, 9, 15)+cut(2, 19, 29), cut(2, 30, 30))
}

// masks show the places that some check digit covers, or where one stands.
var masks = map[string]string{
	"TD3": strings.Repeat(".", 44) + "##########...#######.#######################",
	"TD2": strings.Repeat(".", 36) + "##########...#######.###############",
	"MRV": strings.Repeat(".", 44) + "##########...#######.#######................",
	"FRA": strings.Repeat("#", 72),
	"TD1": ".....#########################" + "#######.#######...############" + strings.Repeat(".", 30),
}

// covered reports whether some check digit covers a place, or stands there.
func covered(text string, at int) bool {
	lines, _ := linesOf(text)
	mask := masks[kind(lines)]
	if kind(lines) == "MRV" {
		mask = mask[44-len(lines[0]):]
	}
	return mask[at-strings.Count(text[:at], "\n")] == '#'
}
