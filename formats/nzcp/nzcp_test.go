package nzcp_test

import (
	"encoding/base32"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/formatstest"
	"github.com/travelseal/travelseal/formats/nzcp"
	"github.com/travelseal/travelseal/internal/mint"
)

const prefix = "NZCP:/1/"

var encoding = base32.StdEncoding.WithPadding(base32.NoPadding)

// layers are the encodings between the text and the signed message.
var layers = []formatstest.Layer{{
	Name:   "COSE_Sign1",
	Unwrap: func(text []byte) ([]byte, error) { return encoding.DecodeString(string(text[len(prefix):])) },
	Wrap:   func(b []byte) []byte { return []byte(prefix + encoding.EncodeToString(b)) },
}}

func TestConformance(t *testing.T) {
	formatstest.Run(t, formatstest.Suite{Format: nzcp.Format, Layers: layers})
}

func FuzzDecode(f *testing.F) { formatstest.Fuzz(f, nzcp.Format) }

// signer signs the passes of these tests, and pass is one against which nothing can be said.
var (
	signer = mint.PassSigner("key-1")
	pass   = mint.NZCP(signer)
)

func decode(t *testing.T, p mint.Pass) *formats.Document {
	t.Helper()
	doc, err := nzcp.Format.Decode(formats.Text(p.Build().Text), formats.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// refused demands that a pass is not decoded, with the code and the step that say why.
func refused(t *testing.T, p mint.Pass, code, step string) *formats.Error {
	t.Helper()
	doc, err := nzcp.Format.Decode(formats.Text(p.Build().Text), formats.Options{})
	var fe *formats.Error
	if !errors.As(err, &fe) || doc != nil {
		t.Fatalf("decoded: %v, %v", doc, err)
	}
	if fe.Format != nzcp.ID || fe.Code != code || fe.Step != step {
		t.Errorf("%s %s in step %q, want %s in %q (%v)", fe.Format, fe.Code, fe.Step, code, step, err)
	}
	return fe
}

// failing gives the breaches of a Document as "where: what is wrong".
func failing(doc *formats.Document) []string {
	var list []string
	for _, c := range doc.Checks {
		list = append(list, c.Where+": "+c.Text)
	}
	return list
}

// begin reports whether there are as many breaches as wanted ones, and each begins with its own.
func begin(breaches, want []string) bool {
	return slices.EqualFunc(breaches, want, strings.HasPrefix)
}

// token gives the pass after a function has worked on its token.
func token(change func(*mint.HCERT)) mint.Pass {
	p := pass
	change(&p.Token)
	return p
}
