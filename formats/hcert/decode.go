package hcert

import (
	"errors"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cose"
	"github.com/travelseal/travelseal/internal/stages"
	"github.com/travelseal/travelseal/internal/strict/base45"
	"github.com/travelseal/travelseal/internal/strict/cbor"
	"github.com/travelseal/travelseal/internal/strict/inflate"
)

// A reading is one certificate on its way through the stages. Each stage reads what the one before it left.
type reading struct {
	o          formats.Options
	text       []byte
	context    *context
	compressed []byte
	token      []byte
	message    cose.Message
	claims     cwt

	profile     *profile
	member      int64 // of the context's claim, where the certificate does not stand at the root
	atRoot      bool
	certificate cbor.Value
	dcc         dcc
	found       findings
	doc         *formats.Document
}

// steps are those of Volume 1 §4.2.2, in order. decode runs them, trace shows them.
var steps = stages.List[reading]{
	{Name: "prefix", Run: (*reading).readPrefix, Show: (*reading).showPrefix},
	{Name: "base45", Run: (*reading).readBase45, Show: (*reading).showBase45},
	{Name: "zlib", Run: (*reading).readZlib, Show: (*reading).showZlib},
	{Name: "COSE_Sign1", Run: (*reading).readCOSE, Show: (*reading).showCOSE},
	{Name: "CWT claims", Run: (*reading).readClaims, Show: (*reading).showClaims},
	{Name: "certificate", Run: (*reading).readCertificate, Show: (*reading).showCertificate},
}

func decode(in formats.Input, o formats.Options) (*formats.Document, error) {
	text, ok := in.Lone()
	if !ok {
		return nil, fail(formats.CodeEncoding, "prefix", -1, errors.New("a certificate is one text"))
	}
	r := &reading{o: o, text: text}
	if err := steps.Run(r); err != nil {
		return nil, err
	}
	return r.doc, nil
}

// readPrefix finds the context of the text by its identifier (Volume 1 §4.2.2).
func (r *reading) readPrefix() error {
	version := ""
	for _, p := range profiles {
		switch want := p.context.prefix; {
		case len(r.text) < prefixLen || string(r.text[:2]) != want[:2] || r.text[3] != ':':
		case r.text[2] == want[2]:
			r.context = p.context
			return nil
		default:
			version = want[:3]
		}
	}
	if version != "" {
		return fail(formats.CodeVersion, "prefix", 2, errors.New("a health certificate of a version other than "+version))
	}
	return fail(formats.CodeEncoding, "prefix", 0, errors.New("not \"HC1:\" or another known prefix in capital letters"))
}

func (r *reading) readBase45() error {
	b, err := base45.Decode(r.text[prefixLen:])
	if err != nil {
		offset := -1
		if be := (*base45.Error)(nil); errors.As(err, &be) {
			offset = prefixLen + be.Offset
		}
		return fail(formats.CodeEncoding, "base45", offset, err)
	}
	r.compressed = b
	return nil
}

func (r *reading) readZlib() error {
	b, err := inflate.Zlib(r.compressed, r.o.Limits.OrDefault().Inflated)
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
		return fail(code, "zlib", offset, err)
	}
	r.token = b
	return nil
}

func (r *reading) readCOSE() error {
	m, err := cose.Parse(r.token, r.o)
	if err != nil {
		return named(err)
	}
	r.message = m
	// RFC 9053 §2.1 leaves the curve open; this scheme does not (Volume 1 §3.2.2), and a stronger name over a weaker key
	// would look like more than it is.
	r.message.Seal.Algorithm.Curve = curves[m.Seal.Algorithm.Name()]
	return nil
}

// curves are those of the ECDSA algorithms, as RFC 7518 §3.4 pairs them.
var curves = map[string]string{"ES256": "P-256", "ES384": "P-384", "ES512": "P-521"}

func fail(code, step string, offset int, err error) error {
	return &formats.Error{Format: carrier, Code: code, Step: step, Offset: offset, Err: err}
}

// named puts this format's name on an error of an envelope.
func named(err error) error {
	if fe := (*formats.Error)(nil); errors.As(err, &fe) {
		fe.Format = carrier
	}
	return err
}
