package de

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/dgcg"
)

// Importers are the forms of trust material that this package adds to a [trustlist.Loader].
var Importers = []trustlist.Importer{{Name: "German list of document signers", Detect: isList, Import: importList}}

// signatureSize is the length of r‖s on P-256 in base64.
const signatureSize = 88

func isList(data []byte) bool {
	return len(data) > signatureSize+2 && data[signatureSize] == '\n' && data[signatureSize+1] == '{' &&
		bytes.Contains(data[:min(len(data), 1024)], []byte(`"certificates"`))
}

// importList takes a list that a key of the relying party answers for.
func importList(src trustlist.Source, data []byte, roots []trustlist.Anchor) (trustlist.Material, error) {
	l, err := ReadList(src.Name, data, Trust{Publisher: roots})
	switch {
	case errors.Is(err, ErrUnpinned):
		return trustlist.Material{}, fmt.Errorf("%w: name its public key as well", ErrUnpinned)
	case err != nil:
		return trustlist.Material{}, errors.Unwrap(err)
	}
	m := dgcg.Material(l.Items, l.Source)
	m.ListSigner = l.Signer.Certificate
	return m, nil
}
