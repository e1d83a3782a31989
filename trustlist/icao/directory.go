package icao

import (
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/trustlist"
)

// MaxRecords bounds the entries that [ReadDirectory] keeps; the largest download has some 30,000.
const MaxRecords = 200_000

// A Directory is what one LDIF download of the ICAO PKD holds. The directory signs nothing: a signer's certificate and a
// revocation list count only under a trusted CSCA, and a master list only for [ReadMasterList].
type Directory struct {
	Signers       []Listed
	CAs           []Listed
	Revocations   []Listed
	MasterLists   []Listed
	Version       int64 // the highest pkdVersion; a download with a lower one than the last is a step back
	NonConforming int   // how many stand in the branch for what departs from Doc 9303
	Dropped       []trustlist.Dropped
}

// A Listed is one record of the directory.
type Listed struct {
	Record
	Certificate *cert.Certificate // of a signer or CA; nil otherwise
	Revocations *cert.List        // nil otherwise
}

// ReadDirectory reads a whole download. Whatever is broken is listed as dropped, and the rest is read. The error is of the
// reader, or [ErrEmpty] or [ErrLimit] within a *trustlist.LoadError.
func ReadDirectory(name string, r io.Reader) (*Directory, error) {
	d := new(Directory)
	n := 0
	for record, err := range Records(r) {
		var broken *RecordError
		switch {
		case errors.As(err, &broken):
			d.drop(name, broken.Line, broken.Err.Error())
			continue
		case err != nil:
			return nil, refuse(name, err)
		}
		if n++; n > MaxRecords {
			return nil, refuse(name, fmt.Errorf("%w: more than %d records", ErrLimit, MaxRecords))
		}
		d.add(name, record)
	}
	if len(d.Signers)+len(d.CAs)+len(d.Revocations)+len(d.MasterLists) == 0 {
		return nil, refuse(name, ErrEmpty)
	}
	return d, nil
}

// add takes in one record.
func (d *Directory) add(name string, record Record) {
	listed := Listed{Record: record}
	switch record.Kind {
	case SignerCertificate, CACertificate:
		c, err := cert.Parse(record.DER)
		if err == nil {
			err = c.Usable()
		}
		switch {
		case err != nil:
			d.drop(name, record.Line, err.Error())
			return
		case (record.Kind == CACertificate) != c.Roles().Has(cert.CA):
			d.drop(name, record.Line, "a certificate of a CA and one of a signer stand in each other's place")
			return
		}
		listed.Certificate = c
		if record.Kind == CACertificate {
			d.CAs = append(d.CAs, listed)
		} else {
			d.Signers = append(d.Signers, listed)
		}
	case RevocationList:
		list, err := cert.ParseList(record.DER)
		if err == nil {
			err = list.Usable()
		}
		if err != nil {
			d.drop(name, record.Line, err.Error())
			return
		}
		listed.Revocations = list
		d.Revocations = append(d.Revocations, listed)
	case MasterList:
		d.MasterLists = append(d.MasterLists, listed)
	}
	d.Version = max(d.Version, record.Version)
	if record.NonConforming {
		d.NonConforming++
	}
}

func (d *Directory) drop(name string, line int, reason string) {
	if len(d.Dropped) < MaxRecords {
		d.Dropped = append(d.Dropped, trustlist.Dropped{Source: name, Item: "line " + strconv.Itoa(line), Reason: reason})
	}
}
