package ldproof

import (
	"fmt"

	"github.com/piprate/json-gold/ld"

	"github.com/travelseal/travelseal/formats"
)

// The bounds of a graph. A certificate has about 45 statements and 7 objects, 5 of them without a name; the time of
// URDNA2015 grows with the factorial of the unnamed objects that look alike, so that these bounds are what keeps it short.
const (
	maxStatements = 1000
	maxObjects    = 256
	maxUnnamed    = 32
	maxAlike      = 4 // unnamed values of one member
)

// A statement is an RDF triple. A subject or object that begins with "_:" is an object without a name.
type statement struct {
	subject, predicate, object string
	// datatype is set where the object is a literal.
	datatype string
}

// A statements is a set: a statement that is made twice is made once.
type statements struct {
	list []statement
	seen map[statement]bool
}

func (s *statements) add(subject, predicate, object, datatype string) error {
	st := statement{subject, predicate, object, datatype}
	if s.seen[st] {
		return nil
	}
	if s.seen == nil {
		s.seen = make(map[statement]bool)
	}
	if len(s.list) == maxStatements {
		return fail(formats.CodeLimit, "JSON-LD", fmt.Errorf("more than %d statements", maxStatements))
	}
	s.seen[st] = true
	s.list = append(s.list, st)
	return nil
}

// canonical writes the set in the form of URDNA2015 (W3C CCG, RDF Dataset Normalization 2019-10-19 §4.4): N-Quads, sorted,
// with the unnamed objects numbered by what is said of them.
func (s *statements) canonical() (string, error) {
	set := ld.NewRDFDataset()
	quads := make([]*ld.Quad, len(s.list))
	for i, st := range s.list {
		object := node(st.object)
		if st.datatype != "" {
			object = ld.NewLiteral(st.object, st.datatype, "")
		}
		quads[i] = ld.NewQuad(node(st.subject), ld.NewIRI(st.predicate), object, "")
	}
	set.Graphs["@default"] = quads
	return normalise(set)
}

func node(name string) ld.Node {
	if unnamed(name) {
		return ld.NewBlankNode(name)
	}
	return ld.NewIRI(name)
}

func unnamed(name string) bool { return len(name) > 1 && name[:2] == "_:" }

func normalise(set *ld.RDFDataset) (string, error) {
	// Not by NewJsonLdOptions, which makes a loader that could reach the network; none is needed here.
	text, err := ld.NewJsonLdApi().Normalize(set, &ld.JsonLdOptions{Algorithm: ld.AlgorithmURDNA2015, Format: "application/n-quads"})
	if err != nil {
		return "", fail(formats.CodePayload, "canonical form", err)
	}
	return text.(string), nil
}
