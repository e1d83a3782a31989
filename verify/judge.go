package verify

import (
	"fmt"
	"slices"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/trustlist"
)

// A judgement collects what is found out about one document.
type judgement struct {
	v     *Verifier
	doc   *formats.Document
	trust *trustlist.Snapshot
	state string // of the list
	asOf  time.Time

	status   Status
	findings []Finding
	outcomes []outcome
	claims   formats.Claims // of the sealed parts
	sealed   []formats.Part // the parts under the first issuer's seal that hold
	main     int            // the first issuer's seal, or -1
}

// add notes a finding. What an unproved document says of itself disqualifies nobody: until the status is Authentic or
// Invalid, Disqualify counts as Doubt.
func (j *judgement) add(code Code, where, detail string) {
	f := finding(code, where, detail)
	j.v.c.Policy.apply(&f)
	if f.Effect == Disqualify && j.status != Authentic && j.status != Invalid {
		f.Effect = Doubt
	}
	j.findings = append(j.findings, f)
}

// judge runs every check of one decoded document.
func (j *judgement) judge() {
	j.seals()
	j.parts()
	if j.status == Authentic {
		j.signer()
	}
	if j.status == Authentic { // the handles of an unproved document may be copied from a genuine one
		j.revocation()
	}
	if j.status == Authentic && lapsed(j.state) {
		j.status = Indeterminate // what was disproved stays disproved; what holds under such a list may hold no more
	}
	j.dates()
	j.checks()
	j.policy()
	protectFirst(j.findings)
}

// statusRank orders statuses from the one that decides to the one that yields, when a document has several seals.
var statusRank = [...]int{Invalid: 5, Untrusted: 4, Indeterminate: 3, Unsealed: 2, Unreadable: 1, Authentic: 0}

// seals checks every issuer's seal. All must hold: a document is no more authentic than its least seal.
func (j *judgement) seals() {
	j.main = -1
	j.outcomes = make([]outcome, len(j.doc.Seals))
	j.status = Unsealed
	for i := range j.doc.Seals {
		s := &j.doc.Seals[i]
		if s.Role != formats.Issuer {
			continue
		}
		o := authenticate(j.doc, s, j.trust)
		if o.status == Untrusted && (o.code == SealSignerUnknown || o.code == SealNoKeyMatches) && aged(j.state) {
			o.status = Indeterminate // a newer list may have the key
		}
		j.outcomes[i] = o
		if j.main < 0 {
			j.main, j.status = i, o.status
		} else if statusRank[o.status] > statusRank[j.status] {
			j.status = o.status
		}
	}
	if j.main < 0 {
		switch {
		case j.v.c.Formats.Unsealed(j.doc.Format):
			j.add(SealNotOfKind, "", "")
		case !isLink(j.doc): // a link is no document that lacks its signature
			j.add(SealNone, "", "")
		}
		return
	}
	for i, o := range j.outcomes {
		if o.code != "" {
			j.add(o.code, sealPlace(i), o.detail)
		}
		if o.own != "" {
			j.add(o.own, sealPlace(i), "")
		}
		if o.note != "" {
			j.add(o.note, sealPlace(i), "")
		}
	}
}

// isLink reports whether the document itself is elsewhere.
func isLink(doc *formats.Document) bool {
	return slices.ContainsFunc(doc.Checks, func(c formats.Check) bool { return c.Kind == formats.Link && c.Result == formats.Fails })
}

func sealPlace(i int) string {
	if i == 0 {
		return "seals[0]" // nearly every document has one; spare the allocation
	}
	return fmt.Sprintf("seals[%d]", i)
}

// parts follows the digests to every part. Only parts under the first issuer's seal are vouched for together; claims
// under different seals are never joined.
func (j *judgement) parts() {
	var h hasher
	whole := true // every part so far is under the first seal: they are not copied then
	for i := range j.doc.Parts {
		p := &j.doc.Parts[i]
		c, detail := h.cover(j.doc, p)
		switch vouched := c == covered && p.Seal == j.main; {
		case vouched && !whole:
			j.sealed = append(j.sealed, *p)
		case !vouched && whole:
			whole, j.sealed = false, slices.Clone(j.doc.Parts[:i])
		}
		switch c {
		case differs:
			if j.outcomes[p.Seal].status == Authentic {
				j.status = Invalid
			}
			j.add(PartDigestMismatch, p.Name, detail)
		case open:
			if j.main >= 0 {
				j.add(PartUnsealed, p.Name, detail)
			}
		}
	}
	if whole {
		j.sealed = j.doc.Parts
	}
	if j.main < 0 {
		return
	}
	j.require(j.doc.Needs, true)
	j.require(j.doc.Wants, false)
	for _, name := range j.v.c.Policy.RequireParts {
		if !slices.Contains(j.doc.Needs, name) && !slices.Contains(j.doc.Wants, name) { // of which it has been said
			j.require([]string{name}, false)
		}
	}
	if len(j.sealed) == 0 && j.status == Authentic {
		j.status = Indeterminate
		j.add(PartMissing, "", "no part is covered by the seal")
	}
}

