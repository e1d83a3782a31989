package mint

import (
	"bytes"
	"time"
)

// badSpecimens are documents that must not be accepted. Each is one change to a document that must.
func badSpecimens(ut Authority) []specimen {
	return append(badSeals(ut), badContents(ut)...)
}

// badSeals have a signature that does not hold, or holds and does not count.
func badSeals(ut Authority) []specimen {
	good := Vaccination(ut.Vaccination)
	return []specimen{
		{name: "forged", about: "Signed with a key of the forger's own, under the key identifier of a trusted signer.",
			doc: Resign(good, Fresh("forger")), want: Want{"invalid", "reject", "seal.mismatch"}, picture: true},
		{name: "altered", about: "One letter of the name was changed after signing.",
			doc: altered(good), want: Want{"invalid", "reject", "seal.mismatch"}, picture: true},
		{name: "unknown-signer", about: "Signed by a signer that no trust list names.",
			doc: Vaccination(Fresh("stranger")), want: Want{"untrusted", "refer", "seal.signer_unknown"}},
		{name: "wrong-use", about: "A vaccination certificate by a signer that may vouch for tests only.",
			doc: Vaccination(ut.Test), want: Want{"untrusted", "refer", "seal.wrong_use"}},
		{name: "signer-expired", about: "The signer's certificate has expired since the document was issued.",
			doc: Vaccination(ut.Expired), want: Want{"authentic", "refer", "seal.signer_expired"}},
		{name: "country", about: "The document says that another country issued it than its signer's.",
			doc: good.SetClaim(Text("XA"), ClaimIssuer), want: Want{"untrusted", "refer", "seal.country"}},
		{name: "alg-unprotected", about: "The algorithm stands in the unprotected header only.",
			doc: algUnprotected(good), want: Want{"indeterminate", "refer", "seal.header"}},
		{name: "alg-none", about: "The algorithm is called none, and there is no signature.",
			doc: algNone(good), want: Want{"indeterminate", "refer", "seal.unsupported"}},
	}
}

// badContents are sealed by a trusted signer, and what they seal is out of date or does not keep to the specification.
func badContents(ut Authority) []specimen {
	good := Vaccination(ut.Vaccination)
	entry, _ := Get(good.DCC(), "v", 0)
	later := time.Date(2058, 6, 1, 0, 0, 0, 0, time.UTC)

	cut := good
	cut.Hooks.Base45 = func(s string) string { return s[:len(s)/3*2/3*3] } // whole groups, so that base45 has no complaint
	trailing := good
	trailing.Hooks.COSE = func(b []byte) []byte { return append(b, 0) }
	nextVersion := good
	nextVersion.Prefix = "HC2:"

	return []specimen{
		{name: "expired", about: "The document expired in February 2026.",
			doc: good.Dated(IssuedAt, IssuedAt.AddDate(0, 0, 30)), want: Want{"authentic", "reject", "time.expired"}},
		{name: "not-yet-valid", about: "The document says that it is issued in 2058.",
			doc: good.Dated(later, Expires), want: Want{"authentic", "reject", "time.not_yet_valid"}},
		{name: "no-expiry", about: "The claim of the document's expiry is missing.",
			doc: good.DropClaim(ClaimExpires), want: Want{"authentic", "refer", "time.no_expiry"}},
		{name: "empty-country", about: "The country of vaccination is empty.",
			doc: good.Set(Text(""), "v", 0, "co"), want: Want{"authentic", "refer", "content.schema"}},
		{name: "dose-zero", about: "The number of the dose is 0.",
			doc: good.Set(Int(0), "v", 0, "dn"), want: Want{"authentic", "refer", "content.schema"}},
		{name: "two-entries", about: "Two vaccinations in one certificate.",
			doc: good.Set(entry, "v", 1), want: Want{"authentic", "refer", "content.schema"}},
		{name: "duplicate-claim", about: "The claim of the document's expiry is there twice.",
			doc:  good.AddClaim(Int(ClaimExpires), Unix(Expires.AddDate(1, 0, 0))),
			want: Want{"unreadable", "refer", "decode.payload"}},
		{name: "trailing", about: "A byte follows the COSE_Sign1 within the compressed data.",
			doc: trailing, want: Want{"unreadable", "refer", "decode.trailing"}},
		{name: "truncated", about: "The last part of the text is missing.",
			doc: cut, want: Want{"unreadable", "refer", "decode.truncated"}},
		{name: "prefix-hc2", about: "The text announces a version that does not exist.",
			doc: nextVersion, want: Want{"unreadable", "refer", "decode.version"}},
	}
}

// altered changes one letter of the family name as written, and leaves the standardised form.
func altered(h HCERT) HCERT {
	h.Hooks.Altered = func(claims []byte) []byte {
		return bytes.Replace(claims, []byte("Achterberg"), []byte("Achterbarg"), 1)
	}
	return h
}

func algUnprotected(h HCERT) HCERT {
	h.Protected, h.Unprotected = nil, h.Protected
	return h
}

func algNone(h HCERT) HCERT {
	h.Protected = Set(h.Protected, Text("none"), HeaderAlg)
	h.Hooks.Signature = NoSignature
	return h
}
