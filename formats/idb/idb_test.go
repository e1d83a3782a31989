package idb_test

import (
	"bytes"
	"encoding/base32"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/formatstest"
	"github.com/travelseal/travelseal/formats/idb"
	"github.com/travelseal/travelseal/internal/mint/barcode"
	strict "github.com/travelseal/travelseal/internal/strict/base32"
	"github.com/travelseal/travelseal/internal/strict/inflate"
)

func encoded(b []byte) string {
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b)
}

const prefix = len("RDB1B")

// payload reaches the bytes that base32 encodes. What is before them is that of the document that was last taken apart.
func payload() formatstest.Layer {
	var head string
	return formatstest.Layer{
		Name: "payload",
		Unwrap: func(text []byte) ([]byte, error) {
			head = string(text[:prefix])
			return strict.Decode(false, text[prefix:])
		},
		Wrap: func(b []byte) []byte { return []byte(head + encoded(b)) },
	}
}

// idle names the bits that change a compressed seal and not what it expands to: those that fill up the last byte, and a match
// at another distance (RFC 1951 §3.1, §3.2.3).
func idle(layer string, data []byte, bit int) string {
	changed := slices.Clone(data)
	changed[bit/8] ^= 1 << (bit % 8)
	if layer == "text" {
		if data[prefix-1] != 'D' || bit/8 < prefix {
			return ""
		}
		data, _ = strict.Decode(false, data[prefix:])
		changed, _ = strict.Decode(false, changed[prefix:])
	}
	before, err := inflate.Zlib(data, 1<<16)
	if err != nil {
		return ""
	}
	if after, err := inflate.Zlib(changed, 1<<16); err == nil && bytes.Equal(before, after) {
		return "another stream of the same bytes"
	}
	return ""
}

func TestConformance(t *testing.T) {
	formatstest.Run(t, formatstest.Suite{Format: idb.Format, Places: true, Layers: []formatstest.Layer{payload()}, Idle: idle})
}

func FuzzDecode(f *testing.F) { formatstest.Fuzz(f, idb.Format) }

var (
	ut   = barcode.Utopia()
	card = barcode.Card(ut.P256)
)

func decode(t *testing.T, d barcode.IDB, o formats.Options) *formats.Document {
	t.Helper()
	doc, err := idb.Format.Decode(formats.Text(d.Build()), o)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// refused demands that a text is not decoded, with the code and the step that say why.
func refused(t *testing.T, what, text string, o formats.Options, code, step string) *formats.Error {
	t.Helper()
	doc, err := idb.Format.Decode(formats.Text(text), o)
	var fe *formats.Error
	if !errors.As(err, &fe) || doc != nil {
		t.Errorf("%s: decoded: %v, %v", what, doc, err)
		return &formats.Error{}
	}
	if fe.Format != idb.ID || fe.Code != code || fe.Step != step {
		t.Errorf("%s: %s %s in step %q, want %s in %q (%v)", what, fe.Format, fe.Code, fe.Step, code, step, err)
	}
	return fe
}

func failing(doc *formats.Document) []string {
	var list []string
	for _, c := range doc.Checks {
		if c.Result == formats.Fails {
			list = append(list, c.Where+": "+c.Text)
		}
	}
	return list
}

func tolerated(doc *formats.Document) []string {
	var list []string
	for _, c := range doc.Checks {
		if c.Result == formats.Tolerated {
			list = append(list, c.Name)
		}
	}
	return list
}

func extra(doc *formats.Document, name string) string {
	for _, f := range doc.Parts[0].Unverified.Extra {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}

func begin(breaches, want []string) bool {
	return slices.EqualFunc(breaches, want, strings.HasPrefix)
}
