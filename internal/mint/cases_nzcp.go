package mint

import (
	"bytes"
	"strings"
	"time"
)

// NZCPCases lists the documents of testdata/nzcp: first those that must be accepted, then those that must not.
func NZCPCases() []Case {
	good := NZCP(PassSigner("key-1"))
	var cases []Case
	for _, s := range append(goodPasses(good), badPasses(good)...) {
		cases = append(cases, Case{Name: s.name, About: s.about, Text: s.pass.Build().Text, Want: s.want, Picture: s.name == "pass"})
	}
	return cases
}

// NZCPTrust is the trust list of testdata/trust for passes: two keys of one issuer.
func NZCPTrust() []byte {
	var anchors []Anchor
	for _, name := range []string{"key-1", "key-2"} {
		anchors = append(anchors, Anchor{
			Signer: PassSigner(name), KeyOnly: true, Issuer: PassIssuer, Country: "UT", Scope: []string{"nzcp"}, Uses: []string{"vaccination"},
		})
	}
	return TrustJSON(time.Time{}, anchors...)
}

type passSpecimen struct {
	name, about string
	pass        Pass
	want        Want
}

func goodPasses(good Pass) []passSpecimen {
	accept := Want{Status: "authentic", Verdict: "accept"}
	return []passSpecimen{
		{"pass", "A pass as the specification shows it.", good, accept},
		{"second-key", "A pass by another key of the same issuer.", NZCP(PassSigner("key-2")), accept},
		{"mononym", "A person with one name, which is the given one.", good.Of(Surya), accept},
		{"name-thai", "A name in Thai script.", good.Of(Mali), accept},
		{"name-arabic", "A name in Arabic script.", good.Of(Samar), accept},
		{"child", "A child of four years.", good.Of(Pippa), accept},
		{"further-claim", "A claim and a member that the specification does not know.",
			good.SetClaim(Text("x"), 99).Set(Text("y"), "note"), accept},
	}
}

// badPasses are passes that must not be accepted. Each is one change to a pass that must.
func badPasses(good Pass) []passSpecimen {
	return append(append(badPassSeals(good), badPassContents(good)...), badPassTexts(good)...)
}

func badPassSeals(good Pass) []passSpecimen {
	token := func(change func(*HCERT)) Pass {
		p := good
		change(&p.Token)
		return p
	}
	longer := PassSigner("key-1")
	longer.Alg = ES384
	header, unsupported := Want{"indeterminate", "refer", "seal.header"}, Want{"indeterminate", "refer", "seal.unsupported"}
	return []passSpecimen{
		{"forged", "Signed with a key of the forger's own, under the names of a trusted one.", good.Resign(Fresh("forger")),
			Want{"invalid", "reject", "seal.mismatch"}},
		{"altered", "One letter of the name was changed after signing.", token(func(h *HCERT) {
			h.Hooks.Altered = func(claims []byte) []byte {
				return bytes.Replace(claims, []byte("Achterberg"), []byte("Achterbarg"), 1)
			}
		}), Want{"invalid", "reject", "seal.mismatch"}},
		{"unknown-key", "By a key that the issuer's list does not have.", NZCP(PassSigner("key-3")), Want{"untrusted", "refer", "seal.signer_unknown"}},
		{"unknown-issuer", "By a trusted key, in the name of another issuer.", good.SetClaim(Text("did:web:other.example"), ClaimIssuer),
			Want{"untrusted", "refer", "seal.signer_unknown"}},
		{"alg-es384", "Signed with ES384, which a pass may not be.", NZCP(longer), unsupported},
		{"alg-missing", "No algorithm is named.", token(func(h *HCERT) { h.Protected = Drop(h.Protected, HeaderAlg) }), header},
		{"kid-missing", "No key is named.", token(func(h *HCERT) { h.Protected = Drop(h.Protected, HeaderKID) }), header},
		{"kid-unprotected", "The key is named where the signature does not cover it.", token(func(h *HCERT) {
			kid, _ := Get(h.Protected, HeaderKID)
			h.Protected, h.Unprotected = Drop(h.Protected, HeaderKID), Map{{Int(HeaderKID), kid}}
		}), header},
	}
}

