package cli

import (
	"crypto/x509"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"time"

	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/provenance"
)

// record is provenance.json of a draft.
func (d *draft) record(stores []provenance.Store) provenance.Record {
	r := provenance.Record{
		Schema: provenance.Schema, AsOf: stamp(d.at), List: provenance.ListOf(d.after), NeedsSignatures: d.signatures(),
		Alarms: []provenance.Alarm{}, Revocations: stores,
	}
	// The name of a folder is an accident, and the draft has the name of its place.
	r.List.Name = filepath.Base(d.flags.out)
	if d.before.list != nil {
		before := provenance.ListOf(d.before.list)
		before.Name = filepath.Base(d.flags.previous)
		r.Previous = &before
	}
	for _, a := range d.report.Alarms {
		r.Alarms = append(r.Alarms, provenance.Alarm{Code: string(a.Code), Of: a.Of, Old: a.Old, New: a.New, Text: a.Text})
	}
	if d.flags.force && len(d.report.Alarms) > 0 {
		r.Forced = &provenance.Forced{By: d.flags.by, Reason: d.flags.reason, At: stamp(d.at)}
	}
	var files []provenance.File
	for _, f := range d.files {
		if !f.store {
			files = append(files, f.File)
		}
	}
	r.Sources = provenance.Sources(d.after, files)
	for i := range r.Sources {
		s := &r.Sources[i]
		for _, l := range d.lists.Sources {
			if hex.EncodeToString(l.SHA256[:]) != s.SHA256 {
				continue
			}
			s.Revocations = l.Entries
			if len(s.Authentication) == 0 {
				s.Authentication = []string{l.Authentication.String()}
			}
			if l.Cards != nil {
				s.KeyID, s.Counter = l.Cards.KeyID, l.Cards.Counter
			}
		}
	}
	return r
}

// The form travelseal.trust/1, as the loader reads it.
type (
	listedAnchors struct {
		Schema  string         `json:"schema"`
		Created string         `json:"created,omitempty"`
		Anchors []listedAnchor `json:"anchors"`
	}
	listedAnchor struct {
		Role        string       `json:"role"`
		Issuer      string       `json:"issuer,omitempty"`
		Country     string       `json:"country,omitempty"`
		KeyID       []byte       `json:"key_id,omitempty"`
		Certificate []byte       `json:"certificate,omitempty"`
		SPKI        []byte       `json:"spki,omitempty"`
		Scope       []string     `json:"scope"`
		Uses        []string     `json:"uses"`
		NotBefore   string       `json:"not_before,omitempty"`
		NotAfter    string       `json:"not_after,omitempty"`
		RevokedAt   string       `json:"revoked_at,omitempty"`
		Source      listedSource `json:"source"`
	}
	listedSource struct {
		Name string `json:"name"`
		Date string `json:"date,omitempty"`
	}
)

// listJSON writes all anchors of a list. It is of its oldest source's date, or, where one has none, of the import's.
func listJSON(s *trustlist.Snapshot, at time.Time) (listedAnchors, error) {
	created := s.Info().Created
	if created.IsZero() {
		created = at
	}
	list := listedAnchors{Schema: trustlist.Schema, Created: stamp(created), Anchors: []listedAnchor{}}
	for _, a := range s.Anchors() {
		l := listedAnchor{
			Role: a.Role.String(), Issuer: a.Issuer, Country: a.Country, KeyID: a.KeyID, Certificate: a.Certificate, Scope: []string{}, Uses: a.Uses.Names(),
			NotBefore: stamp(a.NotBefore), NotAfter: stamp(a.NotAfter), RevokedAt: stamp(a.RevokedAt), Source: listedSource{Name: a.Source.Name, Date: stamp(a.Source.Date)},
		}
		for _, id := range a.Scope {
			l.Scope = append(l.Scope, string(id))
		}
		if a.Certificate == nil {
			spki, err := x509.MarshalPKIXPublicKey(a.Key)
			if err != nil {
				return list, fmt.Errorf("a key of %s has no certificate, and its curve cannot be written", a.Source.Name)
			}
			l.SPKI = spki
		}
		list.Anchors = append(list.Anchors, l)
	}
	return list, nil
}
