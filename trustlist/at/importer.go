package at

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/trustlist"
)

// Importers are the forms of trust material that this package adds to a [trustlist.Loader].
var Importers = []trustlist.Importer{{Name: "Austrian trust list", Detect: isList, Beside: isEnvelope, ImportBeside: importList}}

// isList looks for a CBOR map of one entry whose key is "c".
func isList(data []byte) bool { return bytes.HasPrefix(data, []byte{0xa1, 0x61, 'c'}) }

// isEnvelope looks for a small COSE_Sign1 that states the version of a list.
func isEnvelope(data []byte) bool {
	if len(data) > 4096 {
		return false
	}
	_, ok := protectedVersion(data)
	return ok
}

// importList takes a list that a key of the relying party answers for.
func importList(src trustlist.Source, data []byte, roots []trustlist.Anchor, beside []trustlist.File) (trustlist.Material, error) {
	trust := Trust{Publisher: roots}
	for _, f := range beside {
		trust.Envelopes = append(trust.Envelopes, f.Data)
	}
	l, err := ReadList(src.Name, data, trust)
	switch {
	case errors.Is(err, ErrUnpinned):
		return trustlist.Material{}, fmt.Errorf("%w: name its certificate or public key as well", ErrUnpinned)
	case err != nil:
		return trustlist.Material{}, errors.Unwrap(err)
	}
	return l.Material(), nil
}

// scope are the formats whose documents the listed signers sign. Austria's own sign its exemptions as well.
var scope = []formats.ID{"eu-dcc", "who-ddcc", "who-dvc", exemption}

const exemption formats.ID = "at-ve"

// Material makes anchors of the entries that are not left out.
func (l *List) Material() trustlist.Material {
	m := trustlist.Material{Created: l.Source.Date}
	if l.Signer != nil {
		m.ListSigner = l.Signer.Certificate
	}
	for _, e := range l.Entries {
		a, err := e.anchor(l.Source)
		if err != nil {
			m.Dropped = append(m.Dropped, trustlist.Dropped{Source: l.Source.Name, Item: e.String(), Reason: err.Error()})
			continue
		}
		m.Anchors = append(m.Anchors, a)
	}
	return m
}

func (e Entry) anchor(src trustlist.Source) (trustlist.Anchor, error) {
	if e.Dropped != "" {
		return trustlist.Anchor{}, errors.New(e.Dropped)
	}
	a, err := trustlist.FromCertificate(e.Certificate, src)
	if err != nil {
		return trustlist.Anchor{}, err
	}
	a.KeyID = bytes.Clone(e.KeyID)
	var permitted []formats.ID
	for _, id := range scope {
		if a.Permits(id) && (id != exemption || a.Country == "AT") {
			permitted = append(permitted, id)
		}
	}
	a.Scope = permitted
	return a, nil
}
