package httpapi_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/httpapi"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/scan"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// reported demands status 200 and exactly these bytes.
func reported(t *testing.T, h http.Handler, r *http.Request, want string) {
	t.Helper()
	w := serve(h, r)
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/json" {
		t.Fatalf("status %d, %s: %s", w.Code, w.Header().Get("Content-Type"), w.Body)
	}
	if w.Body.String() != want {
		t.Errorf("got  %s\nwant %s", w.Body, want)
	}
}

func TestEverySpecimenGetsTheLibrarysReportByteForByte(t *testing.T) {
	h := handler(t, nil)
	for _, c := range mint.Cases() {
		t.Run(c.Name, func(t *testing.T) {
			want := encoded(t, []formats.Input{lone("-", []byte(c.Text))})
			if !strings.Contains(want, `"verdict": "`+c.Want.Verdict+`"`) {
				t.Fatalf("the library does not say %s", c.Want.Verdict)
			}
			reported(t, h, post("text/plain", c.Text), want)
			reported(t, h, post("text/plain; charset=UTF-8", "\ufeff"+c.Text+"\r\n"), want)
		})
	}
}

func TestPicturesGetTheLibrarysReport(t *testing.T) {
	h := handler(t, nil)
	pictures, err := filepath.Glob(filepath.Join(testdata, "eu-dcc", "*.png"))
	if err != nil || len(pictures) == 0 {
		t.Fatal("there are no pictures", err)
	}
	for _, name := range pictures {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		symbols, err := scan.Read(context.Background(), data, scan.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		reported(t, h, post("image/png", string(data)), encoded(t, scan.Inputs("-", symbols)))
		// What a file is, its first bytes say.
		reported(t, h, post("image/webp", string(data)), encoded(t, scan.Inputs("-", symbols)))
		reported(t, h, post("application/json", `{"documents":[{"base64":"`+base64.StdEncoding.EncodeToString(data)+`"}]}`),
			encoded(t, scan.Inputs("document-1", symbols)))
	}
}

func TestDocumentsOfOneRequestAreOneCase(t *testing.T) {
	h := handler(t, nil)
	good, forged, mrz := string(specimen(t, "vaccination.txt")), string(specimen(t, "forged.txt")), "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
	body, err := json.Marshal(map[string]any{
		"documents": []any{map[string]string{"text": good + "\n"}, map[string]string{"base64": base64.StdEncoding.EncodeToString([]byte(forged))}},
		"mrz":       mrz, "show_unverified": true, "as_of": "2026-12-01T00:00:00+02:00",
	})
	if err != nil {
		t.Fatal(err)
	}
	inputs := []formats.Input{lone("document-1", []byte(good)), lone("document-2", []byte(forged)), lone("mrz", []byte(mrz))}
	asOf := verify.AsOf(time.Date(2026, 11, 30, 22, 0, 0, 0, time.UTC))
	want := encoded(t, inputs, asOf, verify.ShowUnverified())
	for _, part := range []string{`"verdict": "reject"`, `"as_of": "2026-11-30T22:00:00Z"`, `"unverified"`, `"source": "mrz"`} {
		if !strings.Contains(want, part) {
			t.Fatalf("the library's report lacks %s", part)
		}
	}
	reported(t, h, post("application/json", string(body)), want)
	reported(t, h, post("application/json", `{"mrz":"`+strings.ReplaceAll(mrz, "\n", `\n`)+`"}`), encoded(t, []formats.Input{lone("mrz", []byte(mrz))}))
	reported(t, h, post("application/json", `{"documents":[{"text":"x","base64":null}],"mrz":null}`), encoded(t, []formats.Input{lone("document-1", []byte("x"))}))
}

// A document that is bad in any way is a verdict, and never the requester's fault.
func TestBadDocumentsAreVerdicts(t *testing.T) {
	h := handler(t, nil)
	png := specimen(t, "vaccination.png")
	encode := base64.StdEncoding.EncodeToString
	for _, c := range []struct{ name, media, body, code string }{
		{"noise", "text/plain", "\xff\x00\xfe", "decode.unknown_format"},
		{"an empty text in a case", "application/json", `{"documents":[{"text":""}]}`, "decode.unknown_format"},
		{"no bytes in a case", "application/json", `{"documents":[{"base64":""}]}`, "decode.unknown_format"},
		{"a text beyond the decoders' limit", "text/plain", "HC1:" + strings.Repeat("0", formats.DefaultLimits.Input), "decode.limit"},
		{"a cut certificate", "text/plain", string(specimen(t, "truncated.txt")), "decode.truncated"},
		{"a cut picture", "image/png", string(png[:len(png)/2]), "input.unreadable"},
		{"a text that is called a picture", "image/png", "HC1:", "input.media_type"},
		{"a file of another kind", "application/json", `{"documents":[{"base64":"` + encode([]byte("%PDF-1.7")) + `"}]}`, "input.media_type"},
		{"a picture without a code", "image/gif", blankGIF, "input.no_symbol"},
		{"a picture that announces too many pixels", "image/gif", hugeGIF, "input.too_large"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := serve(h, post(c.media, c.body))
			var r struct {
				Verdict   string
				Documents []struct {
					Status   string
					Findings []struct{ Code string }
				}
			}
			if err := json.NewDecoder(bytes.NewReader(w.Body.Bytes())).Decode(&r); err != nil || w.Code != http.StatusOK {
				t.Fatalf("status %d, %v: %.300s", w.Code, err, w.Body)
			}
			if r.Verdict != "refer" || len(r.Documents) != 1 || r.Documents[0].Status != "unreadable" || r.Documents[0].Findings[0].Code != c.code {
				t.Errorf("got %+v, want refer and %s", r, c.code)
			}
		})
	}
}

