package ldproof

import (
	"errors"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// A Document is one JSON-LD document with its proof.
type Document struct {
	Root *Node
	// Contexts are the URLs that it lists.
	Contexts []string
	// Canonical is what its proof signs the hash of; "" where that is not known.
	Canonical string
	// Seal is its proof; nil where it has none.
	Seal *formats.Seal
	// Checks name the tolerances that were needed.
	Checks []formats.Check
}

// Parse reads a document whose contexts are common ones and those of own, by URL. The error is a *formats.Error without a
// Format.
//
// What lets the document be read, but leaves open what its proof covers, does not fail: it becomes the seal's Problem.
func Parse(v json.Value, own map[string]Context, o formats.Options) (*Document, error) {
	if v.Kind() != json.Object {
		return nil, fail(formats.CodePayload, "JSON-LD", errors.New("not an object"))
	}
	var list, signed json.Value
	for name, value := range v.Members() {
		switch name {
		case "@context":
			list = value
		case "proof":
			signed = value
		}
	}
	c, err := readContexts(list, own)
	if err != nil {
		return nil, err
	}
	x := &expansion{contexts: c, tolerant: o.Allows(UnknownMember), names: make(map[string]bool)}
	root, err := x.object(v, "", scope{}, true)
	if err != nil {
		return nil, err
	}
	if !root.Covered {
		x.refuse("", notAbsolute)
	}
	d := &Document{Root: root, Contexts: c.listed, Checks: x.checks}
	if x.problem.Code == "" {
		if d.Canonical, err = x.made.canonical(); err != nil {
			return nil, err
		}
	}
	if signed.Kind() == json.Missing {
		return d, nil
	}
	p, err := readProof(signed)
	if err != nil {
		return nil, err
	}
	seal, err := p.seal(d.Canonical, x)
	if err != nil {
		return nil, err
	}
	d.Seal = &seal
	return d, nil
}
