package emrtd_test

import (
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/emrtd"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// input is the files of a chip in the order of their names.
func input(files map[string][]byte) formats.Input {
	var in formats.Input
	for _, name := range slices.Sorted(maps.Keys(files)) {
		in.Files = append(in.Files, formats.File{Name: name, Data: files[name]})
	}
	return in
}

func decode(t testing.TB, c chip.Chip, o formats.Options) *formats.Document {
	t.Helper()
	doc, err := emrtd.Format.Decode(input(c.Files()), o)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// refused demands that a chip is not decoded, with the code and the beginning of the step that say why.
func refused(t *testing.T, in formats.Input, o formats.Options, code, step string) *formats.Error {
	t.Helper()
	doc, err := emrtd.Format.Decode(in, o)
	var fe *formats.Error
	if !errors.As(err, &fe) || doc != nil {
		t.Fatalf("decoded: %+v, %v", doc, err)
	}
	if fe.Format != emrtd.ID || fe.Code != code || !strings.HasPrefix(fe.Step, step) {
		t.Errorf("%s %s in step %q, want %s in %q (%v)", fe.Format, fe.Code, fe.Step, code, step, err)
	}
	return fe
}

// part gives a part by its name.
func part(t testing.TB, doc *formats.Document, name string) formats.Part {
	t.Helper()
	for _, p := range doc.Parts {
		if p.Name == name {
			return p
		}
	}
	t.Fatalf("there is no part %s", name)
	return formats.Part{}
}

func names(doc *formats.Document) []string {
	var list []string
	for _, p := range doc.Parts {
		list = append(list, p.Name)
	}
	return list
}

// notable gives what is noted against a document: "where: text" of a breach, "where: (tolerance)" of a use of a tolerance.
func notable(doc *formats.Document) []string {
	var list []string
	for _, c := range doc.Checks {
		switch c.Result {
		case formats.Fails:
			list = append(list, c.Where+": "+c.Text)
		case formats.Tolerated, formats.Doubtful:
			list = append(list, c.Where+": ("+c.Name+")")
		}
	}
	return list
}

// begin reports whether there are as many notes as wanted ones, and each begins with its own.
func begin(notes, want []string) bool { return slices.EqualFunc(notes, want, strings.HasPrefix) }

// extra gives a field of a part.
func extra(p formats.Part, name string) string {
	for _, f := range p.Unverified.Extra {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}

// asOf is a moment at which the chips of these tests are valid.
var asOf = mint.AsOf

// trusting is a Verifier that trusts signers of documents themselves. Whether a signer leads to an authority is tested where
// chains are built.
func trusting(t testing.TB, p verify.Policy, signers ...*pki.Credential) *verify.Verifier {
	t.Helper()
	var anchors []any
	for _, s := range signers {
		anchors = append(anchors, map[string]any{"certificate": s.Cert, "country": "UT", "scope": []string{string(emrtd.ID), string(emrtd.DTC)}, "uses": []string{"travel"}})
	}
	text, err := json.Marshal(map[string]any{"schema": trustlist.Schema, "anchors": anchors})
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "trust.json")
	if err := os.WriteFile(name, text, 0o600); err != nil {
		t.Fatal(err)
	}
	list, err := trustlist.Load(name)
	if err != nil || len(list.Dropped()) > 0 {
		t.Fatal(err, list.Dropped())
	}
	set, err := formats.NewSet(emrtd.Format)
	if err != nil {
		t.Fatal(err)
	}
	v, err := verify.New(verify.Config{Formats: set, Trust: list, Policy: p, Now: func() time.Time { return asOf }})
	if err != nil {
		t.Fatal(err)
	}
	return v
}
