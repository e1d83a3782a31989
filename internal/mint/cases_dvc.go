package mint

// goodDVC are vaccination certificates of the WHO that must be accepted.
func goodDVC(a HealthAuthority) []specimen {
	accept := Want{Status: "authentic", Verdict: "accept"}
	return []specimen{
		{name: "yellow-fever", about: "A certificate of vaccination against yellow fever, which counts for life.",
			doc: YellowFever(a.WHO), want: accept, picture: true},
		{name: "yellow-fever-2026", about: "The same in the layout of the requirements of 2026.", doc: NewYellowFever(a.WHO), want: accept},
		{name: "polio", about: "A certificate of vaccination against poliomyelitis of a child, with an end.", doc: Polio(a.WHO), want: accept},
		{name: "early", about: "A certificate in the layout of the first draft.", doc: EarlyDVC(a.WHO), want: accept},
		{name: "alpha-3", about: "The issuer is named by the three letters of the WHO's network.",
			doc: YellowFever(a.Participant).SetClaim(Text("XXA"), ClaimIssuer), want: accept},
		{name: "birth-month", about: "A person whose day of birth is not known.",
			doc: YellowFever(a.WHO).Set(Hirut.full(), "n").Set(Text(Hirut.Birth), "dob"), want: accept},
	}
}

// badDVC are vaccination certificates of the WHO that must not be accepted. Each is one change to one that must.
func badDVC(a HealthAuthority) []specimen {
	good, recent, early := YellowFever(a.WHO), NewYellowFever(a.WHO), EarlyDVC(a.WHO)
	schema := Want{"authentic", "refer", "content.schema"}
	return []specimen{
		{name: "forged", about: "Signed with a key of the forger's own, under the key identifier of a trusted signer.",
			doc: Resign(good, Fresh("forger")), want: Want{"invalid", "reject", "seal.mismatch"}},
		{name: "unknown-signer", about: "Signed by a signer that no trust list names.", doc: YellowFever(Fresh("stranger")),
			want: Want{"untrusted", "refer", "seal.signer_unknown"}},
		{name: "other-scheme", about: "Signed by a key that is trusted for Swiss light certificates only.", doc: YellowFever(a.Light),
			want: Want{"untrusted", "refer", "seal.out_of_scope"}},
		{name: "country", about: "The issuer is another participant than its signer's.", doc: good.SetClaim(Text("XXA"), ClaimIssuer),
			want: Want{"untrusted", "refer", "seal.country"}},
		{name: "expired", about: "The token expired in February 2026.",
			doc:  Polio(a.WHO).Dated(IssuedAt, IssuedAt.AddDate(0, 0, 30)),
			want: Want{"authentic", "reject", "time.expired"}},
		{name: "nobody-named", about: "Neither the clinician nor the authority is named.", doc: good.Drop("v", "cn").Drop("v", "is"), want: schema},
		{name: "no-batch", about: "The batch is missing.", doc: good.Drop("v", "bo"), want: schema},
		{name: "no-sex-2026", about: "The sex is missing, which the requirements of 2026 demand.", doc: recent.Drop("s"), want: schema},
		{name: "early-no-disease", about: "The disease is missing in the layout of the first draft.", doc: early.Drop("v", "tg"), want: schema},
		{name: "two-vaccinations", about: "A list of vaccinations, where one certificate is for one.",
			doc: good.Set(Array{item(good, "v"), item(good, "v")}, "v"), want: schema},
		{name: "no-name", about: "The name is empty.", doc: good.Set(Text(""), "n"), want: schema},
	}
}

// item gives what stands at a path within a certificate.
func item(h HCERT, path ...any) Item {
	i, _ := Get(h.DCC(), path...)
	return i
}
