package mint

// exemptions are Austrian certificates of exemption: first those that must be accepted, then those that must not.
func exemptions(a HealthAuthority) []specimen {
	good := Exemption(a.Exemption)
	vaccination := Vaccination(a.Exemption)
	nextVersion := good
	nextVersion.Prefix = "AT2:"
	small := good
	small.Prefix = "at1:"
	accept := Want{Status: "authentic", Verdict: "accept"}
	schema := Want{"authentic", "refer", "content.schema"}
	scope := Want{"untrusted", "refer", "seal.out_of_scope"}
	entry := item(good, "ve", 0)
	return []specimen{
		{name: "exemption", about: "A certificate of exemption.", doc: good, want: accept, picture: true},
		{name: "name-thai", about: "A name in Thai script.", doc: good.Of(Mali), want: accept},

		{name: "forged", about: "Signed with a key of the forger's own, under the key identifier of a trusted signer.",
			doc: Resign(good, Fresh("forger")), want: Want{"invalid", "reject", "seal.mismatch"}},
		{name: "unknown-signer", about: "Signed by a signer that no trust list names.", doc: Exemption(Fresh("stranger")),
			want: Want{"untrusted", "refer", "seal.signer_unknown"}},
		{name: "eu-signer", about: "Signed by a signer of EU DCC.", doc: Exemption(Utopia().Vaccination), want: scope},
		{name: "who-signer", about: "Signed by a signer of the WHO's certificates.", doc: Exemption(a.WHO), want: scope},
		{name: "country", about: "The issuer is another country than its signer's.", doc: good.SetClaim(Text("XA"), ClaimIssuer),
			want: Want{"untrusted", "refer", "seal.country"}},
		{name: "expired", about: "The certificate expired in February 2026.",
			doc: good.Dated(IssuedAt, IssuedAt.AddDate(0, 0, 30)), want: Want{"authentic", "reject", "time.expired"}},
		{name: "no-expiry", about: "The claim of the expiry is missing.", doc: good.DropClaim(ClaimExpires),
			want: Want{"authentic", "refer", "time.no_expiry"}},
		{name: "two-entries", about: "Two exemptions in one certificate.", doc: good.Set(entry, "ve", 1), want: schema},
		{name: "vaccination", about: "A vaccination in an exemption's place.", doc: good.SetClaim(vaccination.DCC(), ClaimHCERT, 1), want: schema},
		{name: "both", about: "A vaccination beside the exemption.", doc: good.Set(item(vaccination, "v"), "v"), want: schema},
		{name: "version", about: "A version of the EU's schema.", doc: good.Set(Text("1.3.0"), "ver"), want: schema},
		{name: "prefix-at2", about: "The text announces a version that does not exist.", doc: nextVersion,
			want: Want{"unreadable", "refer", "decode.version"}},
		{name: "prefix-small", about: "The prefix is in small letters.", doc: small, want: Want{"unreadable", "refer", "decode.encoding"}},
	}
}

// lights are Swiss light certificates: first those that must be accepted, then those that must not.
func lights(a HealthAuthority) []specimen {
	good := Light(a.Light)
	nextVersion := good
	nextVersion.Prefix = "LT2:"
	asEU := good
	asEU.Prefix = "HC1:"
	whole := good
	whole.Claims = Add(Drop(good.Claims, ClaimLight), Int(ClaimHCERT), Map{{Int(1), good.DCC()}})
	accept := Want{Status: "authentic", Verdict: "accept"}
	unreadable := Want{"unreadable", "refer", "decode.payload"}
	return []specimen{
		{name: "light", about: "A light certificate.", doc: good, want: accept, picture: true},
		{name: "mononym", about: "A person with one name.", doc: good.Of(Surya), want: accept},

		{name: "forged", about: "Signed with a key of the forger's own, under the key identifier of a trusted signer.",
			doc: Resign(good, Fresh("forger")), want: Want{"invalid", "reject", "seal.mismatch"}},
		{name: "eu-signer", about: "Signed by a signer of EU DCC.", doc: Light(Utopia().Vaccination),
			want: Want{"untrusted", "refer", "seal.out_of_scope"}},
		{name: "exemption-signer", about: "Signed by a signer of Austrian exemptions.", doc: Light(a.Exemption),
			want: Want{"untrusted", "refer", "seal.out_of_scope"}},
		{name: "expired", about: "The certificate expired in January 2026.",
			doc: good.Dated(IssuedAt, IssuedAt.AddDate(0, 0, 2)), want: Want{"authentic", "reject", "time.expired"}},
		{name: "no-expiry", about: "The claim of the expiry is missing.", doc: good.DropClaim(ClaimExpires),
			want: Want{"authentic", "refer", "time.no_expiry"}},
		{name: "no-name", about: "The name is missing.", doc: good.Drop("nam"), want: Want{"authentic", "refer", "content.schema"}},
		{name: "prefix-lt2", about: "The text announces a version that does not exist.", doc: nextVersion,
			want: Want{"unreadable", "refer", "decode.version"}},
		{name: "prefix-hc1", about: "A light certificate with the prefix of the EU's.", doc: asEU, want: unreadable},
		{name: "eu-claim", about: "The certificate stands in the claim of the EU's.", doc: whole, want: unreadable},
	}
}
