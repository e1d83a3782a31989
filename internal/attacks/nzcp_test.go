package attacks_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/all"
	"github.com/travelseal/travelseal/formats/nzcp"
	"github.com/travelseal/travelseal/formats/vdsnc"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/verify"
)

// A textMutant is the text of an accepted document with one thing changed, and what must be said of it.
type textMutant struct {
	name, text string
	want       want
}

// attackText shows that the sibling is accepted, and that each mutant of it is judged as it must be.
func attackText(t *testing.T, v *verify.Verifier, sibling string, mutants ...textMutant) {
	t.Helper()
	demand(t, v, "the sibling", formats.Text(sibling), accepted)
	for _, m := range mutants {
		t.Run(m.name, func(t *testing.T) {
			t.Helper()
			if m.text == sibling && m.want != accepted {
				t.Fatal("nothing has changed")
			}
			demand(t, v, m.name, formats.Text(m.text), m.want)
		})
	}
}

// further gives those of some formats that the list of all does not have.
func further(list ...formats.Format) []formats.Format {
	var missing []formats.Format
	for _, f := range list {
		if _, listed := all.Set().Lookup(f.ID); !listed {
			missing = append(missing, f)
		}
	}
	return missing
}

// pass is a pass of New Zealand's kind against which nothing can be said where passes is the Verifier.
var pass = mint.NZCP(mint.PassSigner("key-1"))

func passes(t *testing.T) *verify.Verifier {
	t.Helper()
	return verifier(t, load(t, mint.NZCPTrust()), formats.Options{}, further(nzcp.Format, vdsnc.Format)...)
}

func passMutant(name string, p mint.Pass, w want) textMutant {
	return textMutant{name, p.Build().Text, w}
}

// ofToken gives the pass after a function has worked on its token.
func ofToken(change func(*mint.HCERT)) mint.Pass {
	p := pass
	change(&p.Token)
	return p
}

func TestA05_PassWithoutAlgorithmOrSignature(t *testing.T) {
	alg := func(value mint.Item) mint.Pass {
		return ofToken(func(h *mint.HCERT) { h.Protected = mint.Set(h.Protected, value, mint.HeaderAlg) })
	}
	unsupported := unchecked(verify.SealUnsupported)
	attackText(t, passes(t), pass.Build().Text,
		passMutant("none", alg(mint.Text("none")), unsupported),
		passMutant("reserved 0", alg(mint.Int(0)), unsupported),
		passMutant("a MAC", alg(mint.Int(5)), unsupported),
		passMutant("ES384", alg(mint.Int(mint.ES384)), unsupported),
		passMutant("PS256", alg(mint.Int(mint.PS256)), unsupported),
		passMutant("no algorithm", ofToken(func(h *mint.HCERT) { h.Protected = mint.Drop(h.Protected, mint.HeaderAlg) }), unchecked(verify.SealHeader)),
		passMutant("an empty signature", ofToken(func(h *mint.HCERT) { h.Hooks.Signature = mint.NoSignature }), disproved(verify.SealMismatch)),
	)
}

func TestA13_PassWithASignatureInASN1(t *testing.T) {
	attackText(t, passes(t), pass.Build().Text,
		passMutant("DER", ofToken(func(h *mint.HCERT) { h.Hooks.Signature = mint.AsDER }), disproved(verify.SealMismatch)),
		passMutant("a byte less", ofToken(func(h *mint.HCERT) { h.Hooks.Signature = mint.Shortened }), disproved(verify.SealMismatch)),
		passMutant("a byte more", ofToken(func(h *mint.HCERT) { h.Hooks.Signature = mint.Lengthened }), disproved(verify.SealMismatch)),
	)
}

func TestA27_PassWithAClaimTwice(t *testing.T) {
	twice := func(key, value mint.Item, path ...any) mint.Pass {
		return ofToken(func(h *mint.HCERT) { h.Claims = mint.Add(h.Claims, key, value, path...) })
	}
	credential, _ := mint.Get(pass.Token.Claims, mint.ClaimCredential)
	refused := unreadable(formats.CodePayload)
	attackText(t, passes(t), pass.Build().Text,
		passMutant("exp", twice(mint.Int(mint.ClaimExpires), mint.Unix(mint.Expires)), refused),
		passMutant("iss", twice(mint.Int(mint.ClaimIssuer), mint.Text("did:web:other.example")), refused),
		passMutant("vc", twice(mint.Text("vc"), credential), refused),
		passMutant("type", twice(mint.Text("type"), mint.Array{}, "vc"), refused),
		passMutant("dob", twice(mint.Text("dob"), mint.Text("1999-09-09"), "vc", "credentialSubject"), refused),
		passMutant("a member not known", ofToken(func(h *mint.HCERT) {
			h.Claims = mint.Add(mint.Add(h.Claims, mint.Text("x"), mint.Int(1), "vc"), mint.Text("x"), mint.Int(2), "vc")
		}), refused),
	)
}

