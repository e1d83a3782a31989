package scan_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/scan"
)

// A sharer serves what links lead to, and remembers what was asked.
type sharer struct {
	*httptest.Server
	mu       sync.Mutex
	requests []string // method, path, query, body
	answers  map[string]http.HandlerFunc
}

func newSharer(t *testing.T) *sharer {
	t.Helper()
	s := &sharer{answers: make(map[string]http.HandlerFunc)}
	s.Server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		s.mu.Lock()
		s.requests = append(s.requests, strings.TrimSpace(r.Method+" "+r.URL.Path+" "+r.URL.RawQuery+" "+string(body)))
		s.mu.Unlock()
		if r.Header.Get("Cookie") != "" {
			t.Error("a cookie was sent")
		}
		if answer := s.answers[r.URL.Path]; answer != nil {
			answer(w, r)
			return
		}
		http.NotFound(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

// serve answers a path with a body.
func (s *sharer) serve(path, body string) {
	s.answers[path] = func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, body) }
}

// asked gives the requests since the last call.
func (s *sharer) asked() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := s.requests
	s.requests = nil
	return list
}

// private are the options for a server on this machine.
var private = scan.ResolveOptions{Recipient: "Border post 7", Private: true}

var (
	card     = mint.VaccinationCard(mint.CardSigner("ut-cards")).Build().Token
	cardFile = mint.CardFile(card)
)

func encrypted(content string) string {
	return mint.EncryptedFile(mint.LinkKey, mint.FileHeader(), []byte(content))
}

func resolve(t *testing.T, s *sharer, link string, o scan.ResolveOptions) ([]formats.Input, error) {
	t.Helper()
	return scan.Resolve(t.Context(), s.Client(), []byte(link), o)
}

// lone is the text of an Input, or the code of its error.
func lone(in formats.Input) string {
	if in.Err != nil {
		return in.Err.Code
	}
	return string(in.Files[0].Data)
}

func host(s *sharer) string { return strings.TrimPrefix(s.URL, "https://") }

func TestAManifestGivesItsCards(t *testing.T) {
	s := newSharer(t)
	s.serve("/file", encrypted(cardFile))
	s.serve("/m", mint.JSON("status", "finalized", "files", []any{
		mint.JSON("contentType", "application/smart-health-card", "embedded", encrypted(cardFile)),
		mint.JSON("contentType", "application/smart-health-card;x=y", "location", s.URL+"/file"),
		mint.JSON("contentType", "application/fhir+json", "location", s.URL+"/fhir"),
		mint.JSON("contentType", "application/smart-api-access", "embedded", encrypted("{}")),
		mint.JSON("contentType", "application/smart-health-card", "location", s.URL+"/missing"),
		mint.JSON("contentType", "application/smart-health-card"),
	}).JSON())
	inputs, err := resolve(t, s, mint.LinkTo(s.URL+"/m", "L"), private)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i, in := range inputs {
		got = append(got, lone(in))
		if want := host(s) + "#" + string(rune('1'+i)); in.Source != want {
			t.Errorf("source %q, want %q", in.Source, want)
		}
	}
	want := []string{cardFile, cardFile, "input.media_type", "input.media_type", "input.unreadable", "input.unreadable"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	asked := s.asked()
	wantAsked := []string{`POST /m  {"recipient":"Border post 7","embeddedLengthMax":1048576}`, "GET /file", "GET /missing"}
	if !slices.Equal(asked, wantAsked) {
		t.Errorf("asked %q", asked)
	}
}

func TestAPasscodeIsSentWhereItIsNeeded(t *testing.T) {
	s := newSharer(t)
	s.answers["/m"] = func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusUnauthorized) }
	link := mint.LinkTo(s.URL+"/m", "P")
	if _, err := resolve(t, s, link, private); !errors.Is(err, scan.ErrPasscode) || len(s.asked()) != 0 {
		t.Errorf("without one: %v", err)
	}
	o := private
	o.Passcode = "1234"
	if _, err := resolve(t, s, link, o); !errors.Is(err, scan.ErrPasscode) {
		t.Errorf("a wrong one: %v", err)
	}
	if asked := s.asked(); len(asked) != 1 || !strings.Contains(asked[0], `"passcode":"1234"`) {
		t.Errorf("asked %q", asked)
	}
	s.answers["/m"] = func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = io.WriteString(w, `{"remainingAttempts":3}`)
	}
	_, err := resolve(t, s, link, o)
	if !errors.Is(err, scan.ErrPasscode) || !strings.Contains(err.Error(), "3 attempts remain") || strings.Contains(err.Error(), "1234") {
		t.Errorf("%v", err)
	}
}

