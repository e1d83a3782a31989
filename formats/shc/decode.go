package shc

import (
	"errors"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/jws"
	"github.com/travelseal/travelseal/internal/stages"
	"github.com/travelseal/travelseal/internal/strict/inflate"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// A reading is one card on its way through the stages. Each stage reads what the one before it left.
type reading struct {
	o       formats.Options
	text    []byte
	token   []byte
	message jws.Message
	payload []byte
	claims  claims
	card    card
	checks  []formats.Check
	shown   int // of the checks, in a trace
	doc     *formats.Document
}

// steps are the layers of a card from the outside in. decode runs them, trace shows them.
var steps = stages.List[reading]{
	{Name: "text", Run: (*reading).readText, Show: withChecks((*reading).showText)},
	{Name: "JWS", Run: (*reading).readJWS, Show: withChecks((*reading).showJWS)},
	{Name: "DEFLATE", Run: (*reading).readDeflate, Show: withChecks((*reading).showDeflate)},
	{Name: "claims", Run: (*reading).readClaims, Show: withChecks((*reading).showClaims)},
	{Name: "FHIR bundle", Run: (*reading).readBundle, Show: withChecks((*reading).showBundle)},
}

func decode(in formats.Input, o formats.Options) (*formats.Document, error) {
	text, ok := in.Lone()
	if !ok {
		return nil, fail(formats.CodeEncoding, "text", -1, errors.New("a card is one text"))
	}
	r := &reading{o: o, text: text}
	if err := steps.Run(r); err != nil {
		return nil, err
	}
	return r.doc, nil
}

// readText finds the JWS in whatever carries it.
func (r *reading) readText() error {
	switch {
	case isCode(r.text):
		return r.readCode()
	case isFile(r.text):
		return r.readFile()
	}
	r.token = r.text
	return nil
}

// es256 is the one algorithm of the framework (Signing Health Cards: keys on P-256).
const es256 = "ES256"

func (r *reading) readJWS() error {
	m, err := jws.Parse(r.token, r.o)
	if err != nil {
		return named(err)
	}
	if s := &m.Seal; s.Problem.Code == "" && s.Algorithm.Name() != es256 {
		s.Algorithm = formats.Algorithm{}
		s.Problem = formats.Problem{Code: formats.CodeSealUnsupported, Text: "a SMART Health Card is signed with ES256 and nothing else"}
	}
	r.message = m
	return nil
}

// readDeflate expands the payload, which is compressed before it is signed (Health Cards are Compact).
func (r *reading) readDeflate() error {
	const step = "DEFLATE"
	switch r.message.Zip {
	case "DEF":
	case "":
		return fail(formats.CodeVersion, step, -1, errors.New("the header has no zip: this is a signed token of another kind than a SMART Health Card"))
	default:
		return fail(formats.CodeVersion, step, -1, errors.New("the header's zip is not DEF: a compression that is not known here"))
	}
	b, err := inflate.Raw(r.message.Payload, r.o.Limits.OrDefault().Inflated)
	if err != nil {
		code, offset := formats.CodeEncoding, -1
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
		return fail(code, step, offset, err)
	}
	r.payload = b
	return nil
}

func fail(code, step string, offset int, err error) error {
	return &formats.Error{Format: ID, Code: code, Step: step, Offset: offset, Err: err}
}

// named puts this format's name on an error of an envelope.
func named(err error) error {
	if fe := (*formats.Error)(nil); errors.As(err, &fe) {
		fe.Format = ID
	}
	return err
}

// jsonError turns an error of the strict JSON reader into a *formats.Error; code is that of what has no code of its own.
func jsonError(step, code string, err error) error {
	offset := -1
	if je := (*json.Error)(nil); errors.As(err, &je) {
		offset = je.Offset
	}
	switch {
	case errors.Is(err, json.ErrTrailing):
		code = formats.CodeTrailing
	case errors.Is(err, json.ErrLimit):
		code = formats.CodeLimit
	case errors.Is(err, json.ErrTruncated):
		code = formats.CodeTruncated
	}
	return fail(code, step, offset, err)
}
