package mint

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// A VDSObject is a JSON object with its members in order. A value is a string, an int, a VDSObject, a []any of values, or
// a VDSRaw. Nothing is sorted or checked: what is written is what stands here, duplicates among it.
type VDSObject []VDSMember

// A VDSMember is a name with a value.
type VDSMember struct {
	Name  string
	Value any
}

// A VDSRaw is written as it stands, such as "1.0", "null" or something that is no JSON at all.
type VDSRaw string

// JSON writes the object without white space, its members in their order.
func (o VDSObject) JSON() string { return writeJSON(o, false) }

// Canonical writes the object in the canonical form of RFC 8785: members in the order of their UTF-16 code units. It is
// that of the texts and whole numbers that a seal holds; a VDSRaw stays as it is.
func (o VDSObject) Canonical() string { return writeJSON(o, true) }

func writeJSON(value any, canonical bool) string {
	var parts []string
	switch v := value.(type) {
	case string:
		return quoted(v)
	case int:
		return strconv.Itoa(v)
	case VDSRaw:
		return string(v)
	case []any:
		for _, element := range v {
			parts = append(parts, writeJSON(element, canonical))
		}
		return "[" + strings.Join(parts, ",") + "]"
	case VDSObject:
		if canonical {
			v = slices.SortedStableFunc(slices.Values(v), func(a, b VDSMember) int {
				return slices.Compare(utf16.Encode([]rune(a.Name)), utf16.Encode([]rune(b.Name)))
			})
		}
		for _, member := range v {
			parts = append(parts, quoted(member.Name)+":"+writeJSON(member.Value, canonical))
		}
		return "{" + strings.Join(parts, ",") + "}"
	}
	panic(fmt.Sprintf("mint: no JSON is written for a %T", value))
}

// quoted writes a string with the escapes that RFC 8785 §3.2.2.2 prescribes.
func quoted(s string) string {
	short := map[rune]string{'"': `\"`, '\\': `\\`, '\b': `\b`, '\t': `\t`, '\n': `\n`, '\f': `\f`, '\r': `\r`}
	var b strings.Builder
	for _, c := range s {
		switch escape, ok := short[c]; {
		case ok:
			b.WriteString(escape)
		case c < ' ':
			fmt.Fprintf(&b, `\u%04x`, c)
		default:
			b.WriteRune(c)
		}
	}
	return `"` + b.String() + `"`
}

// Get gives the value at a path of names and indexes, and whether there is one.
func (o VDSObject) Get(path ...any) (value any, found bool) {
	value = o
	for _, step := range path {
		if value, found = childOf(value, step); !found {
			return nil, false
		}
	}
	return value, true
}

// Set replaces the value at a path. A last step that leads nowhere yet adds to the end of its object or array.
func (o VDSObject) Set(value any, path ...any) VDSObject { return setJSON(o, value, path).(VDSObject) }

// Add puts one more member at the end of the object at a path, even if its name is there already.
func (o VDSObject) Add(name string, value any, path ...any) VDSObject {
	holder, _ := o.Get(path...)
	return setJSON(o, append(slices.Clone(holder.(VDSObject)), VDSMember{name, value}), path).(VDSObject)
}

// Drop removes the member or element at a path.
func (o VDSObject) Drop(path ...any) VDSObject {
	parent, step := path[:len(path)-1], path[len(path)-1]
	holder, _ := o.Get(parent...)
	i := indexOf(holder, step)
	if i < 0 {
		panic(fmt.Sprintf("mint: no value at %v", path))
	}
	if list, ok := holder.([]any); ok {
		return setJSON(o, slices.Delete(slices.Clone(list), i, i+1), parent).(VDSObject)
	}
	return setJSON(o, slices.Delete(slices.Clone(holder.(VDSObject)), i, i+1), parent).(VDSObject)
}

func setJSON(root, value any, path []any) any {
	if len(path) == 0 {
		return value
	}
	i := indexOf(root, path[0])
	switch node := root.(type) {
	case VDSObject:
		node = slices.Clone(node)
		if name, ok := path[0].(string); ok && i < 0 && len(path) == 1 {
			return append(node, VDSMember{name, value})
		} else if i >= 0 {
			node[i].Value = setJSON(node[i].Value, value, path[1:])
			return node
		}
	case []any:
		node = slices.Clone(node)
		if i < 0 && len(path) == 1 {
			return append(node, value)
		} else if i >= 0 {
			node[i] = setJSON(node[i], value, path[1:])
			return node
		}
	}
	panic(fmt.Sprintf("mint: no value at %v", path[0]))
}

func childOf(value, step any) (any, bool) {
	i := indexOf(value, step)
	if i < 0 {
		return nil, false
	}
	if list, ok := value.([]any); ok {
		return list[i], true
	}
	return value.(VDSObject)[i].Value, true
}

// indexOf gives the index of a step in an object or array, or -1.
func indexOf(value, step any) int {
	switch v := value.(type) {
	case VDSObject:
		return slices.IndexFunc(v, func(m VDSMember) bool { return m.Name == step })
	case []any:
		if i, ok := step.(int); ok && i >= 0 && i < len(v) {
			return i
		}
	}
	return -1
}
