package twoddoc

import (
	"github.com/travelseal/travelseal/formats"
)

// document writes what was read in the words that all formats share.
//
// A signer may seal a document of a type that is not known here only where it may vouch for everything that is.
func (r *reading) document() *formats.Document {
	h := &r.header
	doc := &formats.Document{Format: ID, Seals: []formats.Seal{r.seal}, Purpose: formats.AllUses}
	doc.Validity.AtSigning = true
	if !h.signed.IsZero() {
		doc.Validity.IssuedAt = h.signed.Earliest()
	}
	claims := formats.Claims{Extra: r.showHeader()}
	if t, known := types[h.kind]; known && h.perimeter == knownPerimeter {
		doc.Purpose = t.purpose
		claims.Extra = append(claims.Extra, formats.Field{Name: "document", Value: t.title})
		if t.read != nil {
			r.checks = append(r.checks, t.read(message(r.values), &claims)...)
		}
	} else {
		claims.Extra = append(claims.Extra, formats.Field{Name: "document", Value: "type not known"})
		r.breach("header.type", h.unknown())
	}
	claims.Extra = append(claims.Extra, shown(r.values)...)
	doc.Parts = []formats.Part{{Name: "message", Unverified: claims, Seal: 0}}
	if r.annex != nil {
		doc.Parts = append(doc.Parts, formats.Part{Name: "annex", Unverified: formats.Claims{Extra: shown(r.annex)}, Seal: formats.NoSeal})
	}
	doc.Checks = r.checks
	return doc
}

// unknown says of a type of document that is not known what its header says. That is in every report, whether the seal is
// verified or not: it names an authority and a day, and nobody.
func (h *header) unknown() string {
	day := func(d formats.Date) string {
		if d.IsZero() {
			return "on no day"
		}
		return d.String()
	}
	text := "type not known (" + h.kind + " of perimeter " + h.perimeter + "); its header, version " + h.version + ", says: authority " + h.ca +
		", certificate " + h.cert + ", issued " + day(h.issued) + ", signed " + day(h.signed)
	if h.country != "" {
		text += ", country " + h.country
	}
	return text
}

// shown gives values under the names of their fields, dates as such.
func shown(values []value) []formats.Field {
	var list []formats.Field
	for _, v := range values {
		name, content := fields[v.id].name, v.text
		if v.id == "" {
			name = "not_read"
		}
		if !v.date.IsZero() {
			content = written(v.date)
		}
		list = append(list, formats.Field{Name: name, Value: content})
		if v.cut {
			list = append(list, formats.Field{Name: name + "_cut", Value: "the issuer had to cut it off"})
		}
	}
	return list
}

// written is a date as people read it: a time of day without a zone is not made one of UTC.
func written(d formats.Date) string {
	if d.NoZone {
		return d.Instant.Format("2006-01-02T15:04")
	}
	return d.String()
}

// A message is the values of a message, by their identifiers.
type message []value

func (m message) find(id string) value {
	for _, v := range m {
		if v.id == id {
			return v
		}
	}
	return value{}
}

func (m message) text(id string) string { return m.find(id).text }

func (m message) date(id string) formats.Date { return m.find(id).date }

// count is a number of one digit, or 0.
func (m message) count(id string) int {
	if t := m.text(id); len(t) == 1 && digit(t[0]) {
		return int(t[0] - '0')
	}
	return 0
}

func (r *reading) showHeader() []formats.Field {
	h := &r.header
	var list []formats.Field
	for _, f := range []formats.Field{
		{Name: "version", Value: h.version}, {Name: "ca_id", Value: h.ca}, {Name: "certificate_id", Value: h.cert},
		{Name: "issued", Value: h.issued.String()}, {Name: "signed", Value: h.signed.String()}, {Name: "type", Value: h.kind},
		{Name: "perimeter", Value: h.perimeter}, {Name: "country", Value: h.country},
	} {
		if f.Value != "" {
			list = append(list, f)
		}
	}
	return list
}
