package hcert

import (
	"time"

	"github.com/travelseal/travelseal/formats"
)

// findings are what a profile read in a certificate.
type findings struct {
	claims  formats.Claims
	purpose formats.Uses
	// from and until bound the certificate's own validity, where it states any beside the token's.
	from, until time.Time
}

// document writes what was read in the words that all formats share.
func (r *reading) document() *formats.Document {
	c := &r.claims
	seal := r.message.Seal
	seal.Signer.Issuer = c.iss
	seal.Signer.Country = c.iss
	if country := r.profile.country; country != nil {
		seal.Signer.Country = country(c.iss)
	}
	return &formats.Document{
		Format:   r.profile.ID,
		Parts:    []formats.Part{{Name: "payload", Unverified: r.found.claims}},
		Seals:    []formats.Seal{seal},
		Checks:   append(r.message.Checks, c.checks...),
		Purpose:  r.found.purpose,
		Validity: r.validity(),
		Handles:  r.handles(),
	}
}

// validity is that of the token, narrowed by the certificate's own.
func (r *reading) validity() formats.Validity {
	c, f := &r.claims, &r.found
	v := formats.Validity{IssuedAt: c.iat, NotBefore: c.nbf, NotAfter: c.exp, MustExpire: !r.profile.endless}
	if f.from.After(v.NotBefore) {
		v.NotBefore = f.from
	}
	if !f.until.IsZero() && (v.NotAfter.IsZero() || f.until.Before(v.NotAfter)) {
		v.NotAfter = f.until
	}
	return v
}

// The kinds of value by which EU issuers revoke certificates (Commission Implementing Decision (EU) 2021/1073, annex IV):
// the certificate identifier, the issuing country and the identifier, and the signature. The WHO's gateway took them over.
const (
	HandleUCI        = "dcc.uci"
	HandleCountryUCI = "dcc.countrycode_uci"
	HandleSignature  = "dcc.signature"
)

// handles gives the values by which this certificate can be revoked: its identifiers in every spelling that is the same
// identifier, and its signature. Of an ECDSA signature it is r alone, because anyone can turn (r, s) into (r, n−s), which
// verifies as well.
func (r *reading) handles() []formats.Handle {
	handles := make([]formats.Handle, 0, 1+2*3*len(r.found.claims.Events)) // of most identifiers there are three forms
	for _, e := range r.found.claims.Events {
		if e.ID == "" {
			continue
		}
		// All forms lie one after the other in one piece of memory.
		forms := make([]byte, 0, 4*(len(r.claims.iss)+len(uvciPrefix)+len(e.ID)))
		for prefix, rest := range spellings(e.ID) {
			begin := len(forms)
			forms = append(append(append(forms, r.claims.iss...), prefix...), rest...)
			uci := forms[begin:len(forms):len(forms)]
			handles = append(handles,
				formats.Handle{Kind: HandleUCI, Data: uci[len(r.claims.iss):]},
				formats.Handle{Kind: HandleCountryUCI, Data: uci})
		}
	}
	s := r.message.Seal.Signature
	if r.message.Seal.Algorithm.Scheme == formats.ECDSA {
		s = s[:len(s)/2]
	}
	return append(handles, formats.Handle{Kind: HandleSignature, Data: s})
}
