package vds

import (
	"fmt"
	"strings"

	"github.com/travelseal/travelseal/formats"
)

// Envelope is the name of this envelope in a formats.Seal.
const Envelope = "VDS"

// document writes what was read in the words that all formats share; k is nil where the kind is not known. A signer may seal
// that only where it may vouch for everything that is.
func (r *reading) document(k *kind) *formats.Document {
	h, c := &r.header, &r.content
	// In one piece, as every seal has one part and most have one signature.
	whole := &struct {
		doc   formats.Document
		parts [1]formats.Part
		seals [1]formats.Seal
	}{doc: formats.Document{Format: ID, Purpose: formats.AllUses, Checks: r.checks}}
	doc := &whole.doc
	claims := formats.Claims{Documents: c.docs, Extra: c.extra}
	if k != nil {
		doc.Purpose = k.purpose
	}
	if c.event != nil {
		claims.Events = []formats.Event{*c.event}
	}
	if c.name != (formats.Name{}) {
		c.name.Source = "features"
		c.subject.Names = append(c.subject.Names, c.name)
	}
	if c.subject.Names != nil {
		claims.Subjects = []formats.Subject{c.subject}
	}
	doc.Validity = formats.Validity{
		IssuedAt: h.created.Earliest().Add(-easternmost), IssuedUntil: h.created.Latest().Add(westernmost),
		NotBefore: h.issued.Earliest().Add(-easternmost), NotAfter: c.expires.Latest(),
	}
	whole.parts[0] = formats.Part{Name: "message", Unverified: claims, Seal: formats.NoSeal}
	if r.message.sealed {
		whole.seals[0], whole.parts[0].Seal = r.seal(k), 0
		doc.Seals = whole.seals[:]
	}
	doc.Parts = whole.parts[:]
	return doc
}

// seal gives the signature. The algorithm is nowhere stated (Doc 9303-13 §2.4).
func (r *reading) seal(k *kind) formats.Seal {
	h := &r.header
	s := formats.Seal{
		Role: formats.Issuer, Envelope: Envelope, Signed: r.message.signed, Signature: r.message.signature,
		Algorithm: formats.Algorithm{Scheme: formats.ECDSA, Hash: formats.HashOfCurve},
		Signer:    formats.Signer{KeyID: h.keyID(), Issuer: h.signer, Country: h.country, DocumentType: r.content.mrzCode},
	}
	if k != nil && k.sealed != "" {
		s.Signer.DocumentType = k.sealed
	}
	return s
}

// headerFields is how many fields the header has, zoneFields how many more than one a zone has.
const (
	headerFields = 6
	zoneFields   = 1
)

// maxShown is how long a certificate reference is at most where it is shown to everybody: a SHA-1 in hexadecimal, as Germany's
// administrative documents have it. A longer one may be anything.
const maxShown = 40

// unknown says of a kind of document that is not known what its header says. That is in every report, whether the seal is
// verified or not: it names an office and a day, and nobody.
func (h *header) unknown() string {
	reference := h.reference
	if len(reference) > maxShown || strings.Trim(reference, "0123456789ABCDEF") != "" {
		reference = "of another form"
	}
	return fmt.Sprintf("type not known (%02X %02X); its header, version %d, says: issuing state %s, signer %s, certificate reference %s, issued %s, signed %s",
		h.feature, h.kind, int(h.version)+1, h.state, h.signer, reference, h.issued, h.created)
}

// fields appends those of the header, in its order but for the kind of document, which comes first.
func (h *header) fields(list []formats.Field, k *kind) []formats.Field {
	var name string
	if k != nil {
		name = k.name
	} else {
		name = fmt.Sprintf("type not known (%02X %02X)", h.feature, h.kind)
	}
	return append(list,
		formats.Field{Name: "document_type", Value: name},
		formats.Field{Name: "issuing_state", Value: h.state},
		formats.Field{Name: "signer", Value: h.signer},
		formats.Field{Name: "certificate_reference", Value: h.reference},
		formats.Field{Name: "date_of_issue", Value: h.issued.String()},
		formats.Field{Name: "date_of_signing", Value: h.created.String()})
}