func TestA28_PassWithTrailingData(t *testing.T) {
	built, good := pass.Build(), pass.Build().Text
	suffixed := func(hook func(*mint.Hooks) *func([]byte) []byte, tail []byte) mint.Pass {
		return ofToken(func(h *mint.HCERT) {
			*hook(&h.Hooks) = func(b []byte) []byte { return append(b[:len(b):len(b)], tail...) }
		})
	}
	header := func(h *mint.Hooks) *func([]byte) []byte { return &h.Header }
	claims := func(h *mint.Hooks) *func([]byte) []byte { return &h.Payload }
	message := func(h *mint.Hooks) *func([]byte) []byte { return &h.COSE }
	trailing, encoding := unreadable(formats.CodeTrailing), unreadable(formats.CodeEncoding)
	attackText(t, passes(t), good,
		passMutant("header and a byte", suffixed(header, []byte{0}), trailing),
		passMutant("claims and a byte", suffixed(claims, []byte{0}), trailing),
		passMutant("claims and other claims", suffixed(claims, built.Claims), trailing),
		passMutant("message and a byte", suffixed(message, []byte{0}), trailing),
		passMutant("two messages", suffixed(message, built.COSE), trailing),
		textMutant{"text and a blank", good + " ", encoding},
		textMutant{"text and a line feed", good + "\n", encoding},
		textMutant{"text and padding", good + "=", encoding},
		textMutant{"text and another part", good + "/x", encoding},
		textMutant{"two texts", good + good, encoding},
	)
}

func TestA29_PassThatIsNotDeterministic(t *testing.T) {
	sign1 := func(change func(mint.Array) mint.Item) mint.Pass {
		return ofToken(func(h *mint.HCERT) { h.Hooks.Sign1 = change })
	}
	expires, _ := mint.Get(pass.Token.Claims, mint.ClaimExpires)
	refused := unreadable(formats.CodeNonCanonical)
	attackText(t, passes(t), pass.Build().Text,
		passMutant("indefinite Sign1", sign1(func(a mint.Array) mint.Item { return mint.IndefArray(a) }), refused),
		passMutant("claims in chunks", sign1(func(a mint.Array) mint.Item { return mint.Set(a, mint.IndefBytes{a[2]}, 2) }), refused),
		passMutant("indefinite claims", ofToken(func(h *mint.HCERT) { h.Claims = mint.IndefMap(h.Claims.(mint.Map)) }), refused),
		passMutant("long expiry", pass.SetClaim(mint.LongHead{Item: expires, Width: 8}, mint.ClaimExpires), refused),
		passMutant("name in chunks", pass.Set(mint.IndefText{mint.Text("Ma"), mint.Text("ren")}, "credentialSubject", "givenName"), refused),
		passMutant("expiry in floating point", pass.SetClaim(mint.Float64(mint.Expires.Unix()), mint.ClaimExpires), unreadable(formats.CodePayload)),
		passMutant("expiry that is no number", pass.SetClaim(mint.Float64(math.NaN()), mint.ClaimExpires), unreadable(formats.CodePayload)),
		// A text is no label: the claim is not there.
		passMutant("expiry under a text", pass.DropClaim(mint.ClaimExpires).SetClaim(expires, "4"), doubted(verify.TimeNoExpiry)),
	)
}

func TestA43_ExpiredPass(t *testing.T) {
	expires := func(at time.Time) mint.Pass { return pass.Dated(mint.IssuedAt, at) }
	attackText(t, passes(t), expires(mint.AsOf.Add(time.Second)).Build().Text,
		passMutant("a second ago", expires(mint.AsOf.Add(-time.Second)), outdated(verify.TimeExpired)),
		passMutant("in 1970", expires(time.Unix(0, 0)), outdated(verify.TimeExpired)),
		passMutant("forged", expires(mint.AsOf.Add(-time.Second)).Resign(mint.Fresh("forger")), disproved(verify.SealMismatch)),
	)
}

