package httpapi_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/travelseal/travelseal/httpapi"
)

// Whatever is sent: the answer is a report, or a problem that is the request's; never a failure of the program.
func FuzzVerify(f *testing.F) {
	h := handler(f, func(c *httpapi.Config) { c.Limits = httpapi.Limits{Body: 64 << 10, Pixels: 10_000} })
	f.Add("text/plain", string(specimen(f, "vaccination.txt")))
	f.Add("image/png", string(specimen(f, "vaccination.png")))
	f.Add("image/gif", blankGIF)
	f.Add("application/json", `{"documents":[{"text":"HC1:"},{"base64":"eA=="}],"mrz":"P<","as_of":"2026-11-01T00:00:00Z","show_unverified":true}`)
	f.Add("application/json", `{"documents":[{"text":null}]}`)
	f.Add("text/plain; charset=utf-8", "")
	f.Fuzz(func(t *testing.T, media, body string) {
		w := serve(h, post(media, body))
		var answer struct{ Schema, Verdict, Type string }
		if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
			t.Fatalf("status %d, and %v", w.Code, err)
		}
		switch {
		case w.Code == http.StatusOK && answer.Schema == "travelseal.report/1" && answer.Verdict != "":
		case w.Code >= 400 && w.Code < 500 && answer.Type != "":
		default:
			t.Errorf("status %d, %+v", w.Code, answer)
		}
	})
}
