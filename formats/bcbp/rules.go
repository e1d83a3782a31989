package bcbp

import (
	"strconv"
	"strings"
)

// The rules for the texts of items. A breach is named in the report: issuers make them, and a pass that can be read is read.
// All items are padded with blanks on the right, and many may be blank.

func nameRule(text string) string {
	if strings.TrimSpace(text) == "" {
		return "no name"
	}
	for i := range len(text) {
		if c := text[i]; !letter(c) && strings.IndexByte(" /-.'", c) < 0 {
			return "a character that names do not have"
		}
	}
	return ""
}

func alphanumericRule(text string) string {
	for i := range len(text) {
		if c := text[i]; !letter(c) && !digit(c) && c != ' ' {
			return "a character other than letters and digits"
		}
	}
	return ""
}

func airportRule(text string) string {
	for i := range len(text) {
		if !letter(text[i]) {
			return "not three letters"
		}
	}
	return ""
}

func designatorRule(text string) string {
	if why := alphanumericRule(text); why != "" {
		return why
	}
	if s := strings.TrimRight(text, " "); s != "" && (len(s) < 2 || strings.Contains(s, " ")) {
		return "not two or three letters and digits"
	}
	return ""
}

// flightRule takes up to four digits and a letter (IATA Resolution 762), or nothing where the pass is for any flight.
func flightRule(text string) string {
	s := strings.TrimRight(text, " ")
	if n := len(s); n > 0 && letter(s[n-1]) {
		s = s[:n-1]
	} else if n == 0 {
		return ""
	}
	if len(s) == 0 || len(s) > 4 || !allDigits(s) {
		return "not up to four digits and a letter"
	}
	return ""
}

func dayRule(text string) string {
	if text == "   " || dayOfYear(text) {
		return ""
	}
	return "not a day of a year"
}

func issueRule(text string) string {
	if text == "    " || digit(text[0]) && dayOfYear(text[1:]) {
		return ""
	}
	return "not the last digit of a year and a day of it"
}

func versionRule(text string) string {
	if text[0] < '1' || text[0] > '8' {
		return "a version that is not known here"
	}
	return ""
}

func dayOfYear(text string) bool {
	n, err := strconv.Atoi(text)
	return allDigits(text) && err == nil && n >= 1 && n <= 366
}

func allDigits(text string) bool {
	for i := range len(text) {
		if !digit(text[i]) {
			return false
		}
	}
	return true
}
