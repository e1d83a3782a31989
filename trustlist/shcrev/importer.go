package shcrev

import (
	"errors"
	"fmt"

	"github.com/travelseal/travelseal/trustlist"
)

// Importers are the forms of trust material that this package adds to a [trustlist.Loader].
var Importers = []trustlist.Importer{{Name: "list of revoked health cards", Detect: IsList, Beside: isBeside, ImportBeside: importList}}

// IsList tells by its content whether a file is such a list.
func IsList(data []byte) bool { return trustlist.HasMembers(data, "kid", "ctr", "rids") }

func isBeside(data []byte) bool { return IsList(data) || trustlist.DigestPins(data) != nil }

// importList takes a list whose digest the relying party has pinned. Of two lists of one key, the older stops the loading.
func importList(src trustlist.Source, data []byte, _ []trustlist.Anchor, beside []trustlist.File) (trustlist.Material, error) {
	refused := func(err error) (trustlist.Material, error) {
		return trustlist.Material{}, fmt.Errorf("%w: %w", trustlist.ErrRevocations, err)
	}
	var trust Trust
	if p := trustlist.PinnedBy(beside, src); p != nil {
		trust.Digests = []trustlist.DigestPin{*p}
	}
	for _, f := range beside {
		if !IsList(f.Data) {
			continue
		}
		if l, err := ReadList(f.Name, f.Data, Trust{Unauthenticated: true}); err == nil { // its own turn comes
			trust.Seen = append(trust.Seen, l)
		}
	}
	l, err := ReadList(src.Name, data, trust)
	switch {
	case errors.Is(err, ErrUnpinned):
		return refused(fmt.Errorf("%w: name a file with its SHA-256 as well, as sha256sum writes it", ErrUnpinned))
	case err != nil:
		return refused(errors.Unwrap(err))
	}
	r := &trustlist.Revocations{Partial: true}
	for e := range l.Entries() {
		r.Add(e.Kind, e.Hash, e.IssuedBefore)
	}
	return trustlist.Material{Revocations: r}, nil
}
