package ldproof

import "github.com/travelseal/travelseal/internal/strict/json"

// A Node is one object of a document as it stands, and whether its members are what the proof signs.
type Node struct {
	// Place leads to the object: "credentialSubject", "evidence[0].facility"; "" for the document itself.
	Place string
	// Name is its "id" as written; "" where it has none.
	Name string
	// Covered reports that every member of the object is a statement of the signed graph, and that the graph leads from
	// the document to the object. It is false for an object whose name is no absolute IRI, and for all within it.
	Covered bool
	// Types are the names of its types that a context defines, in the order of the text.
	Types []string

	subject string // by which statements speak of it; "" where none can
	members []member
}

// A member is a name that a context defines here, with its values. An array of values is a set: JSON-LD keeps neither
// their order nor whether one is there twice.
type member struct {
	name   string
	values []Value
}

// A Value is one value of a member: an object, or a text, number or truth value as it stands.
type Value struct {
	Node   *Node
	Scalar json.Value
}

// Is reports whether the object has a type.
func (n *Node) Is(name string) bool {
	for _, t := range n.Types {
		if t == name {
			return true
		}
	}
	return false
}

// Values gives the values of a member; nil where there is no such member. A nil Node has no members.
func (n *Node) Values(name string) []Value {
	if n == nil {
		return nil
	}
	for _, m := range n.members {
		if m.name == name {
			return m.values
		}
	}
	return nil
}

// Each calls a function with every member, in the order of the text.
func (n *Node) Each(f func(name string, values []Value)) {
	for _, m := range n.members {
		f(m.name, m.values)
	}
}
