package shc_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/shc"
	"github.com/travelseal/travelseal/internal/mint"
)

// issuer signs the cards of these tests. Making it makes a country's authority, so it is made once.
var issuer = mint.CardSigner("ut-cards")

func vaccination() mint.SHC { return mint.VaccinationCard(issuer) }
func test() mint.SHC        { return mint.TestCard(issuer) }
func diagnosis() mint.SHC   { return mint.DiagnosisCard(issuer) }
func report() mint.SHC      { return mint.ReportCard(issuer) }

func decode(t *testing.T, c mint.SHC, o formats.Options) *formats.Document {
	t.Helper()
	doc, err := shc.Format.Decode(formats.Text(c.Build().Text), o)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// refused demands that a text is not decoded, with the code and the step that say why.
func refused(t *testing.T, name, text string, o formats.Options, code, step string) *formats.Error {
	t.Helper()
	doc, err := shc.Format.Decode(formats.Text(text), o)
	var fe *formats.Error
	if !errors.As(err, &fe) || doc != nil {
		t.Fatalf("%s: decoded: %v, %v", name, doc, err)
	}
	if fe.Format != shc.ID || fe.Code != code || fe.Step != step {
		t.Errorf("%s: %s %s in step %q, want %s in %q (%v)", name, fe.Format, fe.Code, fe.Step, code, step, err)
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
func begin(breaches, want []string) bool { return slices.EqualFunc(breaches, want, strings.HasPrefix) }

func claimsOf(doc *formats.Document) formats.Claims { return doc.Parts[0].Unverified }

// extra gives a field of Extra; "" where there is none.
func extra(doc *formats.Document, name string) string {
	for _, f := range claimsOf(doc).Extra {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}

// event gives the only Event of a Document.
func event(t *testing.T, doc *formats.Document) formats.Event {
	t.Helper()
	events := claimsOf(doc).Events
	if len(events) != 1 {
		t.Fatalf("%d events", len(events))
	}
	return events[0]
}
