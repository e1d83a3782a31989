package attacks_test

import (
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/verify"
)

// health is the authority of the certificates that share the carrier of EU DCC, with one certificate of each kind.
var (
	health      = mint.Health()
	ddccVS      = mint.DDCCVaccination(health.WHO)
	ddccTR      = mint.DDCCTest(health.WHO)
	ddccPilot   = mint.DDCCPilot(health.WHO)
	yellowFever = mint.YellowFever(health.WHO)
	exempted    = mint.Exemption(health.Exemption)
	lightly     = mint.Light(health.Light)
)

var profiles = map[string]mint.HCERT{
	"DDCC:VS": ddccVS, "DDCC:TR": ddccTR, "pilot": ddccPilot, "ICVP": yellowFever, "AT1": exempted, "LT1": lightly,
}

// everyScheme is a Verifier that trusts the signers of every profile, each for its own.
func everyScheme(t *testing.T) *verify.Verifier {
	t.Helper()
	return trusting(t, list(health.Anchors()...), list(mint.Anchors(ut.Signers()...)...))
}

func TestA18_AnotherStructureThanSign1_OfEveryProfile(t *testing.T) {
	for name, sibling := range profiles {
		t.Run(name, func(t *testing.T) {
			tagged := func(tags ...uint64) mint.HCERT { return changed(sibling, func(h *mint.HCERT) { h.Tags = tags }) }
			shaped := func(shape func(mint.Array) mint.Item, tags ...uint64) mint.HCERT {
				return changed(tagged(tags...), func(h *mint.HCERT) { h.Hooks.Sign1 = shape })
			}
			refused := unreadable(formats.CodeEnvelope)
			attack(t, everyScheme(t), sibling,
				mutant{"no tag", tagged(), noted(verify.DecodeTolerant)},
				mutant{"CWT and Sign1", tagged(61, 18), noted(verify.DecodeTolerant)},
				mutant{"CWT alone", tagged(61), refused},
				mutant{"Sign's tag", tagged(98), refused},
				mutant{"Mac0's tag", tagged(17), refused},
				mutant{"Sign1 twice", tagged(18, 18), refused},
				mutant{"a thousand tags", tagged(make([]uint64, 1000)...), unreadable(formats.CodeLimit)},
				mutant{"Sign", shaped(func(a mint.Array) mint.Item {
					return mint.Array{mint.Bytes(nil), mint.Map{}, a[2], mint.Array{mint.Array{a[0], a[1], a[3]}}}
				}, 18), refused},
				mutant{"Encrypt0", shaped(func(a mint.Array) mint.Item { return a[:3] }, 16), refused},
				mutant{"Mac", shaped(func(a mint.Array) mint.Item { return append(a[:4:4], mint.Array{}) }), refused},
			)
		})
	}
}

func TestA27_ClaimThatIsThereTwice_InEveryProfile(t *testing.T) {
	refused := unreadable(formats.CodePayload)
	twice := func(h mint.HCERT, path ...any) mint.HCERT {
		value, _ := mint.Get(h.Claims, path...)
		last := path[len(path)-1]
		key, isText := last.(string)
		var k mint.Item = mint.Text(key)
		if !isText {
			k = mint.Int(last.(int))
		}
		return changed(h, func(h *mint.HCERT) { h.Claims = mint.Add(h.Claims, k, value, path[:len(path)-1]...) })
	}
	for name, c := range map[string]struct {
		sibling mint.HCERT
		paths   [][]any
	}{
		"DDCC:VS": {ddccVS, [][]any{{mint.ClaimHCERT}, {mint.ClaimHCERT, 3}, {mint.ClaimHCERT, 3, "name"}, {mint.ClaimHCERT, 3, "certificate", "period", "end"},
			{mint.ClaimHCERT, 3, "vaccination", "vaccine", "code"}}},
		"DDCC:TR": {ddccTR, [][]any{{mint.ClaimHCERT, 4}, {mint.ClaimHCERT, 4, "test"}, {mint.ClaimHCERT, 4, "test", "result"}}},
		"pilot":   {ddccPilot, [][]any{{"name"}, {"valid_until"}, {"dose"}}},
		"ICVP":    {yellowFever, [][]any{{mint.ClaimIssuedAt}, {mint.ClaimHCERT, -6}, {mint.ClaimHCERT, -6, "n"}, {mint.ClaimHCERT, -6, "v", "dt"}}},
		"AT1":     {exempted, [][]any{{mint.ClaimExpires}, {mint.ClaimHCERT, 1, "ve"}, {mint.ClaimHCERT, 1, "nam", "fnt"}, {mint.ClaimHCERT, 1, "ve", 0, "du"}}},
		"LT1":     {lightly, [][]any{{mint.ClaimExpires}, {mint.ClaimLight}, {mint.ClaimLight, 1}, {mint.ClaimLight, 1, "dob"}}},
	} {
		var mutants []mutant
		for _, path := range c.paths {
			mutants = append(mutants, mutant{name, twice(c.sibling, path...), refused})
		}
		attack(t, everyScheme(t), c.sibling, mutants...)
	}
}

