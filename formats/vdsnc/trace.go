package vdsnc

import (
	"strconv"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/stages"
)

// trace runs the stages of decode one by one and shows what each found. It stops at the first that fails, because each
// needs the one before it; everything up to there is shown.
func trace(in formats.Input, o formats.Options) []formats.Step {
	b, _ := in.Lone()
	r := &reading{o: o, text: b}
	return steps.Trace(r)
}

func (r *reading) showText() []formats.Field { return []formats.Field{stages.Size("text", r.text)} }

func (r *reading) showCanonical() []formats.Field {
	return []formats.Field{stages.Size("signed", r.signed)}
}

func (r *reading) showHeader() []formats.Field {
	h := &r.header
	return []formats.Field{{Name: "t", Value: h.kind}, {Name: "v", Value: h.version}, {Name: "is", Value: h.issuer}, {Name: "country", Value: h.country}}
}

func (r *reading) showMessage() []formats.Field {
	m := &r.message
	fields := []formats.Field{{Name: "pid.n", Value: m.name}, {Name: "pid.dob", Value: m.subject.Birth.String()}}
	for i, e := range m.events {
		at := "event " + strconv.Itoa(i+1) + " "
		fields = append(fields,
			formats.Field{Name: at + "kind", Value: e.Kind.String()},
			formats.Field{Name: at + "date", Value: e.When.String()},
			formats.Field{Name: at + "identifier", Value: e.ID})
	}
	return append(append(fields, m.extra...), m.others...)
}

func (r *reading) showSignature() []formats.Field {
	var fields []formats.Field
	if r.sealed {
		fields = append(fields, formats.Field{Name: "algorithm", Value: r.seal.Algorithm.Name()}, stages.Size("certificate", r.seal.Signer.Chain[0]), stages.Size("signature", r.seal.Signature))
	} else {
		fields = append(fields, formats.Field{Name: "seal", Value: "none"})
	}
	if r.seal.Problem.Code != "" {
		fields = append(fields, formats.Field{Name: "problem", Value: r.seal.Problem.Text})
	}
	for _, c := range r.doc.Checks {
		word := "fails"
		if c.Result == formats.Tolerated {
			word = "tolerated"
		}
		fields = append(fields, formats.Field{Name: c.Where, Value: word + ": " + c.Text + " (" + c.Name + ")"})
	}
	return fields
}
