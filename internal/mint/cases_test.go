package mint_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/mint"
)

func caseNamed(t *testing.T, name string) mint.Case {
	t.Helper()
	cases := mint.Cases()
	i := slices.IndexFunc(cases, func(c mint.Case) bool { return c.Name == name })
	if i < 0 {
		t.Fatalf("there is no case %q", name)
	}
	return cases[i]
}

// envelope reads the COSE_Sign1 out of the text of a Case.
func envelope(t *testing.T, name string) []byte {
	t.Helper()
	text, ok := strings.CutPrefix(caseNamed(t, name).Text, "HC1:")
	if !ok {
		t.Fatalf("%s lacks its prefix", name)
	}
	return inflate(t, unbase45(t, text))
}

func TestCasesHaveNamesOfTheirOwnAndSoundWants(t *testing.T) {
	// DESIGN §4: authentic without doubt is accepted, invalid is rejected, everything else is referred; and a sealed date
	// that has passed is rejected though authentic.
	allowed := map[string][]string{
		"authentic": {"accept", "refer", "reject"}, "invalid": {"reject"}, "untrusted": {"refer"},
		"indeterminate": {"refer"}, "unreadable": {"refer"},
	}
	names, texts := map[string]bool{}, map[string]string{}
	for _, c := range mint.Cases() {
		if names[c.Name] {
			t.Errorf("two cases are named %q", c.Name)
		}
		names[c.Name] = true
		if twin := texts[c.Text]; twin != "" {
			t.Errorf("%s and %s are the same document", c.Name, twin)
		}
		texts[c.Text] = c.Name
		if !slices.Contains(allowed[c.Want.Status], c.Want.Verdict) {
			t.Errorf("%s: %s and %s do not go together", c.Name, c.Want.Status, c.Want.Verdict)
		}
		if c.Want.Verdict != "accept" && c.Want.Code == "" {
			t.Errorf("%s is not accepted, and no code says why", c.Name)
		}
		if c.About == "" {
			t.Errorf("%s does not say what it is", c.Name)
		}
	}
}

func TestTheForgedCaseDiffersInItsSignatureOnly(t *testing.T) {
	good, forged := envelope(t, "vaccination"), envelope(t, "forged")
	body := len(good) - 64
	if len(forged) != len(good) || !bytes.Equal(forged[:body], good[:body]) || bytes.Equal(forged[body:], good[body:]) {
		t.Errorf("%x\n%x", good, forged)
	}
}

func TestTheAlteredCaseDiffersInOneLetterOnly(t *testing.T) {
	good, altered := envelope(t, "vaccination"), envelope(t, "altered")
	if len(good) != len(altered) {
		t.Fatalf("%d bytes became %d", len(good), len(altered))
	}
	var differ []int
	for i := range good {
		if good[i] != altered[i] {
			differ = append(differ, i)
		}
	}
	if len(differ) != 1 || good[differ[0]] != 'e' || altered[differ[0]] != 'a' {
		t.Errorf("they differ at %v", differ)
	}
}

func TestTheTrailingCaseHasOneByteMore(t *testing.T) {
	if good, trailing := envelope(t, "vaccination"), envelope(t, "trailing"); !bytes.Equal(trailing, append(good, 0)) {
		t.Errorf("%x", trailing)
	}
}

func TestTheTruncatedCaseIsABeginningInWholeGroups(t *testing.T) {
	good, cut := caseNamed(t, "vaccination").Text, caseNamed(t, "truncated").Text
	if !strings.HasPrefix(good, cut) || len(cut) >= len(good) || (len(cut)-len("HC1:"))%3 != 0 {
		t.Errorf("%q", cut)
	}
}

func TestTheUnsignedHeadersStandWhereTheCasesSay(t *testing.T) {
	for name, want := range map[string]string{
		"kid-unprotected": "\xd2\x84\x43\xa1\x01\x26\xa1\x04\x48",
		"alg-unprotected": "\xd2\x84\x40\xa2\x01\x26\x04\x48",
		"alg-none":        "\xd2\x84\x51\xa2\x01\x64none\x04\x48",
	} {
		if got := envelope(t, name); !strings.HasPrefix(string(got), want) {
			t.Errorf("%s begins with %x, want %x", name, got[:len(want)], want)
		}
	}
	if got := envelope(t, "alg-none"); got[len(got)-1] != 0x40 {
		t.Errorf("alg-none ends with %x", got[len(got)-4:])
	}
}
