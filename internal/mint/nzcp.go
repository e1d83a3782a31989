package mint

import (
	"encoding/base32"
	"time"
)

// A Pass is a New Zealand COVID Pass as its specification lays it out (Ministry of Health, "NZ COVID Pass - Technical
// Specification v1"): a CWT in a COSE_Sign1, in base32 without padding, with a prefix. Its token is laid out as that of
// an HCERT, and its layers can be changed as those of an HCERT can, up to the COSE_Sign1.
//
// A Pass is a value: changing a copy leaves the original as it was.
type Pass struct {
	Token  HCERT               // Claims, Protected, Unprotected, Tags and the hooks up to COSE
	Prefix string              // "NZCP:/1/"
	Base32 func(string) string // changes the text without its prefix; nil changes nothing
}

// The claims that a pass has beside those of an HCERT (RFC 8392 §3.1); ClaimCredential is a text.
const (
	ClaimNotBefore, ClaimTokenID = 5, 7
	ClaimCredential              = "vc"
)

// Build writes the pass. Of the result, Compressed does not belong to a pass.
func (p Pass) Build() Built {
	b := p.Token.Build()
	b.Compressed = nil
	b.Text = p.Prefix + change(p.Base32, base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b.COSE))
	return b
}

// NZCP makes a complete pass of Maren, of the issuer whose key is in testdata/trust unless it is another's.
func NZCP(s Signer) Pass {
	return Pass{Prefix: "NZCP:/1/", Token: HCERT{
		Signer: s,
		Claims: Map{
			{Int(ClaimIssuer), Text(PassIssuer)},
			{Int(ClaimNotBefore), Unix(IssuedAt)},
			{Int(ClaimExpires), Unix(Expires)},
			{Text(ClaimCredential), Map{
				{Text("@context"), Array{Text("https://www.w3.org/2018/credentials/v1"), Text("https://nzcp.covid19.health.nz/contexts/v1")}},
				{Text("version"), Text("1.0.0")},
				{Text("type"), Array{Text("VerifiableCredential"), Text("PublicCovidPass")}},
				{Text("credentialSubject"), Map{
					{Text("givenName"), Text(Maren.Given)},
					{Text("familyName"), Text(Maren.Family)},
					{Text("dob"), Text(Maren.Birth)},
				}},
			}},
			{Int(ClaimTokenID), Bytes(tokenID(Maren))},
		},
		Protected:   Map{{Int(HeaderKID), Bytes(s.KID)}, {Int(HeaderAlg), Int(s.Alg)}},
		Unprotected: Map{},
		Tags:        []uint64{18},
	}}
}

// PassIssuer is the DID of the invented issuer of passes.
const PassIssuer = "did:web:pass.utopia.example"

// PassSigner makes a signer of passes that calls its key by a name, as passes do. A trust list finds it by the issuer and
// this name together.
func PassSigner(keyName string) Signer {
	s := Utopia().CSCA.Issue("ut-pass "+keyName, Template{})
	s.KID = []byte(keyName)
	return s
}

// tokenID is a random UUID (RFC 4122 §4.4) that the person determines.
func tokenID(p Person) []byte {
	id := NewDRBG([]byte("travelseal mint cti\x00" + p.ID)).Bytes(16)
	id[6] = id[6]&0x0f | 0x40
	id[8] = id[8]&0x3f | 0x80
	return id
}

// Of gives the pass to another person. One without a given name has the only name there, as a pass needs one.
func (p Pass) Of(who Person) Pass {
	given, family := who.Given, who.Family
	if given == "" {
		given = who.FamilyICAO
	}
	p = p.Set(Text(given), "credentialSubject", "givenName").Set(Text(who.Birth), "credentialSubject", "dob").SetClaim(Bytes(tokenID(who)), ClaimTokenID)
	if family == "" {
		return p.Drop("credentialSubject", "familyName")
	}
	return p.Set(Text(family), "credentialSubject", "familyName")
}

// Set replaces what stands at a path within the credential. See the function Set.
func (p Pass) Set(value Item, path ...any) Pass {
	credential, _ := Get(p.Token.Claims, ClaimCredential)
	return p.SetClaim(Set(credential, value, path...), ClaimCredential)
}

// Drop removes what stands at a path within the credential.
func (p Pass) Drop(path ...any) Pass {
	credential, _ := Get(p.Token.Claims, ClaimCredential)
	return p.SetClaim(Drop(credential, path...), ClaimCredential)
}

// SetClaim replaces what stands at a path within the claims.
func (p Pass) SetClaim(value Item, path ...any) Pass {
	p.Token = p.Token.SetClaim(value, path...)
	return p
}

// DropClaim removes what stands at a path within the claims.
func (p Pass) DropClaim(path ...any) Pass {
	p.Token = p.Token.DropClaim(path...)
	return p
}

// Dated sets from when and until when the pass is valid.
func (p Pass) Dated(from, until time.Time) Pass {
	return p.SetClaim(Unix(from), ClaimNotBefore).SetClaim(Unix(until), ClaimExpires)
}

// Resign signs the same content with another key and leaves the headers as they are.
func (p Pass) Resign(s Signer) Pass {
	p.Token = Resign(p.Token, s)
	return p
}
