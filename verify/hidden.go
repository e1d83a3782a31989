package verify

import (
	"unicode"

	"github.com/travelseal/travelseal/formats"
)

// maxMarks is how many combining marks may follow one letter; Vietnamese and Thai need two or three.
const maxMarks = 8

// hides reports whether a text holds characters that make it look like another one: controls, directional overrides,
// invisible separators, or a pile of combining marks. The joiners U+200C and U+200D are left alone, because Persian,
// Sinhala, Bengali and other names are misspelled without them.
func hides(s string) bool {
	marks := 0
	for _, r := range s {
		switch {
		case r < 0x20 || r == 0x7f:
			return true
		case r < 0x80:
			marks = 0
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Me, r):
			if marks++; marks > maxMarks {
				return true
			}
		case r == 0x200c || r == 0x200d:
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r):
			return true
		default:
			marks = 0
		}
	}
	return false
}

// hiddenCharacter looks through the texts that people read and gives the place of the first that hides something.
func hiddenCharacter(c formats.Claims) (string, bool) {
	for _, s := range c.Subjects {
		for _, n := range s.Names {
			if hides(n.Family) || hides(n.Given) || hides(n.Full) {
				return "holder.names", true
			}
		}
		if hides(s.Sex) || hides(s.Nationality) {
			return "holder", true
		}
	}
	for _, e := range c.Events {
		for _, s := range [...]string{e.Target.Code, e.Prophylaxis.Code, e.Product.Code, e.Manufacturer.Code, e.TestType.Code, e.TestName, e.Result.Code, e.Country, e.Place, e.Issuer, e.ID} {
			if hides(s) {
				return "events", true
			}
		}
	}
	for _, d := range c.Documents {
		if hides(d.Type) || hides(d.Number) || hides(d.IssuingState) {
			return "documents", true
		}
	}
	for _, f := range c.Extra {
		if hides(f.Name) || hides(f.Value) {
			return "extra", true
		}
	}
	return "", false
}
