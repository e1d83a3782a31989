package nzcp

import (
	"bytes"
	"errors"
	"slices"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cose"
	"github.com/travelseal/travelseal/internal/stages"
	"github.com/travelseal/travelseal/internal/strict/base32"
)

// A reading is one pass on its way through the stages. Each stage reads what the one before it left.
type reading struct {
	o       formats.Options
	text    []byte
	encoded []byte // the text after the version, from offset
	offset  int
	token   []byte
	message cose.Message
	claims  cwt
	pass    credential
	checks  []formats.Check
	doc     *formats.Document
}

// steps are those of "Steps to verify a New Zealand COVID Pass" that need no key, in order. decode runs them, trace
// shows them.
var steps = stages.List[reading]{
	{Name: "prefix", Run: (*reading).readPrefix, Show: (*reading).showPrefix},
	{Name: "base32", Run: (*reading).readBase32, Show: (*reading).showBase32},
	{Name: "COSE_Sign1", Run: (*reading).readCOSE, Show: (*reading).showCOSE},
	{Name: "CWT claims", Run: (*reading).readClaims, Show: (*reading).showClaims},
	{Name: "credential", Run: (*reading).readCredential, Show: (*reading).showCredential},
}

func decode(in formats.Input, o formats.Options) (*formats.Document, error) {
	text, ok := in.Lone()
	if !ok {
		return nil, fail(formats.CodeEncoding, "prefix", -1, errors.New("a pass is one text"))
	}
	r := &reading{o: o, text: text}
	if err := steps.Run(r); err != nil {
		return nil, err
	}
	return r.doc, nil
}

// readPrefix checks the prefix and the version ("2D Barcode Encoding").
func (r *reading) readPrefix() error {
	rest, ok := bytes.CutPrefix(r.text, []byte(prefix))
	if !ok {
		return fail(formats.CodeEncoding, "prefix", 0, errors.New("not \"NZCP:/\" in capital letters"))
	}
	number, encoded, ends := bytes.Cut(rest, []byte("/"))
	switch {
	case !ends:
		return fail(formats.CodeTruncated, "version", len(r.text), errors.New("no \"/\" after the version"))
	case !isNumber(number):
		return fail(formats.CodeEncoding, "version", len(prefix), errors.New("not an unsigned integer"))
	case string(number) != version:
		return fail(formats.CodeVersion, "version", len(prefix), errors.New("a pass of a version other than 1"))
	}
	r.encoded, r.offset = encoded, len(r.text)-len(encoded)
	return nil
}

// isNumber reports whether b is an unsigned integer in its one spelling.
func isNumber(b []byte) bool {
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(b) == 1 || len(b) > 1 && b[0] != '0'
}

func (r *reading) readBase32() error {
	b, err := base32.Decode(false, r.encoded)
	if err != nil {
		offset := -1
		if be := (*base32.Error)(nil); errors.As(err, &be) {
			offset = r.offset + be.Offset
		}
		return fail(formats.CodeEncoding, "base32", offset, err)
	}
	r.token = b
	return nil
}

// readCOSE reads the envelope without any of its tolerances: a pass has tag 18, and its algorithm and its key
// identifier stand in the protected header.
func (r *reading) readCOSE() error {
	strict := r.o
	strict.Refuse = slices.Concat(r.o.Refuse, []string{cose.Untagged.Name, cose.CWTTag.Name, cose.AlgUnprotected.Name})
	m, err := cose.Parse(r.token, strict)
	if err != nil {
		if fe := (*formats.Error)(nil); errors.As(err, &fe) {
			fe.Format = ID
		}
		return err
	}
	r.message = m
	r.message.Seal.Problem = r.problem()
	if a := &r.message.Seal.Algorithm; *a == formats.ES256 {
		// "Cryptographic Digital Signature Algorithm Selection" fixes the curve, which RFC 9053 §2.1 leaves open.
		a.Curve = "P-256"
	}
	return nil
}

func fail(code, step string, offset int, err error) error {
	return &formats.Error{Format: ID, Code: code, Step: step, Offset: offset, Err: err}
}
