package httpapi_test

import (
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/travelseal/travelseal/httpapi"
)

// A gate is a clock that stands still until it is opened; it holds a check at a known place.
type gate struct{ reached, open chan struct{} }

func newGate() *gate { return &gate{make(chan struct{}, 100), make(chan struct{})} }

func (g *gate) now() time.Time {
	g.reached <- struct{}{}
	<-g.open
	return now()
}

func TestTooManyRequestsAreToldToComeAgain(t *testing.T) {
	g := newGate()
	h := handler(t, func(c *httpapi.Config) {
		c.Verifier, c.Limits.Concurrent = verifier(t, trust(t), g.now), 1
	})
	var underway sync.WaitGroup
	answers := make(chan int, 100)
	for range 8 {
		underway.Go(func() { answers <- serve(h, post("text/plain", "x")).Code })
	}
	<-g.reached // one is checked; the others wait for it, or are about to
	deadline := time.After(20 * time.Second)
	for refusals := 0; refusals < 3; {
		select {
		case <-deadline:
			t.Fatal("nobody is refused")
		default:
		}
		probe := make(chan *http.Response, 1)
		underway.Go(func() {
			w := serve(h, post("text/plain", "x"))
			probe <- w.Result()
			answers <- w.Code
		})
		select {
		case r := <-probe:
			refused(t, r, http.StatusServiceUnavailable, "busy")
			if got := r.Header.Get("Retry-After"); got != "1" {
				t.Errorf("Retry-After is %q", got)
			}
			refusals++
		case <-time.After(50 * time.Millisecond): // it was admitted in place of one that is only about to come
		}
	}
	if w := serve(h, get("/healthz")); w.Code != http.StatusOK {
		t.Errorf("a busy service does not say that it lives: %d", w.Code)
	}
	close(g.open)
	underway.Wait()
	close(answers)
	ok := 0
	for status := range answers {
		if status == http.StatusOK {
			ok++
		}
	}
	if ok < 8 { // more where one came only after the gate was open
		t.Errorf("%d requests were run, want 8", ok)
	}
	if w := serve(h, post("text/plain", "x")); w.Code != http.StatusOK {
		t.Errorf("a slot was lost: %d", w.Code)
	}
}

func TestACheckThatTakesTooLongIsNotAVerdict(t *testing.T) {
	g := newGate()
	h := handler(t, func(c *httpapi.Config) {
		c.Verifier, c.Limits = verifier(t, trust(t), g.now), httpapi.Limits{Concurrent: 1, Time: time.Second}
	})
	first := make(chan *http.Response, 1)
	go func() { first <- serve(h, post("text/plain", string(specimen(t, "vaccination.txt")))).Result() }()
	<-g.reached
	refused(t, serve(h, post("text/plain", "x")).Result(), http.StatusServiceUnavailable, "busy") // waits for the first, in vain
	time.Sleep(200 * time.Millisecond)                                                            // the first began before it, and so its time is over too; let its timer run
	close(g.open)
	r := <-first
	refused(t, r, http.StatusServiceUnavailable, "time")
	if got := r.Header.Get("Retry-After"); got != "1" {
		t.Errorf("Retry-After is %q", got)
	}
}