func TestADirectLinkIsOneFile(t *testing.T) {
	s := newSharer(t)
	s.serve("/f", encrypted(cardFile)+"\n")
	inputs, err := resolve(t, s, mint.LinkDirect(s.URL+"/f?sig=a%2Bb"), private)
	if err != nil || len(inputs) != 1 || lone(inputs[0]) != cardFile {
		t.Fatalf("%v, %v", inputs, err)
	}
	if asked := s.asked(); len(asked) != 1 || asked[0] != "GET /f recipient=Border+post+7&sig=a%2Bb" {
		t.Errorf("asked %q", asked)
	}
	fhir := mint.FileHeader().Set("application/fhir+json", "cty")
	s.serve("/f", mint.EncryptedFile(mint.LinkKey, fhir, []byte("{}")))
	if inputs, err := resolve(t, s, mint.LinkDirect(s.URL+"/f"), private); err != nil || lone(inputs[0]) != scan.CodeMediaType {
		t.Errorf("a FHIR resource: %v, %v", inputs, err)
	}
	s.serve("/f", mint.EncryptedFile(mint.LinkKey, mint.FileHeader().Drop("cty"), []byte(cardFile)))
	if inputs, err := resolve(t, s, mint.LinkDirect(s.URL+"/f"), private); err != nil || lone(inputs[0]) != cardFile {
		t.Errorf("without a type: %v, %v", inputs, err)
	}
}

// go-jose writes the files of this test, so that what is read is not only what mint writes.
func TestFilesThatALibraryEncryptedAreOpened(t *testing.T) {
	for name, zip := range map[string]jose.CompressionAlgorithm{"plain": jose.NONE, "compressed": jose.DEFLATE} {
		e, err := jose.NewEncrypter(jose.A256GCM, jose.Recipient{Algorithm: jose.DIRECT, Key: mint.LinkKey},
			&jose.EncrypterOptions{Compression: zip, ExtraHeaders: map[jose.HeaderKey]any{jose.HeaderContentType: "application/smart-health-card"}})
		if err != nil {
			t.Fatal(err)
		}
		message, err := e.Encrypt([]byte(cardFile))
		if err != nil {
			t.Fatal(err)
		}
		text, err := message.CompactSerialize()
		if err != nil {
			t.Fatal(err)
		}
		s := newSharer(t)
		s.serve("/f", text)
		if inputs, err := resolve(t, s, mint.LinkDirect(s.URL+"/f"), private); err != nil || lone(inputs[0]) != cardFile {
			t.Errorf("%s: %v, %v", name, inputs, err)
		}
	}
}

func TestAnswersThatAreNoneAreRefused(t *testing.T) {
	s := newSharer(t)
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
	}
	body := func(text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, text) }
	}
	many := `{"files":[` + strings.TrimSuffix(strings.Repeat(`{},`, 17), ",") + `]}`
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		want   error
	}{
		"not found":     {status(404), scan.ErrInactive},
		"gone":          {status(410), scan.ErrInactive},
		"forbidden":     {status(403), scan.ErrAnswer},
		"too many":      {status(429), scan.ErrAnswer},
		"no content":    {status(204), scan.ErrAnswer},
		"a failure":     {status(500), scan.ErrAnswer},
		"no JSON":       {body("<html>"), scan.ErrAnswer},
		"no files":      {body("{}"), scan.ErrAnswer},
		"files of none": {body(`{"files":{}}`), scan.ErrAnswer},
		"files twice":   {body(`{"files":[],"files":[]}`), scan.ErrAnswer},
		"two values":    {body(`{"files":[]}{}`), scan.ErrAnswer},
		"17 files":      {body(many), scan.ErrTooLarge},
		"a large one":   {body(strings.Repeat(" ", 1<<20+1)), scan.ErrTooLarge},
		"a zipped bomb": {bomb, scan.ErrTooLarge},
	} {
		s.answers["/m"] = c.answer
		inputs, err := resolve(t, s, mint.LinkTo(s.URL+"/m", ""), private)
		var re *scan.ResolveError
		if !errors.Is(err, c.want) || inputs != nil || !errors.As(err, &re) || re.Step != "manifest" || re.Host != host(s) {
			t.Errorf("%s: %v, %v", name, inputs, err)
		}
		if strings.Contains(err.Error(), "/m") {
			t.Errorf("%s: the error tells the path: %v", name, err)
		}
	}
	s.serve("/m", `{"files":[]}`)
	if inputs, err := resolve(t, s, mint.LinkTo(s.URL+"/m", ""), private); err != nil || len(inputs) != 0 {
		t.Errorf("an empty manifest: %v, %v", inputs, err)
	}
}

