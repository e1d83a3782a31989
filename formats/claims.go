package formats

// Claims is what officers and cross-document rules use, in field terms. What only one format knows goes to Extra, in
// the order of its specification.
type Claims struct {
	Subjects  []Subject // several people are several Subjects; they are never merged
	Documents []DocRef
	Events    []Event
	Portrait  *Image
	Extra     []Field
}

// A Subject is a person as one document describes them.
type Subject struct {
	Names       []Name // the same name in several scripts or spellings, the most readable first
	Birth       Date
	Sex         string // as the document spells it
	Nationality string
}

// A Name is one spelling of a person's name, with the place in the document that it came from.
type Name struct {
	Family, Given string
	Full          string // where the document does not divide it
	Script        string // "icao" for the transliteration of ICAO Doc 9303-3; "" as the issuer wrote it
	Source        string // "nam.fn/gn"
}

// A DocRef names a travel or identity document: its own, or one that the certificate refers to.
type DocRef struct {
	Type, Number, IssuingState string
	Issued, Expires            Date
}

// An Event is something that a document says has happened or is allowed: a vaccination, a test, a recovery, an entry.
type Event struct {
	Kind         Uses
	Target       Coded // disease or agent
	Prophylaxis  Coded
	Product      Coded
	Manufacturer Coded
	TestType     Coded
	TestName     string
	Result       Coded
	Dose, Doses  int // 0 where the document does not say
	When         Date
	From, Until  Date
	Country      string
	Place        string
	Issuer       string
	ID           string // the issuer's identifier: UVCI, UCI
}

// Coded is a value from a value set: the code as the document has it, its system, and its text where a signed value
// set gave one. Text never comes from the document itself.
type Coded struct{ System, Code, Text string }

// A Field is one further value of a document, in its own words.
type Field struct{ Name, Value string }

// An Image is a picture from a document, such as a portrait.
type Image struct {
	MediaType string
	Data      []byte
}
