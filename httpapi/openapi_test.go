package httpapi_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/travelseal/travelseal/httpapi"
)

// everyRoute is what the service serves. A route that is not here, or not in the description, fails a test.
var everyRoute = []string{
	"GET /", "GET /healthz", "GET /icon.svg", "GET /openapi.json", "GET /page.css", "GET /page.js", "GET /readyz",
	"GET /v1/codes", "GET /v1/codes/{code}", "GET /v1/formats", "GET /v1/problems", "POST /v1/verify",
}

type operation struct {
	OperationID string `json:"operationId"`
	Summary     string
	Parameters  []struct {
		Name, In string
		Required bool
	}
	RequestBody struct {
		Required bool
		Content  map[string]map[string]any
	}
	Responses map[string]struct {
		Description string
		Content     map[string]struct{ Schema map[string]any }
	}
}

type openapi struct {
	OpenAPI    string
	Info       struct{ Title, Version string }
	Paths      map[string]map[string]operation
	Components struct{ Schemas map[string]any }
}

func TestTheDescriptionListsEveryRoute(t *testing.T) {
	h := handler(t, nil)
	d := answered[openapi](t, h, "/openapi.json")
	if d.OpenAPI != "3.1.0" || d.Info.Title == "" || d.Info.Version == "" {
		t.Errorf("%s, %+v", d.OpenAPI, d.Info)
	}
	var listed []string
	ids := make(map[string]bool)
	for path, item := range d.Paths {
		for method, op := range item {
			listed = append(listed, strings.ToUpper(method)+" "+path)
			if ids[op.OperationID] || op.OperationID == "" || op.Summary == "" || len(op.Responses) < 2 {
				t.Errorf("%s %s: the operation is incomplete or its ID is used twice: %+v", method, path, op)
			}
			ids[op.OperationID] = true
			for status, r := range op.Responses {
				if r.Description == "" || len(r.Content) == 0 {
					t.Errorf("%s %s: the response %s says nothing", method, path, status)
				}
				if _, isProblem := r.Content["application/problem+json"]; isProblem != (status[0] >= '4') {
					t.Errorf("%s %s: the response %s is a problem: %v", method, path, status, isProblem)
				}
			}
			if strings.Count(path, "{") != len(op.Parameters) {
				t.Errorf("%s %s: %d parameters", method, path, len(op.Parameters))
			}
			w := serve(h, request(method, strings.Replace(path, "{code}", "seal.none", 1)))
			if w.Code == http.StatusNotFound || w.Code == http.StatusMethodNotAllowed {
				t.Errorf("%s %s is described and not served", method, path)
			}
		}
	}
	slices.Sort(listed)
	if !slices.Equal(listed, everyRoute) {
		t.Errorf("described: %q\nwant:      %q", listed, everyRoute)
	}
	want := []string{"application/json", "application/zip", "image/gif", "image/jpeg", "image/png", "image/webp", "text/plain"}
	if got := slices.Sorted(maps.Keys(d.Paths["/v1/verify"]["post"].RequestBody.Content)); !slices.Equal(got, want) {
		t.Errorf("the media types are %q", got)
	}
	for _, media := range want {
		if w := serve(h, post(media, "x")); w.Code == http.StatusUnsupportedMediaType {
			t.Errorf("%s is described and not taken", media)
		}
	}
}

func request(method, path string) *http.Request {
	if method == "post" {
		return post("text/plain", "x")
	}
	return get(path)
}

// schema compiles one place of the description, with all that it refers to.
func schema(t *testing.T, h http.Handler, place string) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(serve(h, get("/openapi.json")).Body)
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("openapi.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("openapi.json#" + place)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func pointer(path, method, status, media string) string {
	escape := strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D").Replace
	return fmt.Sprintf("/paths/%s/%s/responses/%s/content/%s/schema", escape(path), method, status, escape(media))
}

func TestAnswersKeepTheirDescription(t *testing.T) {
	h := handler(t, nil)
	for _, c := range []struct {
		r      *http.Request
		path   string
		status int
	}{
		{get("/v1/codes"), "/v1/codes", 200}, {get("/v1/codes/seal.none"), "/v1/codes/{code}", 200}, {get("/v1/codes/x"), "/v1/codes/{code}", 404},
		{get("/v1/formats"), "/v1/formats", 200}, {get("/v1/problems"), "/v1/problems", 200}, {get("/healthz"), "/healthz", 200}, {get("/readyz"), "/readyz", 200},
		{get("/v1/codes?x"), "/v1/codes", 400}, {post("text/plain", string(specimen(t, "vaccination.txt"))), "/v1/verify", 200},
		{post("text/plain", string(specimen(t, "forged.txt"))), "/v1/verify", 200}, {post("image/png", "x"), "/v1/verify", 200},
		{post("text/html", "x"), "/v1/verify", 415}, {post("application/json", "x"), "/v1/verify", 400}, {post("application/json", "{}"), "/v1/verify", 422},
	} {
		w := serve(h, c.r)
		if w.Code != c.status {
			t.Fatalf("%s: status %d: %s", c.path, w.Code, w.Body)
		}
		value, err := jsonschema.UnmarshalJSON(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		s := schema(t, h, pointer(c.path, strings.ToLower(c.r.Method), fmt.Sprint(c.status), w.Header().Get("Content-Type")))
		if err := s.Validate(value); err != nil {
			t.Errorf("%s %d: %v", c.path, c.status, err)
		}
		if m := value.(map[string]any); s.Validate(m) == nil {
			m["new"] = true // members may be added
			if err := s.Validate(m); err != nil {
				t.Errorf("%s %d: a new member breaks the description: %v", c.path, c.status, err)
			}
		}
		if err := s.Validate(map[string]any{}); err == nil {
			t.Errorf("%s %d: the description takes anything", c.path, c.status)
		}
	}
}

// What the description forbids the service refuses, and what it permits the service runs.
func TestRequestsKeepTheirDescription(t *testing.T) {
	h := handler(t, func(c *httpapi.Config) { c.Limits.Documents = 2 })
	s := schema(t, h, "/paths/~1v1~1verify/post/requestBody/content/application~1json/schema")
	for body, good := range map[string]bool{
		`{"documents":[{"text":"x"},{"base64":"eA=="}],"mrz":"x","as_of":"2026-11-01T00:00:00Z","show_unverified":true}`: true,
		`{"mrz":"x"}`:                       true,
		`{"documents":[{"text":1}]}`:        false,
		`{"documents":"x"}`:                 false,
		`{"mrz":"x","more":1}`:              false,
		`{"documents":[{"url":"x"}]}`:       false,
		`{"mrz":"x","show_unverified":"x"}`: false,
		documents(3):                        false,
	} {
		var v any
		if err := json.Unmarshal([]byte(body), &v); err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(v); (err == nil) != good {
			t.Errorf("%s: the description says %v", body, err)
		}
		if w := serve(h, post("application/json", body)); (w.Code == http.StatusOK) != good {
			t.Errorf("%s: the service says %d", body, w.Code)
		}
	}
}
