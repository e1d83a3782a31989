package twoddoc_test

import (
	"encoding/base32"
	"errors"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/formatstest"
	"github.com/travelseal/travelseal/formats/twoddoc"
	"github.com/travelseal/travelseal/internal/mint"
)

var encoding = base32.StdEncoding.WithPadding(base32.NoPadding)

// signature reaches the signature behind the unit separator.
func signature() formatstest.Layer {
	var before string
	return formatstest.Layer{
		Name: "signature",
		Unwrap: func(outer []byte) ([]byte, error) {
			var encoded string
			before, encoded, _ = strings.Cut(string(outer), "\x1f")
			return encoding.DecodeString(encoded)
		},
		Wrap: func(b []byte) []byte { return []byte(before + "\x1f" + encoding.EncodeToString(b)) },
	}
}

func TestConformance(t *testing.T) {
	formatstest.Run(t, formatstest.Suite{Format: twoddoc.Format, Places: true, Layers: []formatstest.Layer{signature()}})
}

func FuzzDecode(f *testing.F) { formatstest.Fuzz(f, twoddoc.Format) }

func decode(t *testing.T, s mint.Seal2D) *formats.Document {
	t.Helper()
	doc, err := twoddoc.Format.Decode(formats.Text(s.Build()), formats.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// refused demands that a text is not decoded, with the code, the step and the place that say why.
func refused(t *testing.T, text string, code, step string, offset int) {
	t.Helper()
	doc, err := twoddoc.Format.Decode(formats.Text(text), formats.Options{})
	var fe *formats.Error
	if !errors.As(err, &fe) || doc != nil {
		t.Fatalf("decoded: %v, %v", doc, err)
	}
	if fe.Format != twoddoc.ID || fe.Code != code || fe.Step != step || fe.Offset != offset {
		t.Errorf("%s in %q at %d, want %s in %q at %d (%v)", fe.Code, fe.Step, fe.Offset, code, step, offset, err)
	}
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