func TestA45_NoExpiry_OfEveryProfile(t *testing.T) {
	v := everyScheme(t)
	endless := func(h mint.HCERT) mint.HCERT { return h.DropClaim(mint.ClaimExpires) }
	missing := doubted(verify.TimeNoExpiry)
	attack(t, v, ddccVS,
		mutant{"the period alone", endless(ddccVS), accepted},
		mutant{"neither", endless(ddccVS.Drop("certificate", "period")), missing},
		mutant{"a period without end", endless(ddccVS.Drop("certificate", "period", "end")), missing},
		mutant{"an end that is no date", endless(ddccVS.Set(mint.Text("never"), "certificate", "period", "end")), missing},
		mutant{"no iat", ddccVS.DropClaim(mint.ClaimIssuedAt), doubted(verify.ContentSchema)})
	attack(t, v, ddccPilot, mutant{"the pilot's", ddccPilot.Drop("valid_until"), missing})
	attack(t, v, exempted, mutant{"AT1", endless(exempted), missing}, mutant{"AT1 without iat", exempted.DropClaim(mint.ClaimIssuedAt), doubted(verify.ContentSchema)})
	attack(t, v, lightly, mutant{"LT1", endless(lightly), missing}, mutant{"LT1 without iat", lightly.DropClaim(mint.ClaimIssuedAt), doubted(verify.ContentSchema)})
	// Yellow fever counts for life (IHR (2005) Annex 7 §2): its certificate needs no end, and has to say when it was made.
	attack(t, v, yellowFever, mutant{"ICVP without iat", yellowFever.DropClaim(mint.ClaimIssuedAt), doubted(verify.ContentSchema)})
}

func TestA51_AnotherParticipantThanTheSigners(t *testing.T) {
	for _, c := range []struct{ key, legal, crossing []string }{
		{[]string{"XA"}, []string{"XA", "XXA", "xxa"}, []string{"XXB", "XB", "A", "XXAA", "*", "XX", "AXX"}},
		{[]string{"AT"}, []string{"AT", "AUT", "aut"}, []string{"AUS", "AU", "DEU", "AUTT", "AU T"}},
		{[]string{"GR"}, []string{"GR", "EL", "GRC"}, []string{"CYP", "GRD"}},
		{[]string{"NL"}, []string{"NLD", "CUW", "CW"}, []string{"BEL", "NLL"}},
		{[]string{"FR"}, []string{"FRA", "PYF"}, []string{"MCO", "CUW"}},
		{[]string{"GB"}, []string{"GBR", "UK"}, []string{"IRL"}},
		{[]string{"IO"}, []string{"IOM"}, []string{"WHO"}},
	} {
		signer := mint.NewCA("participant "+c.key[0], mint.Template{Country: c.key[0]}).Issue("who "+c.key[0], mint.Template{})
		v := trusting(t, list(mint.Anchor{Signer: signer, Scope: []string{"who-ddcc", "who-dvc"}}))
		for _, own := range []mint.HCERT{mint.DDCCVaccination(signer), mint.YellowFever(signer)} {
			var mutants []mutant
			for _, iss := range c.legal {
				mutants = append(mutants, mutant{c.key[0] + " for " + iss, own.SetClaim(mint.Text(iss), mint.ClaimIssuer), accepted})
			}
			for _, iss := range c.crossing {
				mutants = append(mutants, mutant{c.key[0] + " for " + iss, own.SetClaim(mint.Text(iss), mint.ClaimIssuer), untrusted(verify.SealCountry)})
			}
			attack(t, v, own, mutants...)
		}
	}
	// Certificates of one country know its two letters alone.
	attack(t, everyScheme(t), exempted,
		mutant{"AT1 by three letters", exempted.SetClaim(mint.Text("UTO"), mint.ClaimIssuer), untrusted(verify.SealCountry)},
		mutant{"AT1 of another country", exempted.SetClaim(mint.Text("XA"), mint.ClaimIssuer), untrusted(verify.SealCountry)})
	attack(t, everyScheme(t), lightly, mutant{"LT1 of another country", lightly.SetClaim(mint.Text("XA"), mint.ClaimIssuer), untrusted(verify.SealCountry)})
}

