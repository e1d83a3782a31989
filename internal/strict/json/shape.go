package json

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"sync"
)

// A shape is what the checker needs to know of a Go type. It is nil where there is nothing to know: for scalars, for
// interfaces, and for types that decode themselves.
type shape struct {
	fields []field // of a struct, in the order of its declaration; nil otherwise
	elem   *shape  // of a slice or map
}

type field struct {
	name  string
	fold  []byte // name, for comparing without case
	shape *shape
}

func (s *shape) element() *shape {
	if s == nil {
		return nil
	}
	return s.elem
}

// shapes remembers the shape of each type, as encoding/json remembers its own view of it.
var shapes sync.Map // reflect.Type → *shape

// shapeOf gives the shape of a type, or says why texts cannot be read into it strictly.
func shapeOf(t reflect.Type) (*shape, error) {
	if known, ok := shapes.Load(t); ok {
		return known.(*shape), nil
	}
	s, err := build(t, map[reflect.Type]*shape{})
	if err != nil {
		return nil, err
	}
	shapes.Store(t, s)
	return s, nil
}

var (
	unmarshaler     = reflect.TypeFor[json.Unmarshaler]()
	textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()
)

// build makes the shape of a type. What is in seen is being built already: types can hold themselves.
func build(t reflect.Type, seen map[reflect.Type]*shape) (*shape, error) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if p := reflect.PointerTo(t); p.Implements(unmarshaler) || p.Implements(textUnmarshaler) {
		return nil, nil
	}
	if s, ok := seen[t]; ok {
		return s, nil
	}
	s := new(shape)
	var err error
	switch t.Kind() {
	case reflect.Struct:
		seen[t] = s
		s.fields = []field{}
		err = s.add(t, seen)
	case reflect.Slice:
		// encoding/json reads Base64 with line breaks and loose ends.
		if t.Elem().Kind() == reflect.Uint8 {
			return nil, fmt.Errorf("json: %v is read loosely: use a string and internal/strict/base64", t)
		}
		seen[t] = s
		s.elem, err = build(t.Elem(), seen)
	case reflect.Map:
		// encoding/json reads "1" and "01" as one integer.
		if t.Key().Kind() != reflect.String {
			return nil, fmt.Errorf("json: %v is read loosely: use keys that are strings", t)
		}
		seen[t] = s
		s.elem, err = build(t.Elem(), seen)
	case reflect.Array:
		// encoding/json drops elements that are too many.
		return nil, fmt.Errorf("json: %v is read loosely: use a slice", t)
	default:
		return nil, nil
	}
	return s, err
}

// add adds the fields of a struct, those of embedded structs among them, by the rules of encoding/json. Where those
// rules would have to choose among fields of one name it refuses the type.
func (s *shape) add(t reflect.Type, seen map[reflect.Type]*shape) error {
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		isStruct := f.Type.Kind() == reflect.Struct
		switch {
		case f.Tag.Get("json") == "-":
		case f.Anonymous && f.Type.Kind() == reflect.Pointer:
			return fmt.Errorf("json: %v embeds a pointer", t)
		case f.Anonymous && isStruct && name == "":
			if err := s.add(f.Type, seen); err != nil {
				return err
			}
		case f.IsExported() || f.Anonymous && isStruct:
			if name == "" {
				name = f.Name
			}
			for _, other := range s.fields {
				if other.name == name {
					return fmt.Errorf("json: %v has two fields named %s", t, name)
				}
			}
			elem, err := build(f.Type, seen)
			if err != nil {
				return err
			}
			s.fields = append(s.fields, field{name, []byte(name), elem})
		}
	}
	return nil
}
