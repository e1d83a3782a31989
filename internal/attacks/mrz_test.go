package attacks_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/mrz"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/verify"
)

// layouts write one zone in each of the kinds that are read.
var layouts = map[string]func(mint.MRZ) string{
	"TD1": mint.MRZ.TD1, "TD2": mint.MRZ.TD2, "TD3": mint.MRZ.TD3, "MRV-A": mint.MRZ.MRVA, "MRV-B": mint.MRZ.MRVB, "FRA-ID": mint.MRZ.French,
}

// invented makes a zone of nobody, whose check digits are all right.
func invented(r *rand.Rand, layout string) string {
	word := func(alphabet string, n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = alphabet[r.IntN(len(alphabet))]
		}
		return string(b)
	}
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	m := mint.MRZ{
		Code: map[string]string{"TD3": "P", "MRV-A": "V", "MRV-B": "V"}[layout], State: "UTO", Nationality: "UTO",
		Primary: word(letters, 1+r.IntN(12)), Secondary: word(letters, 1+r.IntN(8)), Number: word(letters+"0123456789", 9),
		Birth: "6" + word("0123456789", 1) + "0" + word("123456789", 1) + "1" + word("0123456789", 1), Sex: word("MF", 1), Expires: "340520",
	}
	switch {
	case layout == "FRA-ID":
		m.Code, m.State, m.Number = "ID", "FRA", "1904"+word("0123456789", 8)
	case m.Code == "":
		m.Code = "I"
	}
	return layouts[layout](m)
}

// Anyone can compute check digits. A zone that was made up, and in which everything fits, is unsealed and referred, and
// vouches for nothing; no policy makes more of it.
func TestA115_InventedZoneWithConsistentDigits(t *testing.T) {
	r := rand.New(rand.NewPCG(115, 9303))
	policy := verify.DefaultPolicy(mrz.ID)
	policy.Effects = map[verify.Code]verify.Effect{verify.CheckMismatch: verify.Inform, verify.SealNotOfKind: verify.Inform}
	set, err := formats.NewSet(mrz.Format)
	if err != nil {
		t.Fatal(err)
	}
	v, err := verify.New(verify.Config{Formats: set, Policy: policy, Now: func() time.Time { return mint.AsOf }})
	if err != nil {
		t.Fatal(err)
	}
	for layout := range layouts {
		for range 200 {
			text := invented(r, layout)
			report := v.Inspect(t.Context(), []formats.Input{formats.Text(text)})
			d := report.Documents[0]
			if d.Status != verify.Unsealed || d.Verdict != verify.Refer || report.Verdict != verify.Refer || d.Verified != nil {
				t.Errorf("%s is %s, %s", text, d.Status, d.Verdict)
			}
			for _, f := range d.Findings {
				if f.Effect >= verify.Doubt {
					t.Errorf("%s: nothing is wrong in it, and there is %s", text, f.Code)
				}
			}
			if _, err := v.Open(t.Context(), formats.Text(text)); err == nil {
				t.Errorf("%s is opened", text)
			}
		}
		file := filepath.Join(t.TempDir(), "lines.txt")
		if err := os.WriteFile(file, []byte(invented(r, layout)), 0o600); err != nil {
			t.Fatal(err)
		}
		if p := execute(t, "verify", "--trust", filepath.Join(testdata, "trust"), "--mrz", "@"+file); p.code != exitRefer || strings.Contains(p.stdout, "valid") {
			t.Errorf("%s: exit code %d: %s", layout, p.code, p.stdout)
		}
		// Beside a genuine certificate it stays what it is, and is no proof of who shows it.
		p := execute(t, "verify", "--trust", filepath.Join(testdata, "trust"), specimen("eu-dcc"), "--mrz", "@"+file)
		if p.code != exitRefer || !strings.Contains(p.stdout, "[rule.identity_name_mismatch]") {
			t.Errorf("%s: exit code %d: %s", layout, p.code, p.stdout)
		}
	}
}

// A zone has at most 90 characters, and what is longer is refused by its length, before anything looks into it.
func TestA95_ZoneOfAMillionCharacters(t *testing.T) {
	const million = 1_000_000
	for name, text := range map[string]string{
		"fillers": "P" + strings.Repeat("<", million), "look-alikes": "P<" + strings.Repeat("O0", million/2), "blanks": "P<" + strings.Repeat(" ", million) + "<",
		"lines": strings.Repeat("P<\n", million/3), "quotation marks": "P" + strings.Repeat("«", million/2), "a name": "P<UTO" + strings.Repeat("A", million) + "<<B",
	} {
		bounded(t, name, func() {
			if mrz.Format.Detect(formats.Text(text)) {
				t.Errorf("%s: claimed", name)
			}
			_, err := mrz.Format.Decode(formats.Text(text), formats.Options{})
			if err == nil || !strings.Contains(err.Error(), "the limit is 512") {
				t.Errorf("%s: %v", name, err)
			}
			mrz.Format.Trace(formats.Text(text), formats.Options{})
		})
		if p := command(t, "zone.txt", []byte(text), "verify"); p.code != exitUnreadable {
			t.Errorf("%s: exit code %d", name, p.code)
		}
	}
}
