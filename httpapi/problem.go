package httpapi

import (
	"encoding/json"
	"net/http"
	"strconv"
)

// A problem is one way in which a request cannot be run. Its type is a stable address under which /v1/problems
// explains it.
type problem struct {
	name   string
	status int
	title  string // one sentence
	next   string // what to do
}

var (
	notFound     = &problem{"not-found", http.StatusNotFound, "There is nothing at this address.", "Look at /openapi.json for the addresses that there are."}
	noCode       = &problem{"code-unknown", http.StatusNotFound, "There is no such code.", "Look at /v1/codes for the codes that there are."}
	wrongMethod  = &problem{"method", http.StatusMethodNotAllowed, "This address does not take this method.", "Use a method that the header Allow names. Documents go into the body of a POST, never into an address."}
	wrongHost    = &problem{"host", http.StatusMisdirectedRequest, "The request is for a host that is not served here.", "Use the name of this machine, or have the name added to the hosts of this service."}
	wrongOrigin  = &problem{"origin", http.StatusForbidden, "The request comes from a page of another origin.", "Use the page of this service, or have the origin added to those of this service."}
	hasQuery     = &problem{"query", http.StatusBadRequest, "The address carries a query, and none is taken here.", "Put documents and options into the body."}
	brokenBody   = &problem{"body", http.StatusBadRequest, "The body of the request ends early or cannot be read.", "Send it again."}
	tooSlow      = &problem{"slow", http.StatusRequestTimeout, "The body of the request did not arrive in time.", "Send it again; a smaller picture arrives sooner."}
	tooLarge     = &problem{"too-large", http.StatusRequestEntityTooLarge, "The request is larger than the limit.", "Use smaller pictures, or cut out the codes."}
	wrongMedia   = &problem{"media-type", http.StatusUnsupportedMediaType, "This kind of content is not taken here.", "Send text/plain or application/json in UTF-8, or image/png, image/jpeg, image/gif or image/webp."}
	wrongCoding  = &problem{"content-encoding", http.StatusUnsupportedMediaType, "Compressed requests are not taken here.", "Send the body as it is."}
	notJSON      = &problem{"json", http.StatusBadRequest, "The body is not JSON, or it is JSON that can be read in two ways.", "Follow RFC 8259 and RFC 7493: UTF-8, one value, no repeated names."}
	notRequest   = &problem{"request", http.StatusUnprocessableEntity, "The JSON is not a request of the form that is taken here.", "Look at /openapi.json for the form."}
	noDocument   = &problem{"no-document", http.StatusUnprocessableEntity, "The request holds no document.", "Send at least one document."}
	tooMany      = &problem{"too-many", http.StatusUnprocessableEntity, "The request holds more documents than the limit.", "Send the documents of one traveller only, and fewer at a time."}
	tooBusy      = &problem{"busy", http.StatusServiceUnavailable, "Too many requests are underway.", "Try again in a moment."}
	outOfTime    = &problem{"time", http.StatusServiceUnavailable, "The check took longer than the limit and was stopped.", "Try again; use fewer or smaller pictures, or cut out the codes."}
	notReady     = &problem{"not-ready", http.StatusServiceUnavailable, "The service lives, but it could not accept any document now.", "Look into the log of the service; most often the trust list is missing."}
	programFault = &problem{"internal", http.StatusInternalServerError, "The program failed on this request.", "Refer the person to a colleague, and report the failure to those who keep the program."}
)

// problems lists every problem, in the order in which a request can meet them.
var problems = []*problem{
	wrongHost, notFound, noCode, wrongOrigin, wrongMethod, hasQuery, wrongMedia, wrongCoding, tooLarge, tooBusy, tooSlow, brokenBody,
	notJSON, notRequest, noDocument, tooMany, outOfTime, notReady, programFault,
}

// A refusal is a problem of one request. Its detail names places, sizes and limits, never a piece of what was sent.
type refusal struct {
	*problem
	detail string
}

func (r *refusal) Error() string { return r.title + " " + r.detail }

// because gives the problem with a detail.
func (p *problem) because(detail string) error { return &refusal{p, detail} }

// refused gives the problem without a detail.
func (p *problem) refused() error { return &refusal{p, ""} }

// problemBody is a problem in JSON (RFC 9457 §3.1), with the next step as an extension member.
type problemBody struct {
	Type   string `json:"type" format:"uri-reference" doc:"Which problem this is; stable, and explained under /v1/problems."`
	Title  string `json:"title" doc:"The problem in a sentence."`
	Status int    `json:"status" doc:"The status of the response."`
	Detail string `json:"detail,omitempty" doc:"What is particular to this request: places, sizes and limits."`
	Next   string `json:"next" doc:"What to do."`
}

func (p *problem) body(detail string) problemBody {
	return problemBody{Type: "/v1/problems#" + p.name, Title: p.title, Status: p.status, Detail: detail, Next: p.next}
}

func (r *refusal) write(w http.ResponseWriter) error {
	b, err := json.Marshal(r.body(r.detail))
	if err != nil {
		return err
	}
	h := w.Header()
	switch r.problem {
	case tooBusy, outOfTime:
		h.Set("Retry-After", "1")
	case wrongCoding:
		h.Set("Accept-Encoding", "identity") // RFC 9110 §15.5.16
	}
	return write(w, r.status, "application/problem+json", append(b, '\n'))
}

// write sends one complete answer.
func write(w http.ResponseWriter, status int, mediaType string, body []byte) error {
	w.Header().Set("Content-Type", mediaType)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, err := w.Write(body)
	return err
}

// writeJSON sends a value as indented JSON with a final newline, as reports are written.
func writeJSON(w http.ResponseWriter, v any) error {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	return write(w, http.StatusOK, "application/json", append(b, '\n'))
}
