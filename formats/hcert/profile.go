package hcert

import (
	"errors"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/cbor"
)

// A profile is one scheme that the carrier serves: where its certificates stand, what it demands of the token around
// them, and who reads them. A further profile is one file and one line in profiles.
type profile struct {
	formats.Profile
	context *context
	// members are the members of the context's claim that hold certificates of this profile.
	members []int64
	// root recognises claims that stand at the root of the token, without the context's claim; nil where there is none such.
	root func(claims cbor.Value) bool
	// several marks profiles that may write a list of certificates where others write one.
	several bool
	// endless marks profiles whose certificates need not state an end of validity.
	endless bool
	// country gives the country code that the issuer's name stands for; nil leaves it as it is.
	country func(iss string) string
	// read judges a certificate and fills reading.found; show gives what it found for Trace.
	read func(r *reading, certificate cbor.Value)
	show func(r *reading) []formats.Field
}

// profiles are the schemes that are known here.
var profiles = [...]*profile{&euDCC, &whoDDCC, &whoDVC, &atExemption, &chLight}

// A context is a context identifier (Volume 1 §4.2.2) with the claim of the CWT in which its certificates stand.
type context struct {
	prefix string // two letters, the version and a colon
	claim  int64
	step   string // the name of the claim in errors
}

// hc1 is the context of certificates that countries exchange; the WHO took it over with its register of members (SMART
// Trust, logical model HCert).
var hc1 = context{prefix: "HC1:", claim: -260, step: "claim -260 (hcert)"}

// unread names members of the claim hcert that the WHO's register knows and nothing here reads.
var unread = map[int64]string{
	2: "it holds a vaccination certificate of the network RACSEL, which is not read here",
	5: "it holds a link to a health record, which is not read or followed here",
}

// readProfile finds the one certificate of the token. An empty claim, an unknown member or several are refused: which
// rules apply would be a guess.
func (r *reading) readProfile() error {
	h, step := r.claims.hcert, r.context.step
	bad := func(why string) error { return fail(formats.CodePayload, step, -1, errors.New(why)) }
	if h.Kind() == cbor.Missing && r.readRoot() {
		return nil
	}
	if h.Kind() != cbor.Map {
		return bad("missing or not a map")
	}
	for k, v := range h.Entries() {
		n, ok := k.Int()
		p := r.context.profile(n)
		switch {
		case !ok || p == nil:
			if why := unread[n]; ok && r.context == &hc1 && why != "" {
				return bad(why)
			}
			return bad("it holds a certificate of a kind that is not known here")
		case r.profile != nil:
			return bad("it holds certificates of several kinds")
		}
		r.profile, r.member, r.certificate = p, n, v
	}
	if r.profile == nil {
		return bad("it holds no certificate")
	}
	if r.profile.several && r.certificate.Kind() == cbor.Array {
		r.readFirst()
	}
	if r.certificate.Kind() != cbor.Map {
		return bad("it holds no certificate, or one that is not a map")
	}
	return nil
}

// profile gives the profile of a member of the context's claim, or nil.
func (c *context) profile(member int64) *profile {
	for _, p := range profiles {
		if p.context != c {
			continue
		}
		for _, m := range p.members {
			if m == member {
				return p
			}
		}
	}
	return nil
}

// readRoot takes the claims themselves for the certificate, where a profile recognises them.
func (r *reading) readRoot() bool {
	for _, p := range profiles {
		if p.context == r.context && p.root != nil && p.root(r.claims.all) {
			r.profile, r.certificate, r.atRoot = p, r.claims.all, true
			return true
		}
	}
	return false
}

// readFirst takes the first certificate of a list. Certificates of several people in one seal cannot be shown as one
// person's, so a list of more than one is a breach and the others are not shown.
func (r *reading) readFirst() {
	list := r.certificate
	if n, _ := list.Len(); n > 1 {
		r.breach(r.context.step, "several certificates, where one is needed; only the first is shown")
	}
	r.certificate = cbor.Value{}
	for _, first := range list.Elements() {
		r.certificate = first
		break
	}
}

// readCertificate has the profile judge the certificate, and writes the Document.
func (r *reading) readCertificate() error {
	if err := r.readProfile(); err != nil {
		return err
	}
	r.profile.read(r, r.certificate)
	r.doc = r.document()
	return nil
}
