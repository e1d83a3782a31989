package mdoc

import (
	"strconv"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/cbor"
)

// maxFlat is how deep a value is taken apart. Driving privileges have three levels.
const maxFlat = 6

// flatten writes a value as fields, in its order: driving_privileges[0].vehicle_category_code. Bytes are counted, and not
// shown.
func flatten(list []formats.Field, name string, v cbor.Value, depth int) []formats.Field {
	add := func(value string) []formats.Field { return append(list, formats.Field{Name: name, Value: value}) }
	if _, inner, ok := v.Tag(); ok {
		v = inner
	}
	n, _ := v.Len()
	switch v.Kind() {
	case cbor.Text:
		s, _ := v.Text()
		return add(s)
	case cbor.Int:
		if n, ok := v.Int(); ok {
			return add(strconv.FormatInt(n, 10))
		}
	case cbor.Bool:
		b, _ := v.Bool()
		return add(strconv.FormatBool(b))
	case cbor.Float:
		f, _ := v.Float()
		return add(strconv.FormatFloat(f, 'g', -1, 64))
	case cbor.Bytes:
		b, _ := v.Bytes()
		return add(strconv.Itoa(len(b)) + " bytes")
	case cbor.Null:
		return add("null")
	case cbor.Array:
		if n > 0 && depth < maxFlat {
			for i, e := range v.Elements() {
				list = flatten(list, name+"["+strconv.Itoa(i)+"]", e, depth+1)
			}
			return list
		}
		return add(strconv.Itoa(n) + " elements")
	case cbor.Map:
		if n > 0 && depth < maxFlat {
			for k, e := range v.Entries() {
				list = flatten(list, name+"."+keyName(k), e, depth+1)
			}
			return list
		}
		return add(strconv.Itoa(n) + " entries")
	}
	return add("a value of another type")
}

// keyName is the key of a map, where it is a text or a number.
func keyName(k cbor.Value) string {
	if b, ok := k.TextBytes(); ok && len(b) <= maxName {
		return string(b)
	}
	if n, ok := k.Int(); ok {
		return strconv.FormatInt(n, 10)
	}
	return "?"
}
