package divoc

import (
	"strings"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/ldproof"
)

// readCredential writes the credential in the words that all formats share.
func (r *reading) readCredential() error {
	root := r.credential.Root
	if !root.Is("ProofOfVaccinationCredential") {
		r.breach("type", "not a ProofOfVaccinationCredential")
	}
	issuer := r.issuer(root)
	for _, s := range r.objects(root, "credentialSubject", "") {
		r.put(s, s.at, r.subject(s))
	}
	for _, e := range r.objects(root, "evidence", "") {
		r.put(e, e.at, r.entry(e, issuer))
	}
	r.rest(&r.claims, object{root, ""}, "issuer", "issuanceDate", "expirationDate", "validFrom", "validUntil", "credentialSubject", "evidence")

	seal := formats.NoSeal
	r.doc = &formats.Document{Format: ID, Purpose: formats.Vaccination, Validity: r.validity(root), Handles: r.handles, Needs: []string{"credential"}}
	if s := r.credential.Seal; s != nil {
		s.Signer.Issuer = issuer
		r.doc.Seals, seal = []formats.Seal{*s}, 0
	}
	r.doc.Parts = append([]formats.Part{{Name: "credential", Unverified: r.claims, Seal: seal}}, r.loose...)
	r.doc.Checks = append(r.credential.Checks, r.checks...)
	return nil
}

// put adds what an object says to the sealed claims, or to a part of its own where the proof does not cover the object.
func (r *reading) put(o object, name string, c formats.Claims) {
	if !o.Covered {
		r.loose = append(r.loose, formats.Part{Name: name, Unverified: c, Seal: formats.NoSeal})
		return
	}
	all := &r.claims
	all.Subjects = append(all.Subjects, c.Subjects...)
	all.Documents = append(all.Documents, c.Documents...)
	all.Events = append(all.Events, c.Events...)
	all.Extra = append(all.Extra, c.Extra...)
}

// issuer gives the IRI of the issuer, which is a text or an object with that name (VC Data Model 1.1 §4.5).
func (r *reading) issuer(root *ldproof.Node) string {
	values := root.Values("issuer")
	if len(values) != 1 {
		r.breach("issuer", "missing, or several")
		return ""
	}
	if n := values[0].Node; n != nil {
		return n.Name
	}
	s, _ := values[0].Scalar.Text()
	return s
}

// validity is that of the credential (VC Data Model 1.1 §4.6 and appendix C.1). A moment that cannot be read is a breach.
func (r *reading) validity(root *ldproof.Node) formats.Validity {
	moment := func(names ...string) (at time.Time) {
		for _, name := range names {
			s, ok := r.text(object{root, ""}, name, false)
			if !ok {
				continue
			}
			d, err := formats.ParseDate(s)
			if err != nil || d.Instant.IsZero() || d.NoZone {
				r.breach(name, "not a moment with its zone (XML Schema dateTimeStamp)")
				continue
			}
			at = d.Instant
		}
		return at
	}
	v := formats.Validity{IssuedAt: moment("issuanceDate"), NotBefore: moment("validFrom"), NotAfter: moment("validUntil", "expirationDate")}
	if v.IssuedAt.IsZero() {
		r.breach("issuanceDate", "missing or not readable")
	}
	return v
}

// subject reads the holder.
func (r *reading) subject(o object) formats.Claims {
	var c formats.Claims
	var s formats.Subject
	if !o.Is("Person") {
		r.breach(o.in("type"), "not a Person")
	}
	if name, ok := r.text(o, "name", true); ok {
		if name == "" {
			r.breach(o.in("name"), "empty")
		}
		s.Names = []formats.Name{{Full: name, Source: "credentialSubject.name"}}
	}
	s.Sex, _ = r.text(o, "gender", false)
	s.Nationality, _ = r.text(o, "nationality", false)
	s.Birth, _ = r.date(o, "dob", false)
	s.Birth.Instant, s.Birth.NoZone = time.Time{}, false // a birth date has no time of day
	c.Subjects = []formats.Subject{s}
	if o.Name != "" {
		c.Documents = []formats.DocRef{reference(o.Name)}
	}
	r.rest(&c, o, "name", "gender", "nationality", "dob")
	return c
}

// reference takes an identity document out of the holder's name, "did:Passport:Z1234567" or "did:in.gov.uidai.aadhaar:12".
func reference(id string) formats.DocRef {
	method, ok := strings.CutPrefix(id, "did:")
	if i := strings.LastIndexByte(method, ':'); ok && i > 0 {
		return formats.DocRef{Type: method[:i], Number: method[i+1:]}
	}
	return formats.DocRef{Number: id}
}