func TestA53_AuthorityThatSignsADocument_OfEveryProfile(t *testing.T) {
	ca := ut.CSCA.Signer
	v := trusting(t, list(append(health.Anchors(), mint.Anchor{Signer: ca})...))
	for name, sibling := range profiles {
		byCA := sibling
		byCA.Signer = ca
		byCA.Protected = mint.Set(byCA.Protected, mint.Bytes(ca.KID), mint.HeaderKID)
		attack(t, v, sibling,
			mutant{name + " by the authority", byCA, untrusted(verify.SealWrongRole)},
			mutant{name + " forged in its name", mint.Resign(byCA, mint.Fresh("forger")), untrusted(verify.SealNoKeyMatches)})
	}
}

// Each key seals its own kind of certificate, and a failing signature of another says nothing.
func TestA54_KeyOfAnotherProfile(t *testing.T) {
	by := map[string]mint.Signer{"WHO": health.WHO, "Austria": health.Exemption, "Switzerland": health.Light}
	own := map[string]string{"DDCC:VS": "WHO", "DDCC:TR": "WHO", "pilot": "WHO", "ICVP": "WHO", "AT1": "Austria", "LT1": "Switzerland"}
	v := everyScheme(t)
	for name, sibling := range profiles {
		var mutants []mutant
		for whose, key := range by {
			if own[name] == whose {
				continue
			}
			crossed := sibling
			crossed.Signer = key
			crossed.Protected = mint.Set(crossed.Protected, mint.Bytes(key.KID), mint.HeaderKID)
			mutants = append(mutants,
				mutant{name + " by the key of " + whose, crossed, untrusted(verify.SealOutOfScope)},
				mutant{name + " forged under the key of " + whose, mint.Resign(crossed, mint.Fresh("forger")), untrusted(verify.SealNoKeyMatches)})
		}
		attack(t, v, sibling, mutants...)
	}
	// An EU signer seals no certificate of one country, and no other signer an EU DCC.
	attack(t, v, vaccination,
		mutant{"EU DCC by a key of the WHO", mint.Vaccination(health.WHO), untrusted(verify.SealOutOfScope)},
		mutant{"EU DCC by a key of Austria", mint.Vaccination(health.Exemption), untrusted(verify.SealOutOfScope)},
		mutant{"AT1 by a signer of the EU", mint.Exemption(ut.Vaccination), untrusted(verify.SealOutOfScope)},
		mutant{"LT1 by a signer of the EU", mint.Light(ut.Vaccination), untrusted(verify.SealOutOfScope)})
	// Within its scope, a key is held to its uses: an exemption is none of those of EU DCC.
	narrow := trusting(t, list(
		mint.Anchor{Signer: health.WHO, Scope: []string{"who-ddcc", "who-dvc"}, Uses: []string{"vaccination"}},
		mint.Anchor{Signer: health.Exemption, Scope: []string{"at-ve"}, Uses: []string{"vaccination", "test", "recovery"}}))
	attack(t, narrow, ddccVS,
		mutant{"a test by a key for vaccinations", ddccTR, untrusted(verify.SealWrongUse)},
		mutant{"the pilot's test", mint.DDCCPilotTest(health.WHO), untrusted(verify.SealWrongUse)},
		mutant{"an exemption by a key for vaccinations", exempted, untrusted(verify.SealWrongUse)},
		mutant{"an empty exemption", exempted.Drop("ve"), untrusted(verify.SealWrongUse)})
	one := trusting(t, list(mint.Anchor{Signer: health.WHO, Scope: []string{"who-dvc"}}))
	attack(t, one, yellowFever, mutant{"another certificate of the WHO", ddccVS, untrusted(verify.SealOutOfScope)})
}
