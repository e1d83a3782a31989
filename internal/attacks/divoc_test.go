package attacks_test

import (
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/divoc"
	"github.com/travelseal/travelseal/formats/nzcp"
	"github.com/travelseal/travelseal/formats/vdsnc"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/verify"
)

// credential is a certificate of DIVOC's kind against which nothing can be said where credentials is the Verifier.
var credential = mint.VaccinationCredential()

func credentials(t *testing.T) *verify.Verifier {
	t.Helper()
	return verifier(t, load(t, mint.CredentialTrust()), formats.Options{}, further(divoc.Format, nzcp.Format, vdsnc.Format)...)
}

func credentialMutant(name string, c mint.Credential, w want) textMutant {
	return textMutant{name, c.Build().Text, w}
}

// attackCredential shows that the sibling is accepted, and that each mutant of it is judged as it must be.
func attackCredential(t *testing.T, sibling mint.Credential, mutants ...textMutant) {
	t.Helper()
	attackText(t, credentials(t), sibling.Build().Text, mutants...)
}

// inEntry is the path to a member of the entry.
func inEntry(member string) []any { return []any{"evidence", 0, member} }

// ofLinkedProof gives the credential after a function has worked on its proof.
func ofLinkedProof(change func(mint.JSONObject) mint.JSONObject) mint.Credential {
	c := credential
	c.Hooks.Proof = change
	return c
}

// withHeader gives the credential signed under another JWS header.
func withHeader(c mint.Credential, text string) mint.Credential {
	c.Hooks.Header = func(string) string { return text }
	return c
}

// forger signs as a stranger who knows the names of a trusted key.
func forger(kind mint.KeyKind) mint.Signer {
	s := mint.CredentialSigner(kind)
	s.Key = mint.NewKey(kind, "forger")
	return s
}

func TestA01_CredentialBySelfGeneratedKey(t *testing.T) {
	for kind, sibling := range map[mint.KeyKind]mint.Credential{
		mint.RSA2048: credential,
		mint.Ed25519: credential.SignedBy(mint.Ed25519, "Ed25519Signature2020", ""),
		mint.P256:    credential.SignedBy(mint.P256, "JsonWebSignature2020", "ES256"),
	} {
		attackCredential(t, sibling, credentialMutant(string(kind), sibling.Resign(forger(kind)), disproved(verify.SealMismatch)))
	}
}

// A verificationMethod is a name to look up, and never an address.
func TestA03A04_CredentialThatBringsItsOwnKey(t *testing.T) {
	url := "http://" + network.address + "/key"
	method := func(value any) mint.Credential {
		c := credential.Resign(forger(mint.RSA2048))
		c.Hooks.Options = func(o mint.JSONObject) mint.JSONObject { return o.Set(value, "verificationMethod") }
		return c
	}
	named := func(text string) mint.Credential {
		c := method(text)
		c.Signer.KID = []byte(text)
		return c
	}
	more := func(member string) mint.Credential {
		return withHeader(credential.Resign(forger(mint.RSA2048)), `{"alg":"PS256","b64":false,"crit":["b64"],`+member+`}`)
	}
	unknown, forbidden := untrusted(verify.SealSignerUnknown), unchecked(verify.SealHeader)
	attackCredential(t, credential,
		credentialMutant("an address for the key", named(url), unknown),
		credentialMutant("a DID that can be looked up", named("did:web:"+strings.ReplaceAll(network.address, ":", "%3A")), unknown),
		credentialMutant("a key that is its own name", named("did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"), unknown),
		credentialMutant("a key in the proof", ofLinkedProof(func(p mint.JSONObject) mint.JSONObject {
			return p.Set(mint.JSONObject{{Name: "id", Value: "did:utopia:rsa-2048"}, {Name: "publicKeyPem", Value: "x"}}, "verificationMethod")
		}), forbidden),
		credentialMutant("jwk", more(`"jwk":{"kty":"RSA","n":"AQ","e":"AQAB"}`), forbidden),
		credentialMutant("jku", more(`"jku":"`+url+`"`), forbidden),
		credentialMutant("x5u", more(`"x5u":"`+url+`"`), forbidden),
		credentialMutant("x5c", more(`"x5c":["AAAA"]`), forbidden),
		credentialMutant("kid", more(`"kid":"did:utopia:rsa-2048"`), forbidden),
	)
	if n := network.sprung.Load(); n != 0 {
		t.Fatalf("%d connections", n)
	}
}

