package emrtd

import (
	"strings"

	"github.com/travelseal/travelseal/formats"
)

// boundWhole demands that what binds a credential to a device is there as a whole, or not at all.
func (r *reading) boundWhole() {
	c := r.own
	if !c.signer && c.values == 0 && !c.security && !c.otherInfo {
		return
	}
	var absent []string
	for _, e := range []struct {
		name  string
		given bool
	}{{"dtcSecurityInfo", c.security}, {"dtcTBS", c.values > 0}, {"dtcSignerInfo", c.signer}} {
		if !e.given {
			absent = append(absent, e.name)
		}
	}
	if len(absent) > 0 {
		r.breach("credential", "something in it is for a device that it is bound to, and there is no "+strings.Join(absent, ", "))
	}
}

// kind is what a credential is bound to, as the specification calls it.
func (r *reading) kind() string {
	switch {
	case r.own.signer && r.sod != nil:
		return "eMRTD-PC bound (type 2)"
	case r.own.signer:
		return "PC bound (type 3)"
	case r.sod != nil:
		return "eMRTD bound (type 1)"
	}
	return "none: neither dtcSOD nor dtcSignerInfo is in it"
}

// ownSeal is the signature of a DTC signer. How it is written and what leads from it to the groups no public source says, so
// that it is never checked and the document never accepted.
func ownSeal() formats.Seal {
	return formats.Seal{Role: formats.Issuer, Envelope: "DTC", Problem: formats.Problem{
		Code: formats.CodeSealUnsupported,
		Text: "the DTC signer's own signature, which binds the credential to a device, is not read here",
	}}
}

// addOwn adds the seal of the DTC signer, where there is one, and the elements that are none of a chip's files. The signer
// vouches for them, so that nobody does where its signature is missing. Where there is no EF.SOD, the groups are its too.
func (r *reading) addOwn(doc *formats.Document) {
	c, seal := r.own, formats.NoSeal
	if c.signer {
		seal = len(doc.Seals)
		doc.Seals = append(doc.Seals, ownSeal())
	}
	if r.object == nil {
		for i := range doc.Parts {
			doc.Parts[i].Seal = seal
		}
	}
	add := func(given bool, name string, seal int) {
		if given {
			doc.Parts = append(doc.Parts, formats.Part{Name: name, Seal: seal})
		}
	}
	for _, n := range c.strange {
		add(true, elementName(n), formats.NoSeal)
	}
	add(c.security, elementName(numberSecurity), seal)
	add(c.otherInfo, elementName(numberOtherInfo), seal)
}
