package httpapi

import (
	"cmp"
	"encoding/json"
	"log/slog"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/verify"
)

// A service is what the routes share. It is immutable but for its slots.
type service struct {
	verifier *verify.Verifier
	set      *formats.Set
	limits   Limits
	slots    *slots
	codes    codesBody
	also     func() error
	log      *slog.Logger
	openapi  []byte
}

// New makes the handler, or says what is wrong with the Config.
func New(c Config) (http.Handler, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	hosts, err := hostSet(c.Hosts)
	if err != nil {
		return nil, err
	}
	origin, err := originCheck(c.Origins)
	if err != nil {
		return nil, err
	}
	s := &service{
		verifier: c.Verifier, set: c.Set, limits: c.Limits.orDefault(), codes: listCodes(c.Explain), also: c.Ready,
		log: cmp.Or(c.Logger, slog.New(slog.DiscardHandler)),
	}
	s.slots = newSlots(s.limits.Concurrent)
	routes, err := s.mux()
	if err != nil {
		return nil, err
	}
	g := &guard{hosts: hosts, origin: origin, routes: routes}
	return &observer{log: s.log, serve: g.serve}, nil
}

// An endpoint answers a request, or gives a *refusal.
type endpoint func(http.ResponseWriter, *http.Request) error

// handler has the observer's answer finish what the endpoint refuses.
func (e endpoint) handler(w http.ResponseWriter, r *http.Request) {
	w.(*answer).finish(e(w, r))
}

// withoutQuery refuses queries, which no address takes.
func (e endpoint) withoutQuery(w http.ResponseWriter, r *http.Request) error {
	if r.URL.RawQuery != "" || r.URL.ForceQuery {
		return hasQuery.refused()
	}
	return e(w, r)
}

// mux puts the routes together. Each is one huma.Operation, from which both the route and its description come, so that
// /openapi.json cannot forget one.
func (s *service) mux() (http.Handler, error) {
	mux := http.NewServeMux()
	api := humago.New(mux, huma.Config{OpenAPI: description()})
	for _, r := range s.routes(api.OpenAPI().Components.Schemas) {
		api.OpenAPI().AddOperation(&r.Operation)
		at := r.Operation
		if at.Path == "/" {
			at.Path = "/{$}" // to the mux, "/" is everything
		}
		serve := endpoint(r.serve.withoutQuery).handler
		api.Adapter().Handle(&at, func(ctx huma.Context) {
			request, w := humago.Unwrap(ctx)
			serve(w, request)
		})
		mux.HandleFunc(at.Path, otherMethod(at.Method).handler)
	}
	mux.HandleFunc("/", endpoint(nothing).handler)
	var err error
	s.openapi, err = json.MarshalIndent(api.OpenAPI(), "", "  ")
	return mux, err
}

// otherMethod refuses the methods that a path does not take.
func otherMethod(taken string) endpoint {
	if taken == http.MethodGet {
		taken = "GET, HEAD"
	}
	return func(w http.ResponseWriter, _ *http.Request) error {
		w.Header().Set("Allow", taken)
		return wrongMethod.refused()
	}
}

func nothing(http.ResponseWriter, *http.Request) error { return notFound.refused() }
