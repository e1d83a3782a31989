package vds

import (
	"errors"
	"unicode/utf8"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/stages"
)

// A reading is one seal on its way through the stages. Each stage reads what the one before it left.
type reading struct {
	o       formats.Options
	in      []byte // as it was given
	data    []byte // the seal's bytes
	header  header
	message message
	room    [4]feature // for those of the message, of which most kinds have no more
	content content
	checks  []formats.Check
	doc     *formats.Document
}

// steps run in order. decode runs them, trace shows them.
var steps = stages.List[reading]{
	{Name: "bytes", Run: (*reading).readBytes, Show: (*reading).showBytes},
	{Name: "header", Run: (*reading).readHeader, Show: (*reading).showHeader},
	{Name: "message", Run: (*reading).readMessage, Show: (*reading).showMessage},
	{Name: "features", Run: (*reading).readFeatures, Show: (*reading).showFeatures},
}

func decode(in formats.Input, o formats.Options) (*formats.Document, error) {
	data, ok := in.Lone()
	if !ok {
		return nil, fail(formats.CodeEncoding, "bytes", -1, errors.New("a seal is one barcode"))
	}
	r := &reading{o: o, in: data}
	if err := steps.Run(r); err != nil {
		return nil, err
	}
	return r.doc, nil
}

// maxSeal is more than a barcode of any kind holds: a QR code of 177 modules has 2,953 bytes.
const maxSeal = 4096

// readBytes gives the bytes of the barcode, where a reader has made text of them.
func (r *reading) readBytes() error {
	r.data = r.in
	if !begins(r.in) {
		if !spelled(r.in) {
			return fail(formats.CodeEnvelope, "bytes", 0, errors.New("not the first bytes of a seal"))
		}
		if !r.o.Allows(latin1) {
			return fail(formats.CodeEncoding, "bytes", 0, errors.New("text, where a seal is bytes"))
		}
		if err := r.readLatin1(); err != nil {
			return err
		}
		r.tolerated(latin1, "bytes", "text, where a seal is bytes")
	}
	if len(r.data) > maxSeal {
		return fail(formats.CodeLimit, "bytes", maxSeal, errors.New("more than a barcode holds"))
	}
	return nil
}

func (r *reading) readLatin1() error {
	if len(r.in) > 2*maxSeal {
		return fail(formats.CodeLimit, "bytes", 2*maxSeal, errors.New("more than a barcode holds"))
	}
	r.data = make([]byte, 0, len(r.in))
	for at := 0; at < len(r.in); {
		c, n := utf8.DecodeRune(r.in[at:])
		if c == utf8.RuneError && n == 1 || c > 0xFF {
			return fail(formats.CodeEncoding, "bytes", at, errors.New("not a character of ISO 8859-1 in UTF-8"))
		}
		r.data = append(r.data, byte(c))
		at += n
	}
	return nil
}

// tolerated notes that a tolerance was used.
func (r *reading) tolerated(t formats.Tolerance, where, text string) {
	r.checks = append(r.checks, formats.Check{Kind: formats.Reading, Result: formats.Tolerated, Name: t.Name, Where: where, Text: text})
}

// breach notes that the content breaks its specification at a place.
func (r *reading) breach(where, why string) { r.checks = append(r.checks, breach(where, why)) }

func breach(where, why string) formats.Check {
	return formats.Check{Kind: formats.Schema, Result: formats.Fails, Name: "schema", Where: where, Text: why}
}

func fail(code, step string, offset int, err error) error {
	return &formats.Error{Format: ID, Code: code, Step: step, Offset: offset, Err: err}
}
