package httpapi_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/httpapi"
)

// listen serves a handler by Server on a port of this machine, with what change sets, and gives its address.
func listen(t *testing.T, h http.Handler, change func(*http.Server)) string {
	t.Helper()
	s := httptest.NewUnstartedServer(nil)
	s.Config = httpapi.Server("", h)
	if change != nil {
		change(s.Config)
	}
	s.Start()
	t.Cleanup(s.Close)
	return s.Listener.Addr().String()
}

// dial opens a connection that must not stay open for long.
func dial(t *testing.T, address string) *net.TCPConn {
	t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	if err := c.SetDeadline(time.Now().Add(30 * time.Second)); err != nil {
		t.Fatal(err)
	}
	return c.(*net.TCPConn)
}

func say(t *testing.T, c net.Conn, text string) {
	t.Helper()
	if _, err := io.WriteString(c, text); err != nil {
		t.Fatal(err)
	}
}

const verifyHead = "POST /v1/verify HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"

// A client that sends slowly, or says one thing and sends another, loses its connection and keeps no slot.
func TestSlowAndBrokenBodiesAreCutOff(t *testing.T) {
	h := handler(t, func(c *httpapi.Config) { c.Limits = httpapi.Limits{Time: time.Second, Concurrent: 1} })
	address := listen(t, h, nil)
	t.Run("all at once", func(t *testing.T) {
		for _, c := range []struct {
			name, request string
			halfClose     bool
			status        int
			problem       string
		}{
			{"a body that does not come", verifyHead + "Content-Length: 100\r\n\r\n", false, 408, "slow"},
			{"a body that stops", verifyHead + "Content-Length: 100\r\n\r\nHC1:", false, 408, "slow"},
			{"chunks without an end", verifyHead + "Transfer-Encoding: chunked\r\n\r\n4\r\nHC1:\r\n", false, 408, "slow"},
			{"a body that is shorter than announced", verifyHead + "Content-Length: 100\r\n\r\nHC1:", true, 400, "body"},
			{"a chunk that is none", verifyHead + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", false, 400, "body"},
			{"ten gigabytes", verifyHead + "Content-Length: 10737418240\r\n\r\nHC1:", false, 413, "too-large"},
			{"a body that is waited for", verifyHead + "Expect: 100-continue\r\nContent-Encoding: gzip\r\nContent-Length: 100\r\n\r\n", false, 415, "content-encoding"},
		} {
			t.Run(c.name, func(t *testing.T) {
				t.Parallel()
				conn := dial(t, address)
				say(t, conn, c.request)
				if c.halfClose {
					if err := conn.CloseWrite(); err != nil {
						t.Fatal(err)
					}
				}
				in := bufio.NewReader(conn)
				r, err := http.ReadResponse(in, nil)
				if err != nil {
					t.Fatal(err)
				}
				refused(t, r, c.status, c.problem)
				if _, err := in.ReadByte(); err != io.EOF {
					t.Errorf("the connection stays open: %v", err)
				}
			})
		}
	})
	if w := serve(h, post("text/plain", "x")); w.Code != http.StatusOK {
		t.Errorf("a slot was lost: %d", w.Code)
	}
}

func TestAClientThatIsInTimeKeepsItsConnection(t *testing.T) {
	address := listen(t, handler(t, func(c *httpapi.Config) { c.Limits.Time = 10 * time.Second }), nil)
	conn := dial(t, address)
	in := bufio.NewReader(conn)
	for range 3 {
		say(t, conn, verifyHead+"Content-Length: 4\r\n\r\nHC")
		time.Sleep(20 * time.Millisecond)
		say(t, conn, "1:")
		r, err := http.ReadResponse(in, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, r.Body); err != nil || r.StatusCode != http.StatusOK || r.Close {
			t.Fatalf("status %d, close %v, %v", r.StatusCode, r.Close, err)
		}
	}
}

// The headers too must arrive in time and within bounds.
func TestSlowAndLargeHeadersAreCutOff(t *testing.T) {
	address := listen(t, handler(t, nil), func(s *http.Server) { s.ReadHeaderTimeout = 100 * time.Millisecond })
	slow := dial(t, address)
	say(t, slow, "POST /v1/verify HTTP/1.1\r\nHost: local")
	if b, err := io.ReadAll(slow); err != nil || strings.Contains(string(b), " 200 ") {
		t.Errorf("answered %q, %v", b, err)
	}
	large := dial(t, address)
	say(t, large, "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: "+strings.Repeat("x", 32<<10)+"\r\n\r\n")
	r, err := http.ReadResponse(bufio.NewReader(large), nil)
	if err != nil || r.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("%v, %v", r, err)
	}
}

// Two lengths, or a length beside chunks, could be read as two requests by two servers.
func TestRequestsThatCouldBeTwoAreRefused(t *testing.T) {
	address := listen(t, handler(t, nil), nil)
	for _, head := range []string{
		verifyHead + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nHC1:x",
		verifyHead + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
		strings.Replace(verifyHead, "Host: localhost\r\n", "Host: localhost\r\nHost: evil.example\r\n", 1) + "Content-Length: 1\r\n\r\nx",
		strings.Replace(verifyHead, "Host: localhost\r\n", "", 1) + "Content-Length: 1\r\n\r\nx",
	} {
		conn := dial(t, address)
		say(t, conn, head)
		r, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil || r.StatusCode != http.StatusBadRequest && r.StatusCode != http.StatusNotImplemented {
			t.Errorf("%q: %v, %v", head, r, err)
		}
	}
}

func TestAddressesInOtherFormsAreLookedAtToo(t *testing.T) {
	address := listen(t, handler(t, nil), nil)
	for request, want := range map[string]struct {
		status  int
		problem string
	}{
		"GET http://evil.example/v1/codes HTTP/1.1\r\nHost: localhost\r\n\r\n": {421, "host"}, // RFC 9112 §3.2.2: the target's host counts
		"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n":                        {404, "not-found"},
		"CONNECT localhost:22 HTTP/1.1\r\nHost: localhost\r\n\r\n":             {404, "not-found"},
	} {
		conn := dial(t, address)
		say(t, conn, request)
		r, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatal(err)
		}
		refused(t, r, want.status, want.problem)
	}
}

func TestEveryBoundOfTheServerIsSet(t *testing.T) {
	s := httpapi.Server("127.0.0.1:8080", http.NotFoundHandler())
	if s.Addr != "127.0.0.1:8080" || s.Handler == nil {
		t.Errorf("%+v", s)
	}
	if s.ReadHeaderTimeout <= 0 || s.ReadTimeout <= httpapi.DefaultLimits.Time || s.WriteTimeout <= s.ReadTimeout || s.IdleTimeout <= 0 || s.MaxHeaderBytes <= 0 || s.ErrorLog == nil {
		t.Errorf("a bound is missing, or cuts off a request that is in time: %+v", s)
	}
}
