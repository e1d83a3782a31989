package heuristics

import (
	"slices"
	"strings"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/heuristics/names"
	"github.com/travelseal/travelseal/verify"
)

// namePlaceholder asks about documents that seem to be specimens: a name that stands in for a name, together with a second
// sign. People have some of these names, and a name alone is never more than a hint.
var namePlaceholder = rule{
	says: []verify.Explanation{placeholder, placeholderHint},
	check: func(c verify.Case) []verify.Finding {
		var found []verify.Finding
		for i, e := range sealed(c) {
			claims := e.Verified.Claims()
			mark := specimenField(claims)
			for k, p := range claims.Subjects {
				sign := nameSign(p.Names)
				if sign == ordinary {
					continue
				}
				person := personPath(i, k, len(claims.Subjects))
				switch {
				case standsForUnknown(p.Birth):
					found = append(found, placeholder.Finding(person+".names", "together with the birth date"))
				case mark != "":
					found = append(found, placeholder.Finding(person+".names", "together with "+mark))
				case sign == nobodys:
					found = append(found, placeholderHint.Finding(person+".names", ""))
				}
			}
		}
		return found
	},
}

// A sign is what a name says about itself.
type sign int

const (
	ordinary sign = iota
	// shared is a name of specimens that living people have as well. It counts only with a second sign.
	shared
	// nobodys is a name that is rarely anybody's.
	nobodys
)

// standIns are names that specifications, offices and jokes put where a name belongs: the parts that a name must have,
// in any order.
var standIns = [...]struct {
	parts []string
	sign  sign
}{
	{[]string{"MUSTERMANN"}, nobodys},
	{[]string{"MUSTERFRAU"}, nobodys},
	{[]string{"SPONGEBOB"}, nobodys},
	{[]string{"MICKEY", "MOUSE"}, nobodys},
	{[]string{"JOHN", "DOE"}, shared},
	{[]string{"JANE", "DOE"}, shared},
	{[]string{"ADOLF", "HITLER"}, shared},
	{[]string{"ERIKSSON", "ANNA", "MARIA"}, shared}, // the specimen of ICAO Doc 9303, and a common name
}

// formWords are the words of forms and tests. A name that consists of nothing else is nobody's.
var formWords = []string{"TEST", "TESTER", "TESTING", "SPECIMEN", "SAMPLE", "EXAMPLE", "DUMMY", "DEMO", "MUSTER", "BEISPIEL", "PERSON", "USER",
	"NAME", "SURNAME", "FORENAME", "FIRSTNAME", "LASTNAME", "GIVENNAME", "VORNAME", "NACHNAME", "FAMILYNAME", "PRENOM"}

// keyRuns are neighbouring keys.
var keyRuns = []string{"QWERTY", "QWERTZ", "AZERTY", "ASDF", "YXCV", "ZXCV"}

// nameSign looks through the spellings of a name.
func nameSign(list []formats.Name) sign {
	found := ordinary
	for _, n := range list {
		words := names.Words(n)
		for _, s := range standIns {
			if containsAll(words, s.parts) {
				found = max(found, s.sign)
			}
		}
		if len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(formWords, w) }) {
			found = nobodys
		}
		if slices.ContainsFunc(words, struck) {
			found = nobodys
		}
	}
	return found
}

func containsAll(words, parts []string) bool {
	return !slices.ContainsFunc(parts, func(p string) bool { return !slices.Contains(words, p) })
}

// struck reports whether a word is a run over the keyboard, or one letter four times and more.
func struck(word string) bool {
	if slices.ContainsFunc(keyRuns, func(run string) bool { return strings.HasPrefix(word, run) }) {
		return true
	}
	return len(word) >= 4 && strings.Count(word, word[:1]) == len(word)
}

// specimenField names a field that marks the document as a specimen; "" if none does.
func specimenField(c formats.Claims) string {
	for _, d := range c.Documents {
		// UTO is the invented state of ICAO Doc 9303, the numbers those of its specimens.
		if d.IssuingState == "UTO" || slices.Contains([]string{"L898902C", "L898902C3", "D23145890"}, d.Number) {
			return "the document reference"
		}
	}
	for _, e := range c.Events {
		for word := range strings.FieldsFuncSeq(e.ID, func(r rune) bool { return (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') }) {
			if slices.Contains([]string{"TEST", "SPECIMEN", "SAMPLE", "EXAMPLE", "DUMMY", "MUSTER"}, strings.ToUpper(word)) {
				return "the issuer's identifier"
			}
		}
	}
	return ""
}

var placeholder = verify.Explanation{
	Code:   "rule.name_placeholder",
	Effect: verify.Doubt,
	Text:   "The document seems to be a specimen or a test: the name stands in for a name, and a second field says the same.",
	Cite:   "Published specimens, such as those of ICAO Doc 9303-4; rule version 1",
	Next:   "Ask for the traveller's own document: a specimen may have been shown by mistake, or in training. " + lookAgain,
	Limits: "Living people have such names, and 1 January 1900 is written for people whose birth date is not known; both together are rare. " + notFraud,
}

var placeholderHint = verify.Explanation{
	Code:   "rule.name_placeholder_hint",
	Effect: verify.Inform,
	Text:   "The name is one that specimens and forms have. Some people are called so.",
	Cite:   "Published specimens; rule version 1",
	Next:   "Compare with the passport, as always. Nothing else follows from it.",
	Limits: "It is no sign against the holder.",
}
