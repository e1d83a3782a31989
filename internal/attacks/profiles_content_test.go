package attacks_test

import (
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/verify"
)

func TestA109_NumberOfEntries_InEveryProfile(t *testing.T) {
	v, wrong := everyScheme(t), doubted(verify.ContentSchema)
	member := func(h mint.HCERT, member int, value mint.Item) mint.HCERT {
		return h.SetClaim(value, mint.ClaimHCERT, member)
	}
	listed := func(items ...mint.Item) mint.Item { return mint.Array(items) }
	vs, dvc := ddccVS.DCC(), yellowFever.DCC()
	attack(t, v, ddccVS,
		mutant{"a list of one", member(ddccVS, 3, listed(vs)), accepted},
		mutant{"a list of two", member(ddccVS, 3, listed(vs, vs)), wrong},
		mutant{"two people", member(ddccVS, 3, listed(vs, ddccVS.Set(mint.Text("Somebody Else"), "name").DCC())), wrong},
		mutant{"a list of none", member(ddccVS, 3, listed()), unreadable(formats.CodePayload)},
		mutant{"a list of vaccinations", ddccVS.Set(listed(mint.Map{}), "vaccination"), wrong},
		mutant{"no vaccination", ddccVS.Drop("vaccination"), wrong})
	attack(t, v, ddccTR,
		mutant{"no test", ddccTR.Drop("test"), wrong},
		mutant{"a test for a vaccination", member(ddccVS, 3, ddccTR.DCC()), wrong})
	attack(t, v, ddccPilot, mutant{"a vaccination and a test", ddccPilot.Set(mint.Map{}, "test"), wrong})
	dose, _ := mint.Get(dvc, "v")
	attack(t, v, yellowFever,
		mutant{"a list of one certificate", member(yellowFever, -6, listed(dvc)), accepted},
		mutant{"a list of two certificates", member(yellowFever, -6, listed(dvc, dvc)), wrong},
		mutant{"a list of one vaccination", yellowFever.Set(listed(dose), "v"), wrong},
		mutant{"a list of two vaccinations", yellowFever.Set(listed(dose, dose), "v"), wrong},
		mutant{"two layouts", yellowFever.Set(dose, "vx"), wrong},
		mutant{"none", yellowFever.Drop("v"), wrong})
	entry, _ := mint.Get(exempted.DCC(), "ve", 0)
	attack(t, v, exempted,
		mutant{"two exemptions", exempted.Set(listed(entry, entry), "ve"), wrong},
		mutant{"none", exempted.Drop("ve"), wrong},
		mutant{"an empty list", exempted.Set(listed(), "ve"), wrong},
		mutant{"no list", exempted.Set(entry, "ve"), wrong},
		mutant{"a vaccination beside it", exempted.Set(listed(mint.Map{}), "v"), wrong})
}

