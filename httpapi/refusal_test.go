package httpapi_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/httpapi"
)

func TestRequestsThatCannotBeRunAreProblems(t *testing.T) {
	h := handler(t, func(c *httpapi.Config) { c.Limits = httpapi.Limits{Body: 64 << 10, Documents: 3} })
	nested := strings.Repeat("[", 2000)
	for _, c := range []struct {
		name, media, body string
		status            int
		problem           string
		detail            string // what the detail must hold
	}{
		{"no JSON", "application/json", `{"documents":`, 400, "json", "byte"},
		{"an empty body", "application/json", ``, 400, "json", ""},
		{"two values", "application/json", `{"mrz":"x"} {"mrz":"y"}`, 400, "json", ""},
		{"a repeated name", "application/json", `{"mrz":"x","mrz":"y"}`, 400, "json", "duplicate"},
		{"a repeated name in a document", "application/json", `{"documents":[{"text":"x","text":"y"}]}`, 400, "json", "duplicate"},
		{"bad UTF-8", "application/json", "{\"mrz\":\"\xff\"}", 400, "json", ""},
		{"a lone surrogate", "application/json", `{"mrz":"\ud800"}`, 400, "json", ""},
		{"a byte order mark", "application/json", "\ufeff{\"mrz\":\"x\"}", 400, "json", ""},
		{"an unknown member", "application/json", `{"mrz":"x","file":"/etc/passwd"}`, 422, "request", "unknown"},
		{"an address in a document", "application/json", `{"documents":[{"url":"file:///etc/passwd"}]}`, 422, "request", "unknown"},
		{"a name in another case", "application/json", `{"MRZ":"x"}`, 422, "request", "case"},
		{"another type", "application/json", `{"documents":"x"}`, 422, "request", ""},
		{"a list", "application/json", `[]`, 422, "request", ""},
		{"a document without content", "application/json", `{"documents":[{}]}`, 422, "request", "documents[0]"},
		{"a document with two contents", "application/json", `{"documents":[{"text":"x"},{"text":"x","base64":"eA=="}]}`, 422, "request", "documents[1]"},
		{"base64 with a newline", "application/json", `{"documents":[{"base64":"eA==\n"}]}`, 422, "request", "documents[0].base64"},
		{"base64 with loose bits", "application/json", `{"documents":[{"base64":"eB=="}]}`, 422, "request", "base64"},
		{"base64 of addresses", "application/json", `{"documents":[{"base64":"_-8="}]}`, 422, "request", "base64"},
		{"as of no moment", "application/json", `{"mrz":"x","as_of":"yesterday"}`, 422, "request", "as_of"},
		{"as of a day", "application/json", `{"mrz":"x","as_of":"2026-01-01"}`, 422, "request", "as_of"},
		{"as of the zero moment", "application/json", `{"mrz":"x","as_of":"0001-01-01T00:00:00Z"}`, 422, "request", "as_of"},
		{"no document", "application/json", `{}`, 422, "no-document", ""},
		{"no document in the list", "application/json", `{"documents":[],"mrz":"","show_unverified":true}`, 422, "no-document", ""},
		{"an empty text", "text/plain", ``, 422, "no-document", ""},
		{"an empty picture", "image/png", ``, 422, "no-document", ""},
		{"a document too many", "application/json", documents(4), 422, "too-many", "3 documents"},
		{"very many documents", "application/json", documents(3000), 422, "too-many", "3 documents"},
		{"nesting", "application/json", nested, 422, "too-many", ""},
		{"a byte too many", "text/plain", strings.Repeat("x", 64<<10+1), 413, "too-large", "65536 bytes"},
		{"no media type", "", "HC1:", 415, "media-type", ""},
		{"a form", "application/x-www-form-urlencoded", "text=HC1:", 415, "media-type", ""},
		{"files of a form", "multipart/form-data; boundary=x", "--x\r\n\r\n--x--", 415, "media-type", ""},
		{"a PDF", "application/pdf", "%PDF-1.7", 415, "media-type", ""},
		{"a picture that scripts", "image/svg+xml", "<svg/>", 415, "media-type", ""},
		{"any picture", "image/*", "x", 415, "media-type", ""},
		{"text in another charset", "text/plain; charset=utf-16", "x", 415, "media-type", "charset"},
		{"JSON of a profile", "application/json; profile=x", "{}", 415, "media-type", "charset"},
		{"markup", "text/html", "HC1:", 415, "media-type", ""},
		{"no media type at all", ";;;", "HC1:", 415, "media-type", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := post(c.media, c.body)
			if c.media == "" {
				r.Header.Del("Content-Type")
			}
			if p := refused(t, serve(h, r).Result(), c.status, c.problem); !strings.Contains(p.Detail, c.detail) {
				t.Errorf("the detail is %q, want one with %q", p.Detail, c.detail)
			}
		})
	}
}

func documents(n int) string {
	return `{"documents":[` + strings.TrimSuffix(strings.Repeat(`{"text":"x"},`, n), ",") + `]}`
}

func TestTheLargestRequestIsRun(t *testing.T) {
	h := handler(t, func(c *httpapi.Config) { c.Limits = httpapi.Limits{Body: 1000, Documents: 3} })
	for _, r := range []*http.Request{post("text/plain", strings.Repeat("x", 1000)), post("application/json", documents(3)[:len(documents(3))-1]+`,"mrz":"x"}`)} {
		if w := serve(h, r); w.Code != http.StatusOK {
			t.Errorf("status %d: %s", w.Code, w.Body)
		}
	}
}

