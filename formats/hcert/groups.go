package hcert

import "github.com/travelseal/travelseal/formats"

// A group is a kind of entry: one of the three arrays of the DCC schema, or what another profile has in their place, with
// the members of its entries.
type group struct {
	name   string
	use    formats.Uses
	fields []field
}

// A field is one member of an entry: what the schema demands of it, and where its value goes in an Event.
type field struct {
	name     string
	kind     kind
	optional bool
	// since13 marks members that schema 1.3 made optional.
	since13 bool
	text    func(*formats.Event, string)
	coded   func(*formats.Event, formats.Coded)
	number  func(*formats.Event, int)
	date    func(*formats.Event, formats.Date)
	// extra is the name in Claims.Extra of a value that an Event has no place for.
	extra string
}

// A kind is a type of a schema.
type kind int

// The types of the DCC schema.
const (
	text     kind = iota // a string up to the version's longest
	code                 // a value from a value set; which values are known is a matter of business rules
	country              // ^[A-Z]{1,10}$
	dose                 // a positive integer, up to the version's largest
	day                  // a complete date
	dateTime             // RFC 3339
)

// The types of the WHO's data sets, which are those of FHIR R4 §2.24.
const (
	line     kind = iota + dateTime + 1 // string, code or id: not empty
	naming                              // Identifier, Reference or string
	coding                              // Coding
	positive                            // positiveInt
	calendar                            // date, of any precision
	moment                              // dateTime, of any precision
)

// groups are the entries of DCC schema 1.0.0 to 1.3.x, in the schema's order.
var groups = [3]group{
	{name: "v", use: formats.Vaccination, fields: []field{
		{name: "tg", kind: code, text: func(e *formats.Event, s string) { e.Target.Code = s }},
		{name: "vp", kind: code, text: func(e *formats.Event, s string) { e.Prophylaxis.Code = s }},
		{name: "mp", kind: code, text: func(e *formats.Event, s string) { e.Product.Code = s }},
		{name: "ma", kind: code, text: func(e *formats.Event, s string) { e.Manufacturer.Code = s }},
		{name: "dn", kind: dose, number: func(e *formats.Event, n int) { e.Dose = n }},
		{name: "sd", kind: dose, number: func(e *formats.Event, n int) { e.Doses = n }},
		{name: "dt", kind: day, date: func(e *formats.Event, d formats.Date) { e.When = d }},
		{name: "co", kind: country, text: func(e *formats.Event, s string) { e.Country = s }},
		{name: "is", kind: text, text: func(e *formats.Event, s string) { e.Issuer = s }},
		{name: "ci", kind: text, text: func(e *formats.Event, s string) { e.ID = s }},
	}},
	{name: "t", use: formats.Test, fields: []field{
		{name: "tg", kind: code, text: func(e *formats.Event, s string) { e.Target.Code = s }},
		{name: "tt", kind: code, text: func(e *formats.Event, s string) { e.TestType.Code = s }},
		{name: "nm", kind: text, optional: true, text: func(e *formats.Event, s string) { e.TestName = s }},
		{name: "ma", kind: code, optional: true, text: func(e *formats.Event, s string) { e.Manufacturer.Code = s }},
		{name: "sc", kind: dateTime, date: func(e *formats.Event, d formats.Date) { e.When = d }},
		{name: "tr", kind: code, text: func(e *formats.Event, s string) { e.Result.Code = s }},
		{name: "tc", kind: text, since13: true, text: func(e *formats.Event, s string) { e.Place = s }},
		{name: "co", kind: country, text: func(e *formats.Event, s string) { e.Country = s }},
		{name: "is", kind: text, text: func(e *formats.Event, s string) { e.Issuer = s }},
		{name: "ci", kind: text, text: func(e *formats.Event, s string) { e.ID = s }},
	}},
	{name: "r", use: formats.Recovery, fields: []field{
		{name: "tg", kind: code, text: func(e *formats.Event, s string) { e.Target.Code = s }},
		{name: "fr", kind: day, date: func(e *formats.Event, d formats.Date) { e.When = d }},
		{name: "co", kind: country, text: func(e *formats.Event, s string) { e.Country = s }},
		{name: "is", kind: text, text: func(e *formats.Event, s string) { e.Issuer = s }},
		{name: "df", kind: day, date: func(e *formats.Event, d formats.Date) { e.From = d }},
		{name: "du", kind: day, date: func(e *formats.Event, d formats.Date) { e.Until = d }},
		{name: "ci", kind: text, text: func(e *formats.Event, s string) { e.ID = s }},
	}},
}

// maxFields is more than the fields of any group, for scratch space on the stack.
const maxFields = 16

// maxEntries bounds the entries of one group that become Events; every version that allowed several allowed few.
const maxEntries = 16