func TestA110_AnotherKindOfCertificate_InEveryProfile(t *testing.T) {
	v, refused := everyScheme(t), unreadable(formats.CodePayload)
	hcert := func(h mint.HCERT, pairs ...mint.Pair) mint.HCERT { return h.SetClaim(mint.Map(pairs), mint.ClaimHCERT) }
	vs, tr, dvc := ddccVS.DCC(), ddccTR.DCC(), yellowFever.DCC()
	attack(t, v, ddccVS,
		mutant{"both kinds of DDCC", hcert(ddccVS, mint.Pair{mint.Int(3), vs}, mint.Pair{mint.Int(4), tr}), refused},
		mutant{"an EU DCC beside it", hcert(ddccVS, mint.Pair{mint.Int(1), vaccination.DCC()}, mint.Pair{mint.Int(3), vs}), refused},
		mutant{"a yellow card beside it", hcert(ddccVS, mint.Pair{mint.Int(3), vs}, mint.Pair{mint.Int(-6), dvc}), refused},
		mutant{"RACSEL's number", hcert(ddccVS, mint.Pair{mint.Int(2), vs}), refused},
		mutant{"the number of links", hcert(ddccVS, mint.Pair{mint.Int(5), mint.Array{vs}}), refused},
		mutant{"number -3", hcert(ddccVS, mint.Pair{mint.Int(-3), vs}), refused},
		mutant{"number 6", hcert(ddccVS, mint.Pair{mint.Int(6), vs}), refused},
		mutant{"an empty claim", hcert(ddccVS), refused},
		mutant{"in bytes", hcert(ddccVS, mint.Pair{mint.Int(3), mint.Bytes(mint.Encode(vs))}), refused},
		mutant{"a list in a list", hcert(ddccVS, mint.Pair{mint.Int(3), mint.Array{mint.Array{vs}}}), refused},
		mutant{"the claim left out", ddccVS.DropClaim(mint.ClaimHCERT), refused},
		mutant{"the certificate as the claim", ddccVS.SetClaim(vs, mint.ClaimHCERT), refused},
		// What a key of the network sealed under the EU's number is an EU certificate, which it may not seal.
		mutant{"under the EU's number", hcert(ddccVS, mint.Pair{mint.Int(1), vs}), untrusted(verify.SealOutOfScope)},
		mutant{"under the yellow card's", hcert(ddccVS, mint.Pair{mint.Int(-6), vs}), doubted(verify.ContentSchema)})
	attack(t, v, ddccPilot,
		mutant{"an empty hcert beside the root", ddccPilot.AddClaim(mint.Int(mint.ClaimHCERT), mint.Map{}), refused},
		mutant{"an EU DCC beside the root", ddccPilot.AddClaim(mint.Int(mint.ClaimHCERT), mint.Map{{mint.Int(1), vaccination.DCC()}}), untrusted(verify.SealOutOfScope)},
		mutant{"no name", ddccPilot.Drop("name"), refused})
	attack(t, v, yellowFever, mutant{"as DDCC", hcert(yellowFever, mint.Pair{mint.Int(3), dvc}), doubted(verify.ContentSchema)})
	attack(t, v, exempted,
		mutant{"a DDCC number", hcert(exempted, mint.Pair{mint.Int(3), exempted.DCC()}), refused},
		mutant{"the light claim", exempted.DropClaim(mint.ClaimHCERT).AddClaim(mint.Int(mint.ClaimLight), mint.Map{{mint.Int(1), exempted.DCC()}}), refused})
	attack(t, v, lightly,
		mutant{"number 2", lightly.SetClaim(mint.Map{{mint.Int(2), lightly.DCC()}}, mint.ClaimLight), refused},
		mutant{"without a number", lightly.SetClaim(lightly.DCC(), mint.ClaimLight), refused})
}

func TestA111_CertificateOfOneProfileInTheClothesOfAnother(t *testing.T) {
	v, refused := everyScheme(t), unreadable(formats.CodePayload)
	with := func(h mint.HCERT, prefix string) mint.HCERT {
		return changed(h, func(h *mint.HCERT) { h.Prefix = prefix })
	}
	nzcp := mint.Map{
		{mint.Int(mint.ClaimIssuer), mint.Text("did:web:nzcp.covid19.health.nz")}, {mint.Int(5), mint.Unix(mint.IssuedAt)},
		{mint.Int(mint.ClaimExpires), mint.Unix(mint.Expires)}, {mint.Text("vc"), mint.Map{}},
	}
	for name, sibling := range profiles {
		attack(t, v, sibling,
			mutant{name + ", a pass of New Zealand", changed(sibling, func(h *mint.HCERT) { h.Claims = nzcp }), refused},
			mutant{name + ", the test context", with(sibling, "HCT:"), unreadable(formats.CodeUnknownFormat)},
			mutant{name + ", version 2", with(sibling, sibling.Prefix[:2]+"2:"), unreadable(formats.CodeVersion)},
			mutant{name + ", no prefix", with(sibling, ""), unreadable(formats.CodeUnknownFormat)})
	}
	attack(t, v, exempted,
		mutant{"as an EU DCC", with(exempted, "HC1:"), untrusted(verify.SealOutOfScope)},
		mutant{"as a light certificate", with(exempted, "LT1:"), refused},
		mutant{"in small letters", with(exempted, "at1:"), unreadable(formats.CodeEncoding)},
		mutant{"an EU DCC as Austrian", with(vaccination, "AT1:"), untrusted(verify.SealOutOfScope)},
		mutant{"a vaccination by the key for exemptions", with(mint.Vaccination(health.Exemption), "AT1:"), doubted(verify.ContentSchema)})
	attack(t, v, lightly,
		mutant{"as an EU DCC", with(lightly, "HC1:"), refused},
		mutant{"as an exemption", with(lightly, "AT1:"), refused},
		mutant{"an EU DCC as light", with(vaccination, "LT1:"), refused})
	for name, sibling := range map[string]mint.HCERT{"DDCC:VS": ddccVS, "pilot": ddccPilot, "ICVP": yellowFever} {
		attack(t, v, sibling,
			mutant{name + " as an exemption", with(sibling, "AT1:"), refused},
			mutant{name + " as a light certificate", with(sibling, "LT1:"), refused})
	}
}
