package nzcp

import (
	"encoding/hex"
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
	return []formats.Field{{Name: "prefix", Value: string(r.text[:r.offset])}, stages.Size("text", r.text)}
}

func (r *reading) showBase32() []formats.Field {
	return []formats.Field{stages.Size("decoded", r.token)}
}

func (r *reading) showCOSE() []formats.Field {
	s := r.message.Seal
	fields := []formats.Field{
		{Name: "algorithm", Value: s.Algorithm.Name()},
		{Name: "kid", Value: printable(s.Signer.KeyID)},
		stages.Size("payload", r.message.Payload), stages.Size("signature", s.Signature),
	}
	if s.Problem.Code != "" {
		fields = append(fields, formats.Field{Name: "problem", Value: s.Problem.Text})
	}
	return fields
}

// printable shows a key identifier, which is a word in passes, as one where that is possible.
func printable(keyID []byte) string {
	for _, c := range keyID {
		if c <= ' ' || c > '~' {
			return hex.EncodeToString(keyID)
		}
	}
	return string(keyID)
}

func (r *reading) showClaims() []formats.Field {
	c := &r.claims
	fields := []formats.Field{{Name: "iss", Value: c.iss}, {Name: "verification method", Value: c.iss + "#" + printable(r.message.Seal.Signer.KeyID)}}
	for _, t := range []struct {
		name string
		at   time.Time
	}{{"nbf", c.nbf}, {"exp", c.exp}} {
		if !t.at.IsZero() {
			fields = append(fields, formats.Field{Name: t.name, Value: t.at.Format(time.RFC3339)})
		}
	}
	fields = append(fields, formats.Field{Name: "jti", Value: c.jti})
	return append(fields, r.showChecks(0)...)
}

func (r *reading) showCredential() []formats.Field {
	p := &r.pass
	fields := []formats.Field{
		{Name: "version", Value: p.version}, {Name: "familyName, givenName", Value: p.family + ", " + p.given}, {Name: "dob", Value: p.birth.String()},
	}
	return append(fields, r.showChecks(r.pass.firstCheck)...)
}

// showChecks shows the breaches from one on.
func (r *reading) showChecks(first int) []formats.Field {
	var fields []formats.Field
	for _, c := range r.checks[first:] {
		fields = append(fields, formats.Field{Name: c.Where, Value: "fails: " + c.Text + " (" + c.Name + ")"})
	}
	return fields
}
