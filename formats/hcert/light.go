package hcert

import (
	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/cbor"
)

// CHLight is the profile of Switzerland's light certificates.
const CHLight formats.ID = "ch-light"

// lt1 is the context of light certificates, which count in Switzerland alone and for a short time.
var lt1 = context{prefix: "LT1:", claim: -250, step: "claim -250 (light certificate)"}

var chLight = profile{
	Profile: formats.Profile{
		ID:    CHLight,
		Title: "Swiss certificate light",
		Spec:  "Swiss Federal Office of Public Health, certificate light 1.0.0; envelope by eHealth Network, Technical Specifications for EU DCC, Volume 1",
	},
	context: &lt1,
	members: []int64{1},
	read:    (*reading).readLight,
	show:    (*reading).showDCC,
}

// readLight judges a certificate that says only who holds a complete one. Which kind that is, it keeps to itself: there
// is no event, and nothing that a signer's uses could be compared with.
func (r *reading) readLight(certificate cbor.Value) {
	d := &r.dcc
	d.version = version{major: 1, minor: 3}
	for k, v := range certificate.Entries() {
		if name, ok := k.TextBytes(); ok {
			d.frame(name, v)
		}
	}
	r.checkNationalVersion("")
	r.checkIssuedAt()
	r.checkName()
	r.checkBirth()
	r.takePerson()
}
