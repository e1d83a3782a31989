package httpapi_test

import (
	"encoding/json"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
)

// A certificate in the place of the passport's lines would be compared with itself.
func TestOnlyAZoneIsTakenForTheZone(t *testing.T) {
	text, err := os.ReadFile("../testdata/eu-dcc/vaccination.txt")
	if err != nil {
		t.Fatal(err)
	}
	pass, err := os.ReadFile("../testdata/bcbp/two-legs.txt") // as unsealed as a zone, and no passport
	if err != nil {
		t.Fatal(err)
	}
	for _, zone := range [][]byte{text, pass} {
		body, err := json.Marshal(map[string]any{"documents": []any{map[string]string{"text": string(text)}}, "mrz": string(zone)})
		if err != nil {
			t.Fatal(err)
		}
		w := httptest.NewRecorder()
		handler(t, nil).ServeHTTP(w, post("application/json", string(body)))
		report := w.Body.String()
		if w.Code != 200 || strings.Contains(report, "rule.identity") || !strings.Contains(report, "this is not a machine readable zone") {
			t.Errorf("%d: %s", w.Code, report)
		}
	}
}
