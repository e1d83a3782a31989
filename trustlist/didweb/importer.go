package didweb

import (
	"errors"
	"fmt"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/trustlist"
)

// Importers are the forms of trust material that this package adds to a [trustlist.Loader].
var Importers = []trustlist.Importer{{Name: "DID document (did:web)", Detect: isDocument, Beside: isPin, ImportBeside: importDocument}}

func isDocument(data []byte) bool {
	return trustlist.HasMembers(data, "verificationMethod", "assertionMethod")
}

func isPin(data []byte) bool { return trustlist.DigestPins(data) != nil }

// pass is the format whose issuer publishes its keys so.
const pass formats.ID = "nzcp"

// importDocument takes a document whose digest the relying party has pinned.
func importDocument(src trustlist.Source, data []byte, _ []trustlist.Anchor, beside []trustlist.File) (trustlist.Material, error) {
	trust := Trust{Scope: []formats.ID{pass}}
	if p := trustlist.PinnedBy(beside, src); p != nil {
		trust.Digests = []trustlist.DigestPin{*p}
	}
	d, err := ReadDocument(src.Name, data, trust)
	switch {
	case errors.Is(err, ErrUnpinned):
		return trustlist.Material{}, fmt.Errorf("%w: name a file with its SHA-256 as well, as sha256sum writes it", ErrUnpinned)
	case err != nil:
		return trustlist.Material{}, errors.Unwrap(err)
	}
	return d.Material(), nil
}

// Material makes anchors of the keys that are not left out.
func (d *Document) Material() trustlist.Material {
	var m trustlist.Material
	for i, k := range d.Keys {
		if k.Dropped != "" {
			m.Dropped = append(m.Dropped, trustlist.Dropped{Source: d.Source.Name, Item: fmt.Sprintf("key %d", i+1), Reason: k.Dropped})
			continue
		}
		m.Anchors = append(m.Anchors, trustlist.Anchor{
			Role: trustlist.Signer, Uses: formats.AllUses, Scope: d.Scope, Issuer: d.DID, KeyID: []byte(k.KeyID), Key: k.Public, Source: d.Source,
		})
	}
	return m
}
