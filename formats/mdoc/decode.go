package mdoc

import (
	"bytes"
	"errors"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/stages"
	"github.com/travelseal/travelseal/internal/strict/base64"
	"github.com/travelseal/travelseal/internal/strict/cbor"
)

// A reading is one document on its way through the stages. Each stage reads what the one before it left.
type reading struct {
	o          formats.Options
	in         formats.Input
	bytes      []byte // the response in CBOR
	transcript []byte // of the session; nil where it is not given
	foreign    int    // files that are neither

	whole                                         bool // a Document, and no bare IssuerSigned
	docType, nameSpaces, issuerAuth, deviceSigned cbor.Value

	seal    formats.Seal
	payload []byte
	mso     securityObject

	parts    []formats.Part
	expires  time.Time // as an element says
	country  string    // as an element says
	elements []shown

	device *formats.Seal // nil where the device says nothing
	checks []formats.Check
	doc    *formats.Document
}

// steps run in order. decode runs them, trace shows them.
var steps = stages.List[reading]{
	{Name: "bytes", Run: (*reading).readBytes, Show: (*reading).showBytes},
	{Name: "response", Run: (*reading).readResponse, Show: (*reading).showResponse},
	{Name: "issuerAuth", Run: (*reading).readAuth, Show: (*reading).showAuth},
	{Name: "security object", Run: (*reading).readObject, Show: (*reading).showObject},
	{Name: "elements", Run: (*reading).readElements, Show: (*reading).showElements},
	{Name: "device", Run: (*reading).readDevice, Show: (*reading).showDevice},
	{Name: "document", Run: (*reading).write, Show: (*reading).showDocument},
}

func decode(in formats.Input, o formats.Options) (*formats.Document, error) {
	r := &reading{o: o, in: in}
	if err := steps.Run(r); err != nil {
		return nil, err
	}
	return r.doc, nil
}

// readBytes finds the document among the files.
func (r *reading) readBytes() error {
	var found []byte
	seen := false
	for _, f := range r.in.Files {
		switch f.Name {
		case "", responseFile:
			if seen {
				return fail(formats.CodeAmbiguous, "files", -1, errors.New("two files are the response"))
			}
			found, seen = f.Data, true
		case transcriptFile:
			r.transcript = f.Data
		default:
			r.foreign++
		}
	}
	if !seen {
		return fail(formats.CodeEnvelope, "files", -1, errors.New("no response is among them"))
	}
	b, text, err := unwrap(found, r.o)
	if text && err == nil {
		r.tolerated(asText, "text", "the document is written as text")
	}
	r.bytes = b
	return err
}

// unwrap gives the CBOR of a response that may be text.
func unwrap(b []byte, o formats.Options) (raw []byte, text bool, err error) {
	const step = "text"
	switch {
	case bytes.HasPrefix(b, []byte(engagement)):
		return nil, true, fail(formats.CodeEnvelope, step, 0, errors.New("a code that begins a session with a device, which holds no document"))
	case !isText(b):
		return b, false, nil
	case !o.Allows(asText):
		return nil, true, fail(formats.CodeEncoding, step, 0, errors.New("base64url, where CBOR is expected"))
	}
	raw, err = base64.Decode(base64.URLRaw, bytes.TrimRight(b, "\r\n"))
	if err != nil {
		offset := 0
		if be := (*base64.Error)(nil); errors.As(err, &be) {
			offset = be.Offset
		}
		return nil, true, fail(formats.CodeEncoding, step, offset, err)
	}
	return raw, true, nil
}

// tolerated notes that a tolerance was used.
func (r *reading) tolerated(t formats.Tolerance, where, text string) {
	result := formats.Tolerated
	if !t.On {
		result = formats.Doubtful
	}
	for _, c := range r.checks {
		if c.Name == t.Name {
			return // once is enough
		}
	}
	r.checks = append(r.checks, formats.Check{Kind: formats.Reading, Result: result, Name: t.Name, Where: where, Text: text})
}

// maxChecks bounds what is said about one document; what breaks its rules so often need not be listed to its end.
const maxChecks = 64

// breach notes that the content breaks the specification at a place.
func (r *reading) breach(where, why string) {
	c := formats.Check{Kind: formats.Schema, Result: formats.Fails, Name: "schema", Where: where, Text: why}
	if len(r.checks) < maxChecks {
		r.checks = append(r.checks, c)
	}
}
