package dgcg

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/trustlist"
)

// IsBatch tells by its content whether a file is a batch of revoked certificates.
func IsBatch(data []byte) bool {
	if len(data) < 64 || len(data) > 2<<20 || data[0] != 0x30 && !bytes.HasPrefix(data, []byte("MI")) {
		return false
	}
	message, err := unwrap(data)
	return err == nil && bytes.Contains(message, []byte(`"hashType"`))
}

// IsBatchList tells by its content whether a file is a page of the list of batches.
func IsBatchList(data []byte) bool { return isBatchList(data) }

// IsList tells by its content whether a file is a trust list of the gateway.
func IsList(data []byte) bool { return isList(data) }

// importBatch takes a batch that an office has signed which the relying party has pinned, or which stands on a list beside it
// that the pinned trust anchor answers for.
func importBatch(src trustlist.Source, data []byte, roots []trustlist.Anchor, beside []trustlist.File) (trustlist.Material, error) {
	b, err := ReadBatch(src.Name, data, BatchTrust{Offices: officesOf(roots, beside)})
	switch {
	case errors.Is(err, ErrOffice):
		return trustlist.Material{}, fmt.Errorf("%w: %w: name the certificate of the office, or the trust anchor and its list", trustlist.ErrRevocations, errors.Unwrap(err))
	case err != nil:
		return trustlist.Material{}, fmt.Errorf("%w: %w", trustlist.ErrRevocations, errors.Unwrap(err))
	}
	r := &trustlist.Revocations{Partial: true, NextUpdate: b.Expires}
	for e := range b.Entries() {
		r.Add(e.Kind, e.Hash, e.IssuedBefore)
	}
	return trustlist.Material{Revocations: r, ListSigner: b.Signer.Raw}, nil
}

// officesOf gives the offices that the relying party has pinned, and those of lists that its trust anchor answers for.
func officesOf(roots []trustlist.Anchor, beside []trustlist.File) []*cert.Certificate {
	var pinned, offices []*cert.Certificate
	for _, a := range roots {
		if c, err := cert.Parse(a.Certificate); err == nil {
			pinned = append(pinned, c)
			if !issues(c) {
				offices = append(offices, c)
			}
		}
	}
	for _, f := range beside {
		if !isList(f.Data) {
			continue
		}
		if l, err := ReadList(f.Name, f.Data, Trust{Anchors: pinned}); err == nil {
			offices = append(offices, l.Offices()...)
		}
	}
	return offices
}

// importBatchList takes nothing from a list of batches, and refuses when one of them is missing.
func importBatchList(src trustlist.Source, data []byte, _ []trustlist.Anchor, beside []trustlist.File) (trustlist.Material, error) {
	var pages []*BatchList
	var files []string
	own, err := ReadBatchList(src.Name, data)
	if err != nil {
		return trustlist.Material{}, fmt.Errorf("%w: %w", trustlist.ErrRevocations, errors.Unwrap(err))
	}
	pages = append(pages, own)
	for _, f := range beside {
		if !isBatchList(f.Data) {
			files = append(files, f.Name)
		} else if p, err := ReadBatchList(f.Name, f.Data); err == nil { // its own turn comes
			pages = append(pages, p)
		}
	}
	if err := Complete(pages, files); err != nil {
		return trustlist.Material{}, fmt.Errorf("%w: %w", trustlist.ErrRevocations, err)
	}
	return trustlist.Material{}, nil
}

func isListOrBatch(data []byte) bool { return isBatchList(data) || IsBatch(data) }
