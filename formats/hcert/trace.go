package hcert

import (
	"encoding/hex"
	"strconv"
	"time"

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

func (r *reading) showPrefix() []formats.Field {
	return []formats.Field{{Name: "prefix", Value: string(r.text[:prefixLen])}, stages.Size("text", r.text)}
}

func (r *reading) showBase45() []formats.Field {
	return []formats.Field{stages.Size("decoded", r.compressed)}
}

func (r *reading) showZlib() []formats.Field {
	return []formats.Field{stages.Size("inflated", r.token)}
}

func (r *reading) showCOSE() []formats.Field {
	s := r.message.Seal
	fields := []formats.Field{
		{Name: "algorithm", Value: s.Algorithm.Name()},
		{Name: "kid", Value: hex.EncodeToString(s.Signer.KeyID)},
		stages.Size("payload", r.message.Payload), stages.Size("signature", s.Signature),
	}
	if s.Problem.Code != "" {
		fields = append(fields, formats.Field{Name: "problem", Value: s.Problem.Text})
	}
	return append(fields, checkFields(r.message.Checks)...)
}

func (r *reading) showClaims() []formats.Field {
	c := &r.claims
	fields := []formats.Field{{Name: "iss", Value: c.iss}}
	for _, t := range []struct {
		name string
		at   time.Time
	}{{"iat", c.iat}, {"nbf", c.nbf}, {"exp", c.exp}} {
		if !t.at.IsZero() {
			fields = append(fields, formats.Field{Name: t.name, Value: t.at.Format(time.RFC3339)})
		}
	}
	return append(fields, checkFields(c.checks)...)
}

func (r *reading) showCertificate() []formats.Field {
	fields := append([]formats.Field{{Name: "profile", Value: string(r.profile.ID)}}, r.profile.show(r)...)
	for i, e := range r.found.claims.Events {
		at := "entry " + strconv.Itoa(i+1) + " "
		fields = append(fields,
			formats.Field{Name: at + "kind", Value: e.Kind.String()},
			formats.Field{Name: at + "date", Value: e.When.String()},
			formats.Field{Name: at + "ci", Value: e.ID})
	}
	return append(fields, checkFields(r.doc.Checks)...)
}

// showDCC shows the frame of the certificates that have that of the DCC schema.
func (r *reading) showDCC() []formats.Field {
	d := &r.dcc
	fields := []formats.Field{{Name: "ver", Value: d.ver}}
	for _, n := range d.names() {
		fields = append(fields, formats.Field{Name: n.Source, Value: n.Family + ", " + n.Given})
	}
	return append(fields, formats.Field{Name: "dob", Value: d.birth.String()})
}

// showWHO shows a certificate of the WHO's by its Claims.
func (r *reading) showWHO() []formats.Field {
	c := &r.found.claims
	var fields []formats.Field
	for _, s := range c.Subjects {
		for _, n := range s.Names {
			fields = append(fields, formats.Field{Name: n.Source, Value: n.Full})
		}
		fields = append(fields, formats.Field{Name: "birth", Value: s.Birth.String()})
	}
	return append(fields, c.Extra...)
}

func checkFields(checks []formats.Check) []formats.Field {
	var fields []formats.Field
	for _, c := range checks {
		word := map[formats.CheckResult]string{formats.Fails: "fails", formats.Tolerated: "tolerated", formats.Doubtful: "doubtful", formats.Holds: "holds"}[c.Result]
		fields = append(fields, formats.Field{Name: c.Where, Value: word + ": " + c.Text + " (" + c.Name + ")"})
	}
	return fields
}
