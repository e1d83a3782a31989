package icao

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/trustlist"
)

// Importers are the forms of trust material that this package adds to a [trustlist.Loader].
var Importers = []trustlist.Importer{
	{Name: "ICAO master list", Detect: isMasterList, Import: importMasterList},
	{Name: "ICAO PKD directory (LDIF)", Detect: isDirectory, Import: importDirectory},
}

// oidSignedData stands first in a CMS message (RFC 5652 §5.1).
var oidSignedData = []byte{byte(der.ObjectID), 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02}

// isMasterList looks for a CMS message, whatever it holds: no other trust material is one.
func isMasterList(data []byte) bool {
	return len(data) > 0 && data[0] == byte(der.Sequence) && bytes.Contains(data[:min(len(data), 32)], oidSignedData)
}

func isDirectory(data []byte) bool {
	head := bytes.TrimLeft(data[:min(len(data), 256)], "\xef\xbb\xbf \t\r\n")
	return bytes.HasPrefix(head, []byte("version:")) || bytes.HasPrefix(head, []byte("dn:")) || bytes.HasPrefix(head, []byte("# "))
}

// importMasterList takes a list that a root of the relying party answers for.
func importMasterList(src trustlist.Source, data []byte, roots []trustlist.Anchor) (trustlist.Material, error) {
	l, err := ReadMasterList(src.Name, data, Trust{Publisher: publishers(roots)})
	switch {
	case errors.Is(err, ErrUnpinned):
		return trustlist.Material{}, fmt.Errorf("%w: name the certificate of its country's authority as well", ErrUnpinned)
	case err != nil:
		return trustlist.Material{}, errors.Unwrap(err)
	}
	return l.material(), nil
}

// material makes anchors of the list's certificates.
func (l *List) material() trustlist.Material {
	m := trustlist.Material{Dropped: l.Dropped()}
	for _, c := range l.CAs() {
		src := l.Source
		if l.Authenticated {
			src.Authentication = trustlist.SignedList
		}
		a, err := trustlist.FromCertificate(c, src)
		if err != nil {
			m.Dropped = append(m.Dropped, trustlist.Dropped{Source: l.Source.Name, Item: c.Subject.String(), Reason: err.Error()})
			continue
		}
		m.Anchors = append(m.Anchors, a)
	}
	return m
}

// importDirectory takes the master lists of a download that a root answers for, and its revocation lists. Of the signers in
// it, for none of which the directory vouches, those of visible digital seals are handed on: a seal calls its signer by a
// reference (Doc 9303-13 §2.2), where chips bring theirs.
func importDirectory(src trustlist.Source, data []byte, roots []trustlist.Anchor) (trustlist.Material, error) {
	d, err := ReadDirectory(src.Name, bytes.NewReader(data))
	if err != nil {
		return trustlist.Material{}, errors.Unwrap(err)
	}
	m := trustlist.Material{Dropped: d.Dropped}
	for _, record := range d.MasterLists {
		of := trustlist.Source{Name: fmt.Sprintf("%s, master list of %s", src.Name, record.Country)}
		list, err := ReadMasterList(of.Name, record.DER, Trust{Publisher: publishers(roots)})
		if err != nil {
			m.Dropped = append(m.Dropped, trustlist.Dropped{
				Source: src.Name, Item: fmt.Sprintf("line %d, master list of %s", record.Line, record.Country), Reason: errors.Unwrap(err).Error(),
			})
			continue
		}
		one := list.material()
		m.Anchors = append(m.Anchors, one.Anchors...)
		m.Dropped = append(m.Dropped, one.Dropped...)
	}
	for _, record := range d.Signers {
		if record.Certificate.Roles().Has(cert.VDSSigner) {
			m.Signers = append(m.Signers, record.DER)
		}
	}
	for _, record := range d.Revocations {
		m.CRLs = append(m.CRLs, record.DER)
	}
	return m, nil
}

// publishers are the certificates of the roots.
func publishers(roots []trustlist.Anchor) []*cert.Certificate {
	var list []*cert.Certificate
	for _, a := range roots {
		if c, err := cert.Parse(a.Certificate); err == nil {
			list = append(list, c)
		}
	}
	return list
}
