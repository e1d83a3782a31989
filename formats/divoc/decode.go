package divoc

import (
	"errors"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/ldproof"
	"github.com/travelseal/travelseal/internal/stages"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// A reading is one certificate on its way through the stages. Each stage reads what the one before it left.
type reading struct {
	o          formats.Options
	raw        []byte
	archive    []byte // nil where the text itself is the credential
	json       []byte
	value      json.Value
	credential *ldproof.Document

	claims  formats.Claims // of what the proof covers
	loose   []formats.Part // of what it does not
	handles []formats.Handle
	checks  []formats.Check
	doc     *formats.Document
}

// steps run in order. decode runs them, trace shows them.
var steps = stages.List[reading]{
	{Name: "text", Run: (*reading).readText, Show: (*reading).showText},
	{Name: "archive", Run: (*reading).readArchive, Show: (*reading).showArchive},
	{Name: "JSON", Run: (*reading).readJSON, Show: (*reading).showJSON},
	{Name: "proof", Run: (*reading).readProof, Show: (*reading).showProof},
	{Name: "credential", Run: (*reading).readCredential, Show: (*reading).showCredential},
}

func decode(in formats.Input, o formats.Options) (*formats.Document, error) {
	text, ok := in.Lone()
	if !ok {
		return nil, fail(formats.CodeEncoding, "text", -1, errors.New("a certificate is one file"))
	}
	r := &reading{o: o, raw: text}
	if err := steps.Run(r); err != nil {
		return nil, err
	}
	return r.doc, nil
}

func (r *reading) readJSON() error {
	l := r.o.Limits.OrDefault()
	v, err := json.Parse(r.json, json.Limits{Depth: l.Depth, Items: l.Items})
	if err != nil {
		code, offset := formats.CodePayload, -1
		switch {
		case errors.Is(err, json.ErrTrailing):
			code = formats.CodeTrailing
		case errors.Is(err, json.ErrLimit):
			code = formats.CodeLimit
		case errors.Is(err, json.ErrTruncated):
			code = formats.CodeTruncated
		}
		if je := (*json.Error)(nil); errors.As(err, &je) {
			offset = je.Offset
		}
		return fail(code, "JSON", offset, err)
	}
	if len(v.Raw()) != len(r.json) {
		return fail(formats.CodeTrailing, "JSON", len(r.json), errors.New("white space around the object"))
	}
	r.value = v
	return nil
}

// readProof reads the credential as JSON-LD. One that lists none of the vaccination contexts is of another kind.
func (r *reading) readProof() error {
	d, err := ldproof.Parse(r.value, contexts, r.o)
	if err != nil {
		if fe := (*formats.Error)(nil); errors.As(err, &fe) {
			fe.Format = ID
		}
		return err
	}
	r.credential = d
	for _, url := range d.Contexts {
		if _, ok := contexts[url]; ok {
			return nil
		}
	}
	return fail(formats.CodeVersion, "@context", -1, errors.New("a verifiable credential of another kind than a vaccination certificate of DIVOC"))
}

func fail(code, step string, offset int, err error) error {
	return &formats.Error{Format: ID, Code: code, Step: step, Offset: offset, Err: err}
}
