package nzcp

import "github.com/travelseal/travelseal/formats"

// document writes what was read in the words that all formats share.
//
// A pass states no event: it says that its holder has met the requirements of the day, by vaccination or by an
// exemption from it. A signer must therefore be allowed to vouch for vaccinations, and the Claims hold no Event.
//
// nbf is the credential's issuance date too ("CWT Claims"). Nothing by which a single pass could be revoked is
// specified, so that there are no Handles.
func (r *reading) document() *formats.Document {
	c, p := &r.claims, &r.pass
	seal := r.message.Seal
	seal.Signer.Issuer = c.iss
	claims := formats.Claims{Subjects: []formats.Subject{{Birth: p.birth}}}
	if p.given != "" || p.family != "" {
		claims.Subjects[0].Names = []formats.Name{{Family: p.family, Given: p.given, Source: "familyName, givenName"}}
	}
	claims.Extra = append(claims.Extra, formats.Field{Name: "type", Value: passType})
	for _, f := range []formats.Field{{Name: "version", Value: p.version}, {Name: "jti", Value: c.jti}} {
		if f.Value != "" {
			claims.Extra = append(claims.Extra, f)
		}
	}
	return &formats.Document{
		Format:   ID,
		Parts:    []formats.Part{{Name: "payload", Unverified: claims}},
		Seals:    []formats.Seal{seal},
		Checks:   r.checks,
		Purpose:  formats.Vaccination,
		Validity: formats.Validity{IssuedAt: c.nbf, NotBefore: c.nbf, NotAfter: c.exp, MustExpire: true},
	}
}
