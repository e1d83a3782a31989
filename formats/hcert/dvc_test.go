package hcert_test

import (
	"reflect"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
)

var (
	fever = formats.Coded{System: "http://id.who.int/icd/release/11/mms", Code: "1D47", Text: "Yellow fever"}
	polio = formats.Coded{System: "http://id.who.int/icd/release/11/mms", Code: "1C81", Text: "Poliomyelitis"}
)

const catalogue = "http://smart.who.int/pcmt-vaxprequal/CodeSystem/PreQualProductIDs"

func newYellowFever() mint.HCERT { return mint.NewYellowFever(health.WHO) }
func early() mint.HCERT          { return mint.EarlyDVC(health.WHO) }

func TestEveryLayoutOfTheVaccinationCertificateBecomesClaims(t *testing.T) {
	passport := []formats.DocRef{{Type: "PPN", Number: "UT7042681"}}
	person := func(name, sex string, birth formats.Date) []formats.Subject {
		return []formats.Subject{{Names: []formats.Name{{Full: name, Source: "n"}}, Birth: birth, Sex: sex, Nationality: "UTO"}}
	}
	maren := person("Maren Zoë Achterberg-Lindqvist", "female", day(1984, 7, 19))
	stamaril := coded(catalogue, "YellowFeverProductd8a09f80301dc05e124f99ffe7711fc0")
	for name, c := range map[string]struct {
		doc  mint.HCERT
		want formats.Claims
	}{
		"0.3.0": {yellowFever(), formats.Claims{Subjects: maren, Documents: passport, Events: []formats.Event{{
			Kind: formats.Vaccination, Target: fever, Product: stamaril, When: day(2025, 10, 3), From: day(2025, 10, 13), Issuer: "UT-MOH",
		}}, Extra: extras("clinician", "Dr Ophelia Brandt", "batch", "YF-25-0417", "ihr_valid_from", "2025-10-13", "ihr_valid_until", "life of the person vaccinated")}},
		"2026": {newYellowFever(), formats.Claims{Subjects: maren, Documents: passport, Events: []formats.Event{{
			Kind: formats.Vaccination, Target: fever, Product: stamaril, When: day(2025, 10, 3), Issuer: "UT-MOH",
		}}, Extra: extras("schema_version", "1", "batch", "YF-25-0417", "ihr_valid_from", "2025-10-13", "ihr_valid_until", "life of the person vaccinated")}},
		"0.1.0": {early(), formats.Claims{Subjects: person("Jonas Müller-Söderblom", "male", day(1968, 12, 5)), Documents: []formats.DocRef{{Number: "UT7042724"}},
			Events: []formats.Event{{
				Kind: formats.Vaccination, Target: fever, Prophylaxis: code("XM0N24"), Product: code("UT-YF-1"), Manufacturer: code("Utopia Biologicals"), Dose: 1,
				When: day(2024, 2, 9), From: day(2024, 2, 19),
			}}, Extra: extras("dose_number", "1", "manufacturer_id", "UTB", "batch", "YF-24-0093", "clinician", "Dr Ophelia Brandt",
				"ihr_valid_from", "2024-02-19", "ihr_valid_until", "life of the person vaccinated")}},
		"a child": {mint.Polio(health.WHO), formats.Claims{Subjects: person("Pippa Achterberg-Lindqvist", "female", day(2021, 9, 30)), Events: []formats.Event{{
			Kind: formats.Vaccination, Target: polio, Product: coded(catalogue, "PolioVaccineOralOPVBivalProduct16e883911ea0108b8213bc213c9972fe"),
			When: day(2025, 12, 1), From: day(2025, 12, 29), Until: day(2026, 12, 1), Issuer: "UT-MOH",
		}}, Extra: extras("guardian", "Maren Zoë Achterberg-Lindqvist", "batch", "OPV-25-2203")}},
	} {
		doc := decode(t, c.doc, formats.Options{})
		if got := doc.Parts[0].Unverified; !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s:\ngot  %+v\nwant %+v", name, got, c.want)
		}
		if len(doc.Checks) != 0 {
			t.Errorf("%s: %+v", name, doc.Checks)
		}
	}
}