func TestA05A06A07_CredentialOfAnotherAlgorithm(t *testing.T) {
	header := func(alg string) mint.Credential {
		return withHeader(credential, `{"alg":"`+alg+`","b64":false,"crit":["b64"]}`)
	}
	unsupported := unchecked(verify.SealUnsupported)
	empty := credential
	empty.Hooks.Signature = mint.NoSignature
	attackCredential(t, credential,
		credentialMutant("none", header("none"), unsupported),
		credentialMutant("HS256", header("HS256"), unsupported),
		credentialMutant("ES256", header("ES256"), unsupported),
		credentialMutant("PS384", header("PS384"), unsupported),
		credentialMutant("RS256 over a signature of PS256", header("RS256"), disproved(verify.SealMismatch)),
		credentialMutant("no algorithm", withHeader(credential, `{"b64":false,"crit":["b64"]}`), unsupported),
		credentialMutant("an empty signature", empty, disproved(verify.SealMismatch)),
		credentialMutant("the suite of Ed25519 and an RSA key", func() mint.Credential {
			c := credential.SignedBy(mint.Ed25519, "Ed25519Signature2018", "EdDSA")
			c.Signer = mint.CredentialSigner(mint.Ed25519)
			c.Signer.KID = credential.Signer.KID
			return c
		}(), untrusted(verify.SealWrongKeyType)),
	)
}

func TestA12_CredentialWhoseHeaderSaysOtherwiseWhatIsSigned(t *testing.T) {
	forbidden := unchecked(verify.SealHeader)
	attackCredential(t, credential,
		credentialMutant("b64 not critical", withHeader(credential, `{"alg":"PS256","b64":false}`), forbidden),
		credentialMutant("b64 true", withHeader(credential, `{"alg":"PS256","b64":true,"crit":["b64"]}`), forbidden),
		credentialMutant("b64 left out", withHeader(credential, `{"alg":"PS256"}`), forbidden),
		credentialMutant("more that is critical", withHeader(credential, `{"alg":"PS256","b64":false,"crit":["b64","x"]}`), forbidden),
	)
}

func TestA20_CredentialWithoutItsProof(t *testing.T) {
	whole := func(change func(mint.JSONObject) mint.JSONObject) mint.Credential {
		c := credential
		c.Hooks.Whole = change
		return c
	}
	unsealed := want{verify.Unsealed, verify.Refer, verify.SealNone}
	drop := func(member string) mint.Credential {
		return ofLinkedProof(func(p mint.JSONObject) mint.JSONObject { return p.Drop(member) })
	}
	attackCredential(t, credential,
		credentialMutant("no proof", whole(func(o mint.JSONObject) mint.JSONObject { return o.Drop("proof") }), unsealed),
		credentialMutant("the proof by another name", whole(func(o mint.JSONObject) mint.JSONObject {
			p, _ := o.Get("proof")
			return o.Drop("proof").Set(p, "Proof")
		}), unsealed),
		credentialMutant("null", whole(func(o mint.JSONObject) mint.JSONObject { return o.Set(mint.JSONRaw("null"), "proof") }), unreadable(formats.CodeEnvelope)),
		credentialMutant("an empty proof", whole(func(o mint.JSONObject) mint.JSONObject { return o.Set(mint.JSONObject{}, "proof") }), unchecked(verify.SealUnsupported)),
		credentialMutant("an empty list", whole(func(o mint.JSONObject) mint.JSONObject { return o.Set([]any{}, "proof") }), unreadable(formats.CodeEnvelope)),
		credentialMutant("no signature", drop("jws"), unchecked(verify.SealHeader)),
		credentialMutant("no purpose", drop("proofPurpose"), unchecked(verify.SealHeader)),
		credentialMutant("no method", drop("verificationMethod"), unchecked(verify.SealHeader)),
		credentialMutant("no moment", drop("created"), unchecked(verify.SealHeader)),
	)
}

func TestA21_CredentialWithTwoProofs(t *testing.T) {
	with := func(list func(mint.JSONObject) []any) mint.Credential {
		c := credential
		c.Hooks.Whole = func(o mint.JSONObject) mint.JSONObject {
			p, _ := o.Get("proof")
			return o.Set(list(p.(mint.JSONObject)), "proof")
		}
		return c
	}
	bad := func(p mint.JSONObject) mint.JSONObject { return p.Set("2026-02-02T00:00:00Z", "created") }
	refused := unreadable(formats.CodeEnvelope)
	attackCredential(t, credential,
		credentialMutant("one in a list", with(func(p mint.JSONObject) []any { return []any{p} }), refused),
		credentialMutant("good and bad", with(func(p mint.JSONObject) []any { return []any{p, bad(p)} }), refused),
		credentialMutant("bad and good", with(func(p mint.JSONObject) []any { return []any{bad(p), p} }), refused),
	)
}