// bomb answers with 100 MiB of spaces that travel as some kB.
func bomb(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Encoding", "gzip")
	_, _ = w.Write(gzipped(bytes.Repeat([]byte(" "), 100<<20)))
}

func TestTheLimitsOfTheCallerHold(t *testing.T) {
	s := newSharer(t)
	s.serve("/f", encrypted(strings.Repeat("x", 1000)))
	o := private
	o.MaxBytes = 999
	inputs, err := resolve(t, s, mint.LinkDirect(s.URL+"/f"), o)
	if !errors.Is(err, scan.ErrTooLarge) || inputs != nil {
		t.Errorf("%v, %v", inputs, err)
	}
	zip := mint.FileHeader().Set("DEF", "zip")
	s.serve("/f", mint.EncryptedFile(mint.LinkKey, zip, mint.Deflate([]byte(strings.Repeat("x", 1000)))))
	if inputs, err := resolve(t, s, mint.LinkDirect(s.URL+"/f"), o); err != nil || lone(inputs[0]) != scan.CodeTooLarge {
		t.Errorf("%v, %v", inputs, err)
	}
	o.MaxBytes = 1000
	if inputs, err := resolve(t, s, mint.LinkDirect(s.URL+"/f"), o); err != nil || len(lone(inputs[0])) != 1000 {
		t.Errorf("%v, %v", inputs, err)
	}
	s.serve("/m", `{"files":[{},{}]}`)
	o.MaxFiles = 1
	if _, err := resolve(t, s, mint.LinkTo(s.URL+"/m", ""), o); !errors.Is(err, scan.ErrTooLarge) {
		t.Errorf("%v", err)
	}
}

func TestACallerSaysWhoAsksAndWithWhat(t *testing.T) {
	link := []byte(mint.LinkTo("https://links.utopia.example/m", ""))
	for name, c := range map[string]struct {
		client *http.Client
		o      scan.ResolveOptions
	}{
		"no client": {nil, private}, "no recipient": {http.DefaultClient, scan.ResolveOptions{Private: true}},
	} {
		var re *scan.ResolveError
		if _, err := scan.Resolve(t.Context(), c.client, link, c.o); !errors.As(err, &re) || re.Step != "link" {
			t.Errorf("%s: %v", name, err)
		}
	}
	var fe *formats.Error
	if _, err := scan.Resolve(t.Context(), http.DefaultClient, []byte("shlink:/x"), private); !errors.As(err, &fe) || fe.Code == "" {
		t.Errorf("no link: %v", err)
	}
}

func TestTheContextEndsEverything(t *testing.T) {
	s := newSharer(t)
	ctx, cancel := context.WithCancel(t.Context())
	s.answers["/m"] = func(http.ResponseWriter, *http.Request) { cancel() }
	if _, err := scan.Resolve(ctx, s.Client(), []byte(mint.LinkTo(s.URL+"/m", "")), private); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	ctx, cancel = context.WithCancel(t.Context())
	s.answers["/f"] = func(http.ResponseWriter, *http.Request) { cancel() }
	s.serve("/m", mint.JSON("files", []any{mint.JSON("contentType", "application/smart-health-card", "location", s.URL+"/f")}).JSON())
	if inputs, err := scan.Resolve(ctx, s.Client(), []byte(mint.LinkTo(s.URL+"/m", "")), private); !errors.Is(err, context.Canceled) || inputs != nil {
		t.Errorf("%v, %v", inputs, err)
	}
	slow := s.Client()
	slow.Timeout = time.Millisecond
	s.answers["/m"] = func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	if _, err := scan.Resolve(t.Context(), slow, []byte(mint.LinkTo(s.URL+"/m", "")), private); err == nil {
		t.Error("a client's own timeout is not kept")
	}
}

// The link's key opens a file, and nothing else does.
func TestAFileUnderAnotherKeyIsNotOpened(t *testing.T) {
	s := newSharer(t)
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		t.Fatal(err)
	}
	s.serve("/f", mint.EncryptedFile(key, mint.FileHeader(), []byte(cardFile)))
	inputs, err := resolve(t, s, mint.LinkDirect(s.URL+"/f"), private)
	if err != nil || lone(inputs[0]) != scan.CodeUnreadable || !errors.Is(inputs[0].Err, scan.ErrJWE) {
		t.Errorf("%v, %v", inputs, err)
	}
	b, err := json.Marshal(inputs[0].Err.Error())
	if err != nil || bytes.Contains(b, []byte(base64.RawURLEncoding.EncodeToString(mint.LinkKey))) {
		t.Errorf("%s, %v", b, err)
	}
}
