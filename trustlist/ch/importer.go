package ch

import (
	"errors"
	"fmt"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/jws"
	"github.com/travelseal/travelseal/internal/strict/json"
	"github.com/travelseal/travelseal/trustlist"
)

// Importers are the forms of trust material that this package adds to a [trustlist.Loader].
var Importers = []trustlist.Importer{{Name: "Swiss list of keys", Detect: isKeys, Beside: isActive, ImportBeside: importList}}

func isKeys(data []byte) bool   { return has(data, "certs") }
func isActive(data []byte) bool { return has(data, "activeKeyIds") }

// has reports whether a file is a JWS whose payload has a member, so that one list is told from the other by what it says.
func has(data []byte, name string) bool {
	if len(data) < 3 || string(data[:3]) != "eyJ" { // {" in base64url
		return false
	}
	m, err := jws.Parse(trimmed(data), formats.Options{})
	if err != nil {
		return false
	}
	v, err := json.Parse(m.Payload, listLimits)
	return err == nil && member(v, name).Kind() == json.Array
}

// importList takes a list that the publisher's certificate signed under an authority of the relying party.
func importList(src trustlist.Source, data []byte, roots []trustlist.Anchor, beside []trustlist.File) (trustlist.Material, error) {
	trust := Trust{CommonNames: []string{CommonName}, Country: country, Active: beside}
	for _, a := range roots {
		if c, err := cert.Parse(a.Certificate); err == nil && a.Role == trustlist.CA {
			trust.Roots = append(trust.Roots, c)
		}
	}
	l, err := ReadList(src.Name, data, trust)
	switch {
	case errors.Is(err, ErrUnpinned):
		return trustlist.Material{}, fmt.Errorf("%w: name the certificate of the root as well", ErrUnpinned)
	case err != nil:
		return trustlist.Material{}, errors.Unwrap(err)
	}
	return l.Material(), nil
}

// country is that of the authority under which the list is signed. One of another that is pinned for something else answers
// for none.
const country = "CH"

// scope are the formats whose documents the keys sign: those of the EU, and with the same keys those of the WHO.
var scope = []formats.ID{"eu-dcc", "who-ddcc", "who-dvc"}

// Material makes anchors of the keys that are not left out.
func (l *List) Material() trustlist.Material {
	m := trustlist.Material{Created: l.Source.Date}
	if len(l.Signer) > 0 {
		m.ListSigner = l.Signer[0].Raw
	}
	for _, k := range l.Keys {
		if k.Dropped != "" {
			m.Dropped = append(m.Dropped, trustlist.Dropped{Source: l.Source.Name, Item: fmt.Sprintf("key %d", k.Index+1), Reason: k.Dropped})
			continue
		}
		m.Anchors = append(m.Anchors, trustlist.Anchor{
			Role: trustlist.Signer, Uses: k.Uses, KeyID: k.KeyID, Key: k.Public, Scope: scope, Source: l.Source,
		})
	}
	return m
}
