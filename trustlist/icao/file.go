package icao

import (
	"bytes"
	"encoding/pem"
	"fmt"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/der"
)

// ReadCertificates reads a file of CSCA certificates as states publish them: one in DER, several one after the other, or
// blocks of PEM (RFC 7468 §5). Nothing in such a file says who made it. Every certificate is an entry; one that is no CA's
// is left out. The error is a *trustlist.LoadError.
func ReadCertificates(name string, data []byte) ([]Entry, error) {
	blocks, err := split(data, "CERTIFICATE")
	if err != nil {
		return nil, refuse(name, err)
	}
	r := reader{seen: make(map[string]bool), onlyCAs: true}
	for _, b := range blocks {
		r.add(b)
	}
	if len(kept(r.entries)) == 0 {
		return nil, refuse(name, ErrEmpty)
	}
	return r.entries, nil
}

// ReadRevocationLists reads a file of revocation lists (RFC 5280 §5) in the forms of [ReadCertificates]. One that cannot be
// read or used makes the whole file useless: what it says of revocations must not be lost silently. Whose they are is for
// cert.List.CheckSignature. The error is a *trustlist.LoadError.
func ReadRevocationLists(name string, data []byte) ([]*cert.List, error) {
	blocks, err := split(data, "X509 CRL")
	if err != nil {
		return nil, refuse(name, err)
	}
	var lists []*cert.List
	for i, b := range blocks {
		l, err := cert.ParseList(b)
		if err == nil {
			err = l.Usable()
		}
		if err != nil {
			return nil, refuse(name, fmt.Errorf("%w: revocation list %d: %w", ErrFormat, i+1, err))
		}
		lists = append(lists, l)
	}
	return lists, nil
}

// split takes a file apart into DER values. What cannot be read makes the whole file useless, as a list must not lose a
// certificate silently.
func split(data []byte, kind string) ([][]byte, error) {
	if bytes.Contains(data, []byte("PRIVATE KEY-----")) {
		return nil, ErrPrivateKey
	}
	if begin := []byte("-----BEGIN "); bytes.Contains(data, begin) {
		return splitPEM(data, kind, bytes.Count(data, begin))
	}
	var list [][]byte
	for r := der.New(data); !r.Empty(); {
		v, err := r.Read(der.Sequence, "a value of the file")
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrFormat, err)
		}
		if list = append(list, v.Raw); len(list) > MaxCertificates {
			return nil, fmt.Errorf("%w: more than %d values", ErrLimit, MaxCertificates)
		}
	}
	if len(list) == 0 {
		return nil, ErrFormat
	}
	return list, nil
}

func splitPEM(data []byte, kind string, begun int) ([][]byte, error) {
	if begun > MaxCertificates {
		return nil, fmt.Errorf("%w: more than %d blocks", ErrLimit, MaxCertificates)
	}
	var list [][]byte
	for rest := data; ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		if block.Type != kind {
			return nil, fmt.Errorf("%w: PEM block %d is of another type than %s", ErrFormat, len(list)+1, kind)
		}
		list = append(list, block.Bytes)
	}
	// encoding/pem passes over what it cannot read.
	if len(list) < begun {
		return nil, fmt.Errorf("%w: %d of %d PEM blocks cannot be read", ErrFormat, begun-len(list), begun)
	}
	return list, nil
}
