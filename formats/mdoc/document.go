package mdoc

import (
	"strings"
	"time"

	"github.com/travelseal/travelseal/formats"
)

// write makes the document of what was read. The part "MSO" comes first: what the issuer says in the security object itself.
func (r *reading) write() error {
	m := &r.mso
	if text, ok := r.docType.Text(); r.whole && (!ok || text != m.docType) { // ISO/IEC 18013-5 §9.3.1
		r.breach("docType", "another than the one that the issuer has signed, or none")
	}
	doc := &formats.Document{
		Format: ID, Purpose: formats.Travel,
		Validity: formats.Validity{IssuedAt: m.signed, NotBefore: m.from, NotAfter: earlier(m.until, r.expires), MustExpire: true},
	}
	if k, known := kinds[m.docType]; known {
		doc.Wants = []string{k.portrait}
	} else {
		r.breach("docType", m.unknown())
	}
	r.seal.Signer.Country, r.seal.Signer.DocumentType = r.country, m.docType
	doc.Seals = []formats.Seal{r.seal}
	if r.device != nil {
		doc.Seals = append(doc.Seals, *r.device)
	}
	r.parts[0] = formats.Part{Name: "MSO", Unverified: formats.Claims{Extra: r.objectFields()}}
	for range r.foreign {
		r.parts = append(r.parts, formats.Part{Name: "a further file", Seal: formats.NoSeal})
	}
	doc.Parts = r.parts
	doc.Checks = r.checks
	r.doc = doc
	return nil
}

// unknown says of a type of document that is not known what the security object says. That is in every report, whether the
// signature is verified or not: it names a type and days, and nobody.
func (m *securityObject) unknown() string {
	text := "type not known"
	if len(m.docType) <= maxName && isName([]byte(m.docType)) && strings.Contains(m.docType, ".") {
		text += " (" + m.docType + ")"
	}
	said := ""
	for _, t := range []struct {
		name string
		at   time.Time
	}{{"signed", m.signed}, {"valid from", m.from}, {"until", m.until}} {
		if !t.at.IsZero() {
			said += ", " + t.name + " " + t.at.Format(time.RFC3339)
		}
	}
	if said != "" {
		text += "; its security object says: " + said[len(", "):]
	}
	return text
}

// objectFields are what the issuer says in the security object itself.
func (r *reading) objectFields() []formats.Field {
	fields := append(make([]formats.Field, 0, 3), formats.Field{Name: "docType", Value: r.mso.docType})
	if !r.mso.update.IsZero() {
		fields = append(fields, formats.Field{Name: "mso.expected_update", Value: r.mso.update.Format(time.RFC3339)})
	}
	if r.mso.status {
		fields = append(fields, formats.Field{Name: "mso.status", Value: "a list of withdrawn documents is named, and was not asked"})
	}
	return fields
}

// earlier gives the end of the security object, or that of the document where it comes first. An object without an end has
// none, whatever its elements say.
func earlier(object, document time.Time) time.Time {
	if !object.IsZero() && !document.IsZero() && document.Before(object) {
		return document
	}
	return object
}
