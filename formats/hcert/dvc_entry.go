package hcert

import "github.com/travelseal/travelseal/formats"

// The vaccinations of the three data sets. Where a name means different things, it stands in several tables.
var (
	dvcVaccination = group{name: "v", use: formats.Vaccination, fields: []field{
		{name: "dn", kind: line, extra: "dose_number", text: takeDose},
		{name: "tg", kind: line, text: func(e *formats.Event, s string) { e.Target.Code = s }},
		{name: "vp", kind: line, text: func(e *formats.Event, s string) { e.Prophylaxis.Code = s }},
		{name: "mp", kind: line, optional: true, text: func(e *formats.Event, s string) { e.Product.Code = s }},
		{name: "ma", kind: line, text: func(e *formats.Event, s string) { e.Manufacturer.Code = s }},
		{name: "mid", kind: line, optional: true, extra: "manufacturer_id"},
		dvcDate("dt"), batch, validFrom, validUntil, clinician, authority,
	}}
	icvpVaccination = group{name: "v", use: formats.Vaccination, fields: []field{
		catalogued, dvcDate("dt"), clinician, authority, batch, validFrom, validUntil,
	}}
	icvpNewVaccination = group{name: "vx", use: formats.Vaccination, fields: []field{
		// The drafts call the date dv or dt; readVaccination demands one of them.
		catalogued, optional(dvcDate("dv")), optional(dvcDate("dt")), clinician, authority, batch,
	}}
)

// The members that the tables share.
var (
	catalogued = field{name: "vp", kind: line, text: func(e *formats.Event, s string) {
		e.Product = formats.Coded{System: preQualified, Code: s}
	}}
	batch      = field{name: "bo", kind: line, extra: "batch"}
	clinician  = field{name: "cn", kind: line, optional: true, extra: "clinician"}
	authority  = field{name: "is", kind: line, optional: true, text: func(e *formats.Event, s string) { e.Issuer = s }}
	validFrom  = field{name: "vls", kind: day, optional: true, date: func(e *formats.Event, d formats.Date) { e.From = d }}
	validUntil = field{name: "vle", kind: day, optional: true, date: func(e *formats.Event, d formats.Date) { e.Until = d }}
)

func dvcDate(name string) field {
	return field{name: name, kind: day, date: func(e *formats.Event, d formats.Date) { e.When = d }}
}

func optional(f field) field {
	f.optional = true
	return f
}

// takeDose takes the dose number where the code is one.
func takeDose(e *formats.Event, s string) {
	if n, ok := wholeNumber(s); ok {
		e.Dose = n
	}
}
