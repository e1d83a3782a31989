package twoddoc

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/stages"
)

// The separators of the text.
const (
	groupSeparator  = 0x1D // ends a value
	recordSeparator = 0x1E // ends a value that was cut off
	unitSeparator   = 0x1F // ends what is signed
)

// A reading is one seal on its way through the stages. Each stage reads what the one before it left.
type reading struct {
	text   []byte
	header header
	signed []byte
	values []value // of the message
	annex  []value // nil where there is none
	seal   formats.Seal
	checks []formats.Check
	doc    *formats.Document
}

// steps run in order. decode runs them, trace shows them.
var steps = stages.List[reading]{
	{Name: "header", Run: (*reading).readHeader, Show: (*reading).showHeader},
	{Name: "message", Run: (*reading).readMessage, Show: (*reading).showMessage},
	{Name: "signature", Run: (*reading).readSignature, Show: (*reading).showSignature},
}

// maxText is more than the largest DataMatrix code holds (2335 characters, ISO/IEC 16022).
const maxText = 4096

func start(in formats.Input) (*reading, error) {
	text, ok := in.Lone()
	switch {
	case !ok:
		return nil, fail(formats.CodeEncoding, "header", -1, errors.New("a seal is one text"))
	case len(text) > maxText:
		return nil, fail(formats.CodeLimit, "header", maxText, fmt.Errorf("%d bytes, the limit is %d", len(text), maxText))
	}
	return &reading{text: text}, nil
}

func decode(in formats.Input, _ formats.Options) (*formats.Document, error) {
	r, err := start(in)
	if err != nil {
		return nil, err
	}
	if err := steps.Run(r); err != nil {
		return nil, err
	}
	return r.doc, nil
}

// readMessage reads the values up to the unit separator. Without it nothing is signed, and there is no 2D-Doc.
func (r *reading) readMessage() error {
	end := bytes.IndexByte(r.text, unitSeparator)
	if end < 0 {
		return fail(formats.CodeTruncated, "message", len(r.text), errors.New("it ends before the unit separator and the signature"))
	}
	if end < r.header.size {
		return fail(formats.CodeTruncated, "header", end, errors.New("the unit separator stands within the header"))
	}
	r.signed = r.text[:end]
	r.values = r.readValues("message", r.signed[r.header.size:])
	return nil
}

// breach notes that the content breaks the specification at a place.
func (r *reading) breach(where, why string) {
	r.checks = append(r.checks, formats.Check{Kind: formats.Schema, Result: formats.Fails, Name: "2D-Doc", Where: where, Text: why})
}

func fail(code, step string, offset int, err error) error {
	return &formats.Error{Format: ID, Code: code, Step: step, Offset: offset, Err: err}
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

func alphanumeric(c byte) bool { return digit(c) || c >= 'A' && c <= 'Z' }
