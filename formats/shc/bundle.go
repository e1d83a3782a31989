package shc

import (
	"slices"
	"strconv"
	"strings"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// card is what the resources of the bundle say.
type card struct {
	subjects []formats.Subject
	urls     []string // the fullUrl of each subject's entry
	events   []formats.Event
	persons  []person // whom each event, and what is not one, is about
	extra    []formats.Field
	others   []string // types of resources that are not read
	// conditions is the number of diagnoses that are shown and are no event.
	conditions int
	purpose    formats.Uses
}

// A person is a reference to the person that something is about, and the places where it stands and where it leads.
type person struct {
	at        at
	field     string // "patient" or "subject"
	reference json.Value
	event     int // index of the event, or -1
}

// maxEntries bounds the resources of one bundle that are read; cards in codes hold a few, summaries about a hundred.
const maxEntries = 256

// readBundle reads the FHIR bundle and writes the Document.
func (r *reading) readBundle() error {
	const where = "vc.credentialSubject.fhirBundle"
	var kind, entries json.Value
	for name, v := range r.claims.bundle.Members() {
		switch name {
		case "resourceType":
			kind = v
		case "entry":
			entries = v
		}
	}
	if k, _ := kind.TextBytes(); string(k) != "Bundle" {
		r.breach(where, "missing, or not a bundle of FHIR")
	} else if entries.Kind() != json.Array {
		r.breach(where+".entry", "missing or not a list")
	}
	for i, e := range entries.Elements() {
		if i == maxEntries {
			r.breach(where+".entry", "more than "+strconv.Itoa(maxEntries)+" entries; only the first are read")
			break
		}
		r.readEntry(at(i), e)
	}
	r.checkPersons()
	r.doc = r.document()
	return nil
}

// at is the index of an entry; the place is only spelled out when there is something to say of it.
type at int

func (i at) field(name string) string {
	s := "entry[" + strconv.Itoa(int(i)) + "]"
	if name == "" {
		return s
	}
	return s + ".resource." + name
}

func (r *reading) readEntry(i at, e json.Value) {
	var url, body json.Value
	for name, v := range e.Members() {
		switch name {
		case "fullUrl":
			url = v
		case "resource":
			body = v
		}
	}
	if body.Kind() != json.Object {
		r.breach(i.field(""), "no resource")
		return
	}
	var f members
	r.members(i, body, &f)
	kind, ok := f.resourceType.TextBytes()
	if !ok {
		r.breach(i.field("resourceType"), "missing or not a text")
		return
	}
	switch known := readableType(kind); {
	case known == "":
		if !slices.Contains(r.card.others, string(kind)) {
			r.card.others = append(r.card.others, string(kind))
		}
	case f.modifier.Kind() != json.Missing:
		// FHIR R4 §2.4.1.1: who does not understand a modifier extension must not use the resource.
		r.breach(i.field("modifierExtension"), "it changes what the resource means in a way that is not known here; the resource is left out")
	case known == patientType:
		r.readPatient(i, &f, url)
	case known == immunizationType:
		r.readImmunization(i, &f)
	case known == observationType:
		r.readObservation(i, &f)
	case known == reportType:
		r.readReport(i, &f)
	case known == conditionType:
		r.readCondition(i, &f)
	}
}

// The types of resources that are read. What is not among them is named and left out.
const (
	patientType      = "Patient"
	immunizationType = "Immunization"
	observationType  = "Observation"
	reportType       = "DiagnosticReport"
	conditionType    = "Condition"
)

// readableType gives the type of a resource that is read, or "".
func readableType(kind []byte) string {
	for _, t := range [...]string{patientType, immunizationType, observationType, reportType, conditionType} {
		if string(kind) == t {
			return t
		}
	}
	return ""
}

// checkPersons demands that every resource is about a person whom the card names. Of one without a subject, the card must
// name one person only.
func (r *reading) checkPersons() {
	c := &r.card
	if len(c.subjects) == 0 {
		r.breach("vc.credentialSubject.fhirBundle.entry", "it names nobody: no Patient is among the resources")
		return
	}
	for _, p := range c.persons {
		var reference json.Value
		for name, v := range p.reference.Members() {
			if name == "reference" {
				reference = v
			}
		}
		text, ok := reference.Text()
		if !ok {
			r.breach(p.at.field(p.field), "it does not say whom it is about")
			continue
		}
		who := slices.IndexFunc(c.urls, func(url string) bool { return refers(text, url) })
		switch {
		case who < 0:
			r.breach(p.at.field(p.field), "it is about a person who is not in the card")
		case len(c.subjects) > 1 && p.event >= 0:
			c.say(eventPlace(p.event), []formats.Field{{Name: "subject", Value: "subjects[" + strconv.Itoa(who) + "]"}})
		}
	}
}

// refers reports whether a reference means an entry (FHIR R4 §2.3.0.1): it is its fullUrl, or the end of it.
func refers(reference, url string) bool {
	return reference != "" && (reference == url || strings.HasSuffix(url, "/"+reference))
}

// eventPlace begins the names of what is said of an event.
func eventPlace(event int) string { return "events[" + strconv.Itoa(event) + "]." }

// say puts what has a value into Extra, under names that begin with a place.
func (c *card) say(place string, fields []formats.Field) {
	for _, f := range fields {
		if f.Value != "" {
			c.extra = append(c.extra, formats.Field{Name: place + f.Name, Value: f.Value})
		}
	}
}

// HandleRID is the kind of value by which issuers revoke cards (Revocation): the key ID, a zero byte and the rid.
const HandleRID = "shc.rid"

// document writes what was read in the words that all formats share.
func (r *reading) document() *formats.Document {
	c, k := &r.claims, &r.card
	seal := r.message.Seal
	seal.Signer.Issuer = c.iss
	extra := make([]formats.Field, 0, len(k.extra)+3)
	for _, f := range []formats.Field{
		{Name: "credential_types", Value: strings.Join(c.types, " ")},
		{Name: "revocation_id", Value: c.rid},
	} {
		if f.Value != "" {
			extra = append(extra, f)
		}
	}
	extra = append(extra, k.extra...)
	if len(k.others) > 0 {
		extra = append(extra, formats.Field{Name: "other_resources", Value: strings.Join(k.others, " ")})
	}
	doc := &formats.Document{
		Format:  ID,
		Parts:   []formats.Part{{Name: "payload", Unverified: formats.Claims{Subjects: k.subjects, Events: k.events, Extra: extra}}},
		Seals:   []formats.Seal{seal},
		Checks:  r.checks,
		Purpose: k.purpose,
		// The framework writes the date of issuance as nbf.
		Validity: formats.Validity{IssuedAt: c.nbf, NotBefore: c.nbf, NotAfter: c.exp},
	}
	if c.rid != "" {
		data := make([]byte, 0, len(seal.Signer.KeyID)+1+len(c.rid))
		data = append(append(append(data, seal.Signer.KeyID...), 0), c.rid...)
		doc.Handles = []formats.Handle{{Kind: HandleRID, Data: data}}
	}
	return doc
}
