package vds

import (
	"bytes"

	"github.com/travelseal/travelseal/formats"
)

// administrative is what every administrative document says of itself (BSI TR-03171); the rest is its profile's.
var administrative = []row{
	{0x00, "profile", true, 16, 16, octets},
	{0x01, "valid_from", false, 8, 8, shown(words)},
	{0x02, "valid_until", false, 8, 8, shown(words)},
	{0x03, "profile_source", false, 0, 0, shown(words)},
	{0x04, "certificate_source", false, 0, 0, shown(words)},
	{0x05, "status_source", false, 0, 0, shown(words)},
	{0x06, "status_index", false, 0, 0, octets},
}

// registration is the profile of Germany's certificate of registration. The rest of its features have no name here.
var registration = kind{
	feature: 0x01, category: 0xC8, name: "certificate of registration", purpose: formats.AllUses,
	rows: []row{
		{0x00, "profile", true, 16, 16, octets},
		{0x04, "surname", true, 1, 0, words(family)},
		{0x05, "academic_degree", false, 0, 0, shown(words)},
		{0x06, "given_name", false, 0, 0, words(given)},
		{0x08, "birth_date", false, 0, 0, shown(words)},
		{0x09, "street", false, 0, 0, shown(words)},
		{0x0A, "house_number", false, 0, 0, shown(words)},
		{0x0B, "postal_code", false, 0, 0, shown(words)},
		{0x0C, "town", false, 0, 0, shown(words)},
		{0x0D, "moving_date", false, 0, 0, shown(words)},
		{0x0F, "date_of_notification", false, 0, 0, shown(words)},
	},
}

// registrationProfile is the number of that profile.
var registrationProfile = []byte{0x9A, 0x42, 0x23, 0x40, 0x6D, 0x37, 0x4E, 0xF9, 0x9E, 0x2C, 0xF9, 0x5E, 0x31, 0xA2, 0x38, 0x46}

// unprofiled is an administrative document of a profile that is not known here.
var unprofiled = kind{
	feature: 0x01, category: 0xC8, name: "administrative document", purpose: formats.AllUses,
	rows: []row{{0x00, "profile", true, 16, 16, func(c *content, name string, value []byte) {
		octets(c, name, value)
		c.breach(name, "a profile that is not known here")
	}}},
}

// profileOf finds the profile that the features name.
func profileOf(features []feature) *kind {
	for _, f := range features {
		if f.tag == 0x00 && bytes.Equal(f.value, registrationProfile) {
			return &registration
		}
	}
	return &unprofiled
}
