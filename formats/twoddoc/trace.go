package twoddoc

import (
	"strconv"

	"github.com/travelseal/travelseal/formats"
)

// trace runs the stages of decode one by one and shows what each found. It stops at the first that fails.
func trace(in formats.Input, _ formats.Options) []formats.Step {
	r, err := start(in)
	if err != nil {
		return []formats.Step{{Name: "header", Err: err}}
	}
	return steps.Trace(r)
}

// showMessage shows the values by their identifiers, as they stand.
func (r *reading) showMessage() []formats.Field { return raw(r.values) }

func raw(values []value) []formats.Field {
	var list []formats.Field
	for _, v := range values {
		name := v.id
		if name == "" {
			name = "not read"
		}
		list = append(list, formats.Field{Name: name, Value: v.text})
	}
	return list
}

func (r *reading) showSignature() []formats.Field {
	list := []formats.Field{
		{Name: "algorithm", Value: r.seal.Algorithm.Name()},
		{Name: "key ID", Value: string(r.seal.Signer.KeyID)},
		{Name: "signed", Value: strconv.Itoa(len(r.signed)) + " bytes"},
		{Name: "signature", Value: strconv.Itoa(len(r.seal.Signature)) + " bytes"},
	}
	for _, f := range raw(r.annex) {
		list = append(list, formats.Field{Name: "annex " + f.Name, Value: f.Value})
	}
	for _, c := range r.doc.Checks {
		if c.Result == formats.Fails {
			list = append(list, formats.Field{Name: c.Where, Value: "fails: " + c.Text + " (" + c.Name + ")"})
		}
	}
	return list
}
