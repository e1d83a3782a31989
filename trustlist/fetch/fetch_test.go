package fetch_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/travelseal/travelseal/internal/opennet"
	"github.com/travelseal/travelseal/trustlist/fetch"
)

// A server is one that a test asks for "https://example.com/…": the name in its certificate.
type server struct {
	*httptest.Server
	asked atomic.Int64
	roots *x509.CertPool
}

func serve(t *testing.T, handle http.HandlerFunc) *server {
	t.Helper()
	s := &server{}
	s.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.asked.Add(1)
		handle(w, r)
	}))
	s.Server.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	s.roots = x509.NewCertPool()
	s.roots.AddCert(s.Certificate())
	return s
}

var now = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)

func clock() time.Time { return now }

func (s *server) fetcher() *fetch.Fetcher {
	return fetch.ForTestsOnLoopback(clock, s.roots, s.Listener.Addr().String())
}

func source() fetch.Source {
	return fetch.Source{Name: "did.json", URL: "https://example.com/v2/did.json", Form: fetch.JSON}
}

const list = `{"id":"did:web:lists.utopia.example"}`

func answer(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("ETag", `"one"`)
		_, _ = w.Write([]byte(text))
	}
}

func read(t *testing.T, names ...string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(names...))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestAFileAndItsRecord(t *testing.T) {
	s, dir := serve(t, answer(list)), t.TempDir()
	r := s.fetcher().Fetch(t.Context(), source(), dir)
	if r.Err != nil || r.State != fetch.Fetched || r.Record.SHA256 != sha256.Sum256([]byte(list)) || !r.Record.FetchedAt.Equal(now) {
		t.Fatalf("%+v", r)
	}
	if got := read(t, dir, "did.json"); got != list {
		t.Errorf("%q", got)
	}
	record := read(t, dir, "provenance", "did.json.json")
	sum := sha256.Sum256(s.Certificate().Raw)
	for _, want := range []string{
		`"url":"https://example.com/v2/did.json"`, `"fetched_at":"2026-11-24T10:00:00Z"`, `"etag":"\"one\""`, `"content_type":"application/json"`,
		`"tls_certificate_sha256":"` + hex.EncodeToString(sum[:]) + `"`, "authenticates nothing",
	} {
		if !strings.Contains(record, want) {
			t.Errorf("the record has no %s:\n%s", want, record)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 {
		t.Errorf("%v, %v", entries, err)
	}
}

// A server is asked whether the file has changed only where the file is the one that the record tells of.
func TestAFileThatHasNotChanged(t *testing.T) {
	dir := t.TempDir()
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"one"`)
		if r.Header.Get("If-None-Match") == `"one"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = w.Write([]byte(list))
	})
	f := s.fetcher()
	for i, c := range []struct {
		before func()
		want   fetch.State
	}{
		{func() {}, fetch.Fetched},
		{func() {}, fetch.Unchanged},
		{func() { write(t, `{"id":"another"}`, dir, "did.json") }, fetch.Fetched},
		{func() { write(t, "{}", dir, "provenance", "did.json.json") }, fetch.Fetched},
		{func() { write(t, "<html>", dir, "provenance", "did.json.json") }, fetch.Fetched},
		{func() { remove(t, dir, "did.json") }, fetch.Fetched},
	} {
		c.before()
		if r := f.Fetch(t.Context(), source(), dir); r.Err != nil || r.State != c.want || read(t, dir, "did.json") != list {
			t.Errorf("%d: %s, %v, want %s", i, r.State, r.Err, c.want)
		}
	}
	now = now.Add(time.Hour)
	defer func() { now = now.Add(-time.Hour) }()
	r := f.Fetch(t.Context(), source(), dir)
	if r.State != fetch.Unchanged || !r.Record.FetchedAt.Before(r.Record.CheckedAt) || !r.Record.CheckedAt.Equal(now) {
		t.Errorf("%+v", r.Record)
	}
	if pinned := with(func(s *fetch.Source) { s.SHA256 = make([]byte, 32) }); f.Fetch(t.Context(), pinned, dir).State != fetch.Refused {
		t.Error("a server answers that a file is unchanged which is not the one with the digest")
	}
}

