package ldproof

import (
	"errors"
	"iter"
	"strconv"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// UnknownMember lets a document be checked that holds members or types which no context defines. They yield no
// statement, and are not shown.
var UnknownMember = formats.Tolerance{
	Name: "unknown-member", On: false,
	Why:  "JSON-LD processors drop what no context defines, so that anyone can add it to a signed document",
	Cite: "JSON-LD 1.1 Processing Algorithms §5.1.2 step 13.3",
}

// Why a document must not be checked. What cannot be told to be signed is never called a forgery.
const (
	notDefined  = "a member or type that no context defines, which the signature does not cover"
	notRead     = "a construct of JSON-LD that is not read here"
	twoOfOne    = "two objects have one name, so that of which something is said is not known"
	notAbsolute = "the name of something is no absolute IRI, which the signature does not cover"
	notAlike    = "a character or number that programs write in different ways when they sign"
)

// An expansion turns a document into statements and Nodes (JSON-LD 1.1 Processing Algorithms §5.1 and §7.1).
type expansion struct {
	contexts contexts
	tolerant bool
	made     statements
	names    map[string]bool
	objects  int
	unnamed  int
	problem  formats.Problem // the first reason not to check the document
	checks   []formats.Check
}

// object expands one object. The scope is what its place brings, without the terms of its types.
func (x *expansion) object(v json.Value, place string, around scope, covered bool) (*Node, error) {
	if x.objects++; x.objects > maxObjects {
		return nil, fail(formats.CodeLimit, "JSON-LD", errors.New("more than "+strconv.Itoa(maxObjects)+" objects"))
	}
	n := &Node{Place: place, Covered: covered}
	types, err := x.head(n, v, around)
	if err != nil {
		return nil, err
	}
	for _, t := range types {
		if err := x.say(n, rdf+"type", t.IRI, ""); err != nil {
			return nil, err
		}
	}
	s := x.scopeOf(n, types, around)
	for name, value := range v.Members() {
		if isHead(name, around) || place == "" && (name == "@context" || name == "proof") {
			continue
		}
		if err := x.member(n, name, value, s); err != nil {
			return nil, err
		}
	}
	return n, nil
}

// isHead reports whether a member names the object or its types.
func isHead(name string, around scope) bool {
	_, redefined := around.find(name)
	return !redefined && (name == "id" || name == "type")
}

// head reads the object's name and types before all other members, because types bring terms.
func (x *expansion) head(n *Node, v json.Value, around scope) ([]Type, error) {
	var types []Type
	named := false
	for name, value := range v.Members() {
		switch {
		case !isHead(name, around):
		case name == "type":
			types = x.types(n, value)
		default:
			id, ok := value.Text()
			if !ok {
				return nil, fail(formats.CodePayload, inside(n.Place, name), errors.New("not a text"))
			}
			n.Name, named = id, true
		}
	}
	if named {
		x.named(n, around)
		return types, nil
	}
	x.unnamed++
	if x.unnamed > maxUnnamed {
		return nil, fail(formats.CodeLimit, "JSON-LD", errors.New("more than "+strconv.Itoa(maxUnnamed)+" objects without a name"))
	}
	n.subject = "_:b" + strconv.Itoa(x.unnamed)
	return types, nil
}

// named finds by what name statements speak of an object. Statements about a relative IRI are no RDF and are dropped
// (§7.1.2 step 1.3.1), and with them the way to all that is within the object.
func (x *expansion) named(n *Node, around scope) {
	switch x.iri(n.Name, around) {
	case relative:
		n.Covered = false
	case unclear:
		n.Covered = false
		x.refuse(n.Place, notRead)
	case absolute:
		if x.names[n.Name] {
			x.refuse(n.Place, twoOfOne)
		}
		x.names[n.Name] = true
		n.subject = n.Name
	}
}

// elements gives the elements of an array, or another value as the only one: to JSON-LD the two are the same.
func elements(v json.Value) iter.Seq2[int, json.Value] {
	if v.Kind() == json.Array {
		return v.Elements()
	}
	return func(yield func(int, json.Value) bool) { yield(0, v) }
}

// member expands one member and its values.
func (x *expansion) member(n *Node, name string, v json.Value, s scope) error {
	term, known := s.find(name)
	if !known {
		return x.noTerm(n, name)
	}
	m := member{name: name}
	place, unnamed := inside(n.Place, name), 0
	for i, e := range elements(v) {
		if v.Kind() == json.Array {
			place = inside(n.Place, name) + "[" + strconv.Itoa(i) + "]"
		}
		value, ok, err := x.value(n, term, e, place, s)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		if value.Node != nil && value.Node.Name == "" {
			unnamed++
		}
		if unnamed > maxAlike {
			return fail(formats.CodeLimit, "JSON-LD", errors.New("more than "+strconv.Itoa(maxAlike)+" values of one member without a name"))
		}
		m.values = append(m.values, value)
	}
	n.members = append(n.members, m)
	return nil
}

// say makes a statement about an object, unless its name forbids any.
func (x *expansion) say(n *Node, property, object, datatype string) error {
	if n.subject == "" {
		return nil
	}
	return x.made.add(n.subject, property, object, datatype)
}

func inside(place, name string) string {
	if place == "" {
		return name
	}
	return place + "." + name
}
