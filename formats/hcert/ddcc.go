package hcert

import (
	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/cbor"
)

// WHODDCC is the profile of the WHO's Digital Documentation of COVID-19 Certificates: vaccination status and test
// result.
const WHODDCC formats.ID = "who-ddcc"

// The members of the claim hcert for this profile (SMART Trust, logical model HCert).
const (
	memberDDCCVaccination = 3
	memberDDCCTest        = 4
)

var whoDDCC = profile{
	Profile: formats.Profile{
		ID:    WHODDCC,
		Title: "WHO Digital Documentation of COVID-19 Certificate",
		Spec:  "WHO DDCC, core data sets for vaccination status and test result (RC2), and the layout of the pilot (RC1)",
	},
	context: &hc1,
	members: []int64{memberDDCCVaccination, memberDDCCTest},
	root:    isPilot,
	several: true,
	country: alpha2,
	read:    (*reading).readDDCC,
	show:    (*reading).showWHO,
}

// isPilot recognises certificates of the pilot, whose members stand beside the claims of the token: a name, and one of
// the members that only this data set has.
func isPilot(claims cbor.Value) bool {
	m := membersOf(claims)
	if m["name"].Kind() == cbor.Missing {
		return false
	}
	for _, name := range [...]string{"hcid", "vaccine", "test"} {
		if m[name].Kind() != cbor.Missing {
			return true
		}
	}
	return false
}

// readDDCC judges a certificate by the core data set.
func (r *reading) readDDCC(certificate cbor.Value) {
	m := membersOf(certificate)
	subject := formats.Subject{Names: r.fullName("name", m["name"])}
	subject.Birth = r.birth("birthDate", m["birthDate"], false)
	subject.Sex = r.nameAt(top, "sex", m["sex"], false)
	r.found.claims.Subjects = []formats.Subject{subject}
	r.extra("identifier", r.nameAt(top, "identifier", m["identifier"], false))
	if r.atRoot {
		r.readPilot(m)
		return
	}
	r.checkIssuedAt()
	issuer, id := r.readMetadata(m["certificate"])
	g := &ddccVaccination
	if r.member == memberDDCCTest {
		g = &ddccTest
	}
	r.readDDCCEvent(g, m[g.name], issuer, id)
}

// readMetadata reads what a certificate says of itself and gives its issuer and identifier.
func (r *reading) readMetadata(v cbor.Value) (issuer, id string) {
	if !r.present(top, "certificate", v, true, true) {
		return "", ""
	}
	if v.Kind() != cbor.Map {
		r.breach("certificate", "not a map")
		return "", ""
	}
	m, in := membersOf(v), top.inside("certificate")
	issuer = r.nameAt(in, "issuer", m["issuer"], true)
	id = r.nameAt(in, "hcid", m["hcid"], true)
	r.extra("schema_version", r.nameAt(in, "version", m["version"], true))
	period := m["period"]
	if !r.present(in, "period", period, true, true) {
		return issuer, id
	}
	if period.Kind() != cbor.Map {
		r.breach(in.field("period"), "not a map")
		return issuer, id
	}
	p := membersOf(period)
	r.readPeriod(in.inside("period"), "start", p["start"], "end", p["end"])
	return issuer, id
}

// readPeriod reads the certificate's own validity.
func (r *reading) readPeriod(at place, start string, from cbor.Value, end string, until cbor.Value) {
	if r.present(at, start, from, true, true) {
		if d, ok := r.dateOf(at, start, from, moment); ok {
			r.found.from = d.Earliest()
		}
	}
	if r.present(at, end, until, true, true) {
		if d, ok := r.dateOf(at, end, until, moment); ok {
			r.found.until = d.Latest()
		}
	}
}

// readDDCCEvent reads the vaccination or the test.
func (r *reading) readDDCCEvent(g *group, v cbor.Value, issuer, id string) {
	r.found.purpose = g.use
	if v.Kind() == cbor.Missing {
		r.breach(g.name, "missing")
		return
	}
	at := place{group: g.name, index: single}
	if !r.checkEntry(g, at, v) {
		return
	}
	e := &r.found.claims.Events[0]
	e.Issuer, e.ID = issuer, id
	if g.use == formats.Vaccination && e.Manufacturer == (formats.Coded{}) { // invariant who-ddcc-data-1
		r.breach(at.field("manufacturer"), "neither it nor the holder of the market authorization is named")
	}
}

// readPilot reads a certificate of the pilot, which states an authority and its own validity, and no claims of the token.
func (r *reading) readPilot(m map[string]cbor.Value) {
	id := r.nameAt(top, "hcid", m["hcid"], true)
	issuer := r.nameAt(top, "pha", m["pha"], false)
	r.readPeriod(top, "valid_from", m["valid_from"], "valid_until", m["valid_until"])
	if test := m["test"]; test.Kind() != cbor.Missing {
		if m["vaccine"].Kind() != cbor.Missing {
			r.breach("vaccine", "a vaccination beside a test; only the test is shown")
		}
		r.readDDCCEvent(&ddccTest, test, issuer, id)
		return
	}
	r.readDDCCEvent(&pilotVaccination, r.certificate, issuer, id)
}
