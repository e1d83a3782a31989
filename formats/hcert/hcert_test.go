package hcert_test

import (
	"bytes"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/formatstest"
	"github.com/travelseal/travelseal/formats/hcert"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/strict/base45"
	"github.com/travelseal/travelseal/internal/strict/inflate"
)

// layers are the encodings between the text and the signed message.
func layers(prefix string) []formatstest.Layer {
	return []formatstest.Layer{
		{
			Name:   "compressed",
			Unwrap: func(text []byte) ([]byte, error) { return base45.Decode(text[len(prefix):]) },
			Wrap:   func(b []byte) []byte { return []byte(prefix + base45.Encode(b)) },
		},
		{
			Name:   "COSE_Sign1",
			Unwrap: func(b []byte) ([]byte, error) { return inflate.Zlib(b, 1<<20) },
			Wrap:   mint.Zlib,
		},
	}
}

// prefixes are those of the profiles that have another than HC1.
var prefixes = map[formats.ID]string{"at-ve": "AT1:", "ch-light": "LT1:"}

// Each profile is a Suite of its own, because the layers put its prefix back.
func TestConformance(t *testing.T) {
	for _, p := range hcert.Format.Profiles {
		prefix := prefixes[p.ID]
		if prefix == "" {
			prefix = "HC1:"
		}
		one := hcert.Format
		one.Profiles = []formats.Profile{p}
		formatstest.Run(t, formatstest.Suite{Format: one, Layers: layers(prefix), Idle: idle})
	}
}

// checksum is the length of the Adler-32 at the end of a zlib stream (RFC 1950 §2.2).
const checksum = 4

// idle names the bits that fill up the last byte of the deflate stream, which mean nothing (RFC 1951 §3.1): in that byte,
// and in characters of the text that stand for it.
func idle(layer string, data []byte, bit int) string {
	last := func(compressed []byte) int { return len(compressed) - checksum - 1 }
	filling := false
	switch layer {
	case "compressed":
		filling = bit/8 == last(data)
	case "text":
		changed := bytes.Clone(data)
		changed[bit/8] ^= 1 << (bit % 8)
		was, _ := base45.Decode(data[prefixLen:])
		is, err := base45.Decode(changed[prefixLen:])
		if err == nil && len(is) == len(was) && bit/8 >= prefixLen {
			is[last(is)] = was[last(was)]
			filling = bytes.Equal(is, was)
		}
	}
	if filling {
		return "filling of the deflate stream"
	}
	return ""
}

const prefixLen = len("HC1:")

func FuzzDecode(f *testing.F) { formatstest.Fuzz(f, hcert.Format) }
