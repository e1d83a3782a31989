package vds_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/formatstest"
	"github.com/travelseal/travelseal/formats/vds"
	"github.com/travelseal/travelseal/internal/mint/barcode"
)

func TestConformance(t *testing.T) {
	formatstest.Run(t, formatstest.Suite{Format: vds.Format, Places: true})
}

func FuzzDecode(f *testing.F) { formatstest.Fuzz(f, vds.Format) }

var (
	ut   = barcode.Utopia()
	visa = barcode.Visa(ut.P256)
)

func decode(t *testing.T, v barcode.VDS, o formats.Options) *formats.Document {
	t.Helper()
	doc, err := vds.Format.Decode(formats.Bytes(v.Build()), o)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// refused demands that bytes are not decoded, with the code and the step that say why.
func refused(t *testing.T, what string, b []byte, o formats.Options, code, step string) *formats.Error {
	t.Helper()
	doc, err := vds.Format.Decode(formats.Bytes(b), o)
	var fe *formats.Error
	if !errors.As(err, &fe) || doc != nil {
		t.Errorf("%s: decoded: %v, %v", what, doc, err)
		return &formats.Error{}
	}
	if fe.Format != vds.ID || fe.Code != code || fe.Step != step {
		t.Errorf("%s: %s %s in step %q, want %s in %q (%v)", what, fe.Format, fe.Code, fe.Step, code, step, err)
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

// tolerated gives the names of the tolerances that a Document needed.
func tolerated(doc *formats.Document) []string {
	var list []string
	for _, c := range doc.Checks {
		if c.Result == formats.Tolerated {
			list = append(list, c.Name)
		}
	}
	return list
}

// extra gives a field by its name.
func extra(doc *formats.Document, name string) string {
	for _, f := range doc.Parts[0].Unverified.Extra {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}

// begin reports whether there are as many breaches as wanted ones, and each begins with its own.
func begin(breaches, want []string) bool {
	return slices.EqualFunc(breaches, want, strings.HasPrefix)
}
