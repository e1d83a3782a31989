package vdsnc

import "github.com/travelseal/travelseal/formats"

// document writes what was read in the words that all formats share.
//
// A signer may seal a message of a type that is not known here only where it may vouch for everything that is.
func (r *reading) document() *formats.Document {
	h, m := &r.header, &r.message
	claims := formats.Claims{Events: m.events}
	doc := &formats.Document{
		Format: ID, Purpose: formats.AllUses, Checks: append(r.checks, m.checks...),
	}
	if h.reads != nil {
		doc.Purpose = h.reads.purpose
		if m.name != "" {
			m.subject.Names = []formats.Name{{Full: m.name, Source: "pid.n"}}
		}
		claims.Subjects = []formats.Subject{m.subject}
		if m.doc != (formats.DocRef{}) {
			claims.Documents = []formats.DocRef{m.doc}
		}
	}
	for _, f := range []formats.Field{{Name: "type", Value: h.kind}, {Name: "version", Value: h.version}, {Name: "issuing_state", Value: h.issuer}} {
		if f.Value != "" {
			claims.Extra = append(claims.Extra, f)
		}
	}
	claims.Extra = append(append(claims.Extra, m.extra...), m.others...)
	if !m.issued.NoZone { // a time without a zone is up to a day off
		doc.Validity.IssuedAt = m.issued.Instant
	}
	part := formats.Part{Name: "data", Unverified: claims, Seal: formats.NoSeal}
	if r.sealed {
		doc.Seals, part.Seal = []formats.Seal{r.seal}, 0
	}
	doc.Parts = []formats.Part{part}
	return doc
}
