package hcert_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/hcert"
	"github.com/travelseal/travelseal/internal/mint"
)

// utopia signs the documents of these tests. Making its RSA key takes a moment, so it is made once.
var utopia = mint.Utopia()

func vaccination() mint.HCERT { return mint.Vaccination(utopia.Vaccination) }
func test() mint.HCERT        { return mint.Test(utopia.Test) }
func recovery() mint.HCERT    { return mint.Recovery(utopia.Recovery) }

// The schema versions in which the rules of the table differ or could differ.
var (
	before13 = []string{"1.0.0", "1.1.0", "1.2.1"}
	since13  = []string{"1.3.0", "1.3.3"}
	versions = slices.Concat(before13, since13)
)

func inVersion(h mint.HCERT, version string) mint.HCERT { return h.Set(mint.Text(version), "ver") }

func decode(t *testing.T, h mint.HCERT, o formats.Options) *formats.Document {
	t.Helper()
	doc, err := hcert.Format.Decode(formats.Text(h.Build().Text), o)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// refused demands that a document is not decoded, with the code and the step that say why.
func refused(t *testing.T, h mint.HCERT, o formats.Options, code, step string) *formats.Error {
	t.Helper()
	doc, err := hcert.Format.Decode(formats.Text(h.Build().Text), o)
	var fe *formats.Error
	if !errors.As(err, &fe) || doc != nil {
		t.Fatalf("decoded: %v, %v", doc, err)
	}
	if fe.Format != "hcert" || fe.Code != code || fe.Step != step {
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

// event gives the only Event of a Document.
func event(t *testing.T, doc *formats.Document) formats.Event {
	t.Helper()
	events := doc.Parts[0].Unverified.Events
	if len(events) != 1 {
		t.Fatalf("%d events", len(events))
	}
	return events[0]
}
