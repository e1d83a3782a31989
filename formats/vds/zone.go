package vds

import (
	"strings"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/c40"
	"github.com/travelseal/travelseal/internal/mrz"
)

// A zone is a form of a machine readable zone in a seal: its first line, and as much of the second as is there of the width
// that it has on the document.
type zone struct{ first, second, width int }

var (
	td2  = zone{36, 36, 36}
	mrvA = zone{44, 28, 44} // Doc 9303-13 §3.2: without the optional data
	mrvB = zone{36, 28, 36}
)

// maxZone is the size of the largest zone.
const maxZone = 88

// read takes a zone in, its fillers written as blanks.
func (z zone) read(c *content, name string, value []byte) {
	s, err := c40.Zone(value, z.first+z.second)
	if err != nil {
		c.breach(name, "not a machine readable zone of its size in C40")
		octets(c, name, value)
		return
	}
	c.add("mrz_line_1", s[:z.first])
	c.add("mrz_line_2", s[z.first:])
	c.mrzCode = strings.TrimRight(s[:2], "<")
	var room [maxZone + 1]byte // with the line feed
	printed := append(append(append(room[:0], s[:z.first]...), '\n'), s[z.first:]...)
	for len(printed) < z.first+1+z.width {
		printed = append(printed, '<')
	}
	m, err := mrz.Parse(printed, mrz.Options{AsOf: c.created.Latest(), Decoding: c.o})
	if err != nil {
		c.breach(name, "not a machine readable zone that can be read")
		return
	}
	checks := m.Checks()
	if z == td2 && strings.IndexByte(furtherCodes, s[0]) >= 0 && c.o.Allows(documentCode) {
		for i := range checks {
			if check := &checks[i]; check.Name == "document code" {
				*check = formats.Check{Kind: formats.Schema, Result: formats.Tolerated, Name: documentCode.Name, Where: check.Where, Text: "a document code of another size of document"}
			}
		}
	}
	c.checks = joined(c.checks, checks)
	c.subject.Names = append(c.subject.Names, formats.Name{Family: m.Primary, Given: m.Secondary, Script: "icao", Source: name})
	c.subject.Birth, c.subject.Sex, c.subject.Nationality = m.Birth, m.Sex, m.Nationality
	c.expires = m.Expires
	c.docs = append(c.docs, formats.DocRef{Type: m.DocumentCode, Number: m.Number, IssuingState: m.IssuingState, Expires: m.Expires})
}

// furtherCodes are the letters with which the document codes of the tolerance of that name begin.
const furtherCodes = "MP"

// joined is append for lists of which one is mostly empty.
func joined(a, b []formats.Check) []formats.Check {
	if len(a) == 0 {
		return b
	}
	return append(a, b...)
}