// require notes needed parts that are not there or not sealed. A document without what it needs means nothing.
func (j *judgement) require(names []string, byDocument bool) {
	for _, n := range names {
		found := false
		for i := range j.sealed {
			found = found || j.sealed[i].Name == n
		}
		if found {
			continue
		}
		if byDocument && j.status == Authentic {
			j.status = Indeterminate
		}
		j.add(PartMissing, n, "")
	}
}

func (j *judgement) revocation() {
	switch answer := j.trust.Revoked(j.doc.Handles, j.doc.Validity.IssuedAt, j.asOf); answer.State {
	case trustlist.Revoked:
		j.status = Invalid
		j.add(DocRevoked, "", "found by "+answer.Kind)
	case trustlist.Unavailable:
		j.add(RevocationUnavailable, "", answer.Detail)
	case trustlist.NotConfigured:
		if j.doc.Carrier == formats.Code { // nobody revokes chips, or copies of them, by their content
			j.add(RevocationNotConfigured, "", "")
		}
	}
}

// skew is how far a clock here may be behind an issuer's.
const skew = 5 * time.Minute

// dates compares the document's own dates with the moment of the check. A document is valid through the second that it
// names as its end: RFC 7519 §4.1.4 ends it on that second and allows a leeway, and EU test certificates count it in.
func (j *judgement) dates() {
	if j.status == Unsealed {
		return
	}
	d := j.doc.Validity
	switch {
	case !d.NotAfter.IsZero() && j.asOf.After(d.NotAfter):
		j.add(TimeExpired, "", j.provedDate("since ", d.NotAfter))
	case d.NotAfter.IsZero() && d.MustExpire:
		j.add(TimeNoExpiry, "", "")
	}
	for _, t := range [...]time.Time{d.IssuedAt, d.NotBefore} {
		if !t.IsZero() && t.After(j.asOf.Add(skew)) {
			j.add(TimeNotYetValid, "", j.provedDate("valid from ", t))
			break
		}
	}
}

// provedDate spells out a date of an authentic document. The dates of others are claims like the rest, and shown only
// where claims are.
func (j *judgement) provedDate(words string, t time.Time) string {
	if j.status != Authentic {
		return ""
	}
	return words + t.Format(time.RFC3339)
}

// checks turns the document's own checks into findings.
func (j *judgement) checks() {
	for _, c := range j.doc.Checks {
		code := ContentSchema
		switch {
		case c.Result == formats.Holds:
			continue
		case c.Result == formats.Tolerated:
			code = DecodeTolerant
		case c.Result == formats.Doubtful:
			code = DecodeDoubtful
		case c.Kind == formats.Digit:
			code = CheckMismatch
		case c.Kind == formats.Link:
			code = DocNotResolved
		}
		detail := c.Text
		if c.Result != formats.Fails {
			detail += " (" + c.Name + ")"
		}
		j.add(code, c.Where, detail)
	}
}

// policy compares the document with the relying party's demands.
func (j *judgement) policy() {
	p := &j.v.c.Policy
	if !contains(p.Accept, j.doc.Format) {
		j.add(PolicyFormatRefused, "", string(j.doc.Format))
	}
	j.claims = joinClaims(j.sealed)
	claims := j.claims
	if j.main < 0 {
		claims = joinClaims(j.doc.Parts)
	}
	for _, name := range p.RequireClaims {
		if !claimTests[name](claims) {
			j.add(PolicyClaimMissing, name, "")
		}
	}
	if len(claims.Subjects) > 1 {
		j.add(DocSeveralPeople, "", "")
	}
	if where, found := hiddenCharacter(&claims); found {
		j.add(ContentHidden, where, "")
	}
	if j.status == Authentic {
		j.holder()
	}
}

func contains(list []formats.ID, id formats.ID) bool {
	for _, x := range list {
		if x == id {
			return true
		}
	}
	return false
}
