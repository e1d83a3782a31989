package mdoc

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/cbor"
)

// maxElements bounds the elements that are read: every digest is looked for in what is signed. A licence has some 40 of its
// own, and one for each age that can be asked for.
const maxElements = 512

// A shown element is one that the holder shows.
type shown struct {
	namespace  []byte
	id         int64
	identifier []byte
	value      cbor.Value
	bytes      []byte // as they are digested: the item with its tag (ISO/IEC 18013-5 §9.1.2.5)
}

// readElements reads nameSpaces: the items that are shown, each a Part under the digest that the issuer has signed of it.
func (r *reading) readElements() error {
	const step = "nameSpaces"
	if k := r.nameSpaces.Kind(); k != cbor.Map && k != cbor.Missing {
		return fail(formats.CodePayload, step, r.nameSpaces.Offset(), errors.New("not a map"))
	}
	total := 0
	for _, items := range r.nameSpaces.Entries() {
		n, _ := items.Len()
		total = min(total+n, maxElements)
	}
	// The first part is for what the issuer says in the security object itself.
	r.parts, r.elements = make([]formats.Part, 1, 1+total), make([]shown, 0, total)
	paths := make([]formats.Binding, total)
	spaces := 0
	for k, items := range r.nameSpaces.Entries() {
		name, ok := k.TextBytes()
		n, _ := items.Len()
		switch {
		case !ok || items.Kind() != cbor.Array:
			return fail(formats.CodePayload, step, items.Offset(), errors.New("not arrays under texts"))
		case len(name) > maxName:
			return fail(formats.CodeLimit, step, k.Offset(), fmt.Errorf("the name of a namespace is longer than %d bytes", maxName))
		case len(r.elements)+n > maxElements:
			return fail(formats.CodeLimit, step, items.Offset(), fmt.Errorf("more than %d elements", maxElements))
		case n == 0:
			r.breach(step, "a namespace without an element")
		}
		spaces++
		for i, v := range items.Elements() {
			at := position{spaces, i + 1}
			e, err := r.readItem(name, at, v)
			if err != nil {
				return err
			}
			n := len(r.elements)
			r.addElement(e, at, paths[n:n+1:n+1])
		}
	}
	return nil
}

// minRandom is the least that keeps a digest from telling what it is of (§9.1.2.5), in bytes.
const minRandom = 16

// readItem reads IssuerSignedItemBytes (§8.3.2.1.2.2).
func (r *reading) readItem(namespace []byte, at position, v cbor.Value) (shown, error) {
	b, ok := embedded(v)
	if !ok {
		return shown{}, fail(formats.CodePayload, at.String(), v.Offset(), errors.New("not a byte string under tag 24"))
	}
	begin := v.Offset() + len(v.Raw()) - len(b) // of the item in the response
	refuse := func(code string, offset int, err error) (shown, error) {
		return shown{}, fail(code, at.String(), begin+offset, err)
	}
	item, long, err := parse(b, r.o)
	if err != nil {
		err := cborError(at.String(), err)
		err.Offset += begin
		return shown{}, err
	}
	if long {
		r.tolerated(longHeads, at.String(), longHead)
	}
	e := shown{namespace: namespace, id: -1, bytes: v.Raw()}
	var random []byte
	for k, member := range item.Entries() {
		switch name, _ := k.TextBytes(); string(name) {
		case "digestID":
			if e.id, ok = member.Int(); !ok || e.id < 0 {
				return refuse(formats.CodePayload, member.Offset(), errors.New("digestID is no number"))
			}
		case "random":
			random, _ = member.Bytes()
		case "elementIdentifier":
			e.identifier, _ = member.TextBytes()
		case "elementValue":
			e.value = member
		default:
			r.breach(at.String(), "a further entry that the specification does not have")
		}
	}
	switch {
	case item.Kind() != cbor.Map || e.id < 0 || len(e.identifier) == 0 || e.value.Kind() == cbor.Missing:
		return refuse(formats.CodePayload, item.Offset(), errors.New("it lacks its digestID, elementIdentifier or elementValue"))
	case len(e.identifier) > maxName:
		return refuse(formats.CodeLimit, item.Offset(), fmt.Errorf("the name of an element is longer than %d bytes", maxName))
	case len(random) < minRandom:
		r.breach(at.String(), "fewer than 16 random bytes")
	}
	return e, nil
}

// addElement makes a Part of an element. What is there twice is a breach, because the second says something else.
func (r *reading) addElement(e shown, at position, path []formats.Binding) {
	where := partName(e.namespace, e.identifier, at)
	for i := range r.elements {
		other := &r.elements[i]
		if string(other.namespace) != string(e.namespace) {
			continue
		}
		switch {
		case string(other.identifier) == string(e.identifier):
			r.breach(where, "the element is there twice")
		case other.id == e.id:
			r.breach(where, "another element has the same digest")
		}
	}
	r.elements = append(r.elements, e)
	p := formats.Part{Name: where, Seal: formats.NoSeal}
	if sum := r.mso.find(e.namespace, e.id); sum != nil {
		path[0] = formats.Binding{Hash: r.mso.hash, Digest: sum, Data: e.bytes}
		p.Seal, p.Path = 0, path
	}
	r.parts = append(r.parts, p)
	r.claims(&r.parts[len(r.parts)-1], e)
}

// A position is the number of a namespace and of an element in it, from 1. It names an item whose own name is a stranger's.
type position struct{ space, element int }

func (p position) String() string {
	return "namespace " + strconv.Itoa(p.space) + ", element " + strconv.Itoa(p.element)
}

// maxName bounds the names of namespaces and elements, and of what stands in them. Names are repeated in every field below.
const maxName = 96

// partName is the name of an element, "org.iso.18013.5.1/portrait", where it is one that a specification could give.
func partName(namespace, identifier []byte, at position) string {
	if !isName(namespace) || !isName(identifier) {
		return at.String()
	}
	return string(namespace) + "/" + string(identifier)
}

// isName reports whether a name has letters, digits, dots, hyphens and underlines alone.
func isName(b []byte) bool {
	for _, c := range b {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '.', c == '_', c == '-':
		default:
			return false
		}
	}
	return len(b) > 0
}
