package jws

import (
	"errors"
	"fmt"
	"strings"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/sig"
	"github.com/travelseal/travelseal/internal/strict/base64"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// Why a seal must not be checked.
const (
	ownKey      = "the header brings or points to a key of its own"
	unencoded   = "the header says how the payload is encoded (b64), which is not done here"
	critical    = "the header calls something critical that is not understood here, or calls nothing critical"
	noAlgorithm = "no algorithm is named"
	notSigned   = "the algorithm is none: nothing is signed"
	shared      = "the algorithm is a MAC, whose key everyone who checks it would hold"
	unknownAlg  = "the algorithm is not one that is accepted here"
)

// readHeader judges the members of the header (RFC 7515 §4.1). Members that are not known are passed over, as §4 asks.
func (m *Message) readHeader(header []byte, o formats.Options) error {
	const step = "JWS header"
	l := o.Limits.OrDefault()
	v, err := json.Parse(header, json.Limits{Depth: l.Depth, Items: l.Items})
	if err != nil {
		return wrap(step, err)
	}
	if v.Kind() != json.Object {
		return fail(formats.CodeEnvelope, step, -1, errors.New("not an object"))
	}
	var alg json.Value
	forbidden := "" // the first reason, in the order of the header
	for name, member := range v.Members() {
		why := ""
		switch name {
		case "alg":
			alg = member
		case "kid":
			var kid []byte
			kid, err = text(name, member)
			m.Seal.Signer.KeyID = kid
		case "typ":
			var typ []byte
			typ, err = text(name, member)
			m.Type = string(typ)
		case "zip":
			var zip []byte
			zip, err = text(name, member)
			m.Zip = string(zip)
		case "x5c":
			m.Seal.Signer.Chain, err = chain(member)
		case "jwk", "jku", "x5u":
			why = ownKey
		case "b64": // RFC 7797 §3
			why = unencoded
		case "crit": // RFC 7515 §4.1.11: an empty list is forbidden too, and no extension is understood here
			why = critical
		}
		if err != nil {
			return err
		}
		if forbidden == "" {
			forbidden = why
		}
	}
	m.judge(alg, forbidden)
	return nil
}

// judge sets the seal's algorithm, or its Problem where the header forbids a check.
func (m *Message) judge(alg json.Value, forbidden string) {
	problem := func(code, text string) { m.Seal.Problem = formats.Problem{Code: code, Text: text} }
	name, isText := alg.Text()
	a, known := sig.FromJOSE(name)
	switch {
	case forbidden != "":
		problem(formats.CodeSealHeader, forbidden)
	case alg.Kind() == json.Missing:
		problem(formats.CodeSealHeader, noAlgorithm)
	case isText && known:
		m.Seal.Algorithm = a
	case strings.EqualFold(name, "none"):
		problem(formats.CodeSealUnsupported, notSigned)
	case strings.HasPrefix(name, "HS"):
		problem(formats.CodeSealUnsupported, shared)
	default:
		problem(formats.CodeSealUnsupported, unknownAlg)
	}
}

func text(name string, v json.Value) ([]byte, error) {
	b, ok := v.TextBytes()
	if !ok {
		return nil, fail(formats.CodeEnvelope, "JWS header "+name, -1, errors.New("not a text"))
	}
	return b, nil
}

// maxChain bounds the certificates of an x5c header; real ones hold one to three.
const maxChain = 8

// chain reads x5c (RFC 7515 §4.1.6): certificates in base64 with padding, not base64url, the signer's first.
func chain(v json.Value) ([][]byte, error) {
	const step = "JWS header x5c"
	if v.Kind() != json.Array {
		return nil, fail(formats.CodeEnvelope, step, -1, errors.New("not a list of certificates"))
	}
	var list [][]byte
	for i, e := range v.Elements() {
		if i == maxChain {
			return nil, fail(formats.CodeEnvelope, step, -1, fmt.Errorf("more than %d certificates", maxChain))
		}
		b, ok := e.TextBytes()
		if !ok {
			return nil, fail(formats.CodeEnvelope, step, -1, fmt.Errorf("element %d is not a text", i))
		}
		der, err := base64.Decode(base64.StdPadded, b)
		if err != nil {
			return nil, fail(formats.CodeEnvelope, step, -1, fmt.Errorf("element %d: %w", i, err))
		}
		list = append(list, der)
	}
	return list, nil
}
