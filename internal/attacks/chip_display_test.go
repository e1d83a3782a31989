package attacks_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/cli"
	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/verify"
)

// names are texts that a name in a certificate must not be able to write as they stand.
var names = map[string]string{"bidi": pki.Bidi, "HTML": pki.HTML, "control": pki.Control, "NUL": pki.NUL}

// harmless demands that the command's outputs about some paths can be sent to a terminal, and its JSON to a page, and gives the
// exit code.
func harmless(t *testing.T, what, trust string, paths ...string) int {
	t.Helper()
	code := -1
	for name, args := range map[string][]string{
		"text": {"verify", "--color", "never", "--show-unverified"}, "JSON": {"verify", "-o", "json", "--show-unverified"}, "inspection": {"inspect"},
	} {
		p := execute(t, append(append(args, "--trust", trust), paths...)...)
		harmlessText(t, what+", "+name, p.stdout)
		harmlessText(t, what+", "+name+", standard error", p.stderr)
		if code >= 0 && p.code != code {
			t.Errorf("%s, %s: exit code %d, and before %d", what, name, p.code, code)
		}
		code = p.code
		if name == "JSON" && (!json.Valid([]byte(p.stdout)) || strings.ContainsAny(p.stdout, "<>&")) {
			t.Errorf("%s: a character of HTML stands in the JSON, or it is none: %s", what, p.stdout)
		}
	}
	return code
}

func TestC38_NamesInCertificates(t *testing.T) {
	good := folder(t, pems(uto.CSCAs()...)...)
	if code := harmless(t, "the sibling", good, written(t, passport)); code != exitAccept {
		t.Fatalf("the sibling: exit code %d", code)
	}
	for what, text := range names {
		dn := func(common string) pki.Name { return pki.DN("UT", text, common+text) }
		ca := pki.NewCSCA("hostile "+what, pki.CSCA().Named(dn("CSCA")))
		signer := ca.Issue("DS", pki.DSC().Named(dn("DS")))
		trust := folder(t, ca.PEM(), ca.Revoke(pki.List(1)), ca.Revoke(pki.List(2)), pki.NewCSCA("odd", ca.Template.With(pki.UnknownCritical())).PEM())
		if code := harmless(t, what, trust, written(t, passport.ResignedBy(signer))); code != exitAccept {
			t.Errorf("%s: exit code %d", what, code)
		}
		strange := passport.ResignedBy(ca.Twin("forger").Issue("DS", pki.DSC().Named(dn("DS"))))
		if code := harmless(t, what+", a forger", trust, written(t, strange)); code != exitRefer {
			t.Errorf("%s, a forger: exit code %d", what, code)
		}
		harmless(t, what+", unknown", good, written(t, passport.ResignedBy(signer)))
		// What people look into before they trust it is shown as harmlessly.
		list := filepath.Join(t.TempDir(), "list.ml")
		l := chip.List(ca.Issue("ML", pki.MasterListSigner().Named(dn("ML"))), ca, ca)
		for name, content := range map[string][]byte{"a list": l.Encode(), "a certificate": ca.PEM(), "a signer": signer.PEM()} {
			if err := os.WriteFile(list, content, 0o600); err != nil {
				t.Fatal(err)
			}
			for _, args := range [][]string{{"trust", "inspect", list}, {"trust", "inspect", list, "-o", "json"}, {"trust", "inspect", list, "--trust", trust}} {
				p := plainly(t, args...)
				harmlessText(t, what+", inspection of "+name, p.stdout)
				harmlessText(t, what+", inspection of "+name+", standard error", p.stderr)
			}
		}
	}
}

// plainly runs a subcommand that takes no moment.
func plainly(t *testing.T, args ...string) printed {
	t.Helper()
	var stdout, stderr strings.Builder
	code := cli.Run(t.Context(), args, strings.NewReader(""), &stdout, &stderr)
	return printed{code, stdout.String(), stderr.String()}
}

func TestC38_TextsInDataGroups(t *testing.T) {
	good := folder(t, pems(uto.CSCAs()...)...)
	v := chips(t)
	demand(t, v, "the sibling", chipInput(full), accepted)
	for _, h := range hostile {
		c := full.With(11, chip.DG11(chip.Detail{Name: h.text + "<<" + h.text, Place: h.text})).With(12, chip.DG12(h.text, "20210520"))
		d := inspect(t, v, chipInput(c)).Documents[0]
		if d.Status != verify.Authentic || h.hides && d.Verdict != verify.Refer {
			t.Errorf("%s: %s, %s, %v", h.name, d.Status, d.Verdict, codes(d))
		}
		harmless(t, h.name, good, written(t, c))
		harmless(t, h.name+", forged", good, written(t, forged(c)))
	}
	zone := string(passport.Groups[1])
	for what, text := range map[string]string{
		"escape": "\x1b[2J", "NUL": "\x00", "HTML": "<b>", "line": "\r\n", "C1": "\x9b2J", "no UTF-8": "\xff\xfe", "bidi": "\u202e",
	} {
		at := strings.Index(zone, "ACHTERBERG")
		c := passport.With(1, []byte(zone[:at]+text+zone[at+len(text):]))
		code := harmless(t, "a zone with "+what, good, written(t, c))
		if what != "HTML" && code != exitRefer || code == exitReject {
			t.Errorf("a zone with %s: exit code %d", what, code)
		}
		harmless(t, "a zone with "+what+", by a stranger", good, written(t, c.ResignedBy(chip.Rogue().Issue("DS", pki.DSC()))))
	}
	// A name of a file is a stranger's text too.
	dir := written(t, passport)
	if err := os.WriteFile(filepath.Join(dir, "\x1b[2J\u202e<b>.txt"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	harmless(t, "the name of a file", good, dir)
	in := chipInput(passport.PutFile("\x1b[2J\u202e<b>", []byte("x")))
	harmlessText(t, "the name of a file in a report", encoded(t, inspect(t, v, in)))
	// And so are the versions and names within the security object.
	odd := passport.Listed(func(l *chip.LDS) { l.Version, l.Info = 1, []string{"\x1b[2J", "<b>"} })
	harmless(t, "a version", good, written(t, odd))
	oid := by(func(t pki.Template) pki.Template {
		return t.Named(pki.DN("UT", "x", "x").Set("2.5.4.97", der.T61("\x1b[2J\u009b<b>")))
	})
	harmless(t, "a text of bytes", good, written(t, oid))
}
