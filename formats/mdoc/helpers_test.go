package mdoc_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/all"
	"github.com/travelseal/travelseal/formats/mdoc"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/mobile"
	"github.com/travelseal/travelseal/verify"
)

var (
	utopia = mobile.Utopia()
	good   = mobile.Licence(utopia.Signer)
)

func decode(t testing.TB, d mobile.Document, o formats.Options) *formats.Document {
	t.Helper()
	doc, err := mdoc.Format.Decode(formats.Bytes(d.Build().Response), o)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// refused demands that an Input is not decoded, with the code and the step that say why.
func refused(t *testing.T, what string, in formats.Input, o formats.Options, code, step string) {
	t.Helper()
	doc, err := mdoc.Format.Decode(in, o)
	var fe *formats.Error
	if !errors.As(err, &fe) || doc != nil || fe.Format != mdoc.ID || fe.Code != code || fe.Step != step {
		t.Errorf("%s: %v; want %s at %q", what, err, code, step)
		return
	}
	if fe.Offset < 0 && step != "files" {
		t.Errorf("%s: no place: %v", what, err)
	}
}

// inspect gives the report of one Input under the authorities of Utopia.
func inspect(t *testing.T, in formats.Input) verify.DocumentReport {
	t.Helper()
	return verifierOf(t, mint.AsOf).Inspect(t.Context(), []formats.Input{in}).Documents[0]
}

func has(d verify.DocumentReport, code verify.Code) bool {
	return slices.ContainsFunc(d.Findings, func(f verify.Finding) bool { return f.Code == code })
}

// breaches are the places where a document breaks its specification.
func breaches(doc *formats.Document) []string {
	var list []string
	for _, c := range doc.Checks {
		if c.Kind == formats.Schema && c.Result == formats.Fails {
			list = append(list, c.Where)
		}
	}
	return list
}

func tolerated(doc *formats.Document, name string) bool {
	return slices.ContainsFunc(doc.Checks, func(c formats.Check) bool { return c.Kind == formats.Reading && c.Name == name })
}

func formatsSet(t *testing.T) *formats.Set {
	t.Helper()
	return all.Set()
}
