package idb

import (
	"bytes"
	"encoding/hex"
	"strconv"
	"strings"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/c40"
	"github.com/travelseal/travelseal/internal/mrz"
	"github.com/travelseal/travelseal/internal/stages"
)

// content is the messages in field terms.
type content struct {
	o        formats.Options
	header   *header // by its date of signing the centuries of a zone are told
	subject  formats.Subject
	docs     []formats.DocRef
	portrait *formats.Image
	expires  formats.Date
	mrzCode  string // the document code of the machine readable zone
	extra    []formats.Field
	checks   []formats.Check
	purpose  formats.Uses
}

// A row is one kind of message.
type row struct {
	tag     byte
	name    string
	purpose formats.Uses
	read    reader
}

// A reader judges a value and takes it into the content.
type reader func(c *content, name string, value []byte)

// icao are the messages of the report (§3.3, table 3).
var icao = []row{
	{0x01, "visa", formats.Travel, visa},
	{0x02, "emergency_travel_document", formats.Travel, emergency},
	{0x03, "proof_of_testing", formats.Test, unread},
	{0x04, "proof_of_vaccination", formats.Vaccination, unread},
	{0x05, "proof_of_recovery", formats.Recovery, unread},
	{0x06, "digital_travel_authorization", formats.Travel, unread},
	{0x07, "mrz", formats.Travel, zone{3, 30, 0}.read},
	{0x08, "mrz", formats.Travel, zone{2, 44, 0}.read},
	{0x09, "card_access_number", formats.Travel, text},
	{0x0A, "ef_card_access", formats.Travel, size},
}

// german are Germany's own messages.
var german = []row{
	{0x80, "face_image", formats.Travel, portrait},
	{0x81, "mrz", formats.Travel, td2.read},
	{0x82, "document_reference", formats.Travel, text},
	{0x83, "azr_number", formats.Travel, text},
	{0x84, "date_of_expiry", formats.Travel, expiry},
	{0x85, "document_number", formats.Travel, number},
	{0x86, "document_type", formats.Travel, germanType},
}

// ownTag is from where on a tag is the state's own.
const ownTag = 0x80

// rowOf finds the row of a message; nil where there is none.
func rowOf(country string, tag byte) *row {
	table := icao
	if tag >= ownTag {
		table = nil
		if country == "DE" {
			table = german
		}
	}
	return find(table, tag)
}

func find(table []row, tag byte) *row {
	for i := range table {
		if table[i].tag == tag {
			return &table[i]
		}
	}
	return nil
}

// readMessages reads the messages in the order in which they stand.
func (r *reading) readMessages() error {
	c := &r.content
	c.o, c.header = r.o, &r.header
	for _, m := range r.body.messages {
		if row := rowOf(r.header.country, m.tag); row != nil {
			row.read(c, row.name, m.value)
			c.purpose |= row.purpose
			continue
		}
		octets(c, tagged(m.tag), m.value)
		c.breach(tagged(m.tag), c.unknown())
		c.purpose = formats.AllUses
	}
	r.checks = append(r.checks, c.checks...)
	r.doc = r.document()
	return nil
}

func (c *content) breach(where, why string) { c.checks = append(c.checks, breach(where, why)) }

func (c *content) add(name, value string) {
	c.extra = append(c.extra, formats.Field{Name: name, Value: value})
}

// octets shows bytes as they stand.
func octets(c *content, name string, value []byte) { c.add(name, hex.EncodeToString(value)) }

// unread shows bytes as they stand, of a message whose content is not read here: nobody has looked at what its signer says.
func unread(c *content, name string, value []byte) {
	octets(c, name, value)
	c.breach(name, "its content is not read here")
}

// size shows no more of a value than that it is there.
func size(c *content, name string, value []byte) { c.extra = append(c.extra, stages.Size(name, value)) }

// text reads C40.
func text(c *content, name string, value []byte) {
	if s, ok := c.decoded(name, value); ok {
		c.add(name, s)
	}
}

