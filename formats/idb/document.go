package idb

import (
	"encoding/hex"
	"strings"
	"time"

	"github.com/travelseal/travelseal/formats"
)

// Envelope is the name of this envelope in a formats.Seal.
const Envelope = "IDB"

// A day begins first, and ends last, so far from UTC.
const (
	easternmost = 14 * time.Hour
	westernmost = 12 * time.Hour
)

// algorithms are those of the header (§3.2.2), from 1 on. The curve is that of the signer's key.
var algorithms = []formats.Algorithm{formats.ES256, formats.ES384, formats.ES512}

// document writes what was read in the words that all formats share.
func (r *reading) document() *formats.Document {
	h, c := &r.header, &r.content
	doc := &formats.Document{Format: ID, Purpose: c.purpose, Checks: r.checks}
	claims := formats.Claims{Documents: c.docs, Portrait: c.portrait, Extra: append(h.fields(), c.extra...)}
	if c.subject.Names != nil {
		claims.Subjects = []formats.Subject{c.subject}
	}
	doc.Validity.NotAfter = c.expires.Latest()
	if !h.created.IsZero() {
		doc.Validity.IssuedAt = h.created.Earliest().Add(-easternmost)
		doc.Validity.IssuedUntil = h.created.Latest().Add(westernmost)
	}
	part := formats.Part{Name: "messages", Unverified: claims, Seal: formats.NoSeal}
	if r.body.sealed {
		doc.Seals, part.Seal = []formats.Seal{r.seal()}, 0
	}
	doc.Parts = []formats.Part{part}
	return doc
}

func (r *reading) seal() formats.Seal {
	h := &r.header
	s := formats.Seal{
		Role: formats.Issuer, Envelope: Envelope, Signed: r.body.covered, Signature: r.body.signature,
		Signer: formats.Signer{KeyID: h.reference, Issuer: h.state, Country: h.country, DocumentType: r.content.mrzCode},
	}
	if r.body.certificate != nil {
		s.Signer.Chain = [][]byte{r.body.certificate}
	}
	if n := int(h.algorithm); n >= 1 && n <= len(algorithms) {
		s.Algorithm = algorithms[n-1]
	} else {
		s.Problem = formats.Problem{Code: formats.CodeSealUnsupported, Text: "the algorithm is not one of the report"}
	}
	return s
}

// unknown says of a type that is not known what the header says. That is in every report, whether the seal is verified or not:
// it names an office and a day, and nobody.
func (c *content) unknown() string {
	text := "type not known; its header says: "
	for i, f := range c.header.fields() {
		if i > 0 {
			text += ", "
		}
		text += strings.ReplaceAll(f.Name, "_", " ") + " " + f.Value
	}
	return text
}

// fields are those of the header.
func (h *header) fields() []formats.Field {
	fields := []formats.Field{{Name: "issuing_state", Value: h.state}}
	if h.reference != nil {
		fields = append(fields, formats.Field{Name: "certificate_reference", Value: hex.EncodeToString(h.reference)},
			formats.Field{Name: "date_of_signing", Value: h.created.String()})
	}
	return fields
}
