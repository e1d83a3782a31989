package httpapi_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/all"
	"github.com/travelseal/travelseal/httpapi"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

const testdata = "../testdata"

// now is the clock of every test.
func now() time.Time { return mint.AsOf }

func trust(t testing.TB) *trustlist.Snapshot {
	t.Helper()
	s, err := trustlist.Load(filepath.Join(testdata, "trust"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func verifier(t testing.TB, source verify.TrustSource, clock func() time.Time) *verify.Verifier {
	t.Helper()
	v, err := verify.New(verify.Config{
		Formats: all.Set(), Trust: source, Policy: verify.DefaultPolicy(all.Set().IDs()...), Now: clock, Version: "test",
	})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// handler makes the service over the specimens' trust list, with what change sets.
func handler(t testing.TB, change func(*httpapi.Config)) http.Handler {
	t.Helper()
	c := httpapi.Config{Set: all.Set()}
	if change != nil {
		change(&c)
	}
	if c.Verifier == nil {
		c.Verifier = verifier(t, trust(t), now)
	}
	h, err := httpapi.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// post makes a request as a program on the same machine does.
func post(media, body string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "http://127.0.0.1:8080/v1/verify", strings.NewReader(body))
	r.Header.Set("Content-Type", media)
	return r
}

func get(address string) *http.Request {
	return httptest.NewRequest(http.MethodGet, "http://127.0.0.1:8080"+address, nil)
}

func serve(h http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// A problem is the answer to a request that could not be run.
type problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`
	Next   string `json:"next"`
}

// refused demands that an answer is the problem of that name, complete and with the matching status.
func refused(t *testing.T, w *http.Response, status int, name string) problem {
	t.Helper()
	body, err := io.ReadAll(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	var p problem
	if err := json.Unmarshal(body, &p); err != nil {
		t.Fatalf("status %d, and %v in %.200q", w.StatusCode, err, body)
	}
	if w.StatusCode != status || p.Status != status || p.Type != "/v1/problems#"+name {
		t.Errorf("status %d with %+v, want %d and %s", w.StatusCode, p, status, name)
	}
	if media := w.Header.Get("Content-Type"); media != "application/problem+json" {
		t.Errorf("the media type is %q", media)
	}
	if p.Title == "" || p.Next == "" {
		t.Errorf("the problem lacks its sentence or its next step: %+v", p)
	}
	return p
}

func specimen(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(testdata, "eu-dcc", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// encoded is the report that the library makes of the inputs, in bytes.
func encoded(t *testing.T, inputs []formats.Input, options ...verify.Option) string {
	t.Helper()
	var b bytes.Buffer
	if err := verifier(t, trust(t), now).Inspect(context.Background(), all.Set().Group(inputs), options...).Encode(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// lone is the input of one text.
func lone(source string, data []byte) formats.Input {
	in := formats.Bytes(data)
	in.Source = source
	return in
}
