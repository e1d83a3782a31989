package hcert_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
)

func TestNationalCertificatesBecomeClaims(t *testing.T) {
	written := func(family, given, icaoFamily, icaoGiven string) []formats.Name {
		return []formats.Name{{Family: family, Given: given, Source: "nam.fn, nam.gn"},
			{Family: icaoFamily, Given: icaoGiven, Script: "icao", Source: "nam.fnt, nam.gnt"}}
	}
	for name, c := range map[string]struct {
		doc  mint.HCERT
		want formats.Claims
	}{
		"AT1": {exemption(), formats.Claims{
			Subjects: []formats.Subject{{Names: written("Achterberg-Lindqvist", "Maren Zoë", "ACHTERBERG<LINDQVIST", "MAREN<ZOE"), Birth: day(1984, 7, 19)}},
			Events: []formats.Event{{Kind: formats.Exemption, Target: code("840539006"), Until: day(2058, 12, 31), Country: "UT",
				Issuer: "Ministry of Health of Utopia", ID: "URN:UVCI:01:UT:4QX7HB2M9WKD"}},
			Extra: extras("schema_version", "AT-1.0.0"),
		}},
		"LT1": {light(), formats.Claims{
			Subjects: []formats.Subject{{Names: written("Müller-Söderblom", "Jonas", "MUELLER<SOEDERBLOM", "JONAS"), Birth: day(1968, 12, 5)}},
			Extra:    extras("schema_version", "1.0.0"),
		}},
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

// An exemption that has passed is shown with its end; whether it still counts is a matter of the country's rules.
func TestTheEndOfAnExemptionIsNotTheCertificates(t *testing.T) {
	doc := decode(t, exemption().Set(mint.Text("2021-02-18"), "ve", 0, "du"), formats.Options{})
	if !doc.Validity.NotAfter.Equal(mint.Expires) || event(t, doc).Until != day(2021, 2, 18) {
		t.Errorf("%+v", doc.Validity)
	}
}

func TestTheFrameOfNationalCertificates(t *testing.T) {
	long := mint.Text(strings.Repeat("é", 81))
	for name, h := range map[string]mint.HCERT{"AT1": exemption(), "LT1": light()} {
		at := func(value mint.Item, path ...any) mint.HCERT { return h.Set(value, path...) }
		hold(t, []breach{
			{name + " without date of issue", h.DropClaim(mint.ClaimIssuedAt), says("claim 6 (iat): missing")},
			{name + " without name", h.Drop("nam"), says("nam: missing or not a map")},
			{name + " with a name that is a text", at(mint.Text("x"), "nam"), says("nam: missing or not a map")},
			{name + " with a long name", at(long, "nam", "fn"), says("nam.fn: longer")},
			{name + " with small letters", at(mint.Text("abc"), "nam", "fnt"), says("nam.fnt: holds characters")},
			{name + " without standardised name", h.Drop("nam", "fnt").Drop("nam", "gnt"), says("nam.fnt: missing")},
			{name + " without birth date", h.Drop("dob"), says("dob: missing or not a text")},
			{name + " with an empty birth date", at(mint.Text(""), "dob"), nil},
			{name + " with a year", at(mint.Text("1984"), "dob"), nil},
			{name + " with a birth date in words", at(mint.Text("July"), "dob"), says("dob: ")},
			{name + " without version", h.Drop("ver"), says("ver: missing or not a text")},
			{name + " with a number as version", at(mint.Int(1), "ver"), says("ver: missing or not a text")},
			{name + " with a further member", at(mint.Int(1), "note"), nil},
		})
	}
}

func TestTheVersionsOfNationalSchemas(t *testing.T) {
	form, unknown := says("ver: not of the form"), says("ver: a schema version that is not known")
	for text, want := range map[string][]string{
		"AT-1.0.0": nil, "AT-1.2.3": nil, "AT-2.0.0": unknown, "AT-0.1.0": unknown, "1.0.0": form, "AT1.0.0": form, "at-1.0.0": form, "AT-1.0": form,
		"AT-": form, "": form, "AT-AT-1.0.0": form, "CH-1.0.0": form,
	} {
		hold(t, []breach{{"AT1 " + text, exemption().Set(mint.Text(text), "ver"), want}})
	}
	for text, want := range map[string][]string{"1.0.0": nil, "1.3.0": nil, "2.0.0": unknown, "AT-1.0.0": form, "1.0": form, "": form} {
		hold(t, []breach{{"LT1 " + text, light().Set(mint.Text(text), "ver"), want}})
	}
}

func TestOneExemptionStandsInACertificate(t *testing.T) {
	h := exemption()
	entry, _ := mint.Get(h.DCC(), "ve", 0)
	var list []breach
	for _, name := range []string{"tg", "du", "co", "is", "ci"} {
		list = append(list, required(h, "ve[0]."+name, "ve", 0, name)...)
		list = append(list, breach{name + " a number", h.Set(mint.Int(1), "ve", 0, name), says("ve[0]." + name + ": not a text")})
	}
	for _, group := range []string{"v", "t", "r"} {
		list = append(list, breach{group + " beside it", h.Set(mint.Array{mint.Map{}}, group), says(group + ": not a member")})
	}
	hold(t, append(list,
		breach{"none", h.Drop("ve"), says("ve: no entry at all")},
		breach{"an empty list", h.Set(mint.Array{}, "ve"), says("ve: an empty array", "ve: no entry at all")},
		breach{"two", h.Set(mint.Array{entry, entry}, "ve"), says("ve: more than one entry")},
		breach{"no list", h.Set(entry, "ve"), says("ve: not an array", "ve: no entry at all")},
		breach{"a text", h.Set(mint.Text("x"), "ve", 0), says("ve[0]: not a map")},
		breach{"only the standardised forename", h.Drop("nam", "fnt"), says("nam.fnt: missing")},
		breach{"a partial end", h.Set(mint.Text("2058-12"), "ve", 0, "du"), says("ve[0].du: not a complete date")},
		breach{"a small country", h.Set(mint.Text("at"), "ve", 0, "co"), says("ve[0].co: not one to ten")},
		breach{"a long issuer", h.Set(mint.Text(strings.Repeat("é", 81)), "ve", 0, "is"), says("ve[0].is: longer")},
	))
}

// A light certificate says nothing about which certificate its holder has; what stands beside is not read.
func TestALightCertificateHasNoEvent(t *testing.T) {
	entry, _ := mint.Get(vaccination().DCC(), "v")
	doc := decode(t, light().Set(entry, "v"), formats.Options{})
	if len(doc.Parts[0].Unverified.Events) != 0 || doc.Purpose != 0 || len(doc.Checks) != 0 {
		t.Errorf("%+v for %v, %+v", doc.Parts[0].Unverified, doc.Purpose, doc.Checks)
	}
}
