package mint_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/internal/mint"
)

func TestEachHealthCertificateStandsInItsMember(t *testing.T) {
	a := mint.Health()
	issued := []byte("\x06\x1a\x69\x68\xb3\x98") // 6: 2026-01-15T09:30:00Z
	for name, c := range map[string]struct {
		doc          mint.HCERT
		prefix, want string // of the claims: what follows the date of issue
	}{
		"EU DCC":  {mint.Vaccination(mint.Utopia().Vaccination), "HC1:", "\x39\x01\x03\xa1\x01\xa4\x63ver\x651.3.0"},
		"DDCC:VS": {mint.DDCCVaccination(a.WHO), "HC1:", "\x39\x01\x03\xa1\x03\xa6\x64name"},
		"DDCC:TR": {mint.DDCCTest(a.WHO), "HC1:", "\x39\x01\x03\xa1\x04\xa4\x64name"},
		"ICVP":    {mint.YellowFever(a.WHO), "HC1:", "\x39\x01\x03\xa1\x25\xa7\x61n"},
		"AT1":     {mint.Exemption(a.Exemption), "AT1:", "\x39\x01\x03\xa1\x01\xa4\x63ver\x68AT-1.0.0"},
		"LT1":     {mint.Light(a.Light), "LT1:", "\x38\xf9\xa1\x01\xa3\x63ver\x651.0.0"},
	} {
		b := c.doc.Build()
		_, after, found := bytes.Cut(b.Claims, issued)
		if !found || !bytes.HasPrefix(after, []byte(c.want)) || b.Text[:4] != c.prefix {
			t.Errorf("%s: %q holds %x", name, b.Text[:4], b.Claims)
		}
	}
	pilot := mint.DDCCPilot(a.WHO).Build().Claims
	if !bytes.HasPrefix(pilot, []byte("\xb6\x64name\x78\x19Brigid Hanne D'Arrowsmith")) || bytes.Contains(pilot, issued) {
		t.Errorf("the pilot's claims are %x", pilot)
	}
}

func TestTheCertificateIsChangedWhereItStands(t *testing.T) {
	a := mint.Health()
	for name, h := range map[string]mint.HCERT{"pilot": mint.DDCCPilot(a.WHO), "ICVP": mint.YellowFever(a.WHO), "LT1": mint.Light(a.Light)} {
		more := h.Set(mint.Text("x"), "note")
		if note, found := mint.Get(more.DCC(), "note"); !found || note != mint.Text("x") {
			t.Errorf("%s: %v", name, note)
		}
		if _, found := mint.Get(h.DCC(), "note"); found {
			t.Errorf("%s: the original was changed", name)
		}
		if less := more.Drop("note"); !bytes.Equal(mint.Encode(less.Claims), mint.Encode(h.Claims)) {
			t.Errorf("%s: %x", name, mint.Encode(less.Claims))
		}
	}
}

func TestHealthCasesHaveNamesOfTheirOwnAndSoundWants(t *testing.T) {
	allowed := map[string][]string{
		"authentic": {"accept", "refer", "reject"}, "invalid": {"reject"}, "untrusted": {"refer"}, "unreadable": {"refer"},
	}
	for folder, cases := range mint.HealthCases() {
		names, texts := map[string]bool{}, map[string]string{}
		for _, c := range cases {
			if names[c.Name] || texts[c.Text] != "" || c.About == "" {
				t.Errorf("%s/%s: its name, text or description is not its own (%q)", folder, c.Name, texts[c.Text])
			}
			names[c.Name], texts[c.Text] = true, c.Name
			if !slices.Contains(allowed[c.Want.Status], c.Want.Verdict) || c.Want.Verdict != "accept" && c.Want.Code == "" {
				t.Errorf("%s/%s: %+v", folder, c.Name, c.Want)
			}
		}
	}
}