// When a vaccination counts under the International Health Regulations is a fact beside the certificate. It neither
// begins nor ends the certificate's own validity.
func TestTheRegulationsAreFactsAndNoDatesOfTheCertificate(t *testing.T) {
	ended := mint.Polio(health.WHO).Set(mint.Text("2020-01-01"), "v", "vle")
	to := yellowFever().Set(mint.Text("2035-10-12"), "v", "vle")
	for name, h := range map[string]mint.HCERT{"yellow fever": yellowFever(), "with an end": to, "2026": newYellowFever(), "polio, ended": ended} {
		v := decode(t, h, formats.Options{}).Validity
		if !v.NotBefore.IsZero() || !v.IssuedAt.Equal(mint.IssuedAt) || v.MustExpire {
			t.Errorf("%s: %+v", name, v)
		}
		if want := name == "polio, ended"; v.NotAfter.IsZero() == want || want && !v.NotAfter.Equal(mint.Expires) {
			t.Errorf("%s: ends %v", name, v.NotAfter)
		}
	}
	facts := func(h mint.HCERT) map[string]string {
		found := make(map[string]string)
		for _, f := range decode(t, h, formats.Options{}).Parts[0].Unverified.Extra {
			found[f.Name] = f.Value
		}
		return found
	}
	for day, want := range map[string]string{"2025-10-03": "2025-10-13", "2025-12-25": "2026-01-04", "2024-02-20": "2024-03-01", "2025-10": "", "soon": ""} {
		got := facts(yellowFever().Set(mint.Text(day), "v", "dt"))
		if got["ihr_valid_from"] != want || got["ihr_valid_until"] != "life of the person vaccinated" {
			t.Errorf("%s: %v", day, got)
		}
	}
	for name, h := range map[string]mint.HCERT{
		"polio": mint.Polio(health.WHO), "COVID-19": early().Set(mint.Text("RA01"), "v", "tg"), "no disease": early().Drop("v", "tg"),
	} {
		if got := facts(h); got["ihr_valid_from"] != "" || got["ihr_valid_until"] != "" {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestTheDiseaseFollowsFromTheProduct(t *testing.T) {
	digest := "d8a09f80301dc05e124f99ffe7711fc0"
	for product, want := range map[string]formats.Coded{
		"YellowFeverProduct" + digest: fever, "PolioVaccineInactivatedSProduct" + digest: polio, "PolioVaccineNovelOralnOPProduct" + digest: polio,
		"DiphtheriaTetanusPertussProduct" + digest: {}, "YellowFeverProduct": {}, "YellowFever": {}, "YellowFeverProduct" + digest + "0": {},
		"XYellowFeverProduct" + digest: {}, "YellowFeverXProduct" + digest: {}, "XM0N24": {}, "1D47": {}, "Product" + digest: {},
	} {
		if got := event(t, decode(t, yellowFever().Set(mint.Text(product), "v", "vp"), formats.Options{})).Target; got != want {
			t.Errorf("%s: %+v, want %+v", product, got, want)
		}
	}
	// In the first draft the certificate names the disease, and vp is no product.
	e := event(t, decode(t, early().Set(mint.Text("1C81"), "v", "tg").Set(mint.Text("YellowFeverProduct"+digest), "v", "vp"), formats.Options{}))
	if e.Target != polio || e.Product != code("UT-YF-1") {
		t.Errorf("%+v", e)
	}
}

// The layouts are told apart by what each alone has.
func TestTheLayoutFollowsFromTheMembers(t *testing.T) {
	first := map[string]string{"dn": "v.tg: missing", "tg": "v.dn: missing", "mp": "v.dn: missing", "ma": "v.dn: missing", "mid": "v.dn: missing"}
	for name, want := range first {
		if got := failing(decode(t, yellowFever().Set(mint.Text("x"), "v", name), formats.Options{})); len(got) < 2 || got[0] != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	both := yellowFever().Set(mint.Map{}, "vx")
	if got := failing(decode(t, both, formats.Options{})); len(got) == 0 || got[0] != "nt: missing" {
		t.Errorf("vx beside v: %q", got)
	}
}

func TestMembersOfTheVaccinationCertificateAreRequired(t *testing.T) {
	var list []breach
	add := func(h mint.HCERT, where string, path ...any) { list = append(list, required(h, where, path...)...) }
	left := func(what string, h mint.HCERT, path ...any) {
		list = append(list, breach{what + " left out", h.Drop(path...), nil})
	}
	for _, name := range []string{"n", "dob"} {
		add(yellowFever(), name, name)
		add(newYellowFever(), name, name)
		add(early(), name, name)
	}
	for _, name := range []string{"vp", "dt", "bo"} {
		add(yellowFever(), "v."+name, "v", name)
	}
	for _, name := range []string{"dn", "tg", "vp", "ma", "dt", "bo"} {
		add(early(), "v."+name, "v", name)
	}
	for _, name := range []string{"s", "nt", "v"} {
		add(newYellowFever(), name, name)
	}
	for _, name := range []string{"vp", "bo"} {
		add(newYellowFever(), "vx."+name, "vx", name)
	}
	for _, name := range []string{"s", "ntl", "nid", "ndt"} {
		left(name, yellowFever(), name)
	}
	for _, name := range []string{"id", "dt"} {
		left(name, newYellowFever(), name)
	}
	for _, name := range []string{"mp", "mid", "vls"} {
		left(name, early(), "v", name)
	}
	for _, name := range []string{"cn", "is", "vls"} {
		left(name, yellowFever(), "v", name)
	}
	hold(t, append(list,
		breach{"no vaccination", yellowFever().Drop("v"), says("v: missing")},
		breach{"nobody named", yellowFever().Drop("v", "cn").Drop("v", "is"), says("v.is, v.cn: neither")},
		breach{"nobody named in 0.1.0", early().Drop("v", "cn"), says("v.is, v.cn: neither")},
		breach{"nobody named in 2026", newYellowFever().Drop("vx", "is"), says("vx.is, vx.cn: neither")},
		breach{"no date in 2026", newYellowFever().Drop("vx", "dv"), says("vx.dv: missing")},
		breach{"the date as dt in 2026", newYellowFever().Drop("vx", "dv").Set(mint.Text("2025-10-03"), "vx", "dt"), nil},
		breach{"no date of issue", yellowFever().DropClaim(mint.ClaimIssuedAt), says("claim 6 (iat): missing")},
		breach{"no issuer", yellowFever().DropClaim(mint.ClaimIssuer), nil},
		breach{"a further member", yellowFever().Set(mint.Int(1), "x").Set(mint.Int(1), "v", "x"), nil},
	))
}

func TestMembersOfTheVaccinationCertificateHaveTheirType(t *testing.T) {
	at := func(value mint.Item, path ...any) mint.HCERT { return yellowFever().Set(value, path...) }
	list := []breach{
		{"an empty name", at(mint.Text(""), "n"), says("n: empty")},
		{"a birth date in words", at(mint.Text("July"), "dob"), says("dob: ")},
		{"a vaccination that is a text", at(mint.Text("x"), "v"), says("v: not a map")},
		{"a list of vaccinations", at(mint.Array{mint.Map{}}, "v"), says("v: not a map")},
		{"a vaccination of 2026 that is a text", newYellowFever().Set(mint.Text("x"), "vx"), says("vx: not a map")},
		{"a version that is a number", newYellowFever().Set(mint.Int(1), "v"), says("v: not a text")},
		{"a month as date", at(mint.Text("2025-10"), "v", "dt"), says("v.dt: not a complete date")},
		{"a month as begin", at(mint.Text("2025-10"), "v", "vls"), says("v.vls: not a complete date")},
		{"an end in words", at(mint.Text("life"), "v", "vle"), says("v.vle: ")},
	}
	for _, name := range []string{"n", "s", "ntl", "nid", "ndt", "gn"} {
		list = append(list, breach{name + " a number", at(mint.Int(1), name), says(name + ": not a text")})
	}
	for _, name := range []string{"vp", "dt", "cn", "is", "bo", "vls"} {
		list = append(list, breach{"v." + name + " a number", at(mint.Int(1), "v", name), says("v." + name + ": not a text")})
	}
	for _, name := range []string{"dn", "tg", "vp", "mp", "ma", "mid"} {
		list = append(list, breach{"early v." + name + " a number", early().Set(mint.Int(1), "v", name), says("v." + name + ": not a text")})
	}
	hold(t, list)
	for dose, want := range map[string]int{"1": 1, "12": 12, "0": 0, "firstDose": 0, "-1": 0, "1.0": 0, "+2": 0, " 2": 0, "99999999999": 0} {
		if got := event(t, decode(t, early().Set(mint.Text(dose), "v", "dn"), formats.Options{})).Dose; got != want {
			t.Errorf("dose %q is read as %d, want %d", dose, got, want)
		}
	}
}
