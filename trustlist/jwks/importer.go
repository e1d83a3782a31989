package jwks

import (
	"errors"
	"fmt"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/trustlist"
)

// Importers are the forms of trust material that this package adds to a [trustlist.Loader].
var Importers = []trustlist.Importer{{Name: "JSON Web Key Set", Detect: isSet, Beside: isPin, ImportBeside: importSet}}

func isSet(data []byte) bool { return trustlist.HasMembers(data, "keys") }

func isPin(data []byte) bool { return trustlist.DigestPins(data) != nil }

// healthCard is the format whose issuers publish their keys so.
const healthCard formats.ID = "shc"

// importSet takes a key set whose digest the relying party has pinned.
func importSet(src trustlist.Source, data []byte, _ []trustlist.Anchor, beside []trustlist.File) (trustlist.Material, error) {
	trust := Trust{Scope: []formats.ID{healthCard}}
	if p := trustlist.PinnedBy(beside, src); p != nil {
		trust.Digests = []trustlist.DigestPin{*p}
	}
	s, err := ReadSet(src.Name, data, trust)
	switch {
	case errors.Is(err, ErrUnpinned):
		return trustlist.Material{}, fmt.Errorf("%w: name a file with its SHA-256 as well, as sha256sum writes it", ErrUnpinned)
	case errors.Is(err, ErrIssuer):
		return trustlist.Material{}, fmt.Errorf("%w: write the address of the key set behind its SHA-256", ErrIssuer)
	case err != nil:
		return trustlist.Material{}, errors.Unwrap(err)
	}
	return s.Material(), nil
}

// Material makes anchors of the keys that are not left out.
func (s *Set) Material() trustlist.Material {
	var m trustlist.Material
	for i, k := range s.Keys {
		if k.Dropped != "" {
			m.Dropped = append(m.Dropped, trustlist.Dropped{Source: s.Source.Name, Item: fmt.Sprintf("key %d", i+1), Reason: k.Dropped})
			continue
		}
		m.Anchors = append(m.Anchors, trustlist.Anchor{
			Role: trustlist.Signer, Uses: formats.AllUses, Scope: s.Scope, Issuer: s.Issuer, KeyID: []byte(k.KeyID), Key: k.Public, Source: s.Source,
		})
	}
	return m
}
