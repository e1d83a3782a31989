package vds

import (
	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/c40"
)

// A kind is one kind of document, told by the last two bytes of the header.
type kind struct {
	feature, category byte
	name              string
	purpose           formats.Uses
	// sealed is the type of document that the certificates of its signers name, where no zone tells it (Doc 9303-12 §7.1.1.6).
	sealed string
	rows   []row
	either []byte // tags of which one has to be there
	// profile finds the rows in place of rows, where the features themselves name them.
	profile func([]feature) *kind
}

func kindOf(feature, category byte) *kind {
	for i := range kinds {
		if kinds[i].feature == feature && kinds[i].category == category {
			return &kinds[i]
		}
	}
	return nil
}

// kinds are those of ICAO (Doc 9303-13 §3 and §4) and of Germany (BSI TR-03137-1 §5 to §10, BSI TR-03171), and after them those
// of other issuers.
var kinds = append([]kind{
	{feature: 0x5D, category: 0x01, name: "visa", purpose: formats.Travel, rows: visa, either: []byte{0x01, 0x02}},
	{feature: 0x5E, category: 0x03, name: "emergency travel document", purpose: formats.Travel, rows: []row{zoned(0x02)}},
	{feature: 0xFD, category: 0x02, name: "arrival attestation", purpose: formats.Travel, rows: []row{
		zoned(0x02), {0x03, "azr_number", true, 8, 8, shown(text)},
	}},
	{feature: 0xFC, category: 0x04, name: "social insurance card", purpose: formats.AllUses, rows: []row{
		{0x01, "social_insurance_number", true, 8, 8, shown(text)},
		{0x02, "surname", true, 1, 90, words(family)},
		{0x03, "given_name", true, 1, 90, words(given)},
		{0x04, "birth_name", false, 1, 90, shown(words)},
	}},
	{feature: 0xFB, category: 0x06, name: "residence permit", purpose: formats.Travel, rows: []row{
		zoned(0x02), {0x03, "passport_number", true, 6, 6, text(numbered("P"))},
	}},
	{feature: 0xFA, category: 0x06, name: "supplementary sheet of a residence permit", purpose: formats.Travel, rows: []row{
		zoned(0x04), {0x05, "sheet_number", true, 6, 6, shown(text)},
	}},
	{feature: 0xF9, category: 0x08, name: "address sticker of an identity card", purpose: formats.Travel, sealed: "ST", rows: sticker("ID", addressed)},
	{feature: 0xF9, category: 0x0C, name: "address sticker of a residence permit", purpose: formats.Travel, sealed: "ST", rows: sticker("AR", addressed)},
	{feature: 0xF8, category: 0x0A, name: "residence sticker of a passport", purpose: formats.Travel, sealed: "ST", rows: sticker("P", postal)},
	{feature: 0x01, category: 0xC8, name: "administrative document", purpose: formats.AllUses, profile: profileOf},
	{feature: 0x01, category: 0xC9, name: "administrative document", purpose: formats.AllUses, rows: administrative},
}, vendorKinds...)

func zoned(tag byte) row { return row{tag, "mrz", true, 48, 48, td2.read} }

// visa is the table of Doc 9303-13 §3.2, with the zone of a large visa or of a small one.
var visa = []row{
	{0x01, "mrz", false, 48, 48, mrvA.read},
	{0x02, "mrz", false, 44, 44, mrvB.read},
	{0x03, "number_of_entries", false, 1, 1, said(c40.Entries)},
	{0x04, "duration_of_stay", true, 3, 3, said(c40.Stay)},
	{0x05, "passport_number", true, 6, 6, text(numbered("P"))},
	{0x06, "visa_type", false, 1, 4, octets},
	{0x07, "additional_feature", false, 0, 254, octets},
}

// The last row of a sticker.
var (
	addressed = row{0x03, "address", true, 6, 18, shown(text)}
	postal    = row{0x03, "postal_code", true, 4, 4, shown(text)}
)

func sticker(document string, last row) []row {
	return []row{
		{0x01, "document_number", true, 6, 6, text(numbered(document))},
		{0x02, "municipality_number", true, 6, 6, shown(text)},
		last,
	}
}

// numbered takes the number of a document of a type.
func numbered(document string) func(*content, string) {
	return func(c *content, s string) { c.docs = append(c.docs, formats.DocRef{Type: document, Number: s}) }
}

func family(c *content, s string)         { c.name.Family = s }
func given(c *content, s string)          { c.name.Given = s }
func full(c *content, s string)           { c.name.Full = s }
func born(c *content, d formats.Date)     { c.subject.Birth = d }
func nationality(c *content, s string)    { c.subject.Nationality = s }
func sex(c *content, s string)            { c.subject.Sex = s }
func expiring(c *content, d formats.Date) { c.expires = d }
func happened(c *content, d formats.Date) { c.event.When = d }