// Bombs are not opened, and a length that is only announced is refused before anything is read.
func TestBodiesAreNeitherUnpackedNorReadBeyondTheLimit(t *testing.T) {
	h := handler(t, func(c *httpapi.Config) { c.Limits.Body = 1000 })
	for _, coding := range []string{"gzip", "x-gzip", "br", "deflate", "zstd", "gzip, identity", ""} {
		r := post("text/plain", "\x1f\x8b\x08")
		r.Header.Set("Content-Encoding", coding)
		w := serve(h, r)
		refused(t, w.Result(), 415, "content-encoding")
		if got := w.Header().Get("Accept-Encoding"); got != "identity" {
			t.Errorf("%q: Accept-Encoding is %q", coding, got)
		}
	}
	plain := post("text/plain", "x")
	plain.Header.Set("Content-Encoding", "Identity")
	if w := serve(h, plain); w.Code != http.StatusOK {
		t.Errorf("identity is refused: %s", w.Body)
	}
	announced := post("text/plain", "x")
	announced.Body, announced.ContentLength = untouched{t}, 10<<30
	refused(t, serve(h, announced).Result(), 413, "too-large")
	chunked := post("text/plain", strings.Repeat("x", 2000))
	chunked.ContentLength = -1
	w := serve(h, chunked)
	refused(t, w.Result(), 413, "too-large")
	if got := w.Header().Get("Connection"); got != "close" {
		t.Errorf("the rest of the body is waited for: Connection is %q", got)
	}
}

// untouched is a body that must not be read.
type untouched struct{ t *testing.T }

func (u untouched) Read([]byte) (int, error) {
	u.t.Error("the body is read")
	return 0, fmt.Errorf("read")
}
func (untouched) Close() error { return nil }

func TestTwoMediaTypesAreNone(t *testing.T) {
	r := post("text/plain", "x")
	r.Header.Add("Content-Type", "application/json")
	refused(t, serve(handler(t, nil), r).Result(), 415, "media-type")
}

// A102 and A105: documents do not travel in addresses, and no address names a file.
func TestAddressesCarryNothing(t *testing.T) {
	h := handler(t, nil)
	for _, c := range []struct {
		method, target string
		status         int
		problem        string
	}{
		{"GET", "/v1/verify?document=HC1:6BF", 405, "method"},
		{"GET", "/v1/verify", 405, "method"},
		{"HEAD", "/v1/verify", 405, "method"},
		{"PUT", "/v1/verify", 405, "method"},
		{"DELETE", "/v1/verify", 405, "method"},
		{"OPTIONS", "/v1/verify", 405, "method"},
		{"TRACE", "/v1/verify", 405, "method"},
		{"HC1:6BF", "/v1/verify", 405, "method"},
		{"POST", "/v1/codes", 405, "method"},
		{"POST", "/", 405, "method"},
		{"POST", "/v1/verify?file=/etc/passwd", 400, "query"},
		{"POST", "/v1/verify?", 400, "query"},
		{"POST", "/v1/verify?url=file:///etc/passwd", 400, "query"},
		{"GET", "/v1/codes?file=x", 400, "query"},
		{"GET", "/?lang=en", 400, "query"},
		{"GET", "/etc/passwd", 404, "not-found"},
		{"GET", "/v1/verify/x", 404, "not-found"},
		{"POST", "/v1/verify/", 404, "not-found"},
		{"POST", "//v1/verify", 404, "not-found"},
		{"GET", "/v1/../page.css", 404, "not-found"},
		{"GET", "/v1/codes/..%2f..%2fetc%2fpasswd", 404, "not-found"},
		{"GET", "/v1/codes/%2e%2e", 404, "not-found"},
		{"GET", "/v1/codes/seal.none/x", 404, "not-found"},
		{"GET", "/v1/codes/", 404, "not-found"},
		{"GET", "/v1/codes/seal.nonsense", 404, "code-unknown"},
		{"GET", "/index.html", 404, "not-found"},
		{"GET", "/page.js/", 404, "not-found"},
		{"GET", "/docs", 404, "not-found"},
		{"GET", "/openapi.yaml", 404, "not-found"},
		{"GET", "/v1/revoked/9f86d081884c7d659a2feaa0c55ad015", 404, "not-found"}, // A103: nobody can be looked up
		{"GET", "/debug/pprof/", 404, "not-found"},
		{"GET", "/metrics", 404, "not-found"},
	} {
		t.Run(c.method+" "+c.target, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodGet, "http://localhost"+c.target, nil)
			r.Method = c.method
			if c.method == http.MethodPost {
				r.Header.Set("Content-Type", "text/plain")
			}
			w := serve(h, r)
			p := refused(t, w.Result(), c.status, c.problem)
			if strings.Contains(p.Title+p.Detail, "HC1") || strings.Contains(fmt.Sprint(w.Header(), p), "passwd") {
				t.Errorf("the answer repeats the address: %v %+v", w.Header(), p)
			}
			if allow := w.Header().Get("Allow"); (allow != "") != (c.status == 405) {
				t.Errorf("Allow is %q", allow)
			}
		})
	}
}
