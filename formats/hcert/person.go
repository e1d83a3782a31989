package hcert

import (
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/cbor"
)

// lineOf reads a text at the certificate's top; "" where there is none.
func (r *reading) lineOf(name string, v cbor.Value, needed bool) string {
	if !r.present(top, name, v, !needed, !needed) {
		return ""
	}
	s, _ := r.textOf(top, name, v, line)
	return s
}

// fullName reads a name that the document does not divide.
func (r *reading) fullName(member string, v cbor.Value) []formats.Name {
	if s := r.lineOf(member, v, true); s != "" {
		return []formats.Name{{Full: s, Source: member}}
	}
	return nil
}

// birth reads a date of birth. A data set that needs it needs the day and month too; many people do not know theirs.
func (r *reading) birth(name string, v cbor.Value, needed bool) formats.Date {
	if !r.present(top, name, v, !needed, !needed) {
		return formats.Date{}
	}
	d, _ := r.dateOf(top, name, v, calendar)
	if needed && d.Partial() {
		r.tolerate(partialBirthDate, name, "a birth date without a day where one is needed")
	}
	return dayOnly(d)
}

// dayOnly takes the time of day off a date that has none by its nature, whatever the issuer wrote.
func dayOnly(d formats.Date) formats.Date {
	d.Instant, d.NoZone = time.Time{}, false
	return d
}

// nameAt reads what names a body or a thing; "" where there is none.
func (r *reading) nameAt(at place, name string, v cbor.Value, needed bool) string {
	if !r.present(at, name, v, !needed, !needed) {
		return ""
	}
	s, _ := r.nameOf(at, name, v)
	return s
}
