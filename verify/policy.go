package verify

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/trustlist"
)

// A Policy is the relying party's demands. The zero Policy is the strictest: it accepts no format and no list age. A
// policy can change effects; none can turn an unsealed or unmatched document into Accept, because Accept needs the status
// Authentic, and no policy touches that.
type Policy struct {
	ID     string // named in every report
	SHA256 [sha256.Size]byte
	// Accept lists the kinds of document that are accepted; others are referred.
	Accept []formats.ID
	// Effects replaces the effects of codes.
	Effects map[Code]Effect
	// RequireClaims lists claims that a document must state ("holder.birth_date"); RequireParts lists parts ("DG2").
	RequireClaims, RequireParts []string
	// MaxListAge is how old a dated trust list may be. Where it is 0, every dated list is too old. Documents under an older
	// one are referred; one that is older than ExpireListAge as well has expired, and nothing is authentic under it.
	MaxListAge, ExpireListAge time.Duration
	// Authentication lists what must vouch for a signer's key on its list, one of these; where it is empty, anything that the
	// trust list was built with. Keys that came from nowhere but the network are on no list.
	Authentication []trustlist.Authentication
	// AllowUndated accepts lists that carry no date.
	AllowUndated bool
	// Next replaces the next steps of codes.
	Next map[Code]string
	// ProtectionContact is whom to call when help is offered: a name and a number of the place where the policy is in force.
	ProtectionContact string
}

// DefaultPolicy accepts the given kinds of document, lists of at most 7 days, which expire after 30, and lists without a date.
func DefaultPolicy(accept ...formats.ID) Policy {
	return Policy{ID: "default", Accept: accept, MaxListAge: 7 * 24 * time.Hour, ExpireListAge: 30 * 24 * time.Hour, AllowUndated: true}
}

// Check refuses a policy that names an unknown code or claim. The codes of rules are given beside this package's own.
func (p Policy) Check(rules ...Explanation) error {
	known := func(c Code) bool {
		return Known(c) || slices.ContainsFunc(rules, func(e Explanation) bool { return e.Code == c })
	}
	for c, e := range p.Effects {
		if !known(c) {
			return fmt.Errorf("policy: effects: %q is not a code", c)
		}
		if e < Inform || e > Disqualify {
			return fmt.Errorf("policy: effects: %s: there is no effect %d", c, e)
		}
		if proof[c] && e != Disqualify {
			return fmt.Errorf("policy: effects: %s is proof; no policy can take that from it", c)
		}
		if c == DecodeDoubtful && e < Doubt {
			return fmt.Errorf("policy: effects: %s is at best referred: what was tolerated is not covered by the signature", c)
		}
		if offersHelp(c, rules) && e > Protect {
			return fmt.Errorf("policy: effects: %s offers help; no policy can turn it against a person", c)
		}
	}
	for c := range p.Next {
		if !known(c) {
			return fmt.Errorf("policy: next: %q is not a code", c)
		}
	}
	for _, name := range p.RequireClaims {
		if _, ok := claimTests[name]; !ok {
			return fmt.Errorf("policy: require_claims: %q is not a claim that can be required", name)
		}
	}
	return nil
}

// proof are the codes that disprove a document. A policy may soften a date; it cannot soften these.
var proof = map[Code]bool{SealMismatch: true, SealSignerRevoked: true, PartDigestMismatch: true, DocRevoked: true, DocAbuseListed: true}

// dated are the codes of a sealed date that rules a document out. Beside the proofs they alone may disqualify.
var dated = map[Code]bool{TimeExpired: true, TimeNotYetValid: true}

// offersHelp reports whether a code is one that offers help, of this package or of a rule.
func offersHelp(c Code, rules []Explanation) bool {
	return table[c].effect == Protect || slices.ContainsFunc(rules, func(e Explanation) bool { return e.Code == c && e.Effect == Protect })
}

// claimTests are the claims that a policy can require.
var claimTests = map[string]func(formats.Claims) bool{
	"holder.family_name": func(c formats.Claims) bool {
		return hasName(c, func(n formats.Name) bool { return n.Family+n.Full != "" })
	},
	"holder.given_name": func(c formats.Claims) bool { return hasName(c, func(n formats.Name) bool { return n.Given != "" }) },
	"holder.birth_date": func(c formats.Claims) bool { return len(c.Subjects) > 0 && !c.Subjects[0].Birth.IsZero() },
	"events":            func(c formats.Claims) bool { return len(c.Events) > 0 },
	"portrait":          func(c formats.Claims) bool { return c.Portrait != nil },
}

func hasName(c formats.Claims, ok func(formats.Name) bool) bool {
	return len(c.Subjects) > 0 && slices.ContainsFunc(c.Subjects[0].Names, ok)
}

// clone copies a policy, so that what was checked is what stays in force.
func (p Policy) clone() Policy {
	p.Accept, p.RequireClaims, p.RequireParts = slices.Clone(p.Accept), slices.Clone(p.RequireClaims), slices.Clone(p.RequireParts)
	p.Authentication = slices.Clone(p.Authentication)
	p.Effects, p.Next = maps.Clone(p.Effects), maps.Clone(p.Next)
	return p
}

// apply lays the policy's effects and next steps over a finding.
func (p *Policy) apply(f *Finding) {
	if e, ok := p.Effects[f.Code]; ok {
		f.Effect = e
		if e == Disqualify && !proof[f.Code] && !dated[f.Code] {
			f.Effect = Doubt // only proof disqualifies: a missing list of ours is no proof against a person
		}
	}
	if n, ok := p.Next[f.Code]; ok {
		f.Next = n
	}
	if f.Effect == Protect && p.ProtectionContact != "" {
		f.Next += " Contact: " + p.ProtectionContact
	}
}
