package icao

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/trustlist"
)

// An Inspection is everything that a file of certificates says, for people who look into it. Nothing of it is trusted.
type Inspection struct {
	Name   string
	Kind   string // "ICAO master list", "ICAO PKD directory", "certificates"
	SHA256 [sha256.Size]byte
	// Authentic says that a publisher whom the caller names answers for a master list; Problem says why none does. Other files
	// have neither, as nobody signs them.
	Authentic bool
	Problem   string
	// SigningTime and Signer are what a master list says of itself; Version is the directory's.
	SigningTime time.Time
	Signer      string
	Version     int64
	Rows        []Row
	Dropped     []trustlist.Dropped // what is no certificate that could be shown
}

// A Row is one certificate, in its own words.
type Row struct {
	Index               int
	Country, Key        string
	NotBefore, NotAfter time.Time
	Subject, Serial     string
	Roles               string
	SHA256              [sha256.Size]byte
	Deviations          []string // codes, as they were found
	Dropped             string   // why it is left out; "" where it is not
}

// Inspect reads a master list, a directory or certificates, told apart by content. Roots are those who may answer for a
// master list.
func Inspect(name string, data []byte, roots []trustlist.Anchor) (*Inspection, error) {
	in := &Inspection{Name: name, SHA256: sha256.Sum256(data)}
	switch {
	case isMasterList(data):
		return in, in.masterList(data, roots)
	case isDirectory(data):
		return in, in.directory(data)
	}
	in.Kind = "certificates"
	entries, err := ReadCertificates(name, data)
	in.add(entries)
	return in, err
}

func (in *Inspection) masterList(data []byte, roots []trustlist.Anchor) error {
	in.Kind = "ICAO master list"
	l, err := ReadMasterList(in.Name, data, Trust{Publisher: publishers(roots)})
	if err != nil {
		in.Problem = errors.Unwrap(err).Error()
		if l, err = ReadMasterList(in.Name, data, Trust{Unauthenticated: true}); err != nil {
			return err
		}
	}
	in.Authentic, in.SigningTime = l.Authenticated, l.SigningTime
	if len(l.Signer) > 0 {
		in.Signer = l.Signer[0].Subject.String()
	}
	in.add(l.Entries)
	return nil
}

func (in *Inspection) directory(data []byte) error {
	in.Kind = "ICAO PKD directory"
	d, err := ReadDirectory(in.Name, bytes.NewReader(data))
	if err != nil {
		return err
	}
	in.Version, in.Dropped = d.Version, d.Dropped
	for _, list := range [][]Listed{d.CAs, d.Signers} {
		for _, x := range list {
			c := x.Certificate
			in.add([]Entry{{Index: len(in.Rows), Certificate: c, Country: country(c), Key: keyName(c)}})
		}
	}
	return nil
}

// add makes rows of entries.
func (in *Inspection) add(entries []Entry) {
	for _, e := range entries {
		row := Row{Index: e.Index, Country: e.Country, Key: e.Key, Dropped: e.Dropped}
		if c := e.Certificate; c != nil {
			row.NotBefore, row.NotAfter = c.NotBefore, c.NotAfter
			row.Subject, row.Serial, row.Roles = c.Subject.String(), fmt.Sprintf("%x", c.Serial), c.Roles().String()
			row.SHA256, row.Deviations = sha256.Sum256(c.Raw), codes(c.Deviations)
		}
		in.Rows = append(in.Rows, row)
	}
}

// codes gives each code once.
func codes(list []der.Deviation) []string {
	var out []string
	for _, d := range list {
		if !slices.Contains(out, d.Code) {
			out = append(out, d.Code)
		}
	}
	return out
}
