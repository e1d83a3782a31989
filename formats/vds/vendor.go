package vds

import (
	"github.com/travelseal/travelseal/formats"
)

// vendorKinds are the kinds of one issuer, KURZ Digital, as its seals have them; no document of a state defines them.
var vendorKinds = []kind{
	{feature: 0x7E, category: 0x04, name: "emergency travel document for a single journey", purpose: formats.Travel, rows: []row{
		{0x01, "document_number", true, 0, 0, words(numbered("E"))},
		{0x02, "surname", true, 0, 0, words(family)},
		{0x03, "given_name", true, 0, 0, words(given)},
		{0x04, "nationality", false, 0, 0, words(nationality)},
		{0x05, "birth_date", false, 3, 3, date(born)},
		{0x06, "sex", false, 1, 1, words(sex)},
		{0x07, "place_of_birth", false, 0, 0, shown(words)},
		{0x08, "destination", false, 0, 0, shown(words)},
		{0x09, "valid_until", true, 3, 3, date(expiring)},
		{0x0A, "biometric_data", false, 0, 0, template},
	}},
	{feature: 0x5F, category: 0x03, name: "emergency travel document with biometric data", purpose: formats.Travel, rows: []row{
		zoned(0x02), {0x03, "biometric_data", false, 0, 0, template},
	}},
	{feature: 0x6F, category: 0x01, name: "certificate of a supervised test", purpose: formats.Test, rows: []row{
		{0x01, "surname", true, 0, 0, words(family)},
		{0x02, "given_name", true, 0, 0, words(given)},
		{0x03, "birth_date", true, 3, 3, date(born)},
		{0x04, "residence", false, 0, 0, shown(words)},
		{0x05, "type_of_id", true, 0, 0, shown(text)},
		{0x06, "id_number", true, 0, 0, shown(text)},
		{0x07, "email", false, 0, 0, shown(words)},
		{0x08, "test", true, 0, 0, words(func(c *content, s string) { c.event.TestType.Code = s })},
		{0x09, "test_id", false, 0, 0, words(func(c *content, s string) { c.event.ID = s })},
		{0x0A, "tested_disease", false, 0, 0, words(func(c *content, s string) { c.event.Target.Code = s })},
		{0x0B, "supervisor", false, 0, 0, shown(words)},
		{0x0C, "company", false, 0, 0, words(func(c *content, s string) { c.event.Issuer = s })},
		{0x0D, "test_date", true, 4, 4, moment(happened)},
		{0x0E, "validity", true, 1, 1, octets}, // in a unit that nobody has published
	}},
	{feature: 0x70, category: 0x01, name: "vaccination certificate", purpose: formats.Vaccination, rows: []row{
		{0x01, "surname", true, 0, 0, words(family)},
		{0x02, "given_name", true, 0, 0, words(given)},
		{0x03, "birth_date", false, 3, 3, date(born)},
		{0x04, "residence", false, 0, 0, shown(words)},
		{0x05, "type_of_id", false, 0, 0, shown(text)},
		{0x06, "id_number", false, 0, 0, shown(text)},
		{0x07, "email", false, 0, 0, shown(words)},
		{0x08, "vaccine", true, 0, 0, words(func(c *content, s string) { c.event.Product.Code = s })},
		{0x09, "batch_number", false, 0, 0, shown(text)},
		{0x0A, "vaccinated_disease", false, 0, 0, words(func(c *content, s string) { c.event.Target.Code = s })},
		{0x0B, "doctor", false, 0, 0, words(func(c *content, s string) { c.event.Issuer = s })},
		{0x0C, "vaccination_date", false, 4, 4, moment(happened)},
	}},
	{feature: 0x7C, category: 0x01, name: "document of pairs of words", purpose: formats.AllUses, rows: pairs(4)},
	{feature: 0x7D, category: 0x01, name: "vehicle vignette", purpose: formats.AllUses, rows: []row{
		{0x01, "valid_until", true, 3, 3, date(expiring)},
		{0x02, "licence_plate", true, 0, 0, shown(words)},
		{0x03, "model", false, 0, 0, shown(words)},
		{0x04, "colour", false, 0, 0, shown(words)},
		{0x05, "owner", false, 0, 0, words(full)},
	}},
	{feature: 0x7A, category: 0x01, name: "tax stamp", purpose: formats.AllUses, rows: []row{
		{0x01, "issuer_id", true, 0, 0, shown(text)},
		{0x02, "serial_number", true, 0, 0, shown(text)},
		{0x03, "place_of_manufacture", false, 0, 0, shown(words)},
		{0x04, "manufacturing_facility", false, 0, 0, shown(words)},
		{0x05, "machine", false, 0, 0, shown(words)},
		{0x06, "product", false, 0, 0, shown(words)},
		{0x07, "market_of_sale", false, 0, 0, shown(words)},
		{0x08, "shipment_route", false, 0, 0, shown(words)},
		{0x09, "importer", false, 0, 0, shown(words)},
		{0x0A, "link", false, 0, 0, shown(words)},
	}},
	{feature: 0x7F, category: 0x04, name: "patient card", purpose: formats.AllUses, rows: []row{
		{0x01, "document_number", true, 0, 0, words(numbered(""))},
		{0x02, "name", true, 0, 0, words(full)},
		{0x03, "birth_date", false, 3, 3, date(born)},
		{0x04, "street", false, 0, 0, shown(words)},
		{0x05, "town", false, 0, 0, shown(words)},
	}},
	{feature: 0x8B, category: 0x04, name: "ticket", purpose: formats.AllUses, rows: []row{
		{0x01, "event", true, 0, 0, shown(words)},
		{0x02, "date", false, 4, 4, func(c *content, name string, value []byte) {
			moment(func(c *content, d formats.Date) { c.add(name, d.String()) })(c, name, value)
		}},
		{0x03, "ticket_number", true, 0, 0, shown(words)},
		{0x04, "location", false, 0, 0, shown(words)},
		{0x05, "seat_section", false, 0, 0, shown(words)},
		{0x06, "seat_row", false, 0, 0, shown(words)},
		{0x07, "seat_number", false, 0, 0, shown(words)},
		{0x08, "name", false, 0, 0, words(full)},
		{0x09, "birth_date", false, 3, 3, date(born)},
		{0x0A, "face_template", false, 0, 0, template},
	}},
	{feature: 0x8C, category: 0x04, name: "health insurance card", purpose: formats.AllUses, rows: []row{
		{0x01, "serial_number", true, 0, 0, words(numbered(""))},
		{0x02, "name", true, 0, 0, words(full)},
		{0x03, "birth_date", true, 3, 3, date(born)},
		{0x04, "benefits", false, 0, 0, shown(words)},
		{0x05, "accommodation", false, 0, 0, shown(words)},
		{0x06, "valid_until", true, 3, 3, date(expiring)},
		{0x07, "service_network", false, 0, 0, shown(words)},
		{0x08, "biometric_data", false, 0, 0, template},
	}},
	{feature: 0x8D, category: 0x04, name: "school pass", purpose: formats.AllUses, rows: []row{
		{0x01, "student_number", true, 0, 0, words(numbered(""))},
		{0x02, "school", false, 0, 0, shown(words)},
		{0x03, "surname", true, 0, 0, words(family)},
		{0x04, "given_name", true, 0, 0, words(given)},
		{0x05, "class", false, 0, 0, shown(words)},
		{0x06, "face_template", false, 0, 0, template},
	}},
}

// pairs are headings and what stands under them, by turns.
func pairs(n int) []row {
	var rows []row
	for i := range n {
		number := string(rune('1' + i))
		rows = append(rows,
			row{byte(2*i + 1), "heading_" + number, false, 0, 0, shown(words)},
			row{byte(2*i + 2), "value_" + number, false, 0, 0, shown(words)})
	}
	return rows
}
