package vdsnc_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/formatstest"
	"github.com/travelseal/travelseal/formats/vdsnc"
	"github.com/travelseal/travelseal/internal/mint"
)

// encoded finds the two values that are base64url.
var encoded = regexp.MustCompile(`"(cer|sigvl)"\s*:\s*"([^"]*)"`)

// inside reaches the bytes that base64url encodes: the certificate and after it the signature. What is around them is
// remembered from the document that was last taken apart.
func inside() formatstest.Layer {
	var text string
	var signature int
	encoding := base64.RawURLEncoding
	return formatstest.Layer{
		Name: "certificate and signature",
		Unwrap: func(outer []byte) ([]byte, error) {
			text = string(outer)
			values := make(map[string][]byte)
			for _, m := range encoded.FindAllStringSubmatch(text, -1) {
				b, err := encoding.DecodeString(strings.TrimRight(m[2], "="))
				if err != nil {
					return nil, err
				}
				values[m[1]] = b
			}
			signature = len(values["sigvl"])
			return append(values["cer"], values["sigvl"]...), nil
		},
		Wrap: func(b []byte) []byte {
			cut := max(0, len(b)-signature)
			values := map[string][]byte{"cer": b[:cut], "sigvl": b[cut:]}
			return []byte(encoded.ReplaceAllStringFunc(text, func(member string) string {
				name := encoded.FindStringSubmatch(member)[1]
				return `"` + name + `":"` + encoding.EncodeToString(values[name]) + `"`
			}))
		},
	}
}

// idle names the bits that RFC 8259 leaves free: the case of a hexadecimal digit in an escape (§7), and one white space
// for another (§2).
func idle(layer string, data []byte, bit int) string {
	at, flipped := bit/8, data[bit/8]^1<<(bit%8)
	escape := max(0, at-5)
	switch {
	case layer != "text":
		return ""
	case strings.IndexByte("\t\r\n ", data[at]) >= 0 && strings.IndexByte("\t\r\n ", flipped) >= 0:
		return "white space"
	case bytes.Contains(data[escape:at], []byte(`\u`)) && data[at]|0x20 == flipped|0x20:
		return "the case of a hexadecimal digit"
	}
	return ""
}

func TestConformance(t *testing.T) {
	formatstest.Run(t, formatstest.Suite{Format: vdsnc.Format, Places: true, Layers: []formatstest.Layer{inside()}, Idle: idle})
}

func FuzzDecode(f *testing.F) { formatstest.Fuzz(f, vdsnc.Format) }

// signer seals the documents of these tests, against which nothing can be said.
var (
	signer      = mint.BarcodeSigners()[0]
	vaccination = mint.ProofOfVaccination(signer)
	tested      = mint.ProofOfTesting(signer)
)

func decode(t *testing.T, v mint.VDSNC, o formats.Options) *formats.Document {
	t.Helper()
	doc, err := vdsnc.Format.Decode(formats.Text(v.Build().Text), o)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// refused demands that a text is not decoded, with the code and the step that say why.
func refused(t *testing.T, text string, o formats.Options, code, step string) *formats.Error {
	t.Helper()
	doc, err := vdsnc.Format.Decode(formats.Text(text), o)
	var fe *formats.Error
	if !errors.As(err, &fe) || doc != nil {
		t.Fatalf("decoded: %v, %v", doc, err)
	}
	if fe.Format != vdsnc.ID || fe.Code != code || fe.Step != step {
		t.Errorf("%s %s in step %q, want %s in %q (%v)", fe.Format, fe.Code, fe.Step, code, step, err)
	}
	return fe
}

// failing gives the breaches of a Document as "where: what is wrong".
func failing(doc *formats.Document) []string {
	var list []string
	for _, c := range doc.Checks {
		if c.Result == formats.Fails {
			list = append(list, c.Where+": "+c.Text)
		}
	}
	return list
}

// begin reports whether there are as many breaches as wanted ones, and each begins with its own.
func begin(breaches, want []string) bool {
	return slices.EqualFunc(breaches, want, strings.HasPrefix)
}