func TestA44_PassOfTheFuture(t *testing.T) {
	begins := func(after time.Duration) mint.Pass { return pass.Dated(mint.AsOf.Add(after), mint.Expires) }
	attackText(t, passes(t), begins(0).Build().Text,
		passMutant("in five minutes", begins(5*time.Minute), accepted),
		passMutant("a second later", begins(5*time.Minute+time.Second), outdated(verify.TimeNotYetValid)),
		passMutant("tomorrow", begins(24*time.Hour), outdated(verify.TimeNotYetValid)),
	)
}

func TestA45_PassWithoutDates(t *testing.T) {
	attackText(t, passes(t), pass.Build().Text,
		passMutant("exp", pass.DropClaim(mint.ClaimExpires), doubted(verify.TimeNoExpiry)),
		passMutant("nbf", pass.DropClaim(mint.ClaimNotBefore), doubted(verify.ContentSchema)),
	)
}

// What is sealed as something else is no pass, whatever it is dressed as, and a pass is nothing else.
func TestA111_PassInTheClothesOfOthers(t *testing.T) {
	v := verifier(t, load(t, mint.NZCPTrust(), list(mint.Anchors(ut.Signers()...)...)), formats.Options{}, further(nzcp.Format, vdsnc.Format)...)
	dressed := vaccination
	dressed.Signer = pass.Token.Signer
	dressed.Protected, dressed.Claims = pass.Token.Protected, pass.Token.Claims
	certificate := ofToken(func(h *mint.HCERT) {
		h.Claims = vaccination.SetClaim(mint.Text(mint.PassIssuer), mint.ClaimIssuer).Claims
	})
	prefixed := func(prefix string) mint.Pass {
		p := pass
		p.Prefix = prefix
		return p
	}
	instead := func(message string) mint.Pass {
		return ofToken(func(h *mint.HCERT) { h.Hooks.COSE = func([]byte) []byte { return []byte(message) } })
	}
	attackText(t, v, pass.Build().Text,
		passMutant("a certificate of the EU", certificate, unreadable(formats.CodePayload)),
		textMutant{"a pass as a certificate of the EU", dressed.Build().Text, unreadable(formats.CodePayload)},
		passMutant("a credential of another type", pass.Set(mint.Text("VaccinationCertificate"), "type", 1), unreadable(formats.CodePayload)),
		passMutant("JSON", instead(`{"iss":"did:web:pass.utopia.example"}`), unreadable(formats.CodeTruncated)),
		passMutant("a seal of ICAO", instead(proof.Build().Text), unreadable(formats.CodeTruncated)),
		passMutant("the prefix of the EU", prefixed("HC1:"), unreadable(formats.CodeEncoding)),
		passMutant("another scheme", prefixed("AUCP:/1/"), unreadable(formats.CodeUnknownFormat)),
		passMutant("another algorithm's context", ofToken(func(h *mint.HCERT) {
			h.Hooks.SigStructure = func(b []byte) []byte {
				return []byte(strings.Replace(string(b), "\x6aSignature1", "\x69Signature", 1))
			}
		}), disproved(verify.SealMismatch)),
	)
}

