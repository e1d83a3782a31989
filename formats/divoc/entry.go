package divoc

import (
	"strings"

	"github.com/travelseal/travelseal/formats"
)

// HandleCertificateID is the value by which issuers revoke certificates: their certificateId.
const HandleCertificateID = "divoc.certificate_id"

// icd11 is the system of the member icd11Code.
const icd11 = "http://id.who.int/icd/release/11/mms"

// sharedIDs are the members of an entry that the contexts map to one property; the last is optional.
var sharedIDs = [...]string{"certificateId", "batch", "vaccine", "manufacturer", "icd11Code"}

// entry reads one vaccination.
func (r *reading) entry(o object, issuer string) formats.Claims {
	var c formats.Claims
	e := formats.Event{Kind: formats.Vaccination, Issuer: issuer}
	if !o.Is("Vaccination") {
		r.breach(o.in("type"), "not a Vaccination")
	}
	e.ID = r.shared(o, &e)
	if d, ok := r.date(o, "date", true); ok {
		e.When = d
		if d.IsZero() {
			r.breach(o.in("date"), "empty")
		}
	}
	e.From, _ = r.date(o, "effectiveStart", true)
	e.Until, _ = r.date(o, "effectiveUntil", true)
	e.Dose, _ = r.number(o, "dose")
	e.Doses, _ = r.number(o, "totalDoses")
	r.order(o, &e)
	if f, ok := r.inner(o, "facility"); ok {
		e.Place, _ = r.text(f, "name", false)
		if a, ok := r.inner(f, "address"); ok {
			e.Country, _ = r.text(a, "addressCountry", false)
		}
	}
	c.Events = []formats.Event{e}
	r.rest(&c, o, "certificateId", "vaccine", "manufacturer", "icd11Code", "date", "effectiveStart", "effectiveUntil", "dose", "totalDoses")
	return c
}

// shared reads the members that the contexts map to one property, and gives the certificateId. Whoever exchanges it with
// another of them would escape a revocation, so that all their values are handles.
func (r *reading) shared(o object, e *formats.Event) string {
	var id string
	for i, name := range sharedIDs {
		s, ok := r.text(o, name, i < len(sharedIDs)-1)
		if !ok {
			continue
		}
		if o.Covered && s != "" {
			r.handles = append(r.handles, formats.Handle{Kind: HandleCertificateID, Data: []byte(s)})
		}
		switch name {
		case "certificateId":
			id = s
		case "vaccine":
			e.Product.Code = s
			if s == "" {
				r.breach(o.in(name), "empty")
			}
		case "manufacturer":
			e.Manufacturer.Code = s
		case "icd11Code":
			if s != "" {
				e.Prophylaxis = formats.Coded{System: icd11, Code: s}
			}
		}
	}
	if len(o.Values("certificateId")) > 0 && !endsIn(o.Name, id) {
		r.breach(o.in("certificateId"), "not the end of the entry's id, which alone tells it from batch, vaccine and manufacturer")
	}
	const why = "which of the values is batch, vaccine and manufacturer is not signed"
	if r.o.Allows(sharedProperty) {
		r.checks = append(r.checks, formats.Check{Kind: formats.Reading, Result: formats.Tolerated, Name: sharedProperty.Name, Where: o.at, Text: why})
	} else {
		r.breach(o.at, why)
	}
	return id
}

// endsIn reports whether an IRI ends in an identifier that begins where a part of the IRI begins.
func endsIn(iri, id string) bool {
	before, ok := strings.CutSuffix(iri, id)
	return ok && id != "" && strings.HasSuffix(before, "/")
}

// order demands that dates and doses are in the order of their meaning: the contexts map the dates to one property and
// the doses to another, and only their order tells which is which.
func (r *reading) order(o object, e *formats.Event) {
	last := 0
	for _, d := range [...]formats.Date{e.When, e.From, e.Until} {
		if d.IsZero() {
			continue
		}
		day := (d.Year*100+int(d.Month))*100 + d.Day
		if day < last {
			r.breach(o.in("date"), "date, effectiveStart and effectiveUntil are out of order, which is all that tells them apart")
			break
		}
		last = day
	}
	if e.Doses > 0 && e.Dose > e.Doses {
		r.breach(o.in("dose"), "more than totalDoses, from which only that tells it")
	}
}
