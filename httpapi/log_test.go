package httpapi_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/httpapi"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// logged makes a service that logs everything into a buffer.
func logged(t *testing.T, change func(*httpapi.Config)) (http.Handler, *bytes.Buffer) {
	t.Helper()
	var b bytes.Buffer
	return handler(t, func(c *httpapi.Config) {
		c.Logger = slog.New(slog.NewJSONHandler(&b, &slog.HandlerOptions{Level: slog.LevelDebug}))
		if change != nil {
			change(c)
		}
	}), &b
}

// personal collects what the specimens say of people: every text of three letters or more in their claims.
func personal(t *testing.T) []string {
	t.Helper()
	v := verifier(t, trust(t), now)
	var all []string
	for _, c := range mint.Cases() {
		for _, d := range v.Inspect(context.Background(), []formats.Input{formats.Text(c.Text)}, verify.ShowUnverified()).Documents {
			for _, claims := range []*formats.Claims{d.Verified, d.Unverified} {
				if claims == nil {
					continue
				}
				for _, s := range claims.Subjects {
					all = append(all, s.Birth.String())
					for _, n := range s.Names {
						all = append(all, n.Family, n.Given, n.Full)
					}
				}
				for _, e := range claims.Events {
					all = append(all, e.ID, e.Place, e.Target.Code, e.Result.Code, e.When.String())
				}
			}
		}
		all = append(all, c.Text[4:24])
	}
	var kept []string
	for _, s := range all {
		if len(s) >= 3 {
			kept = append(kept, s)
		}
	}
	if len(kept) < 100 {
		t.Fatalf("only %d texts about people: the test would look for nothing", len(kept))
	}
	return kept
}

// Nothing personal reaches the log, whether a request is run, refused or breaks the program.
func TestTheLogHoldsNothingPersonal(t *testing.T) {
	h, log := logged(t, nil)
	broken, brokenLog := logged(t, func(c *httpapi.Config) { c.Verifier = verifier(t, panics{"Achterberg-Lindqvist 1984-07-19"}, now) })
	for _, c := range mint.Cases() {
		asJSON, err := json.Marshal(map[string]any{"documents": []any{map[string]string{"text": c.Text}}, "mrz": c.Text, "show_unverified": true})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range []*http.Request{
			post("text/plain", c.Text), post("application/json", string(asJSON)), post("application/json", c.Text), post("text/html", c.Text),
			post("image/png", c.Text), post(c.Text, c.Text), strange(c.Text),
		} {
			r.Header.Set("Referer", "https://localhost/"+c.Text[:10])
			r.Header.Set("User-Agent", c.Text)
			serve(h, r)
		}
		serve(broken, post("text/plain", c.Text))
	}
	for _, out := range []string{log.String(), brokenLog.String()} {
		if strings.Count(out, "\n") < len(mint.Cases()) {
			t.Fatalf("only %d lines were logged", strings.Count(out, "\n"))
		}
		for _, s := range personal(t) {
			if strings.Contains(out, s) {
				t.Errorf("the log holds %q", s)
			}
		}
	}
}

// strange is a request whose method and address a stranger has filled.
func strange(text string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, "http://localhost/v1/verify", nil)
	r.Method, r.URL.Path, r.URL.RawQuery = text, "/v1/codes/"+text, text
	return r
}

// panics is a source of trust that breaks.
type panics struct{ v any }

func (p panics) Snapshot() *trustlist.Snapshot { panic(p.v) }

func TestAPanicIsAProblemWithoutItsWords(t *testing.T) {
	for _, v := range []any{"Achterberg", errors.New("Achterberg"), struct{ Name string }{"Achterberg"}} {
		h, log := logged(t, func(c *httpapi.Config) { c.Verifier, c.Limits.Concurrent = verifier(t, panics{v}, now), 1 })
		for range 20 { // more than there are slots
			w := serve(h, post("text/plain", "x"))
			if strings.Contains(w.Body.String(), "Achterberg") || strings.Contains(w.Body.String(), "goroutine") {
				t.Errorf("the answer repeats the panic: %s", w.Body)
			}
			refused(t, w.Result(), http.StatusInternalServerError, "internal")
		}
		if out := log.String(); strings.Contains(out, "Achterberg") || !strings.Contains(out, "httpapi_test.panics.Snapshot:") {
			t.Errorf("the log does not name the place, or repeats the words: %s", out)
		}
	}
}

func TestAnAbortedAnswerStaysAborted(t *testing.T) {
	h, _ := logged(t, func(c *httpapi.Config) { c.Verifier = verifier(t, panics{http.ErrAbortHandler}, now) })
	defer func() {
		if v := recover(); v != http.ErrAbortHandler {
			t.Errorf("recovered %v", v)
		}
	}()
	serve(h, post("text/plain", "x"))
	t.Error("the handler came back")
}

func TestALineOfTheLogNamesMethodRouteStatusAndProblem(t *testing.T) {
	h, log := logged(t, func(c *httpapi.Config) { c.Ready = func() error { return errors.New("the disk is full") } })
	for _, r := range []*http.Request{
		post("text/plain", "x"), get("/v1/codes/seal.none"), get("/v1/codes/x"), get("/nothing"), get("/"), get("/readyz"), strange("HC1:"),
	} {
		serve(h, r)
	}
	type line struct {
		Level, Msg, Method, Route, Problem, Error string
		Status                                    int
	}
	var got []line
	for text := range strings.Lines(log.String()) {
		var l line
		if err := json.Unmarshal([]byte(text), &l); err != nil {
			t.Fatal(err)
		}
		got = append(got, l)
	}
	want := []line{
		{"INFO", "request", "POST", "POST /v1/verify", "", "", 200},
		{"INFO", "request", "GET", "GET /v1/codes/{code}", "", "", 200},
		{"INFO", "request", "GET", "GET /v1/codes/{code}", "code-unknown", "", 404},
		{"INFO", "request", "GET", "/", "not-found", "", 404},
		{"INFO", "request", "GET", "GET /{$}", "", "", 200},
		{"WARN", "not ready", "", "", "", "the disk is full", 0},
		{"WARN", "request", "GET", "GET /readyz", "not-ready", "", 503},
		{"INFO", "request", "other", "/v1/codes/{code}", "method", "", 405},
	}
	if len(got) != len(want) {
		t.Fatalf("%d lines, want %d:\n%s", len(got), len(want), log)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("line %d is %+v, want %+v", i, got[i], want[i])
		}
	}
}
