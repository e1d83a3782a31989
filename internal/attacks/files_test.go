package attacks_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/scan"
	"github.com/travelseal/travelseal/verify"
)

// look reads a picture and checks every code in it, as the command does.
func look(t *testing.T, v *verify.Verifier, picture []byte) *verify.Report {
	t.Helper()
	symbols, err := scan.Read(t.Context(), picture, scan.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return inspect(t, v, scan.Inputs("picture", symbols)...)
}

func TestA41_TwoDocumentsInOnePicture(t *testing.T) {
	good, other := mint.Test(ut.Test).Build().Text, mint.Recovery(ut.Recovery).Build().Text
	again := mint.Vaccination(ut.Vaccination).Of(mint.Tobias).Build().Text // of the same person
	forged := mint.Resign(vaccination, mint.Fresh("forger")).Build().Text
	unknown := mint.Vaccination(mint.Fresh("stranger")).Build().Text
	cut := good[:len(good)/3*2/3*3+4]
	for _, c := range []struct {
		name  string
		texts []string
		code  int
		want  []verify.Status
	}{
		{"two good ones", []string{good, again}, exitAccept, []verify.Status{verify.Authentic, verify.Authentic}},
		{"the forged one behind", []string{good, forged}, exitReject, []verify.Status{verify.Authentic, verify.Invalid}},
		{"the forged one in front", []string{forged, good}, exitReject, []verify.Status{verify.Invalid, verify.Authentic}},
		{"the forged one in the middle", []string{good, forged, other}, exitReject, []verify.Status{verify.Authentic, verify.Invalid, verify.Authentic}},
		{"one by an unknown signer", []string{good, unknown}, exitRefer, []verify.Status{verify.Authentic, verify.Untrusted}},
		{"one that is cut short", []string{cut, good}, exitRefer, []verify.Status{verify.Unreadable, verify.Authentic}},
		{"one that is something else", []string{good, "https://example.org/menu"}, exitRefer, []verify.Status{verify.Authentic, verify.Unreadable}},
		{"an unknown signer and a forgery", []string{unknown, forged}, exitReject, []verify.Status{verify.Untrusted, verify.Invalid}},
	} {
		t.Run(c.name, func(t *testing.T) {
			picture := mint.PNG(mint.SideBySide(c.texts...))
			r := look(t, utopia(t), picture)
			var got []verify.Status
			for i, d := range r.Documents {
				got = append(got, d.Status)
				if d.Source != fmt.Sprintf("picture#%d", i+1) {
					t.Errorf("document %d comes from %q", i, d.Source)
				}
			}
			if fmt.Sprint(got) != fmt.Sprint(c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
			if worst := map[int]verify.Verdict{exitAccept: verify.Accept, exitRefer: verify.Refer, exitReject: verify.Reject}[c.code]; r.Verdict != worst {
				t.Errorf("the case: %s, want %s", r.Verdict, worst)
			}
			p := command(t, "picture.png", picture, "verify")
			if p.code != c.code {
				t.Errorf("exit code %d, want %d: %s", p.code, c.code, p.stdout)
			}
			for i := range c.texts {
				if !strings.Contains(p.stdout, fmt.Sprintf("picture.png#%d", i+1)) {
					t.Errorf("code %d is not in the report: %s", i+1, p.stdout)
				}
			}
		})
	}
}

func TestA42_FileThatIsSeveralThings(t *testing.T) {
	text := vaccination.Build().Text
	picture := mint.PNG(mint.QR(text))
	const pdf, zip = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\n", "PK\x03\x04\x14\x00"
	both := func(parts ...string) []byte { return []byte(strings.Join(parts, "")) }
	svg := fmt.Sprintf("<svg xmlns='http://www.w3.org/2000/svg'><desc>%s</desc></svg>", text)
	for _, c := range []struct {
		name string
		data []byte
		code int
		says string
	}{
		// A file is what its first bytes say, whatever its name is and whatever comes behind.
		{"picture.png", picture, exitAccept, "ACCEPT"},
		{"picture.pdf", picture, exitAccept, "ACCEPT"},
		{"text.png", []byte(text), exitAccept, "ACCEPT"},
		{"png-pdf-zip.png", both(string(picture), pdf, zip), exitAccept, "ACCEPT"},
		{"pdf-png.png", both(pdf, string(picture)), exitUnreadable, "input.media_type"},
		{"zip-png.png", both(zip, string(picture)), exitUnreadable, "input.unreadable"},
		{"heic.png", both("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", string(picture)), exitUnreadable, "input.media_type"},
		{"tiff.png", both("II*\x00", string(picture)), exitUnreadable, "input.media_type"},
		{"svg.png", []byte(svg), exitUnreadable, "input.media_type"},
		{"pdf-text.txt", both(pdf, text), exitUnreadable, "input.media_type"},
		{"gzip.txt", both("\x1f\x8b\x08", text), exitUnreadable, "input.media_type"},
		{"html.txt", both("<html>", text), exitUnreadable, "decode.unknown_format"},
		{"text-png.txt", both(text, "\n", string(picture)), exitUnreadable, "decode.encoding"},
		{"two-texts.txt", both(text, "\n", text), exitUnreadable, "decode.encoding"},
		{"space-png.png", both(" ", string(picture)), exitUnreadable, "decode.unknown_format"},
	} {
		p := command(t, c.name, c.data, "verify")
		if p.code != c.code || !strings.Contains(p.stdout, c.says) {
			t.Errorf("%s: exit code %d, want %d and %s: %s", c.name, p.code, c.code, c.says, p.stdout)
		}
	}
}
