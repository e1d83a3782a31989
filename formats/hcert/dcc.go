package hcert

import (
	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/cbor"
)

// EUDCC is the profile of the EU Digital COVID Certificate.
const EUDCC formats.ID = "eu-dcc"

var euDCC = profile{
	Profile: formats.Profile{
		ID:    EUDCC,
		Title: "EU Digital COVID Certificate",
		Spec:  "eHealth Network, Technical Specifications for EU DCC, Volumes 1 and 3; DCC schema 1.0.0 to 1.3.x",
	},
	context: &hc1,
	members: []int64{1}, // Volume 1 §3.3.1
	read:    (*reading).readDCC,
	show:    (*reading).showDCC,
}

// dcc is a certificate of the DCC schema or of a national one that has its frame: the members, each still as it stands,
// because a member of the wrong type is a breach of the schema and not an unreadable document.
type dcc struct {
	ver           string
	version       version
	nam, dob      cbor.Value
	groups        [3]cbor.Value // in the order of groups
	fn, gn        string
	fnt, gnt      string
	birth         formats.Date
	schemaVersion cbor.Value
}

// readDCC checks the certificate against its schema and takes its values.
func (r *reading) readDCC(certificate cbor.Value) {
	d := &r.dcc
	for k, v := range certificate.Entries() {
		name, ok := k.TextBytes()
		if !ok || d.frame(name, v) {
			continue
		}
		for i := range groups {
			if string(name) == groups[i].name {
				d.groups[i] = v
			}
		}
	}
	r.checkSchema()
	r.takePerson()
}

// frame keeps a member that all certificates of this family have, and reports whether it is one.
func (d *dcc) frame(name []byte, v cbor.Value) bool {
	switch string(name) {
	case "ver":
		d.schemaVersion = v
	case "nam":
		d.nam = v
	case "dob":
		d.dob = v
	default:
		return false
	}
	return true
}

// takePerson turns the frame into Claims.
func (r *reading) takePerson() {
	d, c := &r.dcc, &r.found.claims
	c.Subjects = []formats.Subject{{Names: d.names(), Birth: d.birth}}
	if d.ver != "" {
		c.Extra = []formats.Field{{Name: "schema_version", Value: d.ver}}
	}
}

// names gives the name as the issuer wrote it, and its transliteration by ICAO Doc 9303-3. Where only the
// transliteration is there, it comes first.
func (d *dcc) names() []formats.Name {
	names := make([]formats.Name, 0, 2)
	if d.fn != "" || d.gn != "" {
		names = append(names, formats.Name{Family: d.fn, Given: d.gn, Source: "nam.fn, nam.gn"})
	}
	if d.fnt != "" || d.gnt != "" {
		names = append(names, formats.Name{Family: d.fnt, Given: d.gnt, Script: "icao", Source: "nam.fnt, nam.gnt"})
	}
	return names
}
