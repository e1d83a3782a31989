package mint

import "bytes"

// goodDDCC are certificates of WHO DDCC that must be accepted.
func goodDDCC(a HealthAuthority) []specimen {
	accept := Want{Status: "authentic", Verdict: "accept"}
	vaccination := DDCCVaccination(a.WHO)
	list := vaccination.SetClaim(Array{vaccination.DCC()}, ClaimHCERT, MemberDDCCVaccination)
	return []specimen{
		{name: "vaccination", about: "A vaccination by the core data set.", doc: vaccination, want: accept, picture: true},
		{name: "test", about: "A negative test by the core data set.", doc: DDCCTest(a.WHO), want: accept},
		{name: "pilot", about: "A vaccination in the layout of the pilot, at the root of the token.", doc: DDCCPilot(a.WHO), want: accept},
		{name: "pilot-test", about: "A test in the layout of the pilot.", doc: DDCCPilotTest(a.WHO), want: accept},
		{name: "alpha-3", about: "The issuer is named by the three letters of the WHO's network.",
			doc: DDCCVaccination(a.Participant).SetClaim(Text("XXA"), ClaimIssuer), want: accept},
		{name: "list", about: "The certificate stands in a list of one.", doc: list, want: accept},
	}
}

// badDDCC are certificates of WHO DDCC that must not be accepted. Each is one change to one that must.
func badDDCC(a HealthAuthority) []specimen {
	good, test, pilot := DDCCVaccination(a.WHO), DDCCTest(a.WHO), DDCCPilot(a.WHO)
	altered := good
	altered.Hooks.Altered = func(claims []byte) []byte {
		return bytes.Replace(claims, []byte("Achterberg"), []byte("Achterbarg"), 1)
	}
	noEnd := good.Drop("certificate", "period").DropClaim(ClaimExpires)
	schema := Want{"authentic", "refer", "content.schema"}
	unreadable := Want{"unreadable", "refer", "decode.payload"}
	return []specimen{
		{name: "forged", about: "Signed with a key of the forger's own, under the key identifier of a trusted signer.",
			doc: Resign(good, Fresh("forger")), want: Want{"invalid", "reject", "seal.mismatch"}},
		{name: "altered", about: "One letter of the name was changed after signing.", doc: altered,
			want: Want{"invalid", "reject", "seal.mismatch"}},
		{name: "unknown-signer", about: "Signed by a signer that no trust list names.", doc: DDCCVaccination(Fresh("stranger")),
			want: Want{"untrusted", "refer", "seal.signer_unknown"}},
		{name: "wrong-use", about: "A test by a signer that may vouch for vaccinations only.", doc: DDCCTest(a.Vaccination),
			want: Want{"untrusted", "refer", "seal.wrong_use"}},
		{name: "other-scheme", about: "Signed by a key that is trusted for Austrian exemptions only.", doc: DDCCVaccination(a.Exemption),
			want: Want{"untrusted", "refer", "seal.out_of_scope"}},
		{name: "country", about: "The issuer is another country than its signer's.", doc: good.SetClaim(Text("AUT"), ClaimIssuer),
			want: Want{"untrusted", "refer", "seal.country"}},
		{name: "expired", about: "The period that the certificate states ended in February 2026; the token goes on.",
			doc: good.Set(Text("2026-02-14"), "certificate", "period", "end"), want: Want{"authentic", "reject", "time.expired"}},
		{name: "pilot-not-yet-valid", about: "The pilot's certificate begins in 2058.",
			doc: pilot.Set(Text("2058-06-01"), "valid_from"), want: Want{"authentic", "reject", "time.not_yet_valid"}},
		{name: "no-expiry", about: "Neither the token nor the certificate states an end.", doc: noEnd,
			want: Want{"authentic", "refer", "time.no_expiry"}},
		{name: "no-manufacturer", about: "Neither the manufacturer nor the holder of the authorization is named.",
			doc: good.Drop("vaccination", "manufacturer").Drop("vaccination", "maholder"), want: schema},
		{name: "no-lot", about: "The batch is missing.", doc: good.Drop("vaccination", "lot"), want: schema},
		{name: "test-no-pathogen", about: "A test without what it is for.", doc: test.Drop("test", "pathogen"), want: schema},
		{name: "pilot-dose-zero", about: "The number of the dose is 0.", doc: pilot.Set(Int(0), "dose"), want: schema},
		{name: "two-people", about: "A list of two certificates of two people.", want: schema,
			doc: good.SetClaim(Array{good.DCC(), DDCCVaccination(a.WHO).Set(Tobias.full(), "name").DCC()}, ClaimHCERT, MemberDDCCVaccination)},
		{name: "two-kinds", about: "A vaccination and a test in one token.",
			doc: good.SetClaim(test.DCC(), ClaimHCERT, MemberDDCCTest), want: unreadable},
		{name: "unknown-kind", about: "The claim holds a link to a health record, which is not read.",
			doc: good.SetClaim(Map{{Int(5), Array{Map{{Text("u"), Text("shlink:/x")}}}}}, ClaimHCERT), want: unreadable},
	}
}
