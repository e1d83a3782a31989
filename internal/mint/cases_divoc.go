package mint

import "time"

// CredentialCases lists the documents of testdata/divoc: first those that must be accepted, then those that must not.
func CredentialCases() []Case {
	good := VaccinationCredential()
	var cases []Case
	for _, list := range [][]credentialSpecimen{
		goodCredentials(good), badCredentialProofs(good), uncoveredCredentials(good), badCredentialContents(good), badCredentialTexts(good),
	} {
		for _, s := range list {
			cases = append(cases, Case{Name: s.name, About: s.about, Text: s.credential.Build().Text, Want: s.want})
		}
	}
	return cases
}

type credentialSpecimen struct {
	name, about string
	credential  Credential
	want        Want
}

func goodCredentials(good Credential) []credentialSpecimen {
	accept := Want{Status: "authentic", Verdict: "accept", Code: "decode.tolerated"}
	later := good.Set(LaterContext, "@context", 1).
		Set("1984-07-19", "credentialSubject", "dob").Set("XM68M6", "evidence", 0, "icd11Code").Set("COVID-19", "evidence", 0, "prophylaxis")
	return []credentialSpecimen{
		{"rsa-ps256", "A credential as India's are, with PS256; the archive in base64.", good, accept},
		{"ed25519-2018", "With Ed25519Signature2018, of a name in Thai script; the archive as bytes.",
			good.SignedBy(Ed25519, "Ed25519Signature2018", "EdDSA").Of(Mali).On(InBytes), accept},
		{"ed25519-2020", "With Ed25519Signature2020 and the later context; the archive as text.",
			later.SignedBy(Ed25519, "Ed25519Signature2020", "").On(InText), accept},
	}
}

func badCredentialProofs(good Credential) []credentialSpecimen {
	proof := func(change func(JSONObject) JSONObject) Credential {
		c := good
		c.Hooks.Proof = change
		return c
	}
	header := func(text string) Credential {
		c := good
		c.Hooks.Header = func(string) string { return text }
		return c
	}
	set := func(value any, path ...any) Credential {
		return proof(func(p JSONObject) JSONObject { return p.Set(value, path...) })
	}
	stranger := good
	stranger.Signer.KID = []byte("did:utopia:nobody")
	bare := good
	bare.Hooks.Whole = func(o JSONObject) JSONObject { return o.Drop("proof") }
	whole := func(change func(JSONObject) JSONObject) Credential {
		c := good
		c.Hooks.Whole = change
		return c
	}
	mismatch, forbidden := Want{"invalid", "reject", "seal.mismatch"}, Want{"indeterminate", "refer", "seal.header"}
	unsupported, envelope := Want{"indeterminate", "refer", "seal.unsupported"}, Want{"unreadable", "refer", "decode.envelope"}
	other := good
	other.Signer.Key = NewKey(RSA2048, "forger")
	return []credentialSpecimen{
		{"forged", "Signed with a key of the forger's own, under the names of a trusted one.", other, mismatch},
		{"altered", "One letter of the name was changed after signing.", good.Alter("Maren Zoë Achterbarg-Lindqvist", "credentialSubject", "name"), mismatch},
		{"created-altered", "The moment of the proof was changed after signing.", set("2026-01-16T09:30:00Z", "created"), mismatch},
		{"unknown-key", "By a key that the issuer's list does not have.", stranger, Want{"untrusted", "refer", "seal.signer_unknown"}},
		{"unknown-issuer", "By a trusted key, in the name of another issuer.", good.Set("https://elsewhere.example/", "issuer"), Want{"untrusted", "refer", "seal.signer_unknown"}},
		{"no-proof", "The proof was taken away.", bare, Want{"unsealed", "refer", "seal.none"}},
		{"two-proofs", "The proof is there twice, in a list.", whole(func(o JSONObject) JSONObject {
			p, _ := o.Get("proof")
			return o.Set([]any{p, p}, "proof")
		}), envelope},
		{"alg-none", "The algorithm is called none.", header(`{"alg":"none","b64":false,"crit":["b64"]}`), unsupported},
		{"alg-hs256", "The algorithm is a MAC.", header(`{"alg":"HS256","b64":false,"crit":["b64"]}`), unsupported},
		{"header-key", "The header of the signature brings a key of its own.", header(`{"alg":"PS256","b64":false,"crit":["b64"],"jwk":{"kty":"RSA"}}`), forbidden},
		{"b64-not-critical", "The header does not call critical that the payload is not encoded.", header(`{"alg":"PS256","b64":false}`), forbidden},
		{"purpose", "A proof of another purpose than to assert.", set("authentication", "proofPurpose"), forbidden},
		{"proof-type", "A type of proof that does not exist.", set("RsaSignature2099", "type"), unsupported},
	}
}

