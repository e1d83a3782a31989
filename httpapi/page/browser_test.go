package page_test

import (
	"encoding/base64"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/travelseal/travelseal/formats/all"
	"github.com/travelseal/travelseal/httpapi"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

const testdata = "../../testdata"

// service starts the real service over the specimens' trust list, at the moment for which they are made.
func service(t *testing.T, l httpapi.Limits) string {
	t.Helper()
	trust, err := trustlist.Load(filepath.Join(testdata, "trust"))
	if err != nil {
		t.Fatal(err)
	}
	set := all.Set()
	v, err := verify.New(verify.Config{
		Formats: set, Trust: trust, Policy: verify.DefaultPolicy(set.IDs()...), Now: func() time.Time { return mint.AsOf }, Version: "test",
	})
	if err != nil {
		t.Fatal(err)
	}
	h, err := httpapi.New(httpapi.Config{Verifier: v, Set: set, Limits: l})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server.URL
}

func specimen(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(testdata, "eu-dcc", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// enter puts a text into a field as pasting does.
func enter(field, text string) chromedp.Action[chromedp.Void] {
	return chromedp.SetValue(chromedp.CSS("#"+field), text)
}

// press clicks an element.
func press(id string) chromedp.Action[chromedp.Void] { return chromedp.Click(chromedp.CSS("#" + id)) }

// choose chooses picture files.
func choose(files ...string) chromedp.Action[chromedp.Void] {
	return chromedp.SetUploadFiles(chromedp.CSS("#pictures"), files)
}

// check presses the button and waits for the verdict.
func check() chromedp.Action[chromedp.Void] {
	return chromedp.Steps(press("check"), chromedp.WaitReady(chromedp.CSS("#verdict")))
}

// waitPortrait waits until the portrait is decoded and shown.
var waitPortrait = chromedp.Poll[chromedp.Void](`document.querySelector(".portrait")?.naturalWidth > 0`)

// slowly stands before a service. It says when the first check is asked for, and holds it back until it may be answered.
func slowly(t *testing.T, address string, asked, answer chan struct{}) string {
	t.Helper()
	to, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	var first sync.Once
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(to) }}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			first.Do(func() {
				close(asked)
				<-answer
			})
		}
		proxy.ServeHTTP(w, r)
	}))
	proxy.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError) // the browser hangs up, as it must
	t.Cleanup(server.Close)
	return server.URL
}

