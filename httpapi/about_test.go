package httpapi_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats/all"
	"github.com/travelseal/travelseal/httpapi"
	"github.com/travelseal/travelseal/httpapi/page"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

func explanation(code verify.Code) verify.Explanation {
	return verify.Explanation{Code: code, Effect: verify.Doubt, Text: "A sentence.", Cite: "A paragraph.", Next: "A step."}
}

// answered reads an answer of status 200.
func answered[T any](t *testing.T, h http.Handler, address string) T {
	t.Helper()
	w := serve(h, get(address))
	var v T
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil || w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/json" {
		t.Fatalf("%s: status %d, %v: %s", address, w.Code, err, w.Body)
	}
	return v
}

type code struct{ Code, Effect, Text, Cite, Next, Limits string }

func TestEveryCodeIsExplained(t *testing.T) {
	h := handler(t, func(c *httpapi.Config) { c.Explain = []verify.Explanation{explanation("rule.x"), explanation("age.y")} })
	list := answered[struct{ Codes []code }](t, h, "/v1/codes").Codes
	if len(list) != len(verify.Codes())+2 || !slices.IsSortedFunc(list, func(a, b code) int { return strings.Compare(a.Code, b.Code) }) {
		t.Errorf("%d codes, or not in order", len(list))
	}
	for _, c := range list {
		e, ok := verify.Explain(verify.Code(c.Code))
		if !ok {
			e = explanation(verify.Code(c.Code))
		}
		if want := (code{string(e.Code), e.Effect.String(), e.Text, e.Cite, e.Next, e.Limits}); c != want {
			t.Errorf("got %+v, want %+v", c, want)
		}
		if one := answered[code](t, h, "/v1/codes/"+c.Code); one != c {
			t.Errorf("alone %+v, in the list %+v", one, c)
		}
	}
}

func TestEveryFormatIsListedWithItsTolerances(t *testing.T) {
	list := answered[struct {
		Formats []struct {
			ID, Title, Spec string
			Tolerances      []struct {
				Name, Why, Cite string
				On              bool
			}
		}
	}](t, handler(t, nil), "/v1/formats").Formats
	var ids []string
	for _, f := range list {
		ids = append(ids, f.ID)
		if f.Title == "" || f.Spec == "" {
			t.Errorf("%s lacks its title or specification", f.ID)
		}
	}
	for _, id := range all.Set().IDs() {
		if !slices.Contains(ids, string(id)) {
			t.Errorf("%s is not listed", id)
		}
	}
	for _, f := range all.Set().List() {
		i := slices.Index(ids, string(f.IDs()[0]))
		if got := len(list[i].Tolerances); got != len(f.Tolerances) {
			t.Errorf("%s: %d tolerances, want %d", f.ID, got, len(f.Tolerances))
		}
	}
}

func TestEveryProblemIsExplained(t *testing.T) {
	list := answered[struct{ Problems []problem }](t, handler(t, nil), "/v1/problems").Problems
	seen := make(map[string]bool)
	for _, p := range list {
		if seen[p.Type] || !strings.HasPrefix(p.Type, "/v1/problems#") || p.Title == "" || p.Next == "" || p.Status < 400 || p.Status > 599 {
			t.Errorf("repeated or incomplete: %+v", p)
		}
		seen[p.Type] = true
	}
	if len(list) < 19 {
		t.Errorf("only %d problems", len(list))
	}
}

func TestReadyMeansThatADocumentCouldBeAccepted(t *testing.T) {
	empty, err := trustlist.New(trustlist.Info{Name: "empty"}, nil, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	secret := errors.New("disk of Achterberg-Lindqvist is full")
	for _, c := range []struct {
		name   string
		source verify.TrustSource
		ready  func() error
		ok     bool
	}{
		{"a list", trust(t), nil, true},
		{"a list, and the rest is in order", trust(t), func() error { return nil }, true},
		{"a list, and the rest is not", trust(t), func() error { return secret }, false},
		{"an empty list", empty, nil, false},
		{"no list", nil, nil, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := handler(t, func(k *httpapi.Config) { k.Verifier, k.Ready = verifier(t, c.source, now), c.ready })
			if answered[struct{ State string }](t, h, "/healthz").State != "alive" {
				t.Error("the process does not say that it lives")
			}
			if c.ok {
				if answered[struct{ State string }](t, h, "/readyz").State != "ready" {
					t.Error("not ready")
				}
				return
			}
			w := serve(h, get("/readyz"))
			if strings.Contains(w.Body.String(), "Achterberg") {
				t.Error("the answer repeats the reason")
			}
			refused(t, w.Result(), http.StatusServiceUnavailable, "not-ready")
		})
	}
}

func TestThePageIsServedAsItIs(t *testing.T) {
	h := handler(t, nil)
	for _, f := range page.Files() {
		w := serve(h, get(f.Path))
		if w.Code != http.StatusOK || w.Header().Get("Content-Type") != f.MediaType || w.Body.String() != string(f.Content) || w.Body.Len() == 0 {
			t.Errorf("%s: status %d, %s, %d bytes", f.Path, w.Code, w.Header().Get("Content-Type"), w.Body.Len())
		}
		head := get(f.Path)
		head.Method = http.MethodHead
		if w := serve(h, head); w.Code != http.StatusOK {
			t.Errorf("HEAD %s: status %d", f.Path, w.Code)
		}
	}
}
