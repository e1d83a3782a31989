package mrz

import "github.com/travelseal/travelseal/formats"

// The tolerances of this package.
var (
	Spaces = formats.Tolerance{
		Name: "mrz-spaces", On: true,
		Why:  "character recognition and people who type put blanks for fillers or between groups of characters, and break lines elsewhere",
		Cite: "Doc 9303-3 §4.3: the zone has no blank; Doc 9303-4 to 9303-7: the lines",
	}
	Guillemets = formats.Tolerance{
		Name: "mrz-guillemets", On: true,
		Why:  "character recognition and people who type take the filler for the quotation mark « or ‹ that looks like it",
		Cite: "Doc 9303-3 §4.3 and §4.10: the filler is <",
	}
	LowerCase = formats.Tolerance{
		Name: "mrz-lowercase",
		Why:  "people who type a zone may not use capitals",
		Cite: "Doc 9303-3 §4.6: names are in upper case",
	}
	ZeroDate = formats.Tolerance{
		Name: "mrz-zero-date", On: true,
		Why:  "registers that write an unknown month or day as 00 print it so",
		Cite: "Doc 9303-3 §4.8: unknown parts of a date of birth are fillers",
	}
	PrintedX = formats.Tolerance{
		Name: "mrz-sex-x", On: true,
		Why:  "some issuers print the X of the visual zone in the machine readable zone too",
		Cite: "Doc 9303-4 §4.2.2: an unspecified sex is a filler",
	}
)

// Tolerances lists the leniencies that Parse knows.
func Tolerances() []formats.Tolerance {
	return []formats.Tolerance{Spaces, Guillemets, LowerCase, ZeroDate, PrintedX}
}

// Checks gives the check digits, and what was tolerated or breaks a rule of a field, as the checks of a document. They
// name places and never what is printed there.
func (m *MRZ) Checks() []formats.Check {
	checks := make([]formats.Check, 0, len(m.Digits)+len(m.notes))
	for _, d := range m.Digits {
		c := formats.Check{Kind: formats.Digit, Result: formats.Holds, Name: d.Name, Where: d.Where}
		if !d.OK {
			c.Result, c.Text = formats.Fails, "the "+d.Name+" does not match"
		}
		checks = append(checks, c)
	}
	return append(checks, m.notes...)
}

// breach notes that a field breaks its rule.
func (r *reader) breach(field int, why string) {
	r.m.notes = append(r.m.notes, formats.Check{
		Kind: formats.Schema, Result: formats.Fails, Name: fieldNames[field], Where: r.layout.fields[field].String(), Text: fieldNames[field] + ": " + why,
	})
}

// tolerated notes that a tolerance was used.
func (r *reader) tolerated(t formats.Tolerance, where, text string) {
	result := formats.Tolerated
	if !t.On {
		result = formats.Doubtful
	}
	r.m.notes = append(r.m.notes, formats.Check{Kind: formats.Reading, Result: result, Name: t.Name, Where: where, Text: text})
}

// fieldNames are the names of the fields in the words of Doc 9303.
var fieldNames = [fieldCount]string{
	code: "document code", state: "issuing State", name: "name", given: "given names", number: "document number", nationality: "nationality",
	birth: "date of birth", sex: "sex", expires: "date of expiry", optional: "optional data", optionalMiddle: "optional data",
	office: "office of issue",
}

// StateAt and NationalityAt name the places of the two codes, as a check does: "line 1, positions 3 to 5". NationalityAt is
// "" where the layout states none.
func (m *MRZ) StateAt() string { return m.at(state) }

// NationalityAt is described with StateAt.
func (m *MRZ) NationalityAt() string { return m.at(nationality) }

func (m *MRZ) at(field int) string {
	if m.layout == nil || m.layout.fields[field].line == 0 {
		return ""
	}
	return m.layout.fields[field].String()
}
