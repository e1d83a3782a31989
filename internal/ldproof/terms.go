package ldproof

import (
	"errors"
	"slices"
	"strings"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// types gives the types of an object that a context defines.
func (x *expansion) types(n *Node, v json.Value) []Type {
	var types []Type
	for _, e := range elements(v) {
		name, ok := e.Text()
		switch t, known := x.contexts.types[name]; {
		case known && !n.Is(name):
			n.Types = append(n.Types, name)
			types = append(types, t)
		case known:
		case !ok || x.contexts.unread[name] || strings.ContainsAny(name, ":@"):
			x.refuse(n.Place, notRead)
		default:
			x.unknown(n.Place)
		}
	}
	return types
}

// scopeOf is the scope of an object of some types. The contexts protect their terms, so that no type may redefine one of
// another or of the place (JSON-LD 1.1 §4.1.11).
func (x *expansion) scopeOf(n *Node, types []Type, around scope) scope {
	s := around
	for _, t := range types {
		for name := range t.Terms {
			if _, twice := s.find(name); twice {
				x.refuse(n.Place, notRead)
			}
		}
		s = scope{append([]Terms{t.Terms}, s.terms...), s.propagated}
	}
	return s
}

// noTerm handles a member that no term stands for here.
func (x *expansion) noTerm(n *Node, name string) error {
	_, isType := x.contexts.types[name]
	switch {
	case strings.HasPrefix(name, "@"):
		return fail(formats.CodeEnvelope, "JSON-LD", errors.New("a keyword of JSON-LD among the members"))
	case isType || x.contexts.unread[name] || strings.Contains(name, ":"):
		x.refuse(n.Place, notRead)
	default:
		x.unknown(n.Place)
	}
	return nil
}

// unknown notes what no context defines.
func (x *expansion) unknown(place string) {
	if !x.tolerant || x.contexts.partial {
		x.refuse(place, notDefined)
		return
	}
	if place == "" {
		place = "credential"
	}
	c := formats.Check{Kind: formats.Reading, Result: formats.Doubtful, Name: UnknownMember.Name, Where: place, Text: notDefined}
	if !slices.Contains(x.checks, c) {
		x.checks = append(x.checks, c)
	}
}

func (x *expansion) refuse(place, why string) {
	if x.problem.Code != "" {
		return
	}
	if place != "" {
		why = place + ": " + why
	}
	x.problem = formats.Problem{Code: formats.CodeSealUnsupported, Text: why}
}
