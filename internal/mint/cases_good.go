package mint

// goodSpecimens are documents that must be accepted.
func goodSpecimens(ut Authority) []specimen {
	accept := Want{Status: "authentic", Verdict: "accept"}
	return []specimen{
		{name: "vaccination", about: "A vaccination certificate, signed with ES256.",
			doc: Vaccination(ut.Vaccination), want: accept, picture: true},
		{name: "test-naat", about: "A negative nucleic acid test, by a signer whose key usage has the other spelling.",
			doc: Test(ut.Test), want: accept},
		{name: "test-rat", about: "A negative antigen test, with the sample's time in another zone than UTC.",
			doc: RapidTest(ut.Test), want: accept},
		{name: "recovery", about: "A recovery certificate.",
			doc: Recovery(ut.Recovery), want: accept},

		{name: "es384", about: "A vaccination certificate, signed with ES384 by a key on P-384 without key usage.",
			doc: Vaccination(ut.AnyUse), want: accept},
		{name: "ps256", about: "A recovery certificate, signed with PS256 by an RSA key for all three uses.",
			doc: Recovery(ut.RSA), want: accept},
		{name: "kid-unprotected", about: "The key identifier stands in the unprotected header, as the specification allows.",
			doc: kidUnprotected(Vaccination(ut.Vaccination)), want: accept},

		{name: "name-thai", about: "A name in Thai script.",
			doc: Vaccination(ut.Vaccination).Of(Mali), want: accept, picture: true},
		{name: "name-arabic", about: "A name in Arabic script.",
			doc: Vaccination(ut.Vaccination).Of(Samar), want: accept},
		{name: "name-bengali", about: "A name in Bengali script.",
			doc: Test(ut.Test).Of(Madhumita), want: accept},
		{name: "name-chinese", about: "A name in Chinese characters.",
			doc: Recovery(ut.Recovery).Of(Yunfan), want: accept},
		{name: "mononym", about: "A person with one name, given in its standardised form only.",
			doc: Vaccination(ut.Vaccination).Of(Surya), want: accept},
		{name: "birth-month", about: "A person whose day of birth is not known.",
			doc: Vaccination(ut.Vaccination).Of(Hirut), want: accept},
		{name: "child", about: "A child of four years.",
			doc: Test(ut.Test).Of(Pippa), want: accept},
	}
}

func kidUnprotected(h HCERT) HCERT {
	kid, _ := Get(h.Protected, HeaderKID)
	h.Protected = Drop(h.Protected, HeaderKID)
	h.Unprotected = Map{{Int(HeaderKID), kid}}
	return h
}
