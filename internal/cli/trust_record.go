package cli

import (
	"encoding/hex"
	"path/filepath"

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
