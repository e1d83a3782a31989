package idb

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

func (r *reading) showText() []formats.Field {
	return []formats.Field{
		{Name: "signed", Value: strconv.FormatBool(r.signed)}, {Name: "compressed", Value: strconv.FormatBool(r.zipped)}, stages.Size("base32", r.payload),
	}
}

func (r *reading) showPayload() []formats.Field {
	return []formats.Field{stages.Size("payload", r.data)}
}

func (r *reading) showHeader() []formats.Field {
	return append(r.header.fields(), formats.Field{Name: "country", Value: r.header.country},
		formats.Field{Name: "algorithm", Value: strconv.Itoa(int(r.header.algorithm))})
}

func (r *reading) showBody() []formats.Field {
	b := &r.body
	var fields []formats.Field
	for _, m := range b.messages {
		fields = append(fields, stages.Size(tagged(m.tag)+" at byte "+strconv.Itoa(m.at), m.value))
	}
	return append(fields, stages.Size("certificate", b.certificate), stages.Size("signed", b.covered), stages.Size("signature", b.signature))
}

func (r *reading) showMessages() []formats.Field {
	c := &r.content
	var fields []formats.Field
	for _, n := range c.subject.Names {
		fields = append(fields, formats.Field{Name: "family", Value: n.Family}, formats.Field{Name: "given", Value: n.Given})
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
	if len(fields) == 0 {
		fields = append(fields, formats.Field{Name: "messages", Value: strconv.Itoa(len(r.body.messages))})
	}
	return fields
}
