package hcert

import (
	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/cbor"
)

// WHODVC is the profile of the WHO's digital vaccination certificate, in which the International Certificate of
// Vaccination or Prophylaxis (ICVP, the "yellow card") is issued.
const WHODVC formats.ID = "who-dvc"

var whoDVC = profile{
	Profile: formats.Profile{
		ID:    WHODVC,
		Title: "WHO digital vaccination certificate (ICVP, yellow card)",
		Spec:  "WHO SMART ICVP 0.1.0 to 0.3.0, HCERT payload; International Health Regulations (2005), Annexes 6 and 7",
	},
	context: &hc1,
	members: []int64{-6}, // SMART Trust, logical model HCert
	several: true,
	endless: true, // a vaccination against yellow fever counts for life (Annex 7 §2)
	country: alpha2,
	read:    (*reading).readDVC,
	show:    (*reading).showWHO,
}

// A dvcLayout is one of the data sets that the WHO has published for this certificate. They are told apart by their
// members, because only the newest states a version.
type dvcLayout struct {
	nationality, number, kind string // the names of the members
	complete                  bool   // sex and nationality are needed (REQ-DE-03, REQ-DE-08)
	entry                     *group
	product                   bool // vp is a product of the WHO's catalogue, from which the disease follows (REQ-DE-12)
}

var (
	// dvc2024 is the logical model DVCPayload of SMART ICVP 0.1.0.
	dvc2024 = dvcLayout{nationality: "ntl", number: "nid", kind: "ndt", entry: &dvcVaccination}
	// icvp2025 is the logical model ICVPMin of SMART ICVP 0.2.0 and 0.3.0.
	icvp2025 = dvcLayout{nationality: "ntl", number: "nid", kind: "ndt", entry: &icvpVaccination, product: true}
	// icvp2026 is ICVPMin as the requirements of 2026 have it: v is the version, and vx the vaccination.
	icvp2026 = dvcLayout{nationality: "nt", number: "id", kind: "dt", complete: true, entry: &icvpNewVaccination, product: true}
)

func layoutOf(m map[string]cbor.Value) *dvcLayout {
	if m["vx"].Kind() != cbor.Missing {
		return &icvp2026
	}
	v := membersOf(m["v"])
	for _, name := range [...]string{"tg", "dn", "mp", "ma", "mid"} { // what the catalogue of products has made needless
		if v[name].Kind() != cbor.Missing {
			return &dvc2024
		}
	}
	return &icvp2025
}

// readDVC judges a certificate by the data set that it follows.
func (r *reading) readDVC(certificate cbor.Value) {
	r.found.purpose = formats.Vaccination
	m := membersOf(certificate)
	l := layoutOf(m)
	c := &r.found.claims
	r.checkIssuedAt()
	subject := formats.Subject{Names: r.fullName("n", m["n"])}
	subject.Birth = r.birth("dob", m["dob"], true)
	subject.Sex = r.lineOf("s", m["s"], l.complete)
	subject.Nationality = r.lineOf(l.nationality, m[l.nationality], l.complete)
	c.Subjects = []formats.Subject{subject}
	if d := (formats.DocRef{Number: r.lineOf(l.number, m[l.number], false), Type: r.lineOf(l.kind, m[l.kind], false)}); d != (formats.DocRef{}) {
		c.Documents = []formats.DocRef{d}
	}
	r.extra("guardian", r.lineOf("gn", m["gn"], false))
	if l == &icvp2026 {
		r.extra("schema_version", r.lineOf("v", m["v"], true))
	}
	r.readVaccination(l, m[l.entry.name])
}

// readVaccination reads the one vaccination of a certificate.
func (r *reading) readVaccination(l *dvcLayout, v cbor.Value) {
	at := place{group: l.entry.name, index: single}
	if v.Kind() == cbor.Missing {
		r.breach(l.entry.name, "missing")
		return
	}
	if !r.checkEntry(l.entry, at, v) {
		return
	}
	// IHR (2005) Annex 6 §4, invariant must-have-issuer-or-clinician-name.
	m := membersOf(v)
	if l == &icvp2026 && m["dv"].Kind() == cbor.Missing && m["dt"].Kind() == cbor.Missing {
		r.breach(at.field("dv"), "missing")
	}
	if m["is"].Kind() == cbor.Missing && m["cn"].Kind() == cbor.Missing {
		r.breach(at.field("is")+", "+at.field("cn"), "neither the issuer nor the clinician is named")
	}
	events := r.found.claims.Events
	r.ascertain(&events[len(events)-1], l.product)
}
