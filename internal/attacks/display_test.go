package attacks_test

import (
	"crypto/x509/pkix"
	"encoding/json"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/verify"
)

// hostile are texts that a name must not be able to smuggle to a reader: each with whether it hides something, so
// that a person must look.
var hostile = []struct {
	name, text string
	hides      bool
}{
	{"right-to-left override", "Maren\u202enotegaL", true},
	{"isolate", "Maren\u2066Zoë\u2069", true},
	{"NUL", "Maren\x00Zoë", true},
	{"line feed", "Maren\nHolder       Someone Else", true},
	{"carriage return", "Maren\rSomeone Else", true},
	{"delete", "Maren\x7f\x7f", true},
	{"clear the screen", "Maren\x1b[2J", true},
	{"set the title", "Maren\x1b]0;ACCEPT\x07", true},
	{"C1 control sequence", "Maren\u009b2J", true},
	{"next line", "Maren\u0085Zoë", true},
	{"line separator", "Maren\u2028Zoë", true},
	{"zero width space", "Ma\u200bren", true},
	{"byte order mark", "Ma\ufeffren", true},
	{"tag characters", "Maren\U000e0041\U000e007f", true},
	{"pile of marks", "Maren" + strings.Repeat("\u0301", 60), true},
	{"joiner", "සමරසි\u200dංහ", false},
	{"Cyrillic letters", "М\u0430ren", false},
	{"replacement character", "Maren\ufffd", false},
	{"HTML", "<script>alert(1)</script>", false},
	{"end of a script", "</script><!--", false},
	{"quotes", `"><img src=x onerror=alert(1)>'`, false},
	{"formula", "=cmd()|' /C calc'!A0", false},
	{"formula with a sign", "@SUM(1+1)", false},
	{"format verb", "%s%n%!d(MISSING)", false},
	{"template", "{{.}}${jndi:ldap://x}", false},
}

// places are the members of a certificate that hold free text.
var places = map[string][]any{"family name": {"nam", "fn"}, "given name": {"nam", "gn"}, "issuer": {"v", 0, "is"}, "identifier": {"v", 0, "ci"}}

func TestA34_CharactersThatHide(t *testing.T) {
	v := utopia(t)
	for place, path := range places {
		var mutants []mutant
		for _, h := range hostile {
			w := accepted
			if h.hides {
				w = doubted(verify.ContentHidden)
			}
			mutants = append(mutants, mutant{place + ", " + h.name, vaccination.Set(mint.Text(h.text), path...), w})
		}
		attack(t, v, vaccination, mutants...)
	}
	attack(t, v, vaccination,
		mutant{"ten thousand marks", vaccination.Set(mint.Text("M"+strings.Repeat("\u0301", 10_000)), "nam", "fn"), doubted(verify.ContentHidden)},
		mutant{"no UTF-8", vaccination.Set(mint.Text("Maren\xff"), "nam", "fn"), unreadable(formats.CodePayload)},
		mutant{"surrogate", vaccination.Set(mint.Text("Maren\xed\xa0\x80"), "nam", "fn"), unreadable(formats.CodePayload)},
		mutant{"overlong", vaccination.Set(mint.Text("Maren\xc0\x80"), "nam", "fn"), unreadable(formats.CodePayload)},
		mutant{"product", vaccination.Set(mint.Text("EU/1\u202e"), "v", 0, "mp"), doubted(verify.ContentHidden)},
		mutant{"version", vaccination.Set(mint.Text("1.3.0\u202e"), "ver"), doubted(verify.ContentHidden)},
		mutant{"member not known", vaccination.Set(mint.Text("\u202e"), "note"), accepted},
	)
}

// everywhere is a document with one text in all places, whose first five letters say where it begins.
func everywhere(text string) mint.HCERT {
	h := vaccination
	for _, path := range places {
		h = h.Set(mint.Text(text), path...)
	}
	return h
}

func TestA35_OutputInjection(t *testing.T) {
	for _, c := range hostile {
		t.Run(c.name, func(t *testing.T) {
			content := []byte(everywhere(c.text).Build().Text)
			want := exitAccept
			if c.hides {
				want = exitRefer
			}
			for what, args := range map[string][]string{
				"text": {"verify", "--color", "never"}, "JSON": {"verify", "-o", "json"}, "inspection": {"inspect"},
			} {
				p := command(t, "certificate.txt", content, args...)
				if p.code != want {
					t.Errorf("%s: exit code %d, want %d: %s", what, p.code, want, p.stderr)
				}
				harmlessText(t, what, p.stdout)
				harmlessText(t, what+", standard error", p.stderr)
				if what == "JSON" {
					mustHold(t, p.stdout, c.text)
				}
			}
			forged := command(t, "certificate.txt", []byte(mint.Resign(everywhere(c.text), mint.Fresh("forger")).Build().Text), "verify", "--show-unverified")
			harmlessText(t, "unverified", forged.stdout)
			if forged.code != exitReject || !strings.Contains(forged.stdout, "UNVERIFIED") {
				t.Errorf("the forged one: exit code %d: %s", forged.code, forged.stdout)
			}
		})
	}
}

// mustHold demands that JSON gives a text back as it was, and can stand inside a page of HTML.
func mustHold(t *testing.T, output, text string) {
	t.Helper()
	var report struct {
		Documents []struct {
			Verified struct {
				Holder struct {
					FamilyName string `json:"family_name"`
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(output), &report); err != nil {
		t.Fatal(err)
	}
	if got := report.Documents[0].Verified.Holder.FamilyName; got != text {
		t.Errorf("the name reads back as %q, want %q", got, text)
	}
	if strings.ContainsAny(output, "<>&") {
		t.Errorf("a character of HTML stands in the JSON: %s", output)
	}
}

func TestA35_OutputInjectionByNamesOfFilesAndCertificates(t *testing.T) {
	const name = "\x1b[2J\u202e<b>"
	p := command(t, name, []byte(vaccination.Build().Text), "verify")
	harmlessText(t, "the report", p.stdout)
	if p.code != exitAccept {
		t.Errorf("exit code %d: %s", p.code, p.stderr)
	}
	gone := execute(t, "verify", name)
	harmlessText(t, "the name of a missing file", gone.stderr)

	signer := ut.CSCA.Issue("critical", mint.Template{CommonName: name, Extensions: []pkix.Extension{mint.UnknownCritical()}})
	text := folder(t, []byte(vaccination.Build().Text))
	left := execute(t, "verify", "--trust", folder(t, signer.PEM(), ut.Vaccination.PEM()), text+"/a")
	harmlessText(t, "the name of a certificate that is left out", left.stderr)
	if left.code != exitAccept || !strings.Contains(left.stderr, "left out") {
		t.Errorf("exit code %d: %s", left.code, left.stderr)
	}
	p = execute(t, "verify", "--trust", folder(t, undated(mint.Anchor{Signer: ut.Vaccination, SourceName: name})), text+"/a")
	harmlessText(t, "the name of a source", p.stdout)
}
