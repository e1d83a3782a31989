package httpapi_test

import (
	"encoding/json"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/travelseal/travelseal/httpapi"
	"github.com/travelseal/travelseal/trustlist"
)

// A swap is a source whose list is exchanged while it is asked.
type swap struct {
	atomic.Pointer[trustlist.Snapshot]
}

func (s *swap) Snapshot() *trustlist.Snapshot { return s.Load() }

// Of a thousand requests during which the list is exchanged, each names one list, and its verdict is that list's.
func TestEveryReportRestsOnOneList(t *testing.T) {
	full := trust(t)
	without, err := trustlist.New(trustlist.Info{Name: "without", Version: 2, Created: now()}, nil, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	with, err := trustlist.New(trustlist.Info{Name: "with", Version: 1, Created: now().Add(-time.Hour)}, full.Anchors(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	var source swap
	source.Store(with)
	h := handler(t, func(c *httpapi.Config) { c.Verifier, c.Limits.Concurrent = verifier(t, &source, now), 128 })
	body := string(specimen(t, "vaccination.txt"))

	stop := make(chan struct{})
	var swapping, asking sync.WaitGroup
	swapping.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
				source.Store([]*trustlist.Snapshot{with, without}[i%2])
			}
		}
	})
	type report struct {
		Verdict string
		Trust   struct {
			List, Age string
			Version   int
			Keys      int
		}
	}
	var seen [2]atomic.Int32
	for range 1000 {
		asking.Go(func() {
			w := serve(h, post("text/plain", body))
			var r report
			if err := json.Unmarshal(w.Body.Bytes(), &r); err != nil || w.Code != http.StatusOK {
				t.Errorf("status %d, %v", w.Code, err)
				return
			}
			switch {
			case r.Trust.List == "with" && r.Trust.Version == 1 && r.Trust.Keys == full.Info().Anchors && r.Trust.Age == "0d1h" && r.Verdict == "accept":
				seen[0].Add(1)
			case r.Trust.List == "without" && r.Trust.Version == 2 && r.Trust.Keys == 0 && r.Verdict == "refer":
				seen[1].Add(1)
			default:
				t.Errorf("a report mixes two lists: %+v", r)
			}
		})
	}
	asking.Wait()
	close(stop)
	swapping.Wait()
	if seen[0].Load() == 0 || seen[1].Load() == 0 {
		t.Errorf("the lists were seen %d and %d times, so nothing was swapped", seen[0].Load(), seen[1].Load())
	}
}
