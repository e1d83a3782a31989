package vdsnc

import (
	"bytes"
	"errors"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/jcs"
	"github.com/travelseal/travelseal/internal/stages"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// A reading is one seal on its way through the stages. Each stage reads what the one before it left.
type reading struct {
	o         formats.Options
	text      []byte
	data, sig json.Value // members of the text
	signed    []byte     // the canonical form of data
	header    header
	msg       json.Value // member of the canonical form
	message   message
	seal      formats.Seal
	sealed    bool // whether there is a seal at all
	checks    []formats.Check
	doc       *formats.Document
}

// steps run in order. decode runs them, trace shows them.
var steps = stages.List[reading]{
	{Name: "JSON", Run: (*reading).readText, Show: (*reading).showText},
	{Name: "canonical form", Run: (*reading).readCanonical, Show: (*reading).showCanonical},
	{Name: "header", Run: (*reading).readHeader, Show: (*reading).showHeader},
	{Name: "message", Run: (*reading).readMessage, Show: (*reading).showMessage},
	{Name: "signature", Run: (*reading).readSignature, Show: (*reading).showSignature},
}

func decode(in formats.Input, o formats.Options) (*formats.Document, error) {
	text, ok := in.Lone()
	if !ok {
		return nil, fail(formats.CodeEncoding, "JSON", -1, errors.New("a seal is one text"))
	}
	r := &reading{o: o, text: text}
	if err := steps.Run(r); err != nil {
		return nil, err
	}
	return r.doc, nil
}

// readText reads the outermost object. White space is free within a JSON text (RFC 8259 §2) and around it; of what
// follows it, though, only the line ends are taken that editors leave.
func (r *reading) readText() error {
	text := bytes.TrimRight(r.text, "\r\n")
	v, err := json.Parse(text, r.limits())
	switch {
	case err != nil:
		return textError(err)
	case v.Kind() != json.Object:
		return fail(formats.CodeEnvelope, "JSON", 0, errors.New("not an object"))
	case text[len(text)-1] != '}':
		return fail(formats.CodeTrailing, "JSON", bytes.LastIndexByte(text, '}')+1, errors.New("white space after the object"))
	}
	for name, member := range v.Members() {
		switch name {
		case "data":
			r.data = member
		case "sig":
			r.sig = member
		default:
			r.unsigned("JSON")
		}
	}
	if r.data.Kind() != json.Object {
		return fail(formats.CodePayload, "data", at(r.data, v), errors.New("missing or not an object"))
	}
	return nil
}

// readCanonical writes what is signed (RFC 8785).
func (r *reading) readCanonical() error {
	signed, err := jcs.Append(nil, r.data)
	if err != nil {
		offset := r.data.Offset()
		if je := (*jcs.Error)(nil); errors.As(err, &je) {
			offset = je.Offset
		}
		return fail(formats.CodeNonCanonical, "canonical form", offset, err)
	}
	r.signed = signed
	return nil
}

// readHeader takes the canonical form apart. From here on nothing is read from the text but its member sig.
func (r *reading) readHeader() error {
	data, err := json.Parse(r.signed, r.limits())
	if err != nil {
		return textError(err)
	}
	var hdr json.Value
	for name, member := range data.Members() {
		switch name {
		case "hdr":
			hdr = member
		case "msg":
			r.msg = member
		default:
			r.message.further(place{"data", name}, member)
		}
	}
	switch {
	case hdr.Kind() != json.Object:
		return fail(formats.CodePayload, "data.hdr", at(hdr, data), errors.New("missing or not an object"))
	case r.msg.Kind() != json.Object:
		return fail(formats.CodePayload, "data.msg", at(r.msg, data), errors.New("missing or not an object"))
	}
	r.checkHeader(hdr)
	return nil
}

func (r *reading) limits() json.Limits {
	l := r.o.Limits.OrDefault()
	return json.Limits{Depth: l.Depth, Items: l.Items}
}

// unsigned notes once that something stands where no signature covers it and the report has nothing.
func (r *reading) unsigned(where string) {
	const why = "a further member that no signature covers"
	for _, c := range r.checks {
		if c.Where == where && c.Text == why {
			return
		}
	}
	r.breach(where, why)
}

// breach notes that the content breaks the report at a place.
func (r *reading) breach(where, why string) { r.checks = append(r.checks, breach(where, why)) }

func breach(where, why string) formats.Check {
	return formats.Check{Kind: formats.Schema, Result: formats.Fails, Name: "schema", Where: where, Text: why}
}

// textError gives an error of the strict JSON reader the code for what it found.
func textError(err error) error {
	code, offset := formats.CodeEncoding, 0
	switch {
	case errors.Is(err, json.ErrTrailing):
		code = formats.CodeTrailing
	case errors.Is(err, json.ErrLimit):
		code = formats.CodeLimit
	case errors.Is(err, json.ErrTruncated):
		code = formats.CodeTruncated
	case errors.Is(err, json.ErrDuplicateKey):
		code = formats.CodePayload
	}
	if je := (*json.Error)(nil); errors.As(err, &je) {
		offset = je.Offset
	}
	return fail(code, "JSON", offset, err)
}

// at is the place of a member, or of the object that lacks it.
func at(member, object json.Value) int {
	if member.Kind() == json.Missing {
		return object.Offset()
	}
	return member.Offset()
}

func fail(code, step string, offset int, err error) error {
	return &formats.Error{Format: ID, Code: code, Step: step, Offset: offset, Err: err}
}
