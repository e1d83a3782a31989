package httpapi

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"strings"
)

// An observer is the outermost handler: it turns what goes wrong below into an answer, and writes the log.
type observer struct {
	log   *slog.Logger
	serve func(http.ResponseWriter, *http.Request) error
}

func (o *observer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	answer := &answer{ResponseWriter: w, hasBody: r.ContentLength != 0}
	defer o.note(r, answer)
	defer o.recover(answer)
	answer.finish(o.serve(answer, r))
}

// An answer remembers what became of a response.
type answer struct {
	http.ResponseWriter
	hasBody bool // the request's
	status  int
	problem string // its name; "" where there was none
}

func (a *answer) WriteHeader(status int) {
	a.status = status
	a.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach the connection.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// finish writes what a handler refused. After an answer has begun, an error says that the client has gone.
func (a *answer) finish(err error) {
	if err == nil || a.status != 0 {
		return
	}
	var no *refusal
	if !errors.As(err, &no) {
		no = &refusal{problem: programFault}
	}
	a.problem = no.name
	if a.hasBody {
		// Otherwise the server would wait for what is left of the body, to use the connection again.
		a.Header().Set("Connection", "close")
		_ = http.NewResponseController(a).SetReadDeadline(past)
	}
	_ = no.write(a) // fails only where the client has gone
}

// recover answers a panic without its words, which may quote a document.
func (o *observer) recover(a *answer) {
	v := recover()
	if v == nil {
		return
	}
	if v == http.ErrAbortHandler || a.status != 0 {
		panic(http.ErrAbortHandler) // half an answer must not look like a whole one
	}
	o.log.Error("panic", "type", fmt.Sprintf("%T", v), "at", panicPlace())
	a.finish(programFault.refused())
}

// panicPlace gives the function and line that panicked, called from within a deferred function.
func panicPlace() string {
	pcs := make([]uintptr, 32)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	panicked := false
	for {
		f, more := frames.Next()
		if panicked && !strings.HasPrefix(f.Function, "runtime.") {
			return fmt.Sprintf("%s:%d", f.Function, f.Line)
		}
		panicked = panicked || f.Function == "runtime.gopanic"
		if !more {
			return "unknown"
		}
	}
}

// note writes the log's line for a request. The route is the pattern, not the address, which a stranger chooses.
func (o *observer) note(r *http.Request, a *answer) {
	level := slog.LevelInfo
	if a.status >= http.StatusInternalServerError {
		level = slog.LevelWarn
	}
	o.log.LogAttrs(r.Context(), level, "request", slog.String("method", known(r.Method)), slog.String("route", r.Pattern),
		slog.Int("status", a.status), slog.String("problem", a.problem))
}

// known gives a method of RFC 9110 as it is, and "other" for the rest, which a stranger may have filled.
func known(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete,
		http.MethodConnect, http.MethodOptions, http.MethodTrace:
		return method
	}
	return "other"
}
