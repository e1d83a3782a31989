package page_test

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/httpapi/page"
	"github.com/travelseal/travelseal/verify"
)

// canned serves the page beside a service that always gives one report.
func canned(t *testing.T, r *verify.Report) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		w.Header().Set("Content-Security-Policy", page.SecurityPolicy)
		for _, f := range page.Files() {
			if f.Path == req.URL.Path {
				w.Header().Set("Content-Type", f.MediaType)
				w.Write(f.Content)
				return
			}
		}
		w.Header().Set("Content-Type", "application/json")
		if err := r.Encode(w); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// everything is a report with all that a page can meet: an offer of help, several people, scripts from right to left, a
// portrait, a stale list, and texts that try to be something else than text.
func everything(t *testing.T) *verify.Report {
	t.Helper()
	var portrait bytes.Buffer
	if err := png.Encode(&portrait, image.NewGray(image.Rect(0, 0, 60, 80))); err != nil {
		t.Fatal(err)
	}
	day := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	person := func(birth string, names ...formats.Name) formats.Subject {
		d, err := formats.ParseDate(birth)
		if err != nil {
			t.Fatal(err)
		}
		return formats.Subject{Names: names, Birth: d, Sex: "F", Nationality: "UTO"}
	}
	help := func(code verify.Code, text, next string) verify.Explanation {
		return verify.Explanation{Code: code, Effect: verify.Protect, Text: text, Next: next, Cite: "Convention on the Rights of the Child, article 3"}
	}
	child := help("protect.minor", "The holder is a child.", "Ask who travels with the child, and bring in those who look after children.")
	alone := help("protect.alone", "The child may be travelling alone.", "Offer a quiet place and an interpreter.")
	stale, expired := explain(t, verify.TimeListStale), explain(t, verify.TimeExpired)
	hidden, face, unknown := explain(t, verify.ContentHidden), explain(t, verify.HolderNotProven), explain(t, verify.SealSignerUnknown)
	note := "line\nbreak, ZWSP\u200b, ZWJ क्\u200dष, a\u0301 and e" + strings.Repeat("\u0301", 10)
	return &verify.Report{
		Verdict: verify.Reject, AsOf: day, CheckedAt: day, Software: verify.Software{Version: "test"},
		Trust:    verify.TrustInfo{List: "utopia", Version: 7, Created: day.AddDate(0, 0, -45), Age: 45 * 24 * time.Hour, State: "stale", Keys: 6},
		Policy:   verify.PolicyInfo{ID: "default"},
		Findings: []verify.Finding{child.Finding("documents[0].holder.birth_date", ""), stale.Finding("trust", "")},
		Documents: []verify.DocumentReport{
			{
				Format: "x", Title: "Test document", Source: "document-1#2", Status: verify.Authentic, Verdict: verify.Reject,
				Findings: []verify.Finding{expired.Finding("", "since 2026-10-01"), hidden.Finding("holder.names", ""), face.Finding("", ""), alone.Finding("", "")},
				Seals:    []verify.SealReport{{Role: formats.Issuer, Envelope: "CMS", Algorithm: "PS256", State: verify.Holds, KeyID: []byte{1, 2, 0xff}}},
				Validity: formats.Validity{IssuedAt: day.AddDate(-1, 0, 0), NotAfter: day.AddDate(0, -1, 0)},
				Verified: &formats.Claims{
					Subjects:  []formats.Subject{person("2019-05", formats.Name{Family: "Al\u202eice", Given: markup}, formats.Name{Full: "ليلى بنت سمر الراوي"})},
					Documents: []formats.DocRef{{Type: "P", Number: "L898902C3", IssuingState: "UTO"}},
					Portrait:  &formats.Image{MediaType: "image/png", Data: portrait.Bytes()},
					Extra:     []formats.Field{{Name: "note", Value: note}, {Name: "__proto__", Value: "kept"}},
				},
			},
			{
				Format: "y", Title: "Test of two", Source: "mrz", Status: verify.Untrusted, Verdict: verify.Refer,
				Findings: []verify.Finding{unknown.Finding("seals[0]", "")},
				Unverified: &formats.Claims{Subjects: []formats.Subject{
					person("1984-07-19", formats.Name{Family: "Eriksson", Given: "Anna Maria"}), person("", formats.Name{Full: "สมหญิง ใจดี"}),
				}},
			},
		},
	}
}

// markup would be an element, and then a script, where it was taken for anything but text.
const markup = `<img src=x onerror=alert(1)><b>Bo</b>`

func explain(t *testing.T, c verify.Code) verify.Explanation {
	t.Helper()
	e, ok := verify.Explain(c)
	if !ok {
		t.Fatalf("%s has no explanation", c)
	}
	return e
}

func TestTheReportIsShownAsTextInItsOrder(t *testing.T) {
	p := open(t, browser(t), canned(t, everything(t)), 900)
	p.do(enter("text", "anything"), enter("mrz", "anything"), check())
	p.picture("everything")

	result := p.text("#result")
	for _, pair := range [][2]string{
		{"Offer help first", "REJECT"}, {"The holder is a child.", "REJECT"}, {"may be travelling alone", "REJECT"}, {"REJECT", "Test document"}, {"Test document", "EXPIRED"}, {"EXPIRED", "L898902C3"},
		{"L898902C3", "Test of two"}, {"Test of two", "UNVERIFIED"}, {"UNVERIFIED", "Eriksson"}, {"Eriksson", "45 days 0 hours, stale"},
	} {
		if i, j := strings.Index(result, pair[0]), strings.Index(result, pair[1]); i < 0 || j < i {
			t.Errorf("%q does not stand before %q", pair[0], pair[1])
		}
	}
	for _, want := range []string{
		markup, `Al\u{202E}ice`, "ليلى بنت سمر الراوي", `line\u{000A}break, ZWSP\u{200B}, ZWJ क्\u200dष`, `\u{0301}\u{0301}`, "Person 2", "สมหญิง ใจดี",
		"Born", "not stated", "key 0102ff", "Text of the code, code 2", "Machine readable lines", "kept", "Next: Ask who travels with the child",
	} {
		if !strings.Contains(result, strings.ReplaceAll(want, `\u200d`, "\u200d")) {
			t.Errorf("the result does not show %q", want)
		}
	}
	if eval[int](p, `document.querySelectorAll("#result b, #result img:not(.portrait), #result script").length`) != 0 {
		t.Error("markup of a document became elements")
	}
	if got := eval[string](p, `[...document.querySelectorAll("#result dd")].find(e => e.textContent.includes("ليلى")).dir`); got != "auto" {
		t.Errorf("the direction of a name is %q", got)
	}
	p.do(waitPortrait)
	p.onPaper()
	p.picture("print")
	if got := eval[string](p, `["form", "#verdict", "footer"].map(s => document.querySelector(s).checkVisibility()).join()`); got != "false,true,true" {
		t.Errorf("form, verdict and footer are printed: %s", got)
	}
	p.prefer("light")
	p.do(press("clear"))
	if got := eval[int](p, `document.images.length`); got != 1 { // the sign in the head of the page
		t.Errorf("%d pictures are left", got)
	}
}
