package dgcg

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/trustlist"
)

// Importers are the forms of trust material that this package adds to a [trustlist.Loader].
var Importers = []trustlist.Importer{
	{Name: "EU gateway trust list", Detect: isList, Import: importList},
	{Name: "EU gateway batch of revoked certificates", Detect: IsBatch, Beside: isList, ImportBeside: importBatch},
	{Name: "EU gateway list of batches", Detect: isBatchList, Beside: isListOrBatch, ImportBeside: importBatchList},
}

// isList looks for an array of objects that have the gateway's members.
func isList(data []byte) bool {
	head := bytes.TrimLeft(data, " \t\r\n")
	return bytes.HasPrefix(head, []byte("[")) && bytes.Contains(head[:min(len(head), 16<<10)], []byte(`"certificateType"`))
}

// importList takes the items that a trust anchor of the relying party answers for.
func importList(src trustlist.Source, data []byte, roots []trustlist.Anchor) (trustlist.Material, error) {
	var trust Trust
	for _, a := range roots {
		if c, err := cert.Parse(a.Certificate); err == nil {
			trust.Anchors = append(trust.Anchors, c)
		}
	}
	l, err := ReadList(src.Name, data, trust)
	switch {
	case errors.Is(err, ErrUnpinned):
		return trustlist.Material{}, fmt.Errorf("%w: name its certificate as well", ErrUnpinned)
	case err != nil:
		return trustlist.Material{}, errors.Unwrap(err)
	}
	m := Material(l.Items, l.Source)
	for _, a := range m.Anchors {
		if a.Source.Authentication != trustlist.Transport {
			return m, nil
		}
	}
	return trustlist.Material{}, fmt.Errorf("%w: the pinned trust anchor answers for none", ErrEmpty)
}