// number is text for the number of a document.
func number(c *content, name string, value []byte) {
	if s, ok := c.decoded(name, value); ok {
		c.docs = append(c.docs, formats.DocRef{Number: s})
	}
}

func (c *content) decoded(name string, value []byte) (string, bool) {
	s, err := c40.Decode(value)
	if err != nil || s == "" {
		c.breach(name, "not C40")
		octets(c, name, value)
		return "", false
	}
	return s, true
}

// expiry reads the last day of validity, of which parts may be unknown.
func expiry(c *content, name string, value []byte) {
	d, err := c40.Masked(value)
	if err != nil {
		c.breach(name, "not a date with a mask")
		octets(c, name, value)
		return
	}
	c.expires = d
	c.add(name, d.String())
}

// The beginnings of the pictures that a portrait can be.
var pictures = []struct{ begins, media string }{
	{"\xFF\xD8\xFF", "image/jpeg"},
	{"\x00\x00\x00\x0CjP  \r\n\x87\n", "image/jp2"},
	{"\xFF\x4F\xFF\x51", "image/jp2"}, // the code stream alone
}

func portrait(c *content, name string, value []byte) {
	for _, p := range pictures {
		if bytes.HasPrefix(value, []byte(p.begins)) {
			c.portrait = &formats.Image{MediaType: p.media, Data: value}
			return
		}
	}
	c.breach(name, "neither JPEG nor JPEG 2000")
	size(c, name, value)
}

// emergency reads the one feature of an emergency travel document, its zone (Doc 9303-13 §4.2).
func emergency(c *content, name string, value []byte) {
	features, err := elements(value, 0)
	if err != nil || len(features) != 1 || features[0].tag != 0x02 {
		c.breach(name, "not the feature of an emergency travel document")
		octets(c, name, value)
		return
	}
	td2.read(c, "mrz", features[0].value)
}

// furtherCodes are the letters with which the document codes of the tolerance of that name begin.
const furtherCodes = "MP"

// A zone is the form of a machine readable zone: its lines, their width, and how many characters at its end are not there.
type zone struct{ lines, width, missing int }

var td2 = zone{2, 36, 0}

func (z zone) read(c *content, name string, value []byte) {
	s, err := c40.Zone(value, z.lines*z.width-z.missing)
	if err != nil {
		c.breach(name, "not a machine readable zone of its size in C40")
		octets(c, name, value)
		return
	}
	for i := range z.lines {
		c.add(name+"_line_"+strconv.Itoa(i+1), s[i*z.width:min((i+1)*z.width, len(s))])
	}
	s += strings.Repeat("<", z.missing)
	c.mrzCode = strings.TrimRight(s[:2], "<")
	o := mrz.Options{Decoding: c.o}
	if created := c.header.created; !created.IsZero() {
		o.AsOf = created.Latest()
	}
	printed := make([]byte, 0, len(s)+z.lines)
	for i := range z.lines {
		printed = append(append(printed, s[i*z.width:(i+1)*z.width]...), '\n')
	}
	m, err := mrz.Parse(printed, o)
	if err != nil {
		c.breach(name, "not a machine readable zone that can be read")
		return
	}
	for _, check := range m.Checks() {
		if check.Name == "document code" && z.width == 36 && strings.IndexByte(furtherCodes, s[0]) >= 0 && c.o.Allows(documentCode) {
			check = formats.Check{Kind: formats.Schema, Result: formats.Tolerated, Name: documentCode.Name, Where: check.Where, Text: "a document code of another size of document"}
		}
		c.checks = append(c.checks, check)
	}
	c.subject.Names = append(c.subject.Names, formats.Name{Family: m.Primary, Given: m.Secondary, Script: "icao", Source: name})
	c.subject.Birth, c.subject.Sex, c.subject.Nationality = m.Birth, m.Sex, m.Nationality
	if c.expires.IsZero() {
		c.expires = m.Expires
	}
	c.docs = append(c.docs, formats.DocRef{Type: m.DocumentCode, Number: m.Number, IssuingState: m.IssuingState, Expires: m.Expires})
}
