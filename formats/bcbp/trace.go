package bcbp

import (
	"strconv"

	"github.com/travelseal/travelseal/formats"
)

// trace runs the stages of decode one by one and shows what each found. It stops at the first that fails.
func trace(in formats.Input, _ formats.Options) []formats.Step {
	r, err := start(in)
	if err != nil {
		return []formats.Step{{Name: "characters", Err: err}}
	}
	return steps.Trace(r)
}

func (r *reading) showCharacters() []formats.Field {
	return []formats.Field{{Name: "text", Value: strconv.Itoa(len(r.text)) + " characters"}}
}

func (r *reading) showPass() []formats.Field {
	return append([]formats.Field{{Name: "number of legs", Value: strconv.Itoa(r.count)}}, r.unique...)
}

// showLegs shows the items of the legs, and those of the pass that stand with the first.
func (r *reading) showLegs() []formats.Field {
	var fields []formats.Field
	for _, f := range r.unique {
		if f.Name != passengerName.name {
			fields = append(fields, formats.Field{Name: "pass." + f.Name, Value: f.Value})
		}
	}
	for i, leg := range r.legs {
		for _, f := range leg {
			fields = append(fields, formats.Field{Name: "leg" + strconv.Itoa(i+1) + "." + f.Name, Value: f.Value})
		}
	}
	return fields
}

func (r *reading) showSecurity() []formats.Field {
	fields := []formats.Field{{Name: "seal", Value: "none"}}
	switch s := &r.secure; {
	case s.sealed:
		fields = []formats.Field{
			{Name: "seal", Value: "security data of type " + s.kind},
			{Name: "algorithm", Value: s.seal.Algorithm.Name()},
			{Name: "key ID", Value: string(s.seal.Signer.KeyID)},
			{Name: "signature", Value: strconv.Itoa(len(s.seal.Signature)) + " bytes"},
		}
	case s.there:
		fields[0].Value = s.stated()
	}
	for _, c := range r.doc.Checks {
		fields = append(fields, formats.Field{Name: c.Where, Value: "fails: " + c.Text + " (" + c.Name + ")"})
	}
	return fields
}
