package shc_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats/formatstest"
	"github.com/travelseal/travelseal/formats/shc"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/strict/inflate"
)

// layers are the encodings between the text and what was signed: the JWS, which is a document by itself, its three parts
// as bytes, and the same with the payload expanded.
var layers = []formatstest.Layer{
	{Name: "JWS", Unwrap: tokenOf, Wrap: bytes.Clone},
	{Name: "parts", Unwrap: partsOf, Wrap: joined},
	{
		Name: "payload",
		Unwrap: func(b []byte) ([]byte, error) {
			return onPayload(b, func(p []byte) ([]byte, error) { return inflate.Raw(p, 1<<20) })
		},
		Wrap: func(b []byte) []byte {
			out, err := onPayload(b, func(p []byte) ([]byte, error) { return mint.Deflate(p), nil })
			if err != nil {
				return nil
			}
			return out
		},
	},
}

// tokenOf finds the JWS in a minted text, whatever carries it.
func tokenOf(text []byte) ([]byte, error) {
	if !bytes.HasPrefix(text, []byte("shc:/")) {
		return text, nil
	}
	digits := text[bytes.LastIndexByte(text, '/')+1:]
	token := make([]byte, len(digits)/2)
	for i := range token {
		token[i] = 10*(digits[2*i]-'0') + digits[2*i+1] - '0' + '-'
	}
	return token, nil
}

// partsOf writes the three parts of a JWS one behind the other, the first two with their lengths in front.
func partsOf(token []byte) ([]byte, error) {
	var out []byte
	for i, part := range strings.Split(string(token), ".") {
		b, err := base64.RawURLEncoding.DecodeString(part)
		if err != nil {
			return nil, err
		}
		if i < 2 {
			out = binary.BigEndian.AppendUint16(out, uint16(len(b)))
		}
		out = append(out, b...)
	}
	return out, nil
}

var errCut = errors.New("cut short")

// split takes partsOf apart again.
func split(b []byte) (parts [3][]byte, err error) {
	for i := range 2 {
		if len(b) < 2 || len(b)-2 < int(binary.BigEndian.Uint16(b)) {
			return parts, errCut
		}
		n := 2 + int(binary.BigEndian.Uint16(b))
		parts[i], b = b[2:n], b[n:]
	}
	parts[2] = b
	return parts, nil
}

func joined(b []byte) []byte {
	parts, err := split(b)
	if err != nil {
		return nil
	}
	b64 := base64.RawURLEncoding.EncodeToString
	return []byte(b64(parts[0]) + "." + b64(parts[1]) + "." + b64(parts[2]))
}

func onPayload(b []byte, change func([]byte) ([]byte, error)) ([]byte, error) {
	parts, err := split(b)
	if err != nil {
		return nil, err
	}
	if parts[1], err = change(parts[1]); err != nil {
		return nil, err
	}
	var out []byte
	for _, p := range parts[:2] {
		out = append(binary.BigEndian.AppendUint16(out, uint16(len(p))), p...)
	}
	return append(out, parts[2]...), nil
}

func TestConformance(t *testing.T) {
	formatstest.Run(t, formatstest.Suite{Format: shc.Format, Layers: layers})
}

func FuzzDecode(f *testing.F) { formatstest.Fuzz(f, shc.Format) }
