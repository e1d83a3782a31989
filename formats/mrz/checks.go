package mrz

import (
	"strings"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mrz"
	"github.com/travelseal/travelseal/internal/states"
)

// SuggestedReading is the name of the extra claims that suggest which characters were misread, one claim a character:
// "line 2, position 4: 0 instead of O". What was read stands in all other claims, and is judged as it was read.
const SuggestedReading = "suggested_reading"

// suggestion writes a repair for people.
func suggestion(r mrz.Repair) string {
	return r.Where + ": " + string(rune(r.Suggested)) + " instead of " + string(rune(r.Read))
}

// checks gives the checks of the zone, those of its codes, and in each that fails because of a misreading where to look.
// They are shown to everybody, and so name the places and not the characters.
func checks(m *mrz.MRZ, repairs []mrz.Repair) []formats.Check {
	list := append(m.Checks(), codes(m)...)
	if len(repairs) == 0 {
		return list
	}
	places := make([]string, 0, len(repairs))
	for _, r := range repairs {
		places = append(places, r.Where)
	}
	hint := "; every check digit holds if what was read at " + strings.Join(places, " and at ") +
		" is the letter or numeral that looks like it: compare with the document"
	hinted := false
	for i := range list {
		if c := &list[i]; c.Kind == formats.Digit && c.Result == formats.Fails {
			c.Text += hint
			hinted = true
		}
	}
	for i := range list { // a G for a 6 in a date, which no check digit notices
		if c := &list[i]; !hinted && c.Kind == formats.Schema && c.Result == formats.Fails {
			c.Text += hint
			hinted = true
		}
	}
	return list
}

// codes checks that the codes of the issuing State and of the nationality are in use (Doc 9303-3 §5).
func codes(m *mrz.MRZ) (list []formats.Check) {
	breach := func(name, where string) {
		list = append(list, formats.Check{
			Kind: formats.Schema, Result: formats.Fails, Name: name, Where: where, Text: name + ": not a code of Doc 9303-3 that is in use",
		})
	}
	if !states.Issues(m.IssuingState) {
		breach("issuing State", m.StateAt())
	}
	// A document of the United Nations or for a stateless person may leave the nationality out (Doc 9303-4 §4.2.2).
	if m.Nationality != "" && !states.Nationality(m.Nationality) {
		breach("nationality", m.NationalityAt())
	}
	return list
}
