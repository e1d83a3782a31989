package drl

import (
	"errors"
	"fmt"

	"github.com/travelseal/travelseal/trustlist"
)

// Importers are the forms of trust material that this package adds to a [trustlist.Loader].
var Importers = []trustlist.Importer{{Name: "Italian list of revoked certificates", Detect: IsChunk, Beside: isBeside, ImportBeside: importChunk}}

// IsChunk tells by its content whether a file is a chunk of the list.
func IsChunk(data []byte) bool {
	return trustlist.HasMembers(data, "revokedUcvi", "version") || trustlist.HasMembers(data, "delta", "version", "chunk")
}

func isBeside(data []byte) bool { return IsChunk(data) || trustlist.DigestPins(data) != nil }

// importChunk takes a chunk whose digest the relying party has pinned, where all others of its version lie beside it.
func importChunk(src trustlist.Source, data []byte, _ []trustlist.Anchor, beside []trustlist.File) (trustlist.Material, error) {
	refused := func(err error) (trustlist.Material, error) {
		return trustlist.Material{}, fmt.Errorf("%w: %w", trustlist.ErrRevocations, err)
	}
	var trust Trust
	if p := trustlist.PinnedBy(beside, src); p != nil {
		trust.Digests = []trustlist.DigestPin{*p}
	}
	c, err := ReadChunk(src.Name, data, trust)
	switch {
	case errors.Is(err, ErrUnpinned):
		return refused(fmt.Errorf("%w: name a file with its SHA-256 as well, as sha256sum writes it", ErrUnpinned))
	case err != nil:
		return refused(errors.Unwrap(err))
	}
	chunks := []*Chunk{}
	for _, f := range beside { // among them this one
		if !IsChunk(f.Data) {
			continue
		}
		other, err := ReadChunk(f.Name, f.Data, Trust{Unauthenticated: true}) // its own turn comes
		if err != nil {
			return refused(errors.Unwrap(err))
		}
		chunks = append(chunks, other)
	}
	if err := Complete(chunks); err != nil {
		return refused(err)
	}
	r := &trustlist.Revocations{Partial: true, Created: c.Source.Date}
	for e := range c.Entries() {
		r.Add(e.Kind, e.Hash, e.IssuedBefore)
	}
	return trustlist.Material{Revocations: r}, nil
}
