package mrz

import (
	"strconv"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mrz"
)

// trace shows the lines as they were read, the fields in them, and every check with its outcome.
func trace(in formats.Input, o formats.Options) []formats.Step {
	m, err := read(in, o)
	if err != nil {
		return []formats.Step{{Name: "lines", Err: err}}
	}
	steps := []formats.Step{
		{Name: "lines", Detail: showLines(&m)},
		{Name: "fields", Detail: showFields(&m)},
		{Name: "check digits", Detail: showDigits(&m)},
	}
	if repairs := m.Repairs(); len(repairs) > 0 {
		steps = append(steps, formats.Step{Name: "suggested readings, not applied", Detail: showRepairs(repairs)})
	}
	return steps
}

func showLines(m *mrz.MRZ) []formats.Field {
	fields := []formats.Field{{Name: "layout", Value: m.Layout}}
	for i, line := range m.Lines {
		fields = append(fields, formats.Field{Name: "line " + strconv.Itoa(i+1), Value: line})
	}
	return fields
}

func showFields(m *mrz.MRZ) []formats.Field {
	fields := []formats.Field{
		{Name: "document code", Value: m.DocumentCode},
		{Name: "issuing State", Value: m.IssuingState},
		{Name: "primary identifier", Value: m.Primary},
		{Name: "secondary identifier", Value: m.Secondary},
		{Name: "document number", Value: m.Number},
		{Name: "nationality", Value: m.Nationality},
		{Name: "date of birth", Value: m.Birth.String()},
		{Name: "sex", Value: m.Sex},
		{Name: "date of expiry", Value: m.Expires.String()},
	}
	for _, f := range []formats.Field{
		{Name: "date of issue", Value: m.Issued.String()},
		{Name: "office of issue", Value: m.Office},
		{Name: "optional data", Value: m.Optional},
		{Name: "optional data, second line", Value: m.OptionalMiddle},
	} {
		if f.Value != "" {
			fields = append(fields, f)
		}
	}
	if m.Truncated {
		fields = append(fields, formats.Field{Name: "name", Value: "fills its field and may be cut off"})
	}
	for _, c := range append(m.Checks(), codes(m)...) {
		if c.Kind != formats.Digit {
			fields = append(fields, formats.Field{Name: c.Where, Value: c.Text + " (" + c.Name + ")"})
		}
	}
	return fields
}

func showDigits(m *mrz.MRZ) []formats.Field {
	var fields []formats.Field
	for _, d := range m.Digits {
		word := "holds"
		if !d.OK {
			word = "fails: " + string(rune(d.Got)) + " is printed, " + string(rune(d.Want)) + " is right"
		}
		fields = append(fields, formats.Field{Name: d.Name, Value: word})
	}
	return fields
}

func showRepairs(repairs []mrz.Repair) []formats.Field {
	fields := make([]formats.Field, 0, len(repairs))
	for _, r := range repairs {
		fields = append(fields, formats.Field{Name: r.Where, Value: string(rune(r.Suggested)) + " instead of " + string(rune(r.Read))})
	}
	return fields
}
