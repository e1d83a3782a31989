package attacks_test

import (
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/verify"
)

// zoneOf is a passport's zone with another issuing State.
func zoneOf(state string) string {
	m := mint.Maren.Passport("UT0017243", "F")
	m.State = state
	return m.TD3()
}

// authorityOf is an authority whose certificate names a country, and signerOf a signer below it that does.
func authorityOf(country string) *pki.Credential {
	t := pki.CSCA().Named(pki.DN(country, "Authority", "CSCA "+country))
	t.KeySeed = "authority of any country"
	return pki.NewCSCA("of "+country, t)
}

func signerOf(ca *pki.Credential, country string) *pki.Credential {
	t := pki.DSC().Named(pki.DN(country, "Authority", "DS"))
	t.KeySeed = "signer of any country"
	return ca.Issue("DS "+country, t)
}

// ofCountry is a chip with an issuing State by a signer of a country, and a Verifier that trusts its authority.
func ofCountry(t *testing.T, state, country string) (*verify.Verifier, chip.Chip) {
	t.Helper()
	ca := authorityOf(country)
	return chips(t, ca.PEM()), chip.Of(zoneOf(state), "maren", signerOf(ca, country))
}

// aliases are the codes of Doc 9303-3 §5 that are no codes of ISO 3166-1, and territories whose documents a State seals, with
// the country in the certificates of the signer.
var aliases = map[string][]string{
	"D": {"DE"}, "DEU": {"DE"}, "GBD": {"GB", "UK"}, "GBN": {"GB"}, "GBO": {"GB"}, "GBP": {"GB"}, "GBS": {"GB"}, "GBR": {"GB", "UK"},
	"RKS": {"KS"}, "UNO": {"UN", "ZZ"}, "UNA": {"UN", "ZZ"}, "EUE": {"EU"}, "UTO": {"UT", "ut", "Ut"}, "GRC": {"GR", "EL"},
	"HKG": {"HK", "CN"}, "MAC": {"MO", "CN"}, "CUW": {"CW", "NL"}, "GRL": {"GL", "DK"}, "JEY": {"JE", "GB"},
}

func TestC19_SignerOfAnotherCountry(t *testing.T) {
	utopia := chips(t)
	demand(t, utopia, "Utopia", chipInput(passport), accepted)
	// Every state of ISO 3166-1, by a table that others have made.
	tried := 0
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			region, err := language.ParseRegion(string([]rune{a, b}))
			short := region.String()
			if err != nil || short != string([]rune{a, b}) || !region.IsCountry() || len(region.ISO3()) != 3 || region.ISO3() == "ZZZ" {
				continue
			}
			if !inUse(region) {
				continue
			}
			tried++
			v, own := ofCountry(t, region.ISO3(), short)
			demand(t, v, region.ISO3()+" by "+short, chipInput(own), accepted)
			demand(t, utopia, region.ISO3()+" by UT", chipInput(chip.Of(zoneOf(region.ISO3()), "maren", uto.DSC)), otherState)
			if tried%10 == 0 {
				foreign := chip.Of(zoneOf("UTO"), "maren", own.Signer)
				demand(t, v, "UTO by "+short, chipInput(foreign), otherState)
				demand(t, v, "UTO by "+short+", forged", chipInput(forged(foreign)), mismatched)
			}
		}
	}
	if tried < 135 {
		t.Errorf("%d states", tried)
	}
	for state, countries := range aliases {
		for _, country := range countries {
			v, c := ofCountry(t, state, country)
			w := accepted
			if country != strings.ToUpper(country) {
				w = deviates
			}
			demand(t, v, state+" by "+country, chipInput(c), w)
		}
	}
	for _, c := range []struct{ state, country string }{
		{"AUS", "NZ"}, {"NZL", "AU"}, {"D", "AT"}, {"D", "DK"}, {"BMU", "GB"}, {"GBD", "BM"}, {"GBR", "BM"}, {"RKS", "RS"}, {"SRB", "KS"},
		{"UNO", "US"}, {"USA", "UN"}, {"EUE", "BE"}, {"BEL", "EU"}, {"CHN", "HK"}, {"NLD", "CW"}, {"DNK", "GL"}, {"LTU", "LTU"},
		{"LTU", "L"}, {"UTO", "UTO"}, {"UTO", "U"}, {"UTO", "UT "}, {"UTO", "ZZ"},
	} {
		v, chip := ofCountry(t, c.state, c.country)
		demand(t, v, c.state+" by "+c.country, chipInput(chip), otherState)
	}
	// A code of no state leaves nothing to compare with: a person looks.
	for _, code := range []string{"ZZZ", "XXA", "XXX", "XOM", "DDR", "UT", "<<<", "uto"} {
		demand(t, utopia, code, chipInput(chip.Of(zoneOf(code), "maren", uto.DSC)), breach)
	}
}

// inUse tells the codes of states in use from those that were withdrawn or are reserved for other schemes.
func inUse(r language.Region) bool {
	switch r.String() {
	case "AC", "AN", "CP", "CQ", "CS", "DG", "EA", "EU", "EZ", "FQ", "IC", "NT", "PC", "QO", "SU", "TA", "UN", "XA", "XB", "XK", "YU":
		return false
	}
	return r.Canonicalize() == r
}

// Whoever names no country seals for none: a certificate that leaves it out would seal for all.
func TestC19_SignerOfNoCountry(t *testing.T) {
	nameless := func(common string) pki.Name {
		return pki.Name{pki.One(pki.CommonName, der.UTF8(common))}
	}
	ca := pki.NewCSCA("nameless", pki.CSCA().Named(nameless("CSCA")))
	signer := ca.Issue("DS", pki.DSC().Named(nameless("DS")))
	half := uto.CSCA.Issue("DS", pki.DSC().Named(nameless("DS")))
	named := ca.Issue("DS UT", pki.DSC())
	v := chips(t, append(pems(uto.CSCAs()...), ca.PEM())...)
	attackChip(t, v, passport,
		chipMutant{"neither", passport.ResignedBy(signer), noChain},
		chipMutant{"the signer not", passport.ResignedBy(half), noChain},
		chipMutant{"the authority not", passport.ResignedBy(named), noChain},
		chipMutant{"an empty one", passport.ResignedBy(uto.CSCA.Issue("DS", pki.DSC().Named(pki.DN("", "Authority", "DS")))), noChain},
	)
	empty := authorityOf("")
	demand(t, chips(t, uto.CSCA.PEM(), empty.PEM()), "an empty one in both", chipInput(passport.ResignedBy(signerOf(empty, ""))), noChain)
}

func TestC20_NationalityIsNoIssuingState(t *testing.T) {
	zone := func(state, nationality string) chip.Chip {
		m := mint.Maren.Passport("UT0017243", "F")
		m.State, m.Nationality = state, nationality
		return passport.With(1, chip.DG1(m.TD3()))
	}
	var mutants []chipMutant
	for _, n := range []string{"AUS", "XXA", "XXB", "XXC", "D", "GBN"} {
		mutants = append(mutants, chipMutant{"UTO for " + n, zone("UTO", n), accepted})
	}
	for _, s := range []string{"AUS", "D", "GBR"} {
		mutants = append(mutants, chipMutant{s + " for UTO", zone(s, "UTO"), otherState})
	}
	attackChip(t, chips(t), passport, mutants...)
}
