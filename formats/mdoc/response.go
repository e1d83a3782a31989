package mdoc

import (
	"errors"
	"fmt"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/cbor"
)

// maxDocuments bounds the documents of one response.
const maxDocuments = 64

// A response is what stands around the documents (ISO/IEC 18013-5 §8.3.2.1.2.2). Nobody has signed any of it.
type response struct {
	documents       []cbor.Value
	version, status cbor.Value
	bare            bool // it is a document itself, or its issuer's part
	errors          bool // documents were asked for and are not given
	long            bool // lengths are longer than they need to be
	unknown         bool // a key that the specification does not have
}

// readOuter reads a DeviceResponse, a Document or an IssuerSigned, by its keys.
func readOuter(b []byte, o formats.Options) (response, error) {
	const step = "response"
	top, long, err := parse(b, o)
	if err != nil {
		return response{}, cborError(step, err)
	}
	r := response{long: long}
	var documents cbor.Value
	keys := 0
	for k, v := range top.Entries() {
		name, _ := k.TextBytes()
		keys++
		switch string(name) {
		case "documents":
			documents = v
		case "version":
			r.version = v
		case "status":
			r.status = v
		case "documentErrors":
			r.errors = true
		case "docRequests":
			return r, fail(formats.CodeEnvelope, step, k.Offset(), errors.New("a request of a reader, which asks for documents and holds none"))
		case "issuerSigned", "issuerAuth":
			r.bare = true
		default:
			r.unknown = true
		}
	}
	if r.bare {
		r.documents = []cbor.Value{top}
		return r, nil
	}
	n, ok := documents.Len()
	switch {
	case top.Kind() != cbor.Map:
		return r, fail(formats.CodeEnvelope, step, 0, errors.New("not a map"))
	case documents.Kind() == cbor.Missing || ok && n == 0:
		return r, fail(formats.CodePayload, step, at(documents, top), errors.New("it holds no document"))
	case documents.Kind() != cbor.Array:
		return r, fail(formats.CodeEnvelope, step, documents.Offset(), errors.New("documents is not an array"))
	case n > maxDocuments:
		return r, fail(formats.CodeLimit, step, documents.Offset(), fmt.Errorf("more than %d documents", maxDocuments))
	}
	for _, v := range documents.Elements() {
		r.documents = append(r.documents, v)
	}
	return r, nil
}

// readResponse finds the one document, and its two halves.
func (r *reading) readResponse() error {
	outer, err := readOuter(r.bytes, r.o)
	if err != nil {
		return err
	}
	if n := len(outer.documents); n > 1 {
		return fail(formats.CodeAmbiguous, "response", outer.documents[1].Offset(), fmt.Errorf("it holds %d documents, which are as many inputs", n))
	}
	if outer.long {
		r.tolerated(longHeads, "response", longHead)
	}
	if !outer.bare {
		r.checkOuter(outer)
	}
	return r.readDocument(outer.documents[0])
}

// checkOuter compares what stands around the document with the specification.
func (r *reading) checkOuter(outer response) {
	if version, ok := outer.version.Text(); !ok || version != "1.0" {
		r.breach("version", "missing, or a version of the response that is not known here")
	}
	if status, ok := outer.status.Int(); !ok || status != 0 { // §8.3.2.1.2.3
		r.breach("status", "missing, or not the one of a response without an error")
	}
	if outer.unknown {
		r.breach("response", "a further entry that the specification does not have")
	}
}

// readDocument finds the halves of a Document (§8.3.2.1.2.2). An IssuerSigned is one half alone, and says no docType itself.
func (r *reading) readDocument(v cbor.Value) error {
	const step = "document"
	if v.Kind() != cbor.Map {
		return fail(formats.CodeEnvelope, step, v.Offset(), errors.New("not a map"))
	}
	signed := v
	whole := false
	for k, member := range v.Entries() {
		switch name, _ := k.TextBytes(); string(name) {
		case "docType":
			r.docType = member
		case "issuerSigned":
			signed, whole = member, true
		case "deviceSigned":
			r.deviceSigned = member
		case "errors": // elements that were asked for and are not given
		case "nameSpaces", "issuerAuth": // of an IssuerSigned
		default:
			r.breach(step, "a further entry that the specification does not have")
		}
	}
	if signed.Kind() != cbor.Map {
		return fail(formats.CodeEnvelope, "issuerSigned", signed.Offset(), errors.New("not a map"))
	}
	r.whole = whole
	for k, member := range signed.Entries() {
		switch name, _ := k.TextBytes(); string(name) {
		case "nameSpaces":
			r.nameSpaces = member
		case "issuerAuth":
			r.issuerAuth = member
		default:
			if whole {
				r.breach("issuerSigned", "a further entry that the specification does not have")
			}
		}
	}
	if r.issuerAuth.Kind() == cbor.Missing {
		return fail(formats.CodeEnvelope, "issuerAuth", signed.Offset(), errors.New("missing: nobody has signed the document"))
	}
	return nil
}

// cborError gives an error of the strict CBOR reader the code for what it found.
func cborError(step string, err error) *formats.Error {
	code, offset := formats.CodePayload, 0
	switch {
	case errors.Is(err, cbor.ErrTrailing):
		code = formats.CodeTrailing
	case errors.Is(err, cbor.ErrLimit):
		code = formats.CodeLimit
	case errors.Is(err, cbor.ErrTruncated):
		code = formats.CodeTruncated
	case errors.Is(err, cbor.ErrNonCanonical):
		code = formats.CodeNonCanonical
	}
	if ce := (*cbor.Error)(nil); errors.As(err, &ce) {
		offset = ce.Offset
	}
	return &formats.Error{Format: ID, Code: code, Step: step, Offset: offset, Err: err}
}

// at is the place of a member, or of the map that lacks it.
func at(member, whole cbor.Value) int {
	if member.Kind() == cbor.Missing {
		return whole.Offset()
	}
	return member.Offset()
}

func fail(code, step string, offset int, err error) error {
	return &formats.Error{Format: ID, Code: code, Step: step, Offset: offset, Err: err}
}
