package shc

import (
	"strconv"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/stages"
)

// trace runs the stages of decode one by one and shows what each found. It stops at the first that fails, because each
// needs the one before it; everything up to there is shown.
func trace(in formats.Input, o formats.Options) []formats.Step {
	b, ok := in.Lone()
	if !ok {
		_, err := decode(in, o)
		return []formats.Step{{Name: steps[0].Name, Err: err}}
	}
	r := &reading{o: o, text: b}
	return steps.Trace(r)
}

// withChecks adds to what a stage shows the checks that it left.
func withChecks(show func(*reading) []formats.Field) func(*reading) []formats.Field {
	return func(r *reading) []formats.Field {
		before := r.shown
		r.shown = len(r.checks)
		return append(show(r), checkFields(r.checks[before:])...)
	}
}

func (r *reading) showText() []formats.Field {
	carrier := "JWS"
	switch {
	case isCode(r.text):
		carrier = "numerals of a code"
	case isFile(r.text):
		carrier = "file of one card"
	}
	return []formats.Field{{Name: "carrier", Value: carrier}, stages.Size("text", r.text), stages.Size("JWS", r.token)}
}

func (r *reading) showJWS() []formats.Field {
	s := r.message.Seal
	fields := []formats.Field{
		{Name: "algorithm", Value: s.Algorithm.Name()},
		{Name: "kid", Value: string(s.Signer.KeyID)},
		{Name: "zip", Value: r.message.Zip},
		stages.Size("payload", r.message.Payload), stages.Size("signature", s.Signature),
	}
	if n := len(s.Signer.Chain); n > 0 {
		fields = append(fields, formats.Field{Name: "x5c", Value: strconv.Itoa(n) + " certificates"})
	}
	if s.Problem.Code != "" {
		fields = append(fields, formats.Field{Name: "problem", Value: s.Problem.Text})
	}
	return fields
}

func (r *reading) showDeflate() []formats.Field {
	return []formats.Field{stages.Size("inflated", r.payload)}
}

func (r *reading) showClaims() []formats.Field {
	c := &r.claims
	fields := []formats.Field{{Name: "iss", Value: c.iss}}
	for _, t := range []struct {
		name string
		at   time.Time
	}{{"nbf", c.nbf}, {"exp", c.exp}} {
		if !t.at.IsZero() {
			fields = append(fields, formats.Field{Name: t.name, Value: t.at.Format(time.RFC3339)})
		}
	}
	if c.rid != "" {
		fields = append(fields, formats.Field{Name: "vc.rid", Value: c.rid})
	}
	return append(fields, formats.Field{Name: "fhirVersion", Value: c.fhirVersion})
}

func (r *reading) showBundle() []formats.Field {
	fields := []formats.Field{{Name: "persons", Value: strconv.Itoa(len(r.card.subjects))}}
	for _, s := range r.card.subjects {
		for _, n := range s.Names {
			fields = append(fields, formats.Field{Name: n.Source, Value: n.Family + ", " + n.Given + n.Full})
		}
		fields = append(fields, formats.Field{Name: "birthDate", Value: s.Birth.String()})
	}
	for i, e := range r.card.events {
		where := "event " + strconv.Itoa(i+1) + " "
		fields = append(fields,
			formats.Field{Name: where + "kind", Value: e.Kind.String()},
			formats.Field{Name: where + "date", Value: e.When.String()},
			formats.Field{Name: where + "code", Value: written(codeOf(e))})
	}
	return fields
}

// codeOf is the code that says most of an Event.
func codeOf(e formats.Event) formats.Coded {
	switch e.Kind {
	case formats.Vaccination:
		return e.Product
	case formats.Test:
		return e.TestType
	}
	return e.Target
}

func checkFields(checks []formats.Check) []formats.Field {
	var fields []formats.Field
	for _, c := range checks {
		word := "fails"
		if c.Result == formats.Tolerated {
			word = "tolerated"
		}
		fields = append(fields, formats.Field{Name: c.Where, Value: word + ": " + c.Text + " (" + c.Name + ")"})
	}
	return fields
}
