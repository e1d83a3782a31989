package idb

import (
	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/c40"
)

// A zone of a visa lacks the end of its second line, which is optional data (Doc 9303-13 §3.2).
var (
	largeVisa = zone{2, 44, 16}
	smallVisa = zone{2, 36, 8}
)

// visaRows are the features of a visa (Doc 9303-13 §3.2), which the message has as a visible digital seal has them.
var visaRows = []row{
	{0x01, "mrz", 0, largeVisa.read},
	{0x02, "mrz", 0, smallVisa.read},
	{0x03, "number_of_entries", 0, said(c40.Entries)},
	{0x04, "duration_of_stay", 0, said(c40.Stay)},
	{0x05, "passport_number", 0, passport},
	{0x06, "visa_type", 0, octets},
	{0x07, "additional_feature", 0, octets},
}

// visa reads the features of a visa, each once. A zone of one size and the duration of stay have to be there.
func visa(c *content, name string, value []byte) {
	features, err := elements(value, 0)
	if err != nil || repeated(features) >= 0 {
		c.breach(name, "not the features of a visa")
		octets(c, name, value)
		return
	}
	var found [256]bool
	for _, f := range features {
		found[f.tag] = true
		if r := find(visaRows, f.tag); r != nil {
			r.read(c, r.name, f.value)
		} else {
			octets(c, name+", "+tagged(f.tag), f.value)
		}
	}
	if !found[0x01] && !found[0x02] {
		c.breach("mrz", "missing")
	}
	for _, tag := range []byte{0x04, 0x05} {
		if !found[tag] {
			c.breach(find(visaRows, tag).name, "missing")
		}
	}
}

// said shows a value in words.
func said(words func([]byte) (string, bool)) reader {
	return func(c *content, name string, value []byte) {
		text, ok := words(value)
		if !ok {
			c.breach(name, "of a length that it does not have")
			octets(c, name, value)
			return
		}
		c.add(name, text)
	}
}

// passport is number for the passport that a visa stands in.
func passport(c *content, name string, value []byte) {
	if s, ok := c.decoded(name, value); ok {
		c.docs = append(c.docs, formats.DocRef{Type: "P", Number: s})
	}
}
