package hcert

import (
	"strings"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/cbor"
)

// ATExemption is the profile of Austria's certificates of exemption from vaccination.
const ATExemption formats.ID = "at-ve"

// at1 is the context of certificates that count in Austria alone. They have signers of their own, who are not on the
// EU's list.
var at1 = context{prefix: "AT1:", claim: -260, step: "claim -260 (hcert)"}

var atExemption = profile{
	Profile: formats.Profile{
		ID:    ATExemption,
		Title: "Austrian certificate of exemption from vaccination",
		Spec:  "Austrian DCC schema AT-1.0.0; envelope by eHealth Network, Technical Specifications for EU DCC, Volume 1",
	},
	context: &at1,
	members: []int64{1},
	read:    (*reading).readExemption,
	show:    (*reading).showDCC,
}

// exemption is the entry of schema AT-1.0.0.
var exemption = group{name: "ve", use: formats.Exemption, fields: []field{
	{name: "tg", kind: code, text: func(e *formats.Event, s string) { e.Target.Code = s }},
	{name: "du", kind: day, date: func(e *formats.Event, d formats.Date) { e.Until = d }},
	{name: "co", kind: country, text: func(e *formats.Event, s string) { e.Country = s }},
	{name: "is", kind: text, text: func(e *formats.Event, s string) { e.Issuer = s }},
	{name: "ci", kind: text, text: func(e *formats.Event, s string) { e.ID = s }},
}}

// readExemption judges a certificate by the Austrian schema, which has the frame of DCC schema 1.3 and one kind of
// entry.
func (r *reading) readExemption(certificate cbor.Value) {
	// Whatever stands in it, an exemption is what the signer must be allowed to vouch for.
	r.found.purpose = formats.Exemption
	d := &r.dcc
	d.version = version{major: 1, minor: 3}
	var entries cbor.Value
	for k, v := range certificate.Entries() {
		switch name, ok := k.TextBytes(); {
		case !ok || d.frame(name, v):
		case string(name) == exemption.name:
			entries = v
		case string(name) == "v" || string(name) == "t" || string(name) == "r":
			r.breach(string(name), "not a member of a certificate of exemption")
		}
	}
	r.checkNationalVersion("AT-")
	r.checkIssuedAt()
	r.checkName()
	if d.fnt == "" && d.gnt != "" {
		r.breach("nam.fnt", "missing")
	}
	r.checkBirth()
	switch n := r.checkGroup(&exemption, entries); {
	case n == 0:
		r.breach(exemption.name, "no entry at all")
	case n > 1:
		r.breach(exemption.name, "more than one entry, where exactly one is needed")
	}
	r.takePerson()
}

// checkNationalVersion takes the version of a national schema, of which the first is known here: three numbers after a
// prefix.
func (r *reading) checkNationalVersion(prefix string) {
	d := &r.dcc
	s, ok := d.schemaVersion.Text()
	if !ok {
		r.breach("ver", "missing or not a text")
		return
	}
	d.ver = s
	number, found := strings.CutPrefix(s, prefix)
	n, ok := parseVersion(number)
	switch {
	case !found || !ok:
		r.breach("ver", "not of the form "+prefix+"1.2.3")
	case n[0] != 1:
		r.breach("ver", "a schema version that is not known here")
	}
}