func TestPage(t *testing.T) {
	b := browser(t)
	address := service(t, httpapi.Limits{})

	t.Run("a genuine text is accepted", func(t *testing.T) {
		p := open(t, b, address, 900)
		p.picture("form")
		p.do(enter("text", specimen(t, "vaccination.txt")), check())
		p.picture("accept")
		if got := p.text("#verdict"); got != "ACCEPT" {
			t.Errorf("the verdict is %q", got)
		}
		for _, want := range []string{"Achterberg-Lindqvist", "1984-07-19", "Authentic", "Compare the name and birth date", "dose", "undated"} {
			if !strings.Contains(strings.ToLower(p.text("#result")), strings.ToLower(want)) {
				t.Errorf("the result does not mention %q", want)
			}
		}
		if got := eval[string](p, "document.activeElement.id"); got != "verdict" {
			t.Errorf("the focus is on %q", got)
		}
		if got := p.text("#status"); got != "Result: ACCEPT" {
			t.Errorf("the status says %q", got)
		}
	})

	t.Run("a forged text is rejected without its claims", func(t *testing.T) {
		p := open(t, b, address, 900)
		p.do(enter("text", specimen(t, "forged.txt")), check())
		p.picture("reject")
		if got := p.text("#verdict"); got != "REJECT" {
			t.Errorf("the verdict is %q", got)
		}
		result := p.text("#result")
		if strings.Contains(result, "Achterberg") || strings.Contains(result, "UNVERIFIED") {
			t.Error("claims that nobody vouched for are shown without being asked for")
		}
		if !strings.Contains(result, "Next: Do not rely on this document.") {
			t.Error("the next step is not shown")
		}
	})

	t.Run("claims that are not proved are shown under that word", func(t *testing.T) {
		p := open(t, b, address, 900)
		p.do(enter("text", specimen(t, "forged.txt")), press("unverified"), check())
		p.picture("unverified")
		if got := p.text(".unproved-claims"); !strings.HasPrefix(got, "UNVERIFIED") || !strings.Contains(got, "Achterberg") {
			t.Errorf("shown as %.60q", got)
		}
	})

	t.Run("an expired document says so", func(t *testing.T) {
		p := open(t, b, address, 900)
		p.do(enter("text", specimen(t, "expired.txt")), check())
		p.picture("expired")
		if got := p.text(".tag.late"); got != "EXPIRED" {
			t.Errorf("the word is %q", got)
		}
	})

	t.Run("pictures are read, and several people are several documents", func(t *testing.T) {
		p := open(t, b, address, 900)
		file, err := filepath.Abs(filepath.Join(testdata, "eu-dcc", "two-people.png"))
		if err != nil {
			t.Fatal(err)
		}
		p.do(choose(file), chromedp.WaitVisible(chromedp.CSS("#chosen li")))
		p.picture("chosen")
		p.do(check())
		p.picture("two-people")
		if got := p.text("#verdict"); got != "REJECT" {
			t.Errorf("the verdict is %q", got)
		}
		if got := eval[[]string](p, `[...document.querySelectorAll(".source")].map(e => e.textContent)`); fmt.Sprint(got) != "[two-people.png, code 1 two-people.png, code 2]" {
			t.Errorf("the documents are from %q", got)
		}
	})

	t.Run("the machine readable lines are one more document", func(t *testing.T) {
		p := open(t, b, address, 900)
		p.do(enter("text", specimen(t, "vaccination.txt")), enter("mrz", specimenMRZ), check())
		if got := eval[[]string](p, `[...document.querySelectorAll(".source")].map(e => e.textContent)`); fmt.Sprint(got) != "[Text of the code Machine readable lines]" {
			t.Errorf("the documents are from %q", got)
		}
	})

	t.Run("pictures can be dropped and pasted, and taken away again", func(t *testing.T) {
		p := open(t, b, address, 900)
		give := func(event, target, carrier string) {
			t.Helper()
			left := eval[string](p, `(() => {
				const data = new DataTransfer();
				data.items.add(new File([Uint8Array.from(atob("`+base64.StdEncoding.EncodeToString([]byte(specimen(t, "vaccination.png")))+`"), c => c.charCodeAt(0))], "`+event+`.png", {type: "image/png"}));
				`+target+`.dispatchEvent(new `+carrier+`("`+event+`", {bubbles: true, cancelable: true, dataTransfer: data, clipboardData: data}));
				return [...document.querySelectorAll("#chosen span")].map(e => e.textContent).join();
			})()`)
			if !strings.HasSuffix(left, event+".png") {
				t.Errorf("after %s the pictures are %q", event, left)
			}
		}
		give("drop", "document.body", "DragEvent")
		give("paste", "document.getElementById('text')", "ClipboardEvent")
		p.do(chromedp.Click(chromedp.CSS(`[aria-label="Remove drop.png"]`)), check())
		if got := p.text(".source"); got != "paste.png, code 1" {
			t.Errorf("the document is from %q", got)
		}
		if got := p.text("#verdict"); got != "ACCEPT" {
			t.Errorf("the verdict is %q", got)
		}
	})

	t.Run("a check that is cleared away shows nothing", func(t *testing.T) {
		asked, answer := make(chan struct{}), make(chan struct{})
		slow := slowly(t, address, asked, answer)
		p := open(t, b, slow, 900)
		p.do(enter("text", specimen(t, "vaccination.txt")), press("check"))
		<-asked
		if got := p.text("#status"); got != "Checking…" {
			t.Errorf("the status says %q", got)
		}
		p.do(press("clear"))
		close(answer)
		p.do(enter("text", specimen(t, "forged.txt")), check())
		if got := p.text("#verdict"); got != "REJECT" {
			t.Errorf("the verdict is %q", got)
		}
	})

	t.Run("nothing entered is nothing checked", func(t *testing.T) {
		p := open(t, b, address, 900)
		p.do(press("check"), chromedp.Poll[chromedp.Void](`document.getElementById("status").textContent.startsWith("Paste")`))
		if got := p.text("#status"); !strings.HasPrefix(got, "Paste the text") {
			t.Errorf("the status says %q", got)
		}
		if eval[int](p, `document.getElementById("result").childElementCount`) != 0 {
			t.Error("there is a result")
		}
	})

	t.Run("clearing leaves nothing behind", func(t *testing.T) {
		p := open(t, b, address, 900)
		file, err := filepath.Abs(filepath.Join(testdata, "eu-dcc", "vaccination.png"))
		if err != nil {
			t.Fatal(err)
		}
		p.do(enter("text", specimen(t, "vaccination.txt")), enter("mrz", specimenMRZ), press("unverified"),
			choose(file), check(), press("clear"))
		left := eval[string](p, `[document.body.textContent, ...[...document.querySelectorAll("textarea")].map(e => e.value)].join(" ")`)
		for _, trace := range []string{"Achterberg", "HC1:", "ACHTERBERG", "vaccination.png", "ACCEPT", "REFER"} {
			if strings.Contains(left, trace) {
				t.Errorf("%q is still on the page", trace)
			}
		}
		if got := eval[string](p, `JSON.stringify([document.getElementById("unverified").checked, localStorage.length, sessionStorage.length, document.cookie, document.activeElement.id, location.href.slice(location.origin.length)])`); got != `[false,0,0,"","text","/"]` {
			t.Errorf("left behind: %s", got)
		}
	})

	t.Run("everything can be reached and pressed by keyboard", func(t *testing.T) {
		p := open(t, b, address, 900)
		p.do(chromedp.Focus(chromedp.CSS("#text")), enter("text", specimen(t, "vaccination.txt")))
		var stops []string
		for range 5 {
			p.do(chromedp.KeyEvent("\t"))
			stops = append(stops, eval[string](p, "document.activeElement.id"))
		}
		if got := strings.Join(stops, " "); got != "pictures mrz unverified check clear" {
			t.Errorf("the keyboard stops at %s", got)
		}
		p.do(chromedp.Focus(chromedp.CSS("#check")), chromedp.KeyEvent("\r"), chromedp.WaitReady(chromedp.CSS("#verdict")))
	})

	t.Run("a narrow screen does not scroll sideways", func(t *testing.T) {
		p := open(t, b, address, 320)
		p.picture("narrow-form")
		for _, name := range []string{"vaccination.txt", "forged.txt", "name-bengali.txt"} {
			p.do(enter("text", specimen(t, name)), check())
			p.picture("narrow-" + strings.TrimSuffix(name, ".txt"))
			if wide := eval[int](p, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); wide > 0 {
				t.Errorf("%s: %d pixels are outside", name, wide)
			}
			p.do(press("clear"))
		}
	})

	t.Run("a request that cannot be run says what to do", func(t *testing.T) {
		p := open(t, b, service(t, httpapi.Limits{Body: 100}), 900)
		p.do(enter("text", specimen(t, "vaccination.txt")), check())
		p.picture("problem")
		if got := p.text("#result"); !strings.Contains(got, "larger than the limit") || !strings.Contains(got, "Next: Use smaller pictures") {
			t.Errorf("the page says %q", got)
		}
		p.forgive(1) // the browser's own line about the status
	})
}

// specimenMRZ is the specimen of ICAO Doc 9303-4, appendix B.
const specimenMRZ = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
