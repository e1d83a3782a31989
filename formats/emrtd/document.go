package emrtd

import (
	"strings"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/lds"
)

// write makes the document of what was read.
func (r *reading) write() error {
	doc := &formats.Document{
		Format: r.id, Carrier: formats.Chip, Purpose: formats.Travel, Needs: []string{"DG1"}, Wants: []string{"DG2"}, Checks: r.checks,
	}
	if r.object != nil {
		r.seal.Signer.Country, r.seal.Signer.DocumentType = r.country, r.docType
		doc.Seals = []formats.Seal{r.seal}
		doc.Validity.IssuedAt, doc.Validity.AtSigning = r.signed, true
	}
	for n := lds.Group(1); n <= lds.Groups; n++ {
		if g := r.groups[n]; g != nil {
			doc.Parts = append(doc.Parts, r.part(n, g))
		}
	}
	if r.object != nil {
		doc.Parts = append(doc.Parts, formats.Part{Name: "EF.SOD", Unverified: r.objectClaims(), Path: r.path(0, nil)})
	}
	for i, f := range r.named {
		if f.kind == foreignFile {
			doc.Parts = append(doc.Parts, formats.Part{Name: shown(r.in.Files[i].Name), Seal: formats.NoSeal})
		}
	}
	if r.own != nil {
		doc.Carrier = formats.Copy
		r.addOwn(doc)
	}
	if zone := r.groups[1]; zone != nil && len(zone.claims.Documents) > 0 {
		// A document is valid through its last day.
		doc.Validity.NotAfter = zone.claims.Documents[0].Expires.Latest()
		r.signingTime(doc.Validity.NotAfter)
		doc.Checks = r.checks
	}
	r.doc = doc
	return nil
}

// A passport is made out for ten years; some States have added up to nine months of the one before it, and a month passes
// between signing and issuing.
const longestYears, longestMonths = 10, 10

// signingTime holds the signer's own word about the time against what the document says of its end. A signer whose key was
// stolen can date a passport at will, but not into a time in which this one cannot have been made.
func (r *reading) signingTime(expires time.Time) {
	switch {
	case r.signed.IsZero() || expires.IsZero():
	case r.signed.After(expires):
		r.breach("EF.SOD", "it says that it was signed after the document had expired")
	case strings.HasPrefix(r.docType, "P") && r.signed.Before(expires.AddDate(-longestYears, -longestMonths, 0)):
		r.breach("EF.SOD", "it says that it was signed longer before the document's end than passports are made out for")
	}
}

// part is a data group, under the seal where the security object names its digest.
func (r *reading) part(n lds.Group, g *group) formats.Part {
	p := formats.Part{Name: n.String(), Unverified: g.claims, Seal: formats.NoSeal}
	if r.object != nil && r.object.Sum(n) != nil {
		p.Seal, p.Path = 0, r.path(n, g.file)
	}
	return p
}

// objectClaims are what the issuer says in the security object itself.
func (r *reading) objectClaims() (c formats.Claims) {
	names := make([]string, len(r.object.Digests))
	for i, d := range r.object.Digests {
		names[i] = d.Group.String()
	}
	add(&c, "sod.data_groups", strings.Join(names, " "))
	add(&c, "sod.digests", r.object.Hash.String())
	add(&c, "sod.lds_version", r.object.LDSVersion)
	if !r.signed.IsZero() {
		add(&c, "sod.signing_time_by_signer", r.signed.Format(time.RFC3339))
	}
	return c
}

// shown is a stranger's name of a file where it is a plain one.
func shown(name string) string {
	if name == "" || len(name) > maxName {
		return "a further file"
	}
	for _, c := range []byte(name) {
		if c <= ' ' || c > '~' {
			return "a further file"
		}
	}
	return name
}