const (
	// blankGIF is a picture of one white pixel: header, screen of 1 by 1 with two colours, image, trailer.
	blankGIF = "GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
	// hugeGIF announces 65535 by 65535 pixels and holds none.
	hugeGIF = "GIF89a\xff\xff\xff\xff\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\xff\xff\xff\xff\x00\x02\x02D\x01\x00;"
)

// The files of a chip come as an archive, as bytes or within JSON; one that differs from what the issuer sealed is proof.
func TestTheArchiveOfAChip(t *testing.T) {
	list, err := trustlist.Load("../testdata/trust/emrtd/ut-csca.pem")
	if err != nil {
		t.Fatal(err)
	}
	h := handler(t, func(c *httpapi.Config) { c.Verifier = verifier(t, list, now) })
	for verdict, c := range map[string]chip.Chip{"accept": chip.Good(), "reject": chip.Good().FlipDG(1, 400)} {
		var archive bytes.Buffer
		w := zip.NewWriter(&archive)
		for _, name := range slices.Sorted(maps.Keys(c.Files())) {
			f, err := w.Create(name)
			if err == nil {
				_, err = f.Write(c.Files()[name])
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		body, err := json.Marshal(map[string]any{"documents": []any{map[string][]byte{"base64": archive.Bytes()}}})
		if err != nil {
			t.Fatal(err)
		}
		for media, request := range map[string]string{"application/zip": archive.String(), "application/json": string(body)} {
			answer := serve(h, post(media, request))
			got := answer.Body.String()
			if answer.Code != http.StatusOK || !strings.Contains(got, `"format": "emrtd"`) || !strings.Contains(got, `"verdict": "`+verdict+`"`) {
				t.Errorf("%s: %d, want %s: %s", media, answer.Code, verdict, got)
			}
		}
	}
}

// A travel credential comes as bytes within JSON, from the page too; the command and the service say the same of it.
func TestATravelCredential(t *testing.T) {
	list, err := trustlist.Load("../testdata/trust/emrtd/ut-csca.pem")
	if err != nil {
		t.Fatal(err)
	}
	h := handler(t, func(c *httpapi.Config) { c.Verifier = verifier(t, list, now) })
	for verdict, c := range map[string]chip.Credential{
		"accept": chip.CredentialOf(chip.Good()), "reject": chip.CredentialOf(chip.Good().FlipDG(1, 400)), "refer": chip.CredentialOf(chip.Good()).ForDevice(),
	} {
		body, err := json.Marshal(map[string]any{"documents": []any{map[string][]byte{"base64": c.Encode()}}})
		if err != nil {
			t.Fatal(err)
		}
		answer := serve(h, post("application/json", string(body)))
		got := answer.Body.String()
		if answer.Code != http.StatusOK || !strings.Contains(got, `"format": "dtc"`) || !strings.Contains(got, `"verdict": "`+verdict+`"`) {
			t.Errorf("%d, want %s: %s", answer.Code, verdict, got)
		}
		if said := strings.Contains(got, `"code": "chip.not_presented"`); said != (verdict == "accept") {
			t.Errorf("%s: that the chip was not read is said: %v", verdict, said)
		}
	}
}
