package httpapi

import (
	"net/http"
	"reflect"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"github.com/travelseal/travelseal/httpapi/page"
	"github.com/travelseal/travelseal/verify"
)

// A route is one address with its description and what answers it.
type route struct {
	huma.Operation
	serve endpoint
}

// description is the OpenAPI document before its routes. The number is that of this interface, not of the program.
func description() *huma.OpenAPI {
	return &huma.OpenAPI{
		OpenAPI: "3.1.0",
		Info: &huma.Info{
			Title: "travelseal", Version: "1",
			Description: "Says whether a travel or health document is genuine, how that is known, and what to do next. " +
				"A verdict is for a trained person to act on: only proof rejects, and no finding is by itself a ground to " +
				"deny boarding, entry or protection.",
		},
	}
}

// routes lists every address that is served.
func (s *service) routes(r huma.Registry) []route {
	list := []route{
		s.verifyRoute(r),
		get("list-codes", "/v1/codes", "Every code that a report can hold", response(r, codesBody{}), constant(s.codes)),
		codeRoute(r, s.code),
		get("list-formats", "/v1/formats", "The kinds of document that are read", response(r, formatsBody{}), constant(listFormats(s.set))),
		get("list-problems", "/v1/problems", "What can be wrong with a request", response(r, problemsBody{}), constant(listProblems())),
		get("health", "/healthz", "Whether the process lives", response(r, stateBody{}), alive),
		get("readiness", "/readyz", "Whether a document could be accepted", response(r, stateBody{}), s.ready, notReady),
		get("openapi", "/openapi.json", "This description", media("application/json", &huma.Schema{Type: huma.TypeObject}),
			func(w http.ResponseWriter, _ *http.Request) error {
				return write(w, http.StatusOK, "application/json", s.openapi)
			}),
	}
	for _, f := range page.Files() {
		list = append(list, get("page"+f.Path, f.Path, "The officer's page: "+f.About, media(f.MediaType, &huma.Schema{Type: huma.TypeString}),
			func(w http.ResponseWriter, _ *http.Request) error {
				return write(w, http.StatusOK, f.MediaType, f.Content)
			}))
	}
	for i := range list {
		list[i].describeProblems(r)
	}
	openAnswers(r)
	return list
}

// openAnswers lets answers gain members under this number. Requests stay closed: an unknown member is a mistake.
func openAnswers(r huma.Registry) {
	asked := map[string]bool{"CaseBody": true, "DocumentBody": true}
	for name, schema := range r.Map() {
		if !asked[name] {
			schema.AdditionalProperties = true
		}
	}
}

// constant answers with a value that never changes.
func constant(v any) endpoint {
	return func(w http.ResponseWriter, _ *http.Request) error { return writeJSON(w, v) }
}

// get describes a GET. Every address can meet the problems of the guard; more are named.
func get(id, path, summary string, ok *huma.Response, serve endpoint, more ...*problem) route {
	r := route{Operation: huma.Operation{OperationID: id, Method: http.MethodGet, Path: path, Summary: summary}, serve: serve}
	r.Responses = map[string]*huma.Response{"200": ok}
	r.expect(append(more, wrongHost, hasQuery, programFault)...)
	return r
}

func codeRoute(r huma.Registry, serve endpoint) route {
	c := get("explain-code", "/v1/codes/{code}", "One code", response(r, codeBody{}), serve, noCode)
	c.Parameters = []*huma.Param{{Name: "code", In: "path", Required: true, Schema: &huma.Schema{Type: huma.TypeString}}}
	return c
}

// verifyRoute describes the check. The Report's full description is doc/report.schema.json; here stand the members that
// say what to do.
func (s *service) verifyRoute(r huma.Registry) route {
	binary := &huma.Schema{Type: huma.TypeString, Format: "binary"}
	content := map[string]*huma.MediaType{
		"application/json": {Schema: s.caseSchema(r)},
		"text/plain":       {Schema: &huma.Schema{Type: huma.TypeString, Description: "The text of one document's code."}},
	}
	for m := range parsers {
		if content[m] == nil {
			content[m] = &huma.MediaType{Schema: binary}
		}
	}
	v := route{serve: s.verify, Operation: huma.Operation{
		OperationID: "verify", Method: http.MethodPost, Path: "/v1/verify", Summary: "Check the documents of one traveller",
		Description: "A document that is bad in any way is a verdict, with status 200. A problem says that the request could not be run.",
		RequestBody: &huma.RequestBody{Required: true, Content: content},
		Responses:   map[string]*huma.Response{"200": media("application/json", reportSchema())},
	}}
	v.expect(wrongHost, wrongOrigin, hasQuery, wrongMedia, wrongCoding, tooLarge, tooBusy, tooSlow, brokenBody, notJSON, notRequest, noDocument,
		tooMany, outOfTime, programFault)
	return v
}

func (s *service) caseSchema(r huma.Registry) *huma.Schema {
	ref := r.Schema(reflect.TypeFor[caseBody](), true, "")
	r.SchemaFromRef(ref.Ref).Properties["documents"].MaxItems = &s.limits.Documents
	return ref
}

func reportSchema() *huma.Schema {
	str := &huma.Schema{Type: huma.TypeString}
	objects := &huma.Schema{Type: huma.TypeArray, Items: &huma.Schema{Type: huma.TypeObject}}
	return &huma.Schema{
		Type: huma.TypeObject, Description: "A report of the form " + verify.ReportSchema + "; doc/report.schema.json describes all of it.",
		Properties: map[string]*huma.Schema{
			"schema":  {Type: huma.TypeString, Enum: []any{verify.ReportSchema}},
			"verdict": {Type: huma.TypeString, Enum: []any{verify.Accept.String(), verify.Refer.String(), verify.Reject.String()}},
			"as_of":   str, "checked_at": str, "software": {Type: huma.TypeObject}, "trust": {Type: huma.TypeObject},
			"policy": {Type: huma.TypeObject}, "findings": objects, "documents": objects,
		},
		Required: []string{"schema", "verdict", "as_of", "checked_at", "software", "trust", "policy", "findings", "documents"},
	}
}

// expect names problems that the route can meet, by status and sentence.
func (r *route) expect(list ...*problem) {
	for _, p := range list {
		status := strconv.Itoa(p.status)
		if known := r.Responses[status]; known != nil {
			known.Description += " " + p.title
			continue
		}
		r.Responses[status] = &huma.Response{Description: p.title}
	}
}

// describeProblems gives the form of every answer that is a problem.
func (r *route) describeProblems(registry huma.Registry) {
	schema := registry.Schema(reflect.TypeFor[problemBody](), true, "")
	for _, answer := range r.Responses {
		if answer.Content == nil {
			answer.Content = map[string]*huma.MediaType{"application/problem+json": {Schema: schema}}
		}
	}
}

// response describes an answer in JSON by a value of its type.
func response(r huma.Registry, v any) *huma.Response {
	return media("application/json", r.Schema(reflect.TypeOf(v), true, ""))
}

func media(mediaType string, schema *huma.Schema) *huma.Response {
	return &huma.Response{Description: "OK", Content: map[string]*huma.MediaType{mediaType: {Schema: schema}}}
}
