package attacks_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/mint"
)

// specimens are one document of each scheme about one person, all of which the folder testdata/trust vouches for.
var specimens = map[string]string{
	"eu-dcc": "vaccination", "who-ddcc": "vaccination", "who-dvc": "yellow-fever", "at-ve": "exemption", "shc": "vaccination",
	"nzcp": "pass", "divoc": "rsa-ps256", "vdsnc": "vaccination",
}

const testdata = "../../testdata"

func specimen(scheme string) string { return filepath.Join(testdata, scheme, specimens[scheme]+".txt") }

// Whose a certificate is, its signature does not say. Beside another person's passport it is authentic and referred, and
// the officer is told what differs; nobody is accused.
func TestA106_CertificateOfAnotherPerson(t *testing.T) {
	printedZone := func(m mint.MRZ) string {
		file := filepath.Join(t.TempDir(), "lines.txt")
		if err := os.WriteFile(file, []byte(m.TD3()), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	own, other := printedZone(mint.Maren.Passport("UT7042681", "F")), printedZone(mint.Jonas.Passport("UT5551234", "M"))
	for _, scheme := range slices.Sorted(maps.Keys(specimens)) {
		t.Run(scheme, func(t *testing.T) {
			with := func(lines string) printed {
				return execute(t, "verify", "--trust", filepath.Join(testdata, "trust"), specimen(scheme), "--mrz", "@"+lines)
			}
			if p := with(own); p.code != exitAccept || !strings.Contains(p.stdout, "[rule.identity_name_match]") {
				t.Errorf("beside the passport of its holder: exit code %d: %s", p.code, p.stdout)
			}
			p := with(other)
			if p.code != exitRefer || !strings.Contains(p.stdout, ": authentic\n") || !strings.Contains(p.stdout, "[rule.identity_name_mismatch]") {
				t.Errorf("beside the passport of another: exit code %d: %s", p.code, p.stdout)
			}
			for _, accusation := range []string{"forged", "fake", "fraud", "stolen"} {
				if strings.Contains(strings.ToLower(p.stdout), accusation) {
					t.Errorf("the words accuse (%s): %s", accusation, p.stdout)
				}
			}
		})
	}
}

// A copy is as genuine as what it was copied from, so that each showing is judged alike. What the archive keeps is the
// document's digest: two lines with the same digest were the same code, whatever stands around it, and nothing personal is
// needed to find them.
func TestA107_TheSameCodeTwice(t *testing.T) {
	type line struct {
		Verdict   string
		Documents []struct{ SHA256 string }
	}
	for _, scheme := range slices.Sorted(maps.Keys(specimens)) {
		text, err := os.ReadFile(specimen(scheme))
		if err != nil {
			t.Fatal(err)
		}
		var archive bytes.Buffer
		for _, where := range []string{"harbour-0910", "airport-0912"} {
			b, err := json.Marshal(map[string]any{"id": where, "base64": text})
			if err != nil {
				t.Fatal(err)
			}
			archive.Write(append(b, '\n'))
		}
		file := filepath.Join(t.TempDir(), "archive.jsonl")
		if err := os.WriteFile(file, archive.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		out := filepath.Join(t.TempDir(), "out.jsonl")
		if p := execute(t, "batch", file, "--trust", filepath.Join(testdata, "trust"), "--out", out); p.code != 0 {
			t.Fatalf("%s: exit code %d: %s", scheme, p.code, p.stderr)
		}
		written, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		var lines [2]line
		for i, l := range bytes.Split(bytes.TrimSpace(written), []byte("\n")) {
			if err := json.Unmarshal(l, &lines[i]); err != nil {
				t.Fatal(err)
			}
		}
		if a, b := lines[0], lines[1]; a.Verdict != "accept" || b.Verdict != "accept" || len(a.Documents) != 1 || len(b.Documents) != 1 ||
			len(a.Documents[0].SHA256) != 64 || a.Documents[0].SHA256 != b.Documents[0].SHA256 {
			t.Errorf("%s: %s", scheme, written)
		}
	}
}
