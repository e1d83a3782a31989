package vds

import (
	"strconv"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/stages"
)

// trace runs the stages of decode one by one and shows what each found. It stops at the first that fails, because each
// needs the one before it; everything up to there is shown.
func trace(in formats.Input, o formats.Options) []formats.Step {
	b, _ := in.Lone()
	r := &reading{o: o, in: b}
	return steps.Trace(r)
}

func (r *reading) showBytes() []formats.Field { return []formats.Field{stages.Size("seal", r.data)} }

func (r *reading) showHeader() []formats.Field {
	h := &r.header
	return h.fields([]formats.Field{{Name: "version", Value: strconv.Itoa(int(h.version) + 1)}, {Name: "country", Value: h.country}},
		kindOf(h.feature, h.kind))
}

func (r *reading) showMessage() []formats.Field {
	var fields []formats.Field
	for _, f := range r.message.features {
		fields = append(fields, stages.Size(name(f.tag)+" at byte "+strconv.Itoa(f.at), f.value))
	}
	if !r.message.sealed {
		return append(fields, formats.Field{Name: "signature", Value: "none"})
	}
	return append(fields, stages.Size("signed", r.message.signed), stages.Size("signature", r.message.signature))
}

func (r *reading) showFeatures() []formats.Field {
	c := &r.content
	var fields []formats.Field
	for _, n := range c.subject.Names {
		fields = append(fields, formats.Field{Name: "family", Value: n.Family}, formats.Field{Name: "given", Value: n.Given}, formats.Field{Name: "full", Value: n.Full})
	}
	for _, d := range c.docs {
		fields = append(fields, formats.Field{Name: "document " + d.Type, Value: d.Number})
	}
	fields = append(fields, c.extra...)
	for _, check := range r.checks {
		if check.Result != formats.Holds {
			fields = append(fields, formats.Field{Name: check.Where, Value: check.Text + " (" + check.Name + ")"})
		}
	}
	return fields
}
