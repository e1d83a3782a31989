package vci

import (
	"crypto/sha256"
	"errors"
	"fmt"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/trustlist"
)

// Importers are the forms of trust material that this package adds to a [trustlist.Loader].
var Importers = []trustlist.Importer{{Name: "VCI directory snapshot", Detect: isSnapshot, Beside: isSignature, ImportBeside: importSnapshot}}

func isSnapshot(data []byte) bool { return trustlist.HasMembers(data, "issuerInfo", "time") }

// isSignature reports whether data is one ECDSA-Sig-Value.
func isSignature(data []byte) bool {
	if len(data) > 256 {
		return false
	}
	v, err := der.Only(data, der.Sequence, "the signature")
	if err != nil {
		return false
	}
	r := v.Reader()
	for range 2 {
		if _, err := r.Read(der.Integer, "a number of the signature"); err != nil {
			return false
		}
	}
	return r.Empty()
}

// importSnapshot takes a snapshot that a key of the relying party answers for.
func importSnapshot(src trustlist.Source, data []byte, roots []trustlist.Anchor, beside []trustlist.File) (trustlist.Material, error) {
	trust := Trust{Publisher: roots}
	for _, f := range beside {
		trust.Signatures = append(trust.Signatures, f.Data)
	}
	s, err := ReadSnapshot(src.Name, data, trust)
	switch {
	case errors.Is(err, ErrUnpinned):
		return trustlist.Material{}, fmt.Errorf("%w: name its certificate or public key as well (vci_snapshot.crt)", ErrUnpinned)
	case err != nil:
		return trustlist.Material{}, errors.Unwrap(err)
	}
	return s.Material(), nil
}

// healthCard is the format whose documents the issuers sign.
const healthCard formats.ID = "shc"

// handleRID is the kind of handle by which they are revoked: the key ID, a zero byte and the identifier.
const handleRID = "shc.rid"

// Material makes anchors of the keys that are not left out, and one list of the cards that are revoked. It proves
// revocations only, as most issuers have no list.
func (s *Snapshot) Material() trustlist.Material {
	m := trustlist.Material{Created: s.Source.Date}
	drop := func(item, reason string) {
		m.Dropped = append(m.Dropped, trustlist.Dropped{Source: s.Source.Name, Item: item, Reason: reason})
	}
	if s.Signer != nil {
		m.ListSigner = s.Signer.Certificate
	}
	revoked := &trustlist.Revocations{Created: s.Source.Date, Partial: true}
	for _, i := range s.Issuers {
		if i.Dropped != "" {
			drop(i.String(), i.Dropped)
			if !i.Stale {
				continue
			}
			i.Keys = nil // and the cards that it has revoked stay so
		}
		for n, k := range i.Keys {
			if k.Dropped != "" {
				drop(fmt.Sprintf("%s, key %d", i, n+1), k.Dropped)
				continue
			}
			m.Anchors = append(m.Anchors, k.anchor(&i, s.Source))
		}
		for n, l := range i.Lists {
			if l.Dropped != "" {
				drop(fmt.Sprintf("%s, revocation list %d", i, n+1), l.Dropped)
				continue
			}
			l.addTo(revoked)
		}
	}
	if revoked.Len() > 0 {
		m.Revocations = revoked
	}
	return m
}

func (k *Key) anchor(i *Issuer, src trustlist.Source) trustlist.Anchor {
	src.Date = i.Retrieved
	return trustlist.Anchor{
		Role: trustlist.Signer, Uses: formats.AllUses, Scope: []formats.ID{healthCard}, Issuer: i.Address, KeyID: []byte(k.KeyID), Key: k.Public, Source: src,
	}
}

func (l *RevocationList) addTo(r *trustlist.Revocations) {
	for _, e := range l.Revoked {
		sum := sha256.Sum256([]byte(l.KeyID + "\x00" + e.ID))
		r.Add(handleRID, [trustlist.HashSize]byte(sum[:trustlist.HashSize]), e.Before)
	}
}
