package idb

import (
	"bytes"
	"errors"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/stages"
	"github.com/travelseal/travelseal/internal/strict/base32"
	"github.com/travelseal/travelseal/internal/strict/inflate"
)

// A reading is one seal on its way through the stages. Each stage reads what the one before it left.
type reading struct {
	o              formats.Options
	text           []byte
	signed, zipped bool
	payload        []byte // as base32 gives it
	data           []byte // expanded
	header         header
	body           body
	content        content
	checks         []formats.Check
	doc            *formats.Document
}

// steps run in order. decode runs them, trace shows them.
var steps = stages.List[reading]{
	{Name: "text", Run: (*reading).readText, Show: (*reading).showText},
	{Name: "payload", Run: (*reading).readPayload, Show: (*reading).showPayload},
	{Name: "header", Run: (*reading).readHeader, Show: (*reading).showHeader},
	{Name: "elements", Run: (*reading).readBody, Show: (*reading).showBody},
	{Name: "messages", Run: (*reading).readMessages, Show: (*reading).showMessages},
}

func decode(in formats.Input, o formats.Options) (*formats.Document, error) {
	text, ok := in.Lone()
	if !ok {
		return nil, fail(formats.CodeEncoding, "text", -1, errors.New("a seal is one text"))
	}
	r := &reading{o: o, text: text}
	if err := steps.Run(r); err != nil {
		return nil, err
	}
	return r.doc, nil
}

// maxText is more than a QR code holds of capitals and numerals: 4,296.
const maxText = 8192

// readText reads the identifier, the letter and base32.
func (r *reading) readText() error {
	switch {
	case bytes.HasPrefix(r.text, []byte(identifier)):
	case !bytes.HasPrefix(r.text, []byte(early)):
		return fail(formats.CodeEnvelope, "text", 0, errors.New("not the identifier of a seal"))
	case !r.o.Allows(earlyIdentifier):
		return fail(formats.CodeVersion, "text", 0, errors.New("an identifier before that of the report"))
	default:
		r.tolerated(earlyIdentifier, "identifier", "an identifier before that of the report")
	}
	switch {
	case len(r.text) > maxText:
		return fail(formats.CodeLimit, "text", maxText, errors.New("more than a barcode holds"))
	case len(r.text) <= textAt:
		return fail(formats.CodeTruncated, "text", len(r.text), errors.New("ends too early"))
	}
	flag := r.text[flagAt] - 'A'
	if flag >= flags {
		return fail(formats.CodeVersion, "text", flagAt, errors.New("a letter other than A to D"))
	}
	r.signed, r.zipped = flag&signedFlag != 0, flag&zippedFlag != 0
	payload, err := base32.Decode(false, r.text[textAt:])
	if err != nil {
		offset := textAt
		if be := (*base32.Error)(nil); errors.As(err, &be) {
			offset += be.Offset
		}
		return fail(formats.CodeEncoding, "text", offset, err)
	}
	r.payload = payload
	return nil
}

// readPayload expands what is compressed.
func (r *reading) readPayload() error {
	r.data = r.payload
	if !r.zipped {
		return nil
	}
	data, err := inflate.Zlib(r.payload, r.o.Limits.OrDefault().Inflated)
	if err != nil {
		code, offset := formats.CodeEncoding, 0
		switch {
		case errors.Is(err, inflate.ErrLimit):
			code = formats.CodeLimit
		case errors.Is(err, inflate.ErrTrailing):
			code = formats.CodeTrailing
		case errors.Is(err, inflate.ErrTruncated):
			code = formats.CodeTruncated
		}
		if ie := (*inflate.Error)(nil); errors.As(err, &ie) {
			offset = ie.Offset
		}
		return fail(code, "payload", offset, err)
	}
	r.data = data
	return nil
}

// tolerated notes that a tolerance was used.
func (r *reading) tolerated(t formats.Tolerance, where, text string) {
	r.checks = append(r.checks, formats.Check{Kind: formats.Reading, Result: formats.Tolerated, Name: t.Name, Where: where, Text: text})
}

// breach notes that the content breaks the report at a place.
func (r *reading) breach(where, why string) { r.checks = append(r.checks, breach(where, why)) }

func breach(where, why string) formats.Check {
	return formats.Check{Kind: formats.Schema, Result: formats.Fails, Name: "schema", Where: where, Text: why}
}

func fail(code, step string, offset int, err error) error {
	return &formats.Error{Format: ID, Code: code, Step: step, Offset: offset, Err: err}
}
