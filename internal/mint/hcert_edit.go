package mint

import "time"

// DCC gives the certificate within the claims: of an EU DCC, the map with ver, nam, dob and one of v, t, r.
func (h HCERT) DCC() Item {
	dcc, found := Get(h.Claims, h.path()...)
	if !found {
		panic("mint: the claims hold no certificate where it should be")
	}
	return dcc
}

// path leads to the certificate. An empty one that is not nil leads to the claims themselves.
func (h HCERT) path() []any {
	if h.At == nil {
		return []any{ClaimHCERT, 1}
	}
	return h.At
}

// Set replaces what stands at a path within the certificate: h.Set(Int(0), "v", 0, "dn"). See the function Set.
func (h HCERT) Set(value Item, path ...any) HCERT {
	return h.SetClaim(Set(h.DCC(), value, path...), h.path()...)
}

// Drop removes what stands at a path within the certificate.
func (h HCERT) Drop(path ...any) HCERT {
	return h.SetClaim(Drop(h.DCC(), path...), h.path()...)
}

// SetClaim replaces what stands at a path within the claims: h.SetClaim(Text("XA"), ClaimIssuer).
func (h HCERT) SetClaim(value Item, path ...any) HCERT {
	h.Claims = Set(h.Claims, value, path...)
	return h
}

// DropClaim removes what stands at a path within the claims.
func (h HCERT) DropClaim(path ...any) HCERT {
	h.Claims = Drop(h.Claims, path...)
	return h
}

// AddClaim puts one more claim at the end, even if it is there already.
func (h HCERT) AddClaim(key, value Item) HCERT {
	h.Claims = Add(h.Claims, key, value)
	return h
}

// Dated sets when the document was issued and when it expires.
func (h HCERT) Dated(issued, expires time.Time) HCERT {
	return h.SetClaim(Unix(issued), ClaimIssuedAt).SetClaim(Unix(expires), ClaimExpires)
}

// Resign signs the same content with another key and leaves the headers as they are: the document still names the
// first signer. The algorithm is the new key's own, whatever the header says.
func Resign(h HCERT, s Signer) HCERT {
	h.Signer = s
	return h
}

// Unix is a NumericDate of whole seconds (RFC 8392 §2).
func Unix(t time.Time) Int { return Int(t.Unix()) }