// uncoveredCredentials are altered in what their signature does not cover, so that it holds.
func uncoveredCredentials(good Credential) []credentialSpecimen {
	entry := func(member string) []any { return []any{"evidence", 0, member} }
	bare := good.Set("962433308V", "credentialSubject", "id")
	unsealed, schema := Want{"authentic", "refer", "part.unsealed"}, Want{"authentic", "refer", "content.schema"}
	sameDays := good.Set("2025-10-03", entry("effectiveUntil")...)
	return []credentialSpecimen{
		{"unknown-member", "A member that no context defines was added after signing.", good.Alter("Comirnaty", entry("note")...),
			Want{"indeterminate", "refer", "seal.unsupported"}},
		{"bare-id", "The holder's id is a bare number, so that no signature covers the holder, as in certificates of Sri Lanka.", bare, unsealed},
		{"bare-id-altered", "The same, and another name was put in after signing.",
			bare.Alter("Somebody Else", "credentialSubject", "name").Alter("M1", "credentialSubject", "id"), unsealed},
		{"doses-exchanged", "The number of the dose and the number of doses were exchanged after signing.",
			good.Alter(2, entry("dose")...).Alter(1, entry("totalDoses")...), schema},
		{"dates-exchanged", "The day of vaccination and the last day were exchanged after signing.",
			good.Alter("2025-12-26", entry("date")...).Alter("2025-10-03T04:28:43.134Z", entry("effectiveUntil")...), schema},
		{"certificate-id-exchanged", "The certificate's number and the batch were exchanged after signing, to escape a revocation.",
			good.Alter("UT-4471-B", entry("certificateId")...).Alter("72040918351", entry("batch")...), schema},
		{"date-removed", "A date that is there twice was taken away once after signing.", sameDays.Strip(entry("effectiveUntil")...), schema},
		{"inline-context", "A context in the text defines terms anew.", good.Alter(JSONObject{{"name", "https://schema.org/gender"}}, "@context", 2),
			Want{"unreadable", "refer", "decode.envelope"}},
		{"unknown-context", "A context of the issuer that does not exist.", good.Alter("https://cowin.gov.in/credentials/vaccination/v3", "@context", 1),
			Want{"unreadable", "refer", "decode.version"}},
	}
}

func badCredentialContents(good Credential) []credentialSpecimen {
	schema := Want{"authentic", "refer", "content.schema"}
	crowd := make([]any, 40)
	for i := range crowd {
		crowd[i] = JSONObject{{"type", "Vaccination"}}
	}
	return []credentialSpecimen{
		{"expired", "The credential expired in February 2026.", good.Set(stamp(IssuedAt.AddDate(0, 0, 30)), "expirationDate"), Want{"authentic", "reject", "time.expired"}},
		{"not-yet-valid", "The credential says that it is issued in 2058.", good.Set(stamp(time.Date(2058, 6, 1, 0, 0, 0, 0, time.UTC)), "issuanceDate"),
			Want{"authentic", "reject", "time.not_yet_valid"}},
		{"no-name", "The holder's name is missing.", good.Drop("credentialSubject", "name"), schema},
		{"no-batch", "The batch is missing.", good.Drop("evidence", 0, "batch"), schema},
		{"dose-text", "The number of the dose is a text.", good.Set("1", "evidence", 0, "dose"), schema},
		{"poison", "Forty entries that cannot be told apart.", good.Alter(crowd, "evidence"), Want{"unreadable", "refer", "decode.limit"}},
	}
}

func badCredentialTexts(good Credential) []credentialSpecimen {
	archive := func(change func([]byte) []byte) Credential {
		c := good
		c.Hooks.Archive = change
		return c
	}
	json := func(change func(string) string) Credential {
		c := good
		c.Hooks.JSON = change
		return c
	}
	encoding := Want{"unreadable", "refer", "decode.encoding"}
	return []credentialSpecimen{
		{"other-file", "The archive holds a file of another name.", archive(func([]byte) []byte {
			return Archive(ArchiveFile{"certificate.txt", []byte(good.Build().JSON)})
		}), encoding},
		{"two-files", "The archive holds two certificates of one name.", archive(func([]byte) []byte {
			f := ArchiveFile{"certificate.json", []byte(good.Build().JSON)}
			return Archive(f, f)
		}), encoding},
		{"trailing", "A byte follows the archive.", archive(func(b []byte) []byte { return append(b, 0) }), Want{"unreadable", "refer", "decode.trailing"}},
		{"truncated", "The last part of the archive is missing.", archive(func(b []byte) []byte { return b[:len(b)/2] }), Want{"unreadable", "refer", "decode.truncated"}},
		{"duplicate-member", "The issuer is there twice.", json(func(s string) string { return `{"issuer":"https://elsewhere.example/",` + s[1:] }),
			Want{"unreadable", "refer", "decode.payload"}},
		{"bomb", "The file expands to a megabyte.", archive(func([]byte) []byte {
			return Archive(ArchiveFile{"certificate.json", make([]byte, 1<<20)})
		}), Want{"unreadable", "refer", "decode.limit"}},
	}
}