func TestA112_PassThatBreaksItsSpecification(t *testing.T) {
	spelled := func(change func(string) string) mint.Pass {
		p := pass
		p.Base32 = change
		return p
	}
	prefixed := func(prefix string) mint.Pass {
		p := pass
		p.Prefix = prefix
		return p
	}
	issuer := func(name string) mint.Pass { return pass.SetClaim(mint.Text(name), mint.ClaimIssuer) }
	kid := func(value mint.Item) mint.Pass {
		return ofToken(func(h *mint.HCERT) { h.Protected = mint.Set(h.Protected, value, mint.HeaderKID) })
	}
	unknown, breach := untrusted(verify.SealSignerUnknown), doubted(verify.ContentSchema)
	encoding, version := unreadable(formats.CodeEncoding), unreadable(formats.CodeVersion)
	attackText(t, passes(t), pass.Build().Text,
		passMutant("padding", spelled(func(s string) string { return s + strings.Repeat("=", (8-len(s)%8)%8) }), encoding),
		passMutant("wrong padding", spelled(func(s string) string { return s + "=" }), encoding),
		passMutant("a number for a letter", spelled(func(s string) string { return s[:1] + "1" + s[2:] }), encoding),
		passMutant("version 2", prefixed("NZCP:/2/"), version),
		passMutant("version 0", prefixed("NZCP:/0/"), version),
		passMutant("version 01", prefixed("NZCP:/01/"), encoding),
		passMutant("no version", prefixed("NZCP://"), encoding),

		passMutant("an issuer that is not listed", issuer("did:web:other.example"), unknown),
		passMutant("the issuer of the specification's examples", issuer("did:web:nzcp.covid19.health.nz"), unknown),
		passMutant("the issuer in capitals", issuer("did:web:PASS.utopia.example"), unknown),
		passMutant("the issuer with a key", issuer(mint.PassIssuer+"#key-1"), unknown),
		passMutant("an address to fetch", issuer("did:web:"+strings.ReplaceAll(network.address, ":", "%3A")), unknown),
		passMutant("no issuer", pass.DropClaim(mint.ClaimIssuer), unknown),
		passMutant("a key that is not listed", kid(mint.Bytes("key-9")), unknown),
		passMutant("another key of the issuer", kid(mint.Bytes("key-2")), disproved(verify.SealMismatch)),
		passMutant("a whole reference for a key", kid(mint.Bytes(mint.PassIssuer+"#key-1")), unknown),
		passMutant("a key in a text", kid(mint.Text("key-1")), unreadable(formats.CodeEnvelope)),

		passMutant("an identifier of 15 bytes", pass.SetClaim(mint.Bytes(make([]byte, 15)), mint.ClaimTokenID), breach),
		passMutant("an identifier that is no UUID", pass.SetClaim(mint.Bytes(make([]byte, 16)), mint.ClaimTokenID), breach),
		passMutant("an identifier in text", pass.SetClaim(mint.Text("urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"), mint.ClaimTokenID), breach),
		passMutant("no identifier", pass.DropClaim(mint.ClaimTokenID), breach),
		passMutant("another type", pass.Set(mint.Text("PrivateCovidPass"), "type", 1), unreadable(formats.CodePayload)),
		passMutant("no type", pass.Drop("type"), unreadable(formats.CodePayload)),
		passMutant("another version of the credential", pass.Set(mint.Text("1.1.0"), "version"), breach),
		passMutant("another context", pass.Set(mint.Text("https://evil.example/contexts/v1"), "@context", 0), breach),
		passMutant("no subject", pass.Drop("credentialSubject"), breach),
		passMutant("untagged", ofToken(func(h *mint.HCERT) { h.Tags = nil }), unreadable(formats.CodeEnvelope)),
		passMutant("a key outside", ofToken(func(h *mint.HCERT) {
			value, _ := mint.Get(h.Protected, mint.HeaderKID)
			h.Protected, h.Unprotected = mint.Drop(h.Protected, mint.HeaderKID), mint.Map{{mint.Int(mint.HeaderKID), value}}
		}), unchecked(verify.SealHeader)),
	)
}

// A list says for what its keys are trusted. A key for passes seals nothing else, and passes need one for them.
func TestA112_KeyOfAnotherUse(t *testing.T) {
	anchor := mint.Anchor{Signer: pass.Token.Signer, KeyOnly: true, Issuer: mint.PassIssuer, Scope: []string{"nzcp"}, Uses: []string{"vaccination"}}
	trusts := func(change func(*mint.Anchor)) *verify.Verifier {
		a := anchor
		change(&a)
		return verifier(t, load(t, list(a)), formats.Options{}, further(nzcp.Format, vdsnc.Format)...)
	}
	in := formats.Text(pass.Build().Text)
	demand(t, trusts(func(*mint.Anchor) {}), "the sibling", in, accepted)
	demand(t, trusts(func(a *mint.Anchor) { a.Scope = []string{"eu-dcc"} }), "for certificates of the EU", in, untrusted(verify.SealOutOfScope))
	demand(t, trusts(func(a *mint.Anchor) { a.Uses = []string{"test"} }), "for tests", in, untrusted(verify.SealWrongUse))
	demand(t, trusts(func(a *mint.Anchor) { a.Issuer = "did:web:other.example" }), "of another issuer", in, untrusted(verify.SealSignerUnknown))
}
