package httpapi

import (
	"cmp"
	"net/http"
	"slices"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/verify"
)

// codeBody is one code in JSON.
type codeBody struct {
	Code   verify.Code `json:"code" doc:"The code; it never changes its meaning."`
	Effect string      `json:"effect" enum:"inform,protect,doubt,disqualify" doc:"What it does to a verdict, unless the policy says otherwise."`
	Text   string      `json:"text" doc:"One sentence for an officer."`
	Cite   string      `json:"cite,omitempty" doc:"What it rests on."`
	Next   string      `json:"next,omitempty" doc:"The next step, unless the policy says otherwise."`
	Limits string      `json:"limits,omitempty" doc:"What it does not mean."`
}

type codesBody struct {
	Codes []codeBody `json:"codes" nullable:"false"`
}

// listCodes gives the codes of package verify and those of the rules, in alphabetical order.
func listCodes(rules []verify.Explanation) codesBody {
	all := slices.Clone(rules)
	for _, c := range verify.Codes() {
		e, _ := verify.Explain(c)
		all = append(all, e)
	}
	list := codesBody{Codes: make([]codeBody, 0, len(all))}
	for _, e := range all {
		list.Codes = append(list.Codes, codeBody{Code: e.Code, Effect: e.Effect.String(), Text: e.Text, Cite: e.Cite, Next: e.Next, Limits: e.Limits})
	}
	slices.SortFunc(list.Codes, func(a, b codeBody) int { return cmp.Compare(a.Code, b.Code) })
	return list
}

func (s *service) code(w http.ResponseWriter, r *http.Request) error {
	i, found := slices.BinarySearchFunc(s.codes.Codes, verify.Code(r.PathValue("code")), func(a codeBody, c verify.Code) int { return cmp.Compare(a.Code, c) })
	if !found {
		return noCode.refused()
	}
	return writeJSON(w, s.codes.Codes[i])
}

// formatBody is one kind of document in JSON. Profiles of one format share its tolerances.
type formatBody struct {
	ID         formats.ID      `json:"id" doc:"The kind of document, as reports and policies name it."`
	Title      string          `json:"title"`
	Spec       string          `json:"spec" doc:"The specification that it is read by."`
	Tolerances []toleranceBody `json:"tolerances,omitempty" nullable:"false" doc:"Departures from the specification that are known."`
}

type toleranceBody struct {
	Name string `json:"name"`
	On   bool   `json:"on" doc:"Whether it applies, unless the policy says otherwise."`
	Why  string `json:"why"`
	Cite string `json:"cite"`
}

type formatsBody struct {
	Formats []formatBody `json:"formats" nullable:"false"`
}

func listFormats(set *formats.Set) formatsBody {
	list := formatsBody{Formats: []formatBody{}}
	for _, f := range set.List() {
		var tolerances []toleranceBody
		for _, t := range f.Tolerances {
			tolerances = append(tolerances, toleranceBody(t))
		}
		for _, id := range f.IDs() {
			p, _ := set.Lookup(id)
			list.Formats = append(list.Formats, formatBody{ID: p.ID, Title: p.Title, Spec: p.Spec, Tolerances: tolerances})
		}
	}
	return list
}

type problemsBody struct {
	Problems []problemBody `json:"problems" nullable:"false"`
}

func listProblems() problemsBody {
	list := problemsBody{}
	for _, p := range problems {
		list.Problems = append(list.Problems, p.body(""))
	}
	return list
}

// stateBody is the answer to those who watch the service.
type stateBody struct {
	State string `json:"state" enum:"alive,ready"`
}

func alive(w http.ResponseWriter, _ *http.Request) error { return writeJSON(w, stateBody{"alive"}) }

// ready says yes where a document could be accepted: there is a trust list with a key in it, and nothing else that the
// configuration asks for is missing. An old list is ready: it answers, and its reports say how old it is.
func (s *service) ready(w http.ResponseWriter, r *http.Request) error {
	if s.verifier.Inspect(r.Context(), nil).Trust.Keys == 0 {
		return notReady.because("The trust list holds no key.")
	}
	if s.also != nil {
		if err := s.also(); err != nil {
			s.log.Warn("not ready", "error", err.Error())
			return notReady.refused()
		}
	}
	return writeJSON(w, stateBody{"ready"})
}
