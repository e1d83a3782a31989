package vical

import (
	"errors"
	"fmt"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/trustlist"
)

// mobile is the format that the authorities of a list may vouch for.
const mobile formats.ID = "mdoc"

// Importer reads VICALs as trust material. Those of the relying party's own authorities answer for a list that it trusts for
// mobile documents.
var Importer = trustlist.Importer{Name: "VICAL", Detect: Detect, Import: load}

func load(src trustlist.Source, data []byte, roots []trustlist.Anchor) (trustlist.Material, error) {
	var trust Trust
	for _, r := range roots {
		if !r.Permits(mobile) {
			continue
		}
		if c, err := cert.Parse(r.Certificate); err == nil {
			trust.Provider = append(trust.Provider, c)
		}
	}
	l, err := ReadList(src.Name, data, trust)
	switch {
	case errors.Is(err, ErrUnpinned):
		return trustlist.Material{}, fmt.Errorf("%w: name the certificate of its authority as well", ErrUnpinned)
	case err != nil:
		return trustlist.Material{}, errors.Unwrap(err) // the caller names the file itself
	}
	src.Date = l.Source.Date
	anchors, dropped := l.Anchors(src)
	return trustlist.Material{Anchors: anchors, Dropped: append(l.Dropped(), dropped...)}, nil
}

// Anchors makes an Anchor of every certificate that is not left out: an authority for mobile documents of the types that the
// list names. What cannot be one is given back, with the reason.
func (l *List) Anchors(src trustlist.Source) (anchors []trustlist.Anchor, dropped []trustlist.Dropped) {
	for _, e := range l.Entries {
		if e.Dropped != "" {
			continue
		}
		a, err := trustlist.FromCertificate(e.Certificate, src)
		if err == nil && a.Role == trustlist.CA {
			a.Scope, a.DocumentTypes = []formats.ID{mobile}, e.DocTypes
			a.Uses &= formats.Travel
			anchors = append(anchors, a)
			continue
		}
		reason := notCA
		if err != nil {
			reason = err.Error()
		}
		dropped = append(dropped, trustlist.Dropped{Source: src.Name, Item: e.String(), Reason: reason})
	}
	return anchors, dropped
}
