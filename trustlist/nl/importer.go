package nl

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/trustlist"
)

// Importers are the forms of trust material that this package adds to a [trustlist.Loader].
var Importers = []trustlist.Importer{{Name: "Dutch list of keys", Detect: isList, Beside: isNames, ImportBeside: importList}}

func isList(data []byte) bool { return trustlist.HasMembers(data, "payload", "signature") }

// namePrefix begins each line of a file that names signers, whole, as their certificates have it:
//
//	nl-signer: signing.example.nl
const namePrefix = "nl-signer: "

func isNames(data []byte) bool { return names(data) != nil }

// names reads a file of signers' names; nil where it is anything else.
func names(data []byte) []string {
	if len(data) > 4096 {
		return nil
	}
	var list []string
	for line := range bytes.Lines(data) {
		name, ok := strings.CutPrefix(strings.TrimSuffix(string(line), "\n"), namePrefix)
		if !ok || name == "" || strings.TrimSpace(name) != name {
			return nil
		}
		list = append(list, name)
	}
	return list
}

// importList takes a list whose signer has a name that stands beside it, under an authority of the relying party.
func importList(src trustlist.Source, data []byte, roots []trustlist.Anchor, beside []trustlist.File) (trustlist.Material, error) {
	trust := Trust{Country: country}
	for _, a := range roots {
		if c, err := cert.Parse(a.Certificate); err == nil && a.Role == trustlist.CA {
			trust.Roots = append(trust.Roots, c)
		}
	}
	for _, f := range beside {
		trust.CommonNames = append(trust.CommonNames, names(f.Data)...)
	}
	l, err := ReadList(src.Name, data, trust)
	switch {
	case errors.Is(err, ErrUnpinned):
		return trustlist.Material{}, fmt.Errorf("%w: name the certificate of the root as well, and the signer's common name in a file beside (%s…)", ErrUnpinned, namePrefix)
	case err != nil:
		return trustlist.Material{}, errors.Unwrap(err)
	}
	return l.Material(), nil
}

// country is that of the authority under which the list is signed. One of another that is pinned for something else answers
// for none.
const country = "NL"

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
			m.Dropped = append(m.Dropped, trustlist.Dropped{Source: l.Source.Name, Item: k.Place, Reason: k.Dropped})
			continue
		}
		m.Anchors = append(m.Anchors, trustlist.Anchor{
			Role: trustlist.Signer, Uses: k.Uses, Country: k.Country, KeyID: k.KeyID, Key: k.Public, Scope: scope, Source: l.Source,
		})
	}
	return m
}
