package hcert_test

import (
	"testing"

	"github.com/travelseal/travelseal/formats/formatstest"
	"github.com/travelseal/travelseal/formats/hcert"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/strict/base45"
	"github.com/travelseal/travelseal/internal/strict/inflate"
)

// layers are the encodings between the text and the signed message.
var layers = []formatstest.Layer{
	{
		Name:   "compressed",
		Unwrap: func(text []byte) ([]byte, error) { return base45.Decode(text[len("HC1:"):]) },
		Wrap:   func(b []byte) []byte { return []byte("HC1:" + base45.Encode(b)) },
	},
	{
		Name:   "COSE_Sign1",
		Unwrap: func(b []byte) ([]byte, error) { return inflate.Zlib(b, 1<<20) },
		Wrap:   mint.Zlib,
	},
}

func TestConformance(t *testing.T) {
	formatstest.Run(t, formatstest.Suite{Format: hcert.Format, Layers: layers, Idle: idle})
}

// checksum is the length of the Adler-32 at the end of a zlib stream (RFC 1950 §2.2).
const checksum = 4

// idle names the bits that fill up the last byte of the deflate stream, which mean nothing (RFC 1951 §3.1).
func idle(layer string, data []byte, bit int) string {
	if layer == "compressed" && bit/8 == len(data)-checksum-1 {
		return "filling of the deflate stream"
	}
	return ""
}

func FuzzDecode(f *testing.F) { formatstest.Fuzz(f, hcert.Format) }