func TestA25A26_CredentialWithAMemberTwice(t *testing.T) {
	json := func(change func(string) string) mint.Credential {
		c := credential
		c.Hooks.JSON = change
		return c
	}
	twice := func(member, value string, path ...any) mint.Credential {
		c := credential
		c.Hooks.Altered = func(o mint.JSONObject) mint.JSONObject { return o.Add(member, value, path...) }
		return c
	}
	refused := unreadable(formats.CodePayload)
	attackCredential(t, credential,
		credentialMutant("the issuer", twice("issuer", "https://evil.example/"), refused),
		credentialMutant("the name", twice("name", "Somebody Else", "credentialSubject"), refused),
		credentialMutant("the vaccine", twice("vaccine", "Comirnaty", "evidence", 0), refused),
		credentialMutant("the proof", json(func(s string) string { return `{"proof":{},` + s[1:] }), refused),
		credentialMutant("a name with an escape", json(func(s string) string { return `{"iss\u0075er":"did:x:y",` + s[1:] }), refused),
		credentialMutant("the name in capitals", credential.Alter("Somebody Else", "credentialSubject", "NAME"), unchecked(verify.SealUnsupported)),
		credentialMutant("the issuer in capitals", credential.Alter("https://evil.example/", "Issuer"), unchecked(verify.SealUnsupported)),
	)
}

func TestA28_CredentialWithTrailingData(t *testing.T) {
	built, trailing := credential.Build(), unreadable(formats.CodeTrailing)
	archive := func(b []byte) string { return mint.InBytes.Write("", b) }
	content := func(s string) string {
		return archive(mint.Archive(mint.ArchiveFile{Name: "certificate.json", Data: []byte(s)}))
	}
	attackCredential(t, credential,
		textMutant{"a byte behind the archive", archive(append(built.Archive[:len(built.Archive):len(built.Archive)], 0)), trailing},
		textMutant{"two archives", archive(append(built.Archive[:len(built.Archive):len(built.Archive)], built.Archive...)), unreadable(formats.CodeEncoding)},
		textMutant{"a byte in front of the archive", "B64:AA" + built.Text[4:], unreadable(formats.CodeEncoding)},
		textMutant{"JSON and another value", content(built.JSON + "{}"), trailing},
		textMutant{"JSON and a line feed", content(built.JSON + "\n"), trailing},
		textMutant{"text and a line feed", built.Text + "\n", unreadable(formats.CodeEncoding)},
		textMutant{"the bare JSON", built.JSON, noted(verify.DecodeTolerant)},
		textMutant{"the bare JSON and a blank", built.JSON + " ", trailing},
	)
}

func TestA111_CredentialInTheClothesOfOthers(t *testing.T) {
	built := credential.Build()
	v := verifier(t, load(t, mint.CredentialTrust(), list(mint.Anchors(ut.Signers()...)...), mint.NZCPTrust()), formats.Options{},
		further(divoc.Format, nzcp.Format, vdsnc.Format)...)
	certificate := mint.Archive(mint.ArchiveFile{Name: "certificate.json", Data: []byte(vaccination.Build().Text)})
	instead := func(h mint.HCERT, with []byte) mint.HCERT {
		h.Hooks.COSE = func([]byte) []byte { return with }
		return h
	}
	pass := credential.Set("https://nzcp.covid19.health.nz/contexts/v1", "@context", 1).Set("PublicCovidPass", "type", 1)
	attackText(t, v, built.Text,
		textMutant{"a certificate of the EU in the archive", mint.InBytes.Write("", certificate), unreadable(formats.CodePayload)},
		textMutant{"the credential in a certificate of the EU", instead(vaccination, []byte(built.JSON)).Build().Text, unreadable(formats.CodeTruncated)},
		textMutant{"the archive in a certificate of the EU", instead(vaccination, built.Archive).Build().Text, unreadable(formats.CodeTrailing)},
		credentialMutant("a pass of New Zealand as JSON", pass, unreadable(formats.CodeVersion)),
		credentialMutant("a presentation", credential.Set("VerifiablePresentation", "type", 0), unchecked(verify.SealUnsupported)),
		credentialMutant("a credential of no kind", credential.Drop("type", 1).Drop("nonTransferable"), doubted(verify.ContentSchema)),
		textMutant{"an archive of something else", "PK\x03\x04 certificate.json", unreadable(formats.CodeTruncated)},
	)
}

// A110 is of certificates whose content is of another kind than their envelope says; here that is a type.
func TestA110_CredentialOfAnotherContent(t *testing.T) {
	attackCredential(t, credential,
		credentialMutant("an entry that is a person", credential.Alter([]any{"Person"}, inEntry("type")...), unchecked(verify.SealUnsupported)),
		credentialMutant("an entry of two types", credential.Alter([]any{"Vaccination", "Person"}, inEntry("type")...), disproved(verify.SealMismatch)),
		credentialMutant("an entry of a type that is not known", credential.Alter([]any{"Vaccination", "Booster"}, inEntry("type")...), unchecked(verify.SealUnsupported)),
		credentialMutant("a holder that is an entry", credential.Alter("Vaccination", "credentialSubject", "type"), unchecked(verify.SealUnsupported)),
		credentialMutant("no entry", credential.Set([]any{}, "evidence"), doubted(verify.ContentSchema)),
		credentialMutant("no holder", credential.Drop("credentialSubject"), doubted(verify.ContentSchema)),
	)
}
