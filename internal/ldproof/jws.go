package ldproof

import (
	"bytes"
	"errors"
	"slices"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/sig"
	"github.com/travelseal/travelseal/internal/strict/base58"
	"github.com/travelseal/travelseal/internal/strict/base64"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// Why the header of a detached JWS forbids a check.
const (
	moreHeaders = "the JWS header holds a member that has no place there, such as a key or an address of its own"
	notDetached = "the JWS header does not say, in the way that RFC 7797 demands, that the payload is not encoded"
	wrongAlg    = "the algorithm is not one that the type of proof allows"
)

// headerLimits bound the JSON of a header; what is permitted there has three members and one element.
var headerLimits = json.Limits{Depth: 2, Items: 8}

// detached reads a JWS without its payload (RFC 7515 appendix F), "header..signature", whose payload stands unencoded
// behind the header when it is signed (RFC 7797 §3).
func (u suite) detached(s *formats.Seal, jws string, hashes []byte) error {
	const step = "proof.jws"
	header, signature, ok := bytes.Cut([]byte(jws), []byte(".."))
	if !ok {
		return fail(formats.CodeEnvelope, step, errors.New("not a header and a signature with two points between them"))
	}
	text, err := base64.Decode(base64.URLRaw, header)
	if err != nil {
		return failAt(formats.CodeEnvelope, step, err, 0)
	}
	if s.Signature, err = base64.Decode(base64.URLRaw, signature); err != nil {
		return failAt(formats.CodeEnvelope, step, err, len(header)+2)
	}
	v, err := json.Parse(text, headerLimits)
	if err != nil {
		return failAt(formats.CodeEnvelope, "JWS header", err, 0)
	}
	if v.Kind() != json.Object {
		return fail(formats.CodeEnvelope, "JWS header", errors.New("not an object"))
	}
	u.readHeader(s, v)
	if s.Problem.Code == "" {
		s.Signed = slices.Concat(header, []byte{'.'}, hashes)
	}
	return nil
}

// readHeader judges the header, which may say {"alg": …, "b64": false, "crit": ["b64"]} and nothing else. "b64" without
// "crit" would be ignored by older programs, which would then check other bytes (RFC 7797 §6).
func (u suite) readHeader(s *formats.Seal, v json.Value) {
	var alg string
	encoded, understood := true, false
	for name, value := range v.Members() {
		switch name {
		case "alg":
			alg, _ = value.Text()
		case "b64":
			no, ok := value.Bool()
			encoded = no || !ok
		case "crit":
			understood = string(value.Raw()) == `["b64"]`
		default:
			s.Problem = formats.Problem{Code: formats.CodeSealHeader, Text: moreHeaders}
			return
		}
	}
	algorithm, known := sig.FromJOSE(alg)
	switch {
	case encoded || !understood:
		s.Problem = formats.Problem{Code: formats.CodeSealHeader, Text: notDetached}
	case !known || !slices.Contains(u.algorithms, alg):
		s.Problem = formats.Problem{Code: formats.CodeSealUnsupported, Text: wrongAlg}
	default:
		s.Algorithm = algorithm
	}
}

// failAt is fail for an error of a strict reader, which knows its place within what it read.
func failAt(code, step string, err error, before int) error {
	offset := -1
	var b *base64.Error
	var c *base58.Error
	var j *json.Error
	switch {
	case errors.As(err, &b):
		offset = before + b.Offset
	case errors.As(err, &c):
		offset = before + c.Offset
	case errors.As(err, &j):
		offset = j.Offset
	}
	return &formats.Error{Code: code, Step: step, Offset: offset, Err: err}
}
