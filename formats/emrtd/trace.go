package emrtd

import (
	"encoding/hex"
	"strconv"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/lds"
	"github.com/travelseal/travelseal/internal/stages"
)

// trace runs the stages of decode one by one and shows what each found. It stops at the first that fails, because each
// needs the one before it; everything up to there is shown.
func trace(in formats.Input, o formats.Options) []formats.Step {
	r, steps := begin(in, o)
	return steps.Trace(r)
}

func (r *reading) showFiles() []formats.Field {
	var fields []formats.Field
	for i, f := range r.named {
		name := f.String()
		if f.kind == foreignFile {
			name = shown(r.in.Files[i].Name) + " (none of a chip's)"
		}
		if f.kind == groupFile {
			name += " (" + f.group.Title() + ")"
		}
		fields = append(fields, stages.Size(name, r.in.Files[i].Data))
	}
	return fields
}

func (r *reading) showCredential() []formats.Field {
	fields := []formats.Field{{Name: "version", Value: "1"}, {Name: "bound to", Value: r.kind()}}
	if r.sod != nil {
		fields = append(fields, stages.Size("EF.SOD", r.sod.Data))
	}
	for n := lds.Group(1); n <= lds.Groups; n++ {
		if g := r.groups[n]; g != nil {
			fields = append(fields, stages.Size(n.String()+" ("+n.Title()+")", g.file))
		}
	}
	given := func(is bool, name, value string) {
		if is {
			fields = append(fields, formats.Field{Name: name, Value: value})
		}
	}
	for _, n := range r.own.strange {
		given(true, elementName(n), "not known in version 1")
	}
	given(r.own.security, elementName(numberSecurity), "not looked into")
	given(r.own.otherInfo, elementName(numberOtherInfo), "not looked into")
	given(r.own.values > 0, "dtcTBS", strconv.Itoa(r.own.values)+" values, not looked into")
	given(r.own.signer, "dtcSignerInfo", "not looked into")
	return fields
}

var absent = []formats.Field{{Name: "EF.SOD", Value: "not given"}}

func (r *reading) showSOD() []formats.Field {
	if r.sod == nil {
		return absent
	}
	fields := []formats.Field{stages.Size("signed message", r.message)}
	for _, d := range r.deviations {
		fields = append(fields, formats.Field{Name: d.Code, Value: "at byte " + strconv.Itoa(d.Offset)})
	}
	return fields
}

func (r *reading) showMessage() []formats.Field {
	if r.sod == nil {
		return absent
	}
	s := &r.seal
	fields := []formats.Field{
		{Name: "algorithm", Value: s.Algorithm.Name()}, stages.Size("signed", s.Signed), stages.Size("signature", s.Signature),
		{Name: "certificates", Value: strconv.Itoa(len(s.Signer.Chain))},
	}
	if !r.signed.IsZero() {
		fields = append(fields, formats.Field{Name: "signing time, as the signer says", Value: r.signed.Format(time.RFC3339)})
	}
	if s.Problem.Code != "" {
		fields = append(fields, formats.Field{Name: "problem", Value: s.Problem.Text})
	}
	return fields
}

func (r *reading) showObject() []formats.Field {
	if r.object == nil {
		return absent
	}
	o := r.object
	fields := []formats.Field{
		{Name: "version", Value: strconv.Itoa(o.Version)}, {Name: "hash", Value: o.Hash.String()},
		{Name: "LDS version", Value: o.LDSVersion}, {Name: "Unicode version", Value: o.UnicodeVersion},
	}
	for _, d := range o.Digests {
		fields = append(fields, formats.Field{Name: d.Group.String(), Value: hex.EncodeToString(d.Sum)})
	}
	return fields
}

func (r *reading) showGroups() []formats.Field {
	var fields []formats.Field
	for n := lds.Group(1); n <= lds.Groups; n++ {
		g := r.groups[n]
		if g == nil {
			if r.object != nil && r.object.Sum(n) != nil {
				fields = append(fields, formats.Field{Name: n.String(), Value: "sealed, and not given"})
			}
			continue
		}
		fields = append(fields, formats.Field{Name: n.String(), Value: r.digestWord(n, g)})
		if g.broken != "" {
			fields = append(fields, formats.Field{Name: n.String(), Value: "cannot be read: " + g.broken})
		}
		for _, s := range g.claims.Subjects {
			for _, name := range s.Names {
				fields = append(fields, formats.Field{Name: n.String() + " name", Value: name.Full + name.Family + ", " + name.Given})
			}
		}
		fields = append(fields, g.claims.Extra...)
	}
	return fields
}

// digestWord says how a group stands to the security object.
func (r *reading) digestWord(n lds.Group, g *group) string {
	switch {
	case r.object == nil:
		return "no security object to compare with"
	case r.object.Sum(n) == nil:
		return "not in the security object"
	case r.sealsAs(n, g.file):
		return "as the security object has it"
	}
	return "differs from the security object"
}

func (r *reading) showDocument() []formats.Field {
	fields := []formats.Field{{Name: "issuing State's country", Value: r.country}}
	for _, c := range r.doc.Checks {
		word := "fails"
		switch c.Result {
		case formats.Holds:
			word = "holds"
		case formats.Tolerated, formats.Doubtful:
			word = "tolerated"
		}
		text := c.Text
		if text != "" {
			text = ": " + text
		}
		fields = append(fields, formats.Field{Name: c.Where, Value: word + text + " (" + c.Name + ")"})
	}
	return fields
}