func write(t *testing.T, text string, names ...string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(names...), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, names ...string) {
	t.Helper()
	if err := os.Remove(filepath.Join(names...)); err != nil {
		t.Fatal(err)
	}
}

// with is a source with one thing changed.
func with(change func(*fetch.Source)) fetch.Source {
	s := source()
	change(&s)
	return s
}

// What an answer must not be. The file that was there stays.
func TestAnswersThatAreNotKept(t *testing.T) {
	typed := func(kind, text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			_, _ = w.Write([]byte(text))
		}
	}
	bomb := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		_, _ = z.Write(bytes.Repeat([]byte(" "), 64<<20))
		_ = z.Close()
	}
	endless := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		for range 1 << 20 {
			if _, err := w.Write(bytes.Repeat([]byte(" "), 4096)); err != nil {
				return
			}
			w.(http.Flusher).Flush()
		}
	}
	short := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		_, _ = w.Write([]byte(list))
	}
	small := with(func(s *fetch.Source) { s.MaxSize = 100_000 })
	for name, c := range map[string]struct {
		handle http.HandlerFunc
		source fetch.Source
		why    error
	}{
		"a captive portal":         {typed("text/html; charset=utf-8", list), source(), fetch.ErrFormat},
		"a page called JSON":       {typed("application/json", "\ufeff\n <!DOCTYPE html><html>"), source(), fetch.ErrFormat},
		"a page for any text":      {typed("text/plain", "<html>"), with(func(s *fetch.Source) { s.Form = fetch.Text }), fetch.ErrFormat},
		"XML":                      {typed("text/plain", "<?xml version='1.0'?>"), with(func(s *fetch.Source) { s.Form = fetch.Text }), fetch.ErrFormat},
		"half a list":              {typed("application/json", list[:20]), source(), fetch.ErrFormat},
		"a text":                   {typed("application/json", `"a"`), source(), fetch.ErrFormat},
		"nothing":                  {typed("application/json", ""), source(), fetch.ErrFormat},
		"compressed":               {bomb, source(), fetch.ErrFormat},
		"too long by its length":   {typed("application/json", `["`+strings.Repeat("a", 200_000)+`"]`), small, fetch.ErrSize},
		"without an end":           {endless, small, fetch.ErrSize},
		"shorter than it says":     {short, source(), nil},
		"not there":                {http.NotFound, source(), fetch.ErrStatus},
		"a part":                   {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusPartialContent) }, source(), fetch.ErrStatus},
		"unchanged, unasked":       {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotModified) }, source(), fetch.ErrStatus},
		"another than the digest":  {answer(list), with(func(s *fetch.Source) { s.SHA256 = make([]byte, 32) }), fetch.ErrDigest},
		"elsewhere":                {redirect("https://elsewhere.example/v2/did.json"), source(), fetch.ErrRedirect},
		"to a host that ends so":   {redirect("https://evil-example.com/v2/did.json"), source(), fetch.ErrRedirect},
		"to another port":          {redirect("https://example.com:8443/v2/did.json"), source(), fetch.ErrRedirect},
		"to http":                  {redirect("http://example.com/v2/did.json"), source(), fetch.ErrRedirect},
		"to a file":                {redirect("file:///etc/passwd"), source(), fetch.ErrRedirect},
		"to this machine":          {redirect("https://127.0.0.1/"), source(), fetch.ErrRedirect},
		"to another path":          {redirect("/v2/other.json"), source(), fetch.ErrRedirect},
		"to itself, with a user":   {redirect("https://user@example.com/v2/did.json"), source(), fetch.ErrRedirect},
		"a path with a listed one": {redirect("/v2/new.json/../did.json?x"), with(func(s *fetch.Source) { s.Redirects = []string{"https://example.com/v2/new.json"} }), fetch.ErrRedirect},
	} {
		s, dir := serve(t, c.handle), t.TempDir()
		write(t, "{}", dir, "did.json")
		r := s.fetcher().Fetch(t.Context(), c.source, dir)
		if r.State != fetch.Refused || r.Err == nil || c.why != nil && !errors.Is(r.Err, c.why) {
			t.Errorf("%s: %s, %v, want %v", name, r.State, r.Err, c.why)
		}
		if s.asked.Load() > 1 {
			t.Errorf("%s: asked %d times", name, s.asked.Load())
		}
		if got := read(t, dir, "did.json"); got != "{}" {
			t.Errorf("%s: the file is now %q", name, got)
		}
		if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
			t.Errorf("%s: left behind %v, %v", name, entries, err)
		}
	}
}