func badPassContents(good Pass) []passSpecimen {
	later := time.Date(2058, 6, 1, 0, 0, 0, 0, time.UTC)
	twice := good
	twice.Token = twice.Token.AddClaim(Int(ClaimExpires), Unix(Expires.AddDate(1, 0, 0)))
	schema, payload := Want{"authentic", "refer", "content.schema"}, Want{"unreadable", "refer", "decode.payload"}
	return []passSpecimen{
		{"expired", "The pass expired in February 2026.", good.Dated(IssuedAt, IssuedAt.AddDate(0, 0, 30)), Want{"authentic", "reject", "time.expired"}},
		{"not-active", "The pass is valid from 2058.", good.Dated(later, Expires), Want{"authentic", "reject", "time.not_yet_valid"}},
		{"no-expiry", "The end of validity is missing.", good.DropClaim(ClaimExpires), Want{"authentic", "refer", "time.no_expiry"}},
		{"no-beginning", "The beginning of validity is missing.", good.DropClaim(ClaimNotBefore), schema},
		{"no-identifier", "The identifier is missing.", good.DropClaim(ClaimTokenID), schema},
		{"short-identifier", "The identifier has 15 bytes.", good.SetClaim(Bytes(tokenID(Maren)[:15]), ClaimTokenID), schema},
		{"no-name", "The given name is missing.", good.Drop("credentialSubject", "givenName"), schema},
		{"birth-month", "A person whose day of birth is not known, for whom a pass has no room.", good.Of(Hirut), schema},
		{"version", "The credential is of a version that does not exist.", good.Set(Text("2.0.0"), "version"), schema},
		{"context", "The contexts are in the wrong order.", good.Set(Array{
			Text("https://nzcp.covid19.health.nz/contexts/v1"), Text("https://www.w3.org/2018/credentials/v1"),
		}, "@context"), schema},
		{"type", "A credential of another type.", good.Set(Text("TravelPass"), "type", 1), payload},
		{"float-expiry", "The end of validity is a floating-point number.", good.SetClaim(Float64(Expires.Unix()), ClaimExpires), payload},
		{"duplicate-claim", "The end of validity is there twice.", twice, payload},
	}
}

func badPassTexts(good Pass) []passSpecimen {
	with := func(change func(*Pass)) Pass {
		p := good
		change(&p)
		return p
	}
	text := func(f func(string) string) Pass { return with(func(p *Pass) { p.Base32 = f }) }
	encoding := Want{"unreadable", "refer", "decode.encoding"}
	return []passSpecimen{
		{"untagged", "The message has no tag.", with(func(p *Pass) { p.Token.Tags = nil }), Want{"unreadable", "refer", "decode.envelope"}},
		{"cwt-tag", "The message has the tag of a CWT before its own.", with(func(p *Pass) { p.Token.Tags = []uint64{61, 18} }),
			Want{"unreadable", "refer", "decode.envelope"}},
		{"trailing", "A byte follows the message.", with(func(p *Pass) {
			p.Token.Hooks.COSE = func(b []byte) []byte { return append(b, 0) }
		}), Want{"unreadable", "refer", "decode.trailing"}},
		{"truncated", "The last part of the text is missing.", text(func(s string) string { return s[:len(s)/16*8] }),
			Want{"unreadable", "refer", "decode.truncated"}},
		{"padded", "Padding, which a code cannot hold, follows the text.", text(func(s string) string {
			return s + strings.Repeat("=", (8-len(s)%8)%8)
		}), encoding},
		{"lower-case", "The text is in small letters.", text(strings.ToLower), encoding},
		{"prefix-lower-case", "The prefix is in small letters.", with(func(p *Pass) { p.Prefix = "nzcp:/1/" }), encoding},
		{"version-2", "The text announces a version that does not exist.", with(func(p *Pass) { p.Prefix = "NZCP:/2/" }),
			Want{"unreadable", "refer", "decode.version"}},
	}
}
