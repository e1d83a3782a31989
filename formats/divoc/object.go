package divoc

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/ldproof"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// An object is one object of the credential and the name of its place. The order of an array is not signed, so that
// places count the objects in the order of their names.
type object struct {
	*ldproof.Node
	at string
}

func (o object) in(member string) string {
	if o.at == "" {
		return member
	}
	return o.at + "." + member
}

// objects gives the objects that are the values of a member, sorted by name.
func (r *reading) objects(n *ldproof.Node, member, at string) []object {
	var list []object
	where := object{n, at}.in(member)
	for _, v := range n.Values(member) {
		if v.Node == nil {
			r.breach(where, "not an object")
			continue
		}
		list = append(list, object{Node: v.Node})
	}
	slices.SortStableFunc(list, func(a, b object) int { return cmp.Compare(a.Name, b.Name) })
	for i := range list {
		list[i].at = where
		if len(list) > 1 {
			list[i].at += "[" + strconv.Itoa(i) + "]"
		}
	}
	if len(list) == 0 {
		r.breach(where, "missing")
	}
	return list
}

// inner gives the one object that is the value of a member. An object that the proof does not cover, in one that it
// covers, is noted as an unsealed part and not read.
func (r *reading) inner(o object, member string) (object, bool) {
	values := o.Values(member)
	if len(values) == 0 {
		return object{}, false
	}
	n := values[0].Node
	switch {
	case len(values) > 1 || n == nil:
		r.breach(o.in(member), "not one object")
		return object{}, false
	case o.Covered && !n.Covered:
		r.uncovered(o.in(member))
		return object{}, false
	}
	return object{n, o.in(member)}, true
}

// uncovered notes a place that the proof does not cover, once.
func (r *reading) uncovered(where string) {
	if !slices.ContainsFunc(r.loose, func(p formats.Part) bool { return p.Name == where }) {
		r.loose = append(r.loose, formats.Part{Name: where, Seal: formats.NoSeal})
	}
}

// one gives the one value of a member, if it is there and no object.
func (r *reading) one(o object, member string, needed bool) (json.Value, bool) {
	values := o.Values(member)
	switch {
	case len(values) == 1 && values[0].Node == nil:
		return values[0].Scalar, true
	case len(values) == 0 && needed:
		r.breach(o.in(member), "missing")
	case len(values) > 0:
		r.breach(o.in(member), "several values, or an object")
	}
	return json.Value{}, false
}

func (r *reading) text(o object, member string, needed bool) (string, bool) {
	v, ok := r.one(o, member, needed)
	if !ok {
		return "", false
	}
	s, ok := v.Text()
	if !ok {
		r.breach(o.in(member), "not a text")
	}
	return s, ok
}

func (r *reading) date(o object, member string, needed bool) (formats.Date, bool) {
	s, ok := r.text(o, member, needed)
	if !ok {
		return formats.Date{}, false
	}
	d, err := formats.ParseDate(s)
	if err != nil {
		r.breach(o.in(member), err.Error())
	}
	return d, err == nil
}

func (r *reading) number(o object, member string) (int, bool) {
	v, ok := r.one(o, member, true)
	if !ok {
		return 0, false
	}
	n, ok := v.Int()
	if !ok || n < 1 || n > maxDose {
		r.breach(o.in(member), "not a number from 1 to "+strconv.Itoa(maxDose))
		return 0, false
	}
	return int(n), true
}

// maxDose bounds the number of a dose; no programme has as many.
const maxDose = 99

// rest adds the values of all other members to the claims, in the order of the text's members but with the names of
// places, and those of the objects within.
func (r *reading) rest(c *formats.Claims, o object, but ...string) {
	var names []string
	o.Each(func(name string, _ []ldproof.Value) {
		if !slices.Contains(but, name) {
			names = append(names, name)
		}
	})
	slices.Sort(names) // the order of members is not signed
	for _, name := range names {
		values := o.Values(name)
		if len(values) == 0 {
			continue
		}
		if values[0].Node != nil {
			if within, ok := r.inner(o, name); ok {
				r.rest(c, within)
			}
			continue
		}
		if v, ok := r.one(o, name, false); ok {
			if s := shown(v); s != "" {
				c.Extra = append(c.Extra, formats.Field{Name: o.in(name), Value: s})
			}
		}
	}
}

// shown writes a text, a number or a truth value.
func shown(v json.Value) string {
	if s, ok := v.Text(); ok {
		return s
	}
	return string(v.Raw())
}

// breach notes that the content breaks its schema at a place.
func (r *reading) breach(where, why string) {
	r.checks = append(r.checks, formats.Check{Kind: formats.Schema, Result: formats.Fails, Name: "schema", Where: where, Text: why})
}
