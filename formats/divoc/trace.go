package divoc

import (
	"strconv"
	"strings"
	"time"

	"github.com/travelseal/travelseal/formats"
)

// trace runs the stages of decode one by one and shows what each found. It stops at the first that fails, because each
// needs the one before it; everything up to there is shown.
func trace(in formats.Input, o formats.Options) []formats.Step {
	b, _ := in.Lone()
	r := &reading{o: o, raw: b}
	return steps.Trace(r)
}

func size(name string, n int) formats.Field {
	return formats.Field{Name: name, Value: strconv.Itoa(n) + " bytes"}
}

func (r *reading) showText() []formats.Field {
	kind := "the credential itself"
	if r.archive != nil {
		kind = "an archive"
	}
	return []formats.Field{{Name: "holds", Value: kind}, size("text", len(r.raw))}
}

func (r *reading) showArchive() []formats.Field {
	if r.archive == nil {
		return []formats.Field{{Name: "archive", Value: "none"}}
	}
	return []formats.Field{size("archive", len(r.archive)), size(file, len(r.json))}
}

func (r *reading) showJSON() []formats.Field { return []formats.Field{size("JSON", len(r.json))} }

func (r *reading) showProof() []formats.Field {
	d := r.credential
	fields := []formats.Field{{Name: "contexts", Value: strings.Join(d.Contexts, " ")}}
	if d.Canonical != "" {
		fields = append(fields, formats.Field{Name: "canonical form", Value: strconv.Itoa(strings.Count(d.Canonical, "\n")) + " statements"})
	}
	switch s := d.Seal; {
	case s == nil:
		fields = append(fields, formats.Field{Name: "proof", Value: "none"})
	case s.Problem.Code != "":
		fields = append(fields, formats.Field{Name: "problem", Value: s.Problem.Text})
	default:
		fields = append(fields, formats.Field{Name: "algorithm", Value: s.Algorithm.Name()},
			formats.Field{Name: "verificationMethod", Value: string(s.Signer.KeyID)}, size("signature", len(s.Signature)))
	}
	return append(fields, checkFields(d.Checks)...)
}

func (r *reading) showCredential() []formats.Field {
	var fields []formats.Field
	for _, p := range r.doc.Parts {
		sealed := "covered by the proof"
		if p.Seal == formats.NoSeal {
			sealed = "not covered by any proof"
		}
		fields = append(fields, formats.Field{Name: p.Name, Value: sealed})
		for _, s := range p.Unverified.Subjects {
			for _, n := range s.Names {
				fields = append(fields, formats.Field{Name: n.Source, Value: n.Full})
			}
		}
		for _, e := range p.Unverified.Events {
			fields = append(fields, formats.Field{Name: "vaccine", Value: e.Product.Code}, formats.Field{Name: "date", Value: e.When.String()}, formats.Field{Name: "certificateId", Value: e.ID})
		}
	}
	for _, t := range []struct {
		name string
		at   time.Time
	}{{"issuanceDate", r.doc.Validity.IssuedAt}, {"expirationDate", r.doc.Validity.NotAfter}} {
		if !t.at.IsZero() {
			fields = append(fields, formats.Field{Name: t.name, Value: t.at.Format(time.RFC3339)})
		}
	}
	return append(fields, checkFields(r.checks)...)
}

func checkFields(checks []formats.Check) []formats.Field {
	var fields []formats.Field
	for _, c := range checks {
		word := map[formats.CheckResult]string{formats.Fails: "fails", formats.Tolerated: "tolerated", formats.Doubtful: "doubtful", formats.Holds: "holds"}[c.Result]
		fields = append(fields, formats.Field{Name: c.Where, Value: word + ": " + c.Text + " (" + c.Name + ")"})
	}
	return fields
}