func redirect(to string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", to)
		w.WriteHeader(http.StatusFound)
	}
}

// Redirects that the list has are followed, and no more than three.
func TestRedirectsOnTheList(t *testing.T) {
	hops := func(n int) (http.HandlerFunc, fetch.Source) {
		next := map[string]string{}
		src := source()
		at := "/v2/did.json"
		for i := range n {
			to := "/v2/hop" + string(rune('a'+i)) + ".json"
			next[at], at = to, to
			if i < 3 {
				src.Redirects = append(src.Redirects, "https://example.com"+to)
			}
		}
		return func(w http.ResponseWriter, r *http.Request) {
			if to := next[r.URL.Path]; to != "" {
				redirect(to)(w, r)
				return
			}
			answer(list)(w, r)
		}, src
	}
	for _, n := range []int{1, 3} {
		handle, src := hops(n)
		if r := serve(t, handle).fetcher().Fetch(t.Context(), src, t.TempDir()); r.Err != nil || r.Record.From != src.Redirects[n-1] || r.Record.URL != src.URL {
			t.Errorf("%d: %+v", n, r)
		}
	}
	handle, src := hops(4)
	if r := serve(t, handle).fetcher().Fetch(t.Context(), src, t.TempDir()); !errors.Is(r.Err, fetch.ErrRedirect) {
		t.Errorf("four: %+v", r)
	}
	round := serve(t, redirect("/v2/hop.json"))
	src = with(func(s *fetch.Source) { s.Redirects = []string{"https://example.com/v2/hop.json"} })
	if r := round.fetcher().Fetch(t.Context(), src, t.TempDir()); !errors.Is(r.Err, fetch.ErrRedirect) || round.asked.Load() > 4 {
		t.Errorf("in a circle: %+v, asked %d times", r, round.asked.Load())
	}
}

// A name that leads to this machine, as one does that was looked up a moment after it was allowed, is not connected to; nor
// is an address.
func TestOnlyTheOpenNetworkIsAsked(t *testing.T) {
	s := serve(t, answer(list))
	_, port, _ := strings.Cut(s.Listener.Addr().String(), ":")
	for _, host := range []string{"localhost:" + port, "127.0.0.1:" + port, "[::1]:" + port, "[::ffff:127.0.0.1]:" + port, "169.254.169.254", "10.0.0.1", "[fd00::1]"} {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		_, err := fetch.Trusting(clock, s.roots).Ask(ctx, with(func(s *fetch.Source) { s.URL = "https://" + host + "/v2/did.json" }), t.TempDir())
		cancel()
		if !errors.Is(err, opennet.ErrClosed) {
			t.Errorf("%s: %v", host, err)
		}
	}
	if s.asked.Load() != 0 {
		t.Errorf("the server of this machine was asked %d times", s.asked.Load())
	}
}

func TestACertificateOfSomebodyElse(t *testing.T) {
	s := serve(t, answer(list))
	f := fetch.ForTestsOnLoopback(clock, x509.NewCertPool(), s.Listener.Addr().String())
	if r := f.Fetch(t.Context(), source(), t.TempDir()); r.State != fetch.Refused || s.asked.Load() != 0 {
		t.Errorf("%+v", r)
	}
	other := with(func(s *fetch.Source) { s.URL = "https://lists.example/v2/did.json" })
	if r := s.fetcher().Fetch(t.Context(), other, t.TempDir()); r.State != fetch.Refused || s.asked.Load() != 0 {
		t.Errorf("of another name: %+v", r)
	}
}

func TestAStoppedFetch(t *testing.T) {
	hold := make(chan struct{})
	s := serve(t, func(http.ResponseWriter, *http.Request) { <-hold })
	defer close(hold)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if r := s.fetcher().Fetch(ctx, source(), t.TempDir()); !errors.Is(r.Err, context.DeadlineExceeded) {
		t.Errorf("%+v", r)
	}
}
