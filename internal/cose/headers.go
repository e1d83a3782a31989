package cose

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/sig"
	"github.com/travelseal/travelseal/internal/strict/cbor"
)

// Header labels of RFC 9052 §3.1 and RFC 9360 §2.
const (
	labelAlg     = 1
	labelCrit    = 2
	labelType    = 3
	labelKID     = 4
	labelX5Chain = 33
)

// headers is what verification needs of both header maps.
type headers struct {
	alg         cbor.Value // as found in the protected header
	algOpen     cbor.Value // as found in the unprotected header
	keyID       []byte
	chain       [][]byte
	unknownCrit string // a critical label that is not understood here
	critMissing bool   // crit is malformed or names a header that is not there
	critOutside bool   // crit stands in the unprotected header
}

// readHeaders reads the protected map (inside its byte string) and the unprotected one. A kid in the protected header
// wins over one outside, because only the protected one is signed.
func readHeaders(p parts, l formats.Limits) (headers, error) {
	var h headers
	var openKID []byte
	if err := h.scan(p.unprotected, false, 0, &openKID); err != nil {
		return h, err
	}
	if len(p.protected) > 0 { // RFC 9052 §3: an empty map is the empty byte string
		v, err := cbor.Parse(p.protected, cbor.Limits{Depth: l.Depth, Items: l.Items})
		if err != nil {
			return h, wrap("COSE protected header", p.protectedAt, err)
		}
		if v.Kind() != cbor.Map {
			return h, fail(formats.CodeEnvelope, "COSE protected header", p.protectedAt, errors.New("not a map"))
		}
		if err := h.scan(v, true, p.protectedAt, &h.keyID); err != nil {
			return h, err
		}
		h.critical(v)
	}
	if h.keyID == nil {
		h.keyID = openKID
	}
	return h, nil
}

// scan reads one of the maps, whose offsets count from a place of the message.
func (h *headers) scan(m cbor.Value, protected bool, begin int, kid *[]byte) error {
	for k, v := range m.Entries() {
		label, isInt := k.Int()
		if !isInt {
			continue
		}
		switch label {
		case labelAlg:
			if protected {
				h.alg = v
			} else {
				h.algOpen = v
			}
		case labelCrit:
			h.critOutside = h.critOutside || !protected
		case labelKID:
			b, ok := v.Bytes()
			if !ok {
				return fail(formats.CodeEnvelope, "COSE header 4 (kid)", begin+v.Offset(), errors.New("not a byte string"))
			}
			*kid = b
		case labelX5Chain:
			chain, err := readChain(v, begin)
			if err != nil {
				return err
			}
			h.chain = chain
		}
	}
	return nil
}

// maxChain bounds the certificates of an x5chain header; real ones hold one to three.
const maxChain = 8

func readChain(v cbor.Value, begin int) ([][]byte, error) {
	if one, ok := v.Bytes(); ok {
		return [][]byte{one}, nil
	}
	n, ok := v.Len()
	if v.Kind() != cbor.Array || !ok || n > maxChain {
		return nil, fail(formats.CodeEnvelope, "COSE header 33 (x5chain)", begin+v.Offset(), fmt.Errorf("not a certificate, nor a list of at most %d", maxChain))
	}
	chain := make([][]byte, 0, n)
	for _, e := range v.Elements() {
		der, ok := e.Bytes()
		if !ok {
			return nil, fail(formats.CodeEnvelope, "COSE header 33 (x5chain)", begin+e.Offset(), errors.New("an element is not a byte string"))
		}
		chain = append(chain, der)
	}
	return chain, nil
}

// critical judges crit (RFC 9052 §3.1): every label in it must be understood here and be present.
func (h *headers) critical(protected cbor.Value) {
	var crit cbor.Value
	for k, v := range protected.Entries() {
		if label, ok := k.Int(); ok && label == labelCrit {
			crit = v
		}
	}
	if crit.Kind() == cbor.Missing {
		return
	}
	if n, ok := crit.Len(); crit.Kind() != cbor.Array || !ok || n == 0 {
		h.critMissing = true
		return
	}
	for _, e := range crit.Elements() {
		label, ok := e.Int()
		if !ok || (label != labelAlg && label != labelType && label != labelKID && label != labelX5Chain) {
			h.unknownCrit = "a label of crit is not understood here"
			return
		}
		if !has(protected, e) {
			h.critMissing = true
		}
	}
}

func has(m, key cbor.Value) bool {
	for k := range m.Entries() {
		if bytes.Equal(k.Raw(), key.Raw()) {
			return true
		}
	}
	return false
}

// algorithm sets the seal's algorithm, or its Problem where the headers forbid a check.
func (m *Message) algorithm(h headers, o formats.Options) {
	problem := func(text string) { m.Seal.Problem = formats.Problem{Code: formats.CodeSealHeader, Text: text} }
	alg, where := h.alg, "protected"
	switch {
	case h.unknownCrit != "":
		problem(h.unknownCrit)
		return
	case h.critMissing:
		problem("crit is empty, malformed or names a header that is not there")
		return
	case h.critOutside:
		problem("crit stands in the unprotected header")
		return
	case alg.Kind() != cbor.Missing && h.algOpen.Kind() != cbor.Missing && !bytes.Equal(alg.Raw(), h.algOpen.Raw()):
		problem("the protected and the unprotected header name different algorithms")
		return
	case alg.Kind() == cbor.Missing && h.algOpen.Kind() == cbor.Missing:
		problem("no algorithm is named")
		return
	case alg.Kind() == cbor.Missing:
		if !o.Allows(AlgUnprotected) {
			problem("the algorithm is named only where the signature does not cover it")
			return
		}
		alg, where = h.algOpen, "unprotected"
	}
	number, ok := alg.Int()
	a, known := sig.FromCOSE(number)
	if !ok || !known {
		m.Seal.Problem = formats.Problem{Code: formats.CodeSealUnsupported, Text: "the algorithm is not one that is accepted here"}
		return
	}
	m.Seal.Algorithm = a
	if where == "unprotected" {
		m.tolerated(AlgUnprotected, "the algorithm is named only where the signature does not cover it")
	}
}
