package hcert_test

import (
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/hcert"
	"github.com/travelseal/travelseal/internal/mint"
)

// health signs the documents of the profiles beside eu-dcc.
var health = mint.Health()

func ddccVaccination() mint.HCERT { return mint.DDCCVaccination(health.WHO) }
func ddccTest() mint.HCERT        { return mint.DDCCTest(health.WHO) }
func pilot() mint.HCERT           { return mint.DDCCPilot(health.WHO) }
func yellowFever() mint.HCERT     { return mint.YellowFever(health.WHO) }
func exemption() mint.HCERT       { return mint.Exemption(health.Exemption) }
func light() mint.HCERT           { return mint.Light(health.Light) }

func TestEachKindOfCertificateHasItsProfile(t *testing.T) {
	for name, c := range map[string]struct {
		doc     mint.HCERT
		want    formats.ID
		purpose formats.Uses
	}{
		"an EU DCC":          {vaccination(), hcert.EUDCC, formats.Vaccination},
		"a WHO vaccination":  {ddccVaccination(), hcert.WHODDCC, formats.Vaccination},
		"a WHO test":         {ddccTest(), hcert.WHODDCC, formats.Test},
		"the pilot's":        {pilot(), hcert.WHODDCC, formats.Vaccination},
		"the pilot's test":   {mint.DDCCPilotTest(health.WHO), hcert.WHODDCC, formats.Test},
		"a yellow card":      {yellowFever(), hcert.WHODVC, formats.Vaccination},
		"an exemption":       {exemption(), hcert.ATExemption, formats.Exemption},
		"an empty exemption": {exemption().SetClaim(mint.Map{}, mint.ClaimHCERT, 1), hcert.ATExemption, formats.Exemption},
		"a light one":        {light(), hcert.CHLight, 0},
	} {
		doc := decode(t, c.doc, formats.Options{})
		if doc.Format != c.want || doc.Purpose != c.purpose {
			t.Errorf("%s: %s for %v, want %s for %v", name, doc.Format, doc.Purpose, c.want, c.purpose)
		}
		if must := c.want != hcert.WHODVC; doc.Validity.MustExpire != must {
			t.Errorf("%s: must expire is %v", name, doc.Validity.MustExpire)
		}
	}
}

