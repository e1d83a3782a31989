package vds

import (
	"encoding/binary"
	"encoding/hex"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/c40"
	"github.com/travelseal/travelseal/internal/stages"
)

// content is the message in field terms.
type content struct {
	o       formats.Options
	created formats.Date // by which the centuries of a zone are told
	subject formats.Subject
	name    formats.Name
	docs    []formats.DocRef
	event   *formats.Event // of a kind that has one
	expires formats.Date
	mrzCode string // the document code of the machine readable zone
	extra   []formats.Field
	checks  []formats.Check
}

// A row is one feature of a kind of document.
type row struct {
	tag      byte
	name     string
	need     bool
	min, max int // bytes; a max of 0 is no bound
	read     reader
}

// A reader judges a value and takes it into the content.
type reader func(c *content, name string, value []byte)

// readFeatures reads the features by the table of their kind, in the order in which they stand.
func (r *reading) readFeatures() error {
	h, c := &r.header, &r.content
	c.o, c.created, c.docs = r.o, h.created, make([]formats.DocRef, 0, 2)
	k := kindOf(h.feature, h.kind)
	if k == nil {
		r.breach("document_type", h.unknown())
	} else if k.rows == nil && k.profile != nil {
		k = k.profile(r.message.features)
	}
	var rows []row
	if k != nil {
		rows = k.rows
	}
	if k != nil && (k.purpose == formats.Vaccination || k.purpose == formats.Test) {
		c.event = &formats.Event{Kind: k.purpose}
	}
	c.extra = h.fields(make([]formats.Field, 0, headerFields+zoneFields+len(r.message.features)), k)
	var found [signatureTag]bool
	for _, f := range r.message.features {
		found[f.tag] = true
		if i := slices.IndexFunc(rows, func(row row) bool { return row.tag == f.tag }); i >= 0 {
			c.read(&rows[i], f.value)
		} else {
			octets(c, name(f.tag), f.value)
		}
	}
	for i := range rows {
		if rows[i].need && !found[rows[i].tag] {
			c.breach(rows[i].name, "missing")
		}
	}
	if k != nil && k.either != nil && !slices.ContainsFunc(k.either, func(tag byte) bool { return found[tag] }) {
		c.breach("mrz", "missing")
	}
	r.checks = joined(r.checks, c.checks)
	r.doc = r.document(k)
	return nil
}

func (c *content) read(r *row, value []byte) {
	if len(value) < r.min || r.max > 0 && len(value) > r.max {
		c.breach(r.name, "of a length that it does not have")
	}
	r.read(c, r.name, value)
}

func (c *content) breach(where, why string) { c.checks = append(c.checks, breach(where, why)) }

func (c *content) add(name, value string) {
	c.extra = append(c.extra, formats.Field{Name: name, Value: value})
}

// text reads C40.
func text(to func(*content, string)) reader {
	return func(c *content, name string, value []byte) {
		s, err := c40.Decode(value)
		if err != nil {
			c.breach(name, "not C40")
			octets(c, name, value)
			return
		}
		to(c, s)
	}
}

// words reads UTF-8, for what C40 cannot write.
func words(to func(*content, string)) reader {
	return func(c *content, name string, value []byte) {
		if !utf8.Valid(value) {
			c.breach(name, "not UTF-8")
			octets(c, name, value)
			return
		}
		to(c, string(value))
	}
}

// shown reads a value that officers see by its name.
func shown(read func(func(*content, string)) reader) reader {
	return func(c *content, name string, value []byte) {
		read(func(c *content, s string) { c.add(name, s) })(c, name, value)
	}
}

// date reads three bytes.
func date(to func(*content, formats.Date)) reader {
	return func(c *content, name string, value []byte) {
		d, err := c40.Date(value)
		if err != nil {
			c.breach(name, "not a date")
			octets(c, name, value)
			return
		}
		to(c, d)
	}
}

// moment reads four bytes: seconds since 1970.
func moment(to func(*content, formats.Date)) reader {
	return func(c *content, name string, value []byte) {
		if len(value) != 4 {
			octets(c, name, value)
			return
		}
		to(c, formats.DateOf(time.Unix(int64(binary.BigEndian.Uint32(value)), 0).UTC()))
	}
}

// octets shows bytes as they stand.
func octets(c *content, name string, value []byte) { c.add(name, hex.EncodeToString(value)) }

// template shows no more of biometric data than that there are some.
func template(c *content, name string, value []byte) {
	c.extra = append(c.extra, stages.Size(name, value))
}

// said shows a value in words.
func said(words func([]byte) (string, bool)) reader {
	return func(c *content, name string, value []byte) {
		if text, ok := words(value); ok {
			c.add(name, text)
		} else {
			octets(c, name, value)
		}
	}
}
