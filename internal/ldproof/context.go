package ldproof

import (
	"errors"
	"fmt"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// A Context is one JSON-LD context, as the facts that it states. A document names it by its URL; nothing is fetched.
// The names "id" and "type" always stand for @id and @type, unless a Scope defines them.
type Context struct {
	// Types are the names of types, each with the terms that hold in an object of that type alone (JSON-LD 1.1 §4.1.8,
	// type-scoped contexts do not propagate).
	Types map[string]Type
	// Unread are terms that the context defines and that are not read as members: prefixes, and members of objects that
	// no document here holds.
	Unread []string
	// Partial marks a context that defines more terms than are listed.
	Partial bool
}

// A Type is the IRI of a type and the terms that it brings.
type Type struct {
	IRI   string
	Terms Terms
}

// Terms are definitions by name.
type Terms map[string]Term

// A Term is the property that a member stands for.
type Term struct {
	IRI string
	// Coerce is the type of values that are texts: ID, the IRI of a datatype, or "" for xsd:string.
	Coerce string
	// Scope holds further terms, for the object that is the value and for all within it (property-scoped contexts
	// propagate). They win over those around them.
	Scope Terms
}

// ID as Term.Coerce makes texts IRIs.
const ID = "@id"

// maxContexts bounds what a document lists; real ones list two or three.
const maxContexts = 8

// contexts are those that a document lists, joined.
type contexts struct {
	types   map[string]Type
	unread  map[string]bool
	partial bool
	listed  []string
}

// readContexts reads "@context", which must be a list of known URLs that begins with the one of the data model (VC Data
// Model 1.1 §4.1). An unknown URL is a version that is not supported; a context in the text itself is an attempt to
// redefine what members mean.
func readContexts(v json.Value, own map[string]Context) (contexts, error) {
	c := contexts{types: make(map[string]Type), unread: make(map[string]bool)}
	if v.Kind() != json.Array {
		return c, fail(formats.CodeEnvelope, "@context", errors.New("not a list"))
	}
	for i, e := range v.Elements() {
		url, ok := e.Text()
		switch {
		case !ok:
			return c, fail(formats.CodeEnvelope, "@context", fmt.Errorf("element %d is not a URL: a document does not define its own terms", i))
		case i == maxContexts:
			return c, fail(formats.CodeLimit, "@context", fmt.Errorf("more than %d contexts", maxContexts))
		}
		known, ok := own[url]
		if !ok {
			known, ok = common[url]
		}
		if !ok || i == 0 && url != Credentials {
			return c, fail(formats.CodeVersion, "@context", fmt.Errorf("element %d is a context that is not known here, or not in this place", i))
		}
		c.add(url, known)
	}
	if len(c.listed) == 0 {
		return c, fail(formats.CodeEnvelope, "@context", errors.New("an empty list"))
	}
	return c, nil
}

func (c *contexts) add(url string, known Context) {
	for name, t := range known.Types {
		c.types[name] = t
	}
	for _, name := range known.Unread {
		c.unread[name] = true
	}
	c.partial = c.partial || known.Partial
	c.listed = append(c.listed, url)
}

// A scope is the terms that hold at one place of the document, the innermost first.
type scope struct {
	terms []Terms
	// propagated counts the terms, from the end, that hold in the objects within too.
	propagated int
}

// within is the scope of an object that is the value of a term: what propagates from around it, and the term's own.
func (s scope) within(t Term) scope {
	terms := s.terms[len(s.terms)-s.propagated:]
	if t.Scope != nil {
		terms = append([]Terms{t.Scope}, terms...)
	}
	return scope{terms, len(terms)}
}

func (s scope) find(name string) (Term, bool) {
	for _, terms := range s.terms {
		if t, ok := terms[name]; ok {
			return t, true
		}
	}
	return Term{}, false
}

func fail(code, step string, err error) error {
	return &formats.Error{Code: code, Step: step, Offset: -1, Err: err}
}