func TestDetectClaimsEveryDigitAfterAKnownPrefix(t *testing.T) {
	for text, want := range map[string]bool{
		"AT1:": true, "AT1:NCF": true, "at1:": true, "AT0:": true, "AT9:x": true, "LT1:": true, "lt1:": true, "LT2:": true,
		"AT1": false, "AT:": false, "ATA:": false, "AT1/": false, "BT1:": false, "LH1:": false, "AC1:": false, "HT1:": false, " AT1:": false, "AT11": false,
	} {
		if got := hcert.Format.Detect(formats.Text(text)); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestPrefixesAreReadStrictly(t *testing.T) {
	with := func(h mint.HCERT, prefix string) mint.HCERT { h.Prefix = prefix; return h }
	for prefix, code := range map[string]string{
		"AT2:": formats.CodeVersion, "AT0:": formats.CodeVersion, "ATA:": formats.CodeVersion, "LT2:": formats.CodeVersion, "LT9:": formats.CodeVersion,
		"at1:": formats.CodeEncoding, "At1:": formats.CodeEncoding, "lt1:": formats.CodeEncoding, "AT1;": formats.CodeEncoding, "HT1:": formats.CodeEncoding,
		"LC1:": formats.CodeEncoding, "AT1": formats.CodeEncoding, "": formats.CodeEncoding,
	} {
		fe := refused(t, with(exemption(), prefix), formats.Options{}, code, "prefix")
		if want := map[string]int{formats.CodeVersion: 2, formats.CodeEncoding: 0}[code]; fe.Offset != want {
			t.Errorf("%q: at byte %d", prefix, fe.Offset)
		}
	}
}

// The prefix decides the claim and the register of members: what one context knows, another does not.
func TestContextsShareNoMembers(t *testing.T) {
	with := func(h mint.HCERT, prefix string) mint.HCERT { h.Prefix = prefix; return h }
	hcertStep, lightStep := "claim -260 (hcert)", "claim -250 (light certificate)"
	for name, c := range map[string]struct {
		doc  mint.HCERT
		step string
	}{
		"a WHO certificate as Austrian": {with(ddccVaccination(), "AT1:"), hcertStep},
		"a yellow card as Austrian":     {with(yellowFever(), "AT1:"), hcertStep},
		"the pilot's as Austrian":       {with(pilot(), "AT1:"), hcertStep},
		"a link as Austrian":            {with(vaccination().SetClaim(mint.Map{{mint.Int(5), mint.Map{}}}, mint.ClaimHCERT), "AT1:"), hcertStep},
		"a light one as European":       {with(light(), "HC1:"), hcertStep},
		"a light one as Austrian":       {with(light(), "AT1:"), hcertStep},
		"an EU DCC as a light one":      {with(vaccination(), "LT1:"), lightStep},
		"the pilot's as a light one":    {with(pilot(), "LT1:"), lightStep},
		"a yellow card as a light one":  {with(yellowFever(), "LT1:"), lightStep},
	} {
		t.Run(name, func(t *testing.T) {
			if fe := refused(t, c.doc, formats.Options{}, formats.CodePayload, c.step); strings.Contains(fe.Error(), "link") {
				t.Errorf("the WHO's register speaks: %v", fe)
			}
		})
	}
	// An exemption with the EU's prefix, and a DCC with Austria's, are read as what they say they are.
	for want, h := range map[formats.ID]mint.HCERT{hcert.EUDCC: with(exemption(), "HC1:"), hcert.ATExemption: with(vaccination(), "AT1:")} {
		doc := decode(t, h, formats.Options{})
		if doc.Format != want || len(failing(doc)) == 0 || len(doc.Parts[0].Unverified.Events) != 0 {
			t.Errorf("%s: %+v", doc.Format, doc.Parts[0].Unverified)
		}
	}
}

func TestOneCertificateStandsInTheClaim(t *testing.T) {
	dcc, vs, tr := vaccination().DCC(), ddccVaccination().DCC(), ddccTest().DCC()
	claim := func(members ...mint.Pair) mint.HCERT {
		return vaccination().SetClaim(mint.Map(members), mint.ClaimHCERT)
	}
	for name, c := range map[string]struct {
		doc  mint.HCERT
		says string
	}{
		"two profiles":             {claim(mint.Pair{mint.Int(1), dcc}, mint.Pair{mint.Int(3), vs}), "of several kinds"},
		"two kinds of one":         {claim(mint.Pair{mint.Int(3), vs}, mint.Pair{mint.Int(4), tr}), "of several kinds"},
		"a known and an unknown":   {claim(mint.Pair{mint.Int(3), vs}, mint.Pair{mint.Int(7), tr}), "not known here"},
		"an unknown and a known":   {claim(mint.Pair{mint.Int(7), tr}, mint.Pair{mint.Int(3), vs}), "not known here"},
		"RACSEL's":                 {claim(mint.Pair{mint.Int(2), dcc}), "RACSEL"},
		"a link":                   {claim(mint.Pair{mint.Int(5), mint.Array{mint.Map{}}}), "link"},
		"member 6":                 {claim(mint.Pair{mint.Int(6), vs}), "not known here"},
		"member -7":                {claim(mint.Pair{mint.Int(-7), vs}), "not known here"},
		"a text for the member":    {claim(mint.Pair{mint.Text("3"), vs}), "not known here"},
		"none":                     {claim(), "no certificate"},
		"an empty list":            {claim(mint.Pair{mint.Int(3), mint.Array{}}), "no certificate"},
		"a list of texts":          {claim(mint.Pair{mint.Int(-6), mint.Array{mint.Text("x")}}), "not a map"},
		"a text":                   {claim(mint.Pair{mint.Int(-6), mint.Text("x")}), "not a map"},
		"null":                     {claim(mint.Pair{mint.Int(4), mint.Null{}}), "not a map"},
		"a list of EU DCC":         {claim(mint.Pair{mint.Int(1), mint.Array{dcc}}), "not a map"},
		"a list within a list":     {claim(mint.Pair{mint.Int(3), mint.Array{mint.Array{vs}}}), "not a map"},
		"root beside an odd hcert": {pilot().AddClaim(mint.Int(mint.ClaimHCERT), mint.Text("x")), "not a map"},
	} {
		t.Run(name, func(t *testing.T) {
			fe := refused(t, c.doc, formats.Options{}, formats.CodePayload, "claim -260 (hcert)")
			if !strings.Contains(fe.Error(), c.says) {
				t.Errorf("%q does not say %q", fe, c.says)
			}
		})
	}
}

// The register allows lists; a list of several is a breach, and only its first is shown, so that two people are never
// one.
func TestOfAListTheFirstIsShown(t *testing.T) {
	other := yellowFever().Set(mint.Text("Somebody Else"), "n").DCC()
	for n, want := range map[int][]string{1: nil, 2: says("claim -260 (hcert): several certificates"), 3: says("claim -260 (hcert): several certificates")} {
		list := mint.Array{yellowFever().DCC()}
		for range n - 1 {
			list = append(list, other)
		}
		doc := decode(t, yellowFever().SetClaim(list, mint.ClaimHCERT, mint.MemberDVC), formats.Options{})
		claims := doc.Parts[0].Unverified
		if got := failing(doc); !begin(got, want) {
			t.Errorf("%d: got %q, want %q", n, got, want)
		}
		if len(claims.Subjects) != 1 || claims.Subjects[0].Names[0].Full != "Maren Zoë Achterberg-Lindqvist" || len(claims.Events) != 1 {
			t.Errorf("%d: %+v", n, claims)
		}
	}
}

// The pilot's layout is recognised by what only it has, and by nothing less.
func TestTheRootOfTheTokenIsRecognisedByItsMembers(t *testing.T) {
	root := func(names ...string) mint.HCERT {
		h := pilot()
		h.Claims = mint.Map{}
		for _, name := range names {
			h = h.AddClaim(mint.Text(name), mint.Text("x"))
		}
		return h
	}
	for _, names := range [][]string{{"name", "hcid"}, {"name", "vaccine"}, {"test", "name"}} {
		if doc := decode(t, root(names...), formats.Options{}); doc.Format != hcert.WHODDCC {
			t.Errorf("%v: %s", names, doc.Format)
		}
	}
	for _, names := range [][]string{{}, {"name"}, {"hcid", "vaccine", "test"}, {"name", "birthDate", "identifier"}, {"vc"}} {
		refused(t, root(names...), formats.Options{}, formats.CodePayload, "claim -260 (hcert)")
	}
	// What stands beside an EU DCC at the root says nothing.
	beside := vaccination().AddClaim(mint.Text("name"), mint.Text("x")).AddClaim(mint.Text("hcid"), mint.Text("x"))
	if doc := decode(t, beside, formats.Options{}); doc.Format != hcert.EUDCC || len(doc.Checks) != 0 {
		t.Errorf("%s, %+v", doc.Format, doc.Checks)
	}
}

func TestParticipantsOfTheHealthNetworkAreCountries(t *testing.T) {
	for iss, want := range map[string]string{
		"UT": "UT", "ut": "ut", "": "", "AUT": "AT", "ABW": "AW", "ZWE": "ZW", "USA": "US", "tha": "TH", "DEU": "DE", "GBR": "GB", "XXA": "XA", "XXV": "XV",
		"XCL": "XL", "XML": "XM", "IOM": "IO", "WHO": "WHO", "XYK": "XYK", "XAF": "XAF", "ZZZ": "ZZZ", "WAF": "WAF", "W A": "W A", "AUTX": "AUTX", "did:web:who.int": "did:web:who.int",
	} {
		for name, h := range map[string]mint.HCERT{"DDCC": ddccVaccination(), "DVC": yellowFever()} {
			s := decode(t, h.SetClaim(mint.Text(iss), mint.ClaimIssuer), formats.Options{}).Seals[0].Signer
			if s.Country != want || s.Issuer != iss {
				t.Errorf("%s of %q: issuer %q, country %q, want %q", name, iss, s.Issuer, s.Country, want)
			}
		}
		for name, h := range map[string]mint.HCERT{"EU DCC": vaccination(), "AT1": exemption(), "LT1": light()} {
			if s := decode(t, h.SetClaim(mint.Text(iss), mint.ClaimIssuer), formats.Options{}).Seals[0].Signer; s.Country != iss {
				t.Errorf("%s of %q: country %q", name, iss, s.Country)
			}
		}
	}
}

func TestEveryProfileHasTheHandlesOfItsCertificate(t *testing.T) {
	for name, c := range map[string]struct {
		doc mint.HCERT
		id  string
	}{
		"DDCC": {ddccVaccination(), "UT-HC-4QX7HB2M9WKD"}, "pilot": {pilot(), "UT-HC-7JVWL3YS6FGA"},
		"AT1": {exemption(), "URN:UVCI:01:UT:4QX7HB2M9WKD"}, "DVC": {yellowFever(), ""}, "LT1": {light(), ""},
	} {
		handles := decode(t, c.doc, formats.Options{}).Handles
		last := handles[len(handles)-1]
		if last.Kind != hcert.HandleSignature || string(last.Data) != string(c.doc.Build().Signature[:32]) {
			t.Errorf("%s: %q", name, last)
		}
		if c.id == "" && len(handles) != 1 || c.id != "" && (len(handles)%2 != 1 || len(handles) < 3 || handles[0].Kind != hcert.HandleUCI || string(handles[0].Data) != c.id) {
			t.Errorf("%s: %q", name, handles)
		}
	}
}

func TestTraceShowsEveryProfile(t *testing.T) {
	for want, c := range map[string]struct {
		doc    mint.HCERT
		fields map[string]string
	}{
		"eu-dcc":   {vaccination(), map[string]string{"ver": "1.3.0"}},
		"who-ddcc": {ddccVaccination(), map[string]string{"name": "Maren Zoë Achterberg-Lindqvist", "birth": "1984-07-19", "batch": "UB-2025-117", "entry 1 ci": "UT-HC-4QX7HB2M9WKD"}},
		"who-dvc":  {yellowFever(), map[string]string{"n": "Maren Zoë Achterberg-Lindqvist", "ihr_valid_from": "2025-10-13", "entry 1 date": "2025-10-03"}},
		"at-ve":    {exemption(), map[string]string{"ver": "AT-1.0.0", "dob": "1984-07-19", "entry 1 kind": "exemption"}},
		"ch-light": {light(), map[string]string{"ver": "1.0.0", "nam.fnt, nam.gnt": "MUELLER<SOEDERBLOM, JONAS"}},
	} {
		found := make(map[string]string)
		steps := hcert.Format.Trace(formats.Text(c.doc.Build().Text), formats.Options{})
		for _, f := range steps[len(steps)-1].Detail {
			found[f.Name] = f.Value
		}
		c.fields["profile"] = want
		for name, value := range c.fields {
			if found[name] != value {
				t.Errorf("%s, %s: got %q, want %q", want, name, found[name], value)
			}
		}
	}
}

// No reason quotes the document, of whatever profile: reports and logs carry reasons.
func TestReasonsOfNoProfileQuoteTheDocument(t *testing.T) {
	for name, h := range map[string]mint.HCERT{
		"DDCC birth": ddccVaccination().Set(mint.Text("1987-13-29"), "birthDate"), "DDCC date": ddccVaccination().Set(mint.Text("1987-29"), "vaccination", "date"),
		"DDCC dose": ddccVaccination().Set(mint.Int(-1987), "vaccination", "dose"), "DDCC code": ddccVaccination().Set(mint.Text("1987"), "vaccination", "brand"),
		"DVC birth": yellowFever().Set(mint.Text("1987-02-29"), "dob"), "DVC end": yellowFever().Set(mint.Text("29.13.1987"), "v", "vle"),
		"AT1 end": exemption().Set(mint.Text("1987-29-29"), "ve", 0, "du"), "LT1 version": light().Set(mint.Text("29.13.1987"), "ver"),
	} {
		doc := decode(t, h, formats.Options{})
		if len(doc.Checks) != 1 {
			t.Fatalf("%s: %+v", name, doc.Checks)
		}
		for _, piece := range []string{"1987", "29", "13"} {
			if strings.Contains(doc.Checks[0].Text, piece) {
				t.Errorf("%s: %q quotes %s", name, doc.Checks[0].Text, piece)
			}
		}
	}
}
