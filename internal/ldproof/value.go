package ldproof

import (
	"strconv"
	"strings"

	"github.com/travelseal/travelseal/internal/strict/json"
)

// value expands one value of a member and makes its statement (§5.3 and §7.2.2). ok is false where JSON-LD has no value
// there, as for null.
func (x *expansion) value(n *Node, t Term, v json.Value, place string, s scope) (value Value, ok bool, err error) {
	text, datatype := "", ""
	switch v.Kind() {
	case json.Null:
		return Value{}, false, nil
	case json.Object:
		child, err := x.object(v, place, s.within(t), n.Covered)
		if err == nil && child.subject != "" {
			err = x.say(n, t.IRI, child.subject, "")
		}
		return Value{Node: child}, true, err
	case json.Text:
		text, _ = v.Text()
		if t.Coerce == ID {
			return Value{Scalar: v}, true, x.reference(n, t, text, place, s)
		}
		if datatype = t.Coerce; datatype == "" {
			datatype = xsd + "string"
		}
		if strings.ContainsFunc(text, differs) {
			x.refuse(place, notAlike)
		}
	case json.Number:
		number, whole := v.Int()
		text, datatype = strconv.FormatInt(number, 10), xsd+"integer"
		if !whole || text != string(v.Raw()) || number > maxExact || number < -maxExact {
			x.refuse(place, notAlike)
		}
	case json.Bool:
		text, datatype = string(v.Raw()), xsd+"boolean"
	default: // an array in an array
		x.refuse(place, notRead)
		return Value{}, false, nil
	}
	if v.Kind() != json.Text && t.Coerce != "" {
		x.refuse(place, notRead)
	}
	return Value{Scalar: v}, true, x.say(n, t.IRI, text, datatype)
}

// maxExact is the largest integer that every program that signs can hold: 2^53-1 (RFC 7493 §2.2).
const maxExact = 1<<53 - 1

// differs reports a control character that N-Quads lets be written as it is or escaped. The specification of URDNA2015
// leaves it open, and programs differ.
func differs(r rune) bool { return r < ' ' && r != '\n' && r != '\r' || r == 0x7f }

// reference makes a statement about something that a text names.
func (x *expansion) reference(n *Node, t Term, text, place string, s scope) error {
	switch x.iri(text, s) {
	case absolute:
		return x.say(n, t.IRI, text, "")
	case relative:
		x.refuse(place, notAbsolute)
	default:
		x.refuse(place, notRead)
	}
	return nil
}

// A form is what a text is as an IRI.
type form int

const (
	relative form = iota
	absolute
	unclear // to some programs one thing, and to some another
)

// iri tells what form an IRI has. A text that a context could expand, and one with characters that belong in no IRI (RFC
// 3987 §2.2), are unclear; so is the label of an object without a name, which could tie such objects together.
func (x *expansion) iri(text string, s scope) form {
	scheme, rest, ok := strings.Cut(text, ":")
	if !ok {
		if strings.HasPrefix(text, "@") {
			return unclear
		}
		return relative
	}
	_, isTerm := s.find(scheme)
	_, isType := x.contexts.types[scheme]
	if !isScheme(scheme) || rest == "" || isTerm || isType || x.contexts.unread[scheme] || strings.ContainsFunc(rest, foreign) {
		return unclear
	}
	return absolute
}

// isScheme reports whether s is a scheme of RFC 3986 §3.1.
func isScheme(s string) bool {
	for i := range len(s) {
		switch c := s[i] | 0x20; {
		case c >= 'a' && c <= 'z':
		case i > 0 && (s[i] >= '0' && s[i] <= '9' || s[i] == '+' || s[i] == '-' || s[i] == '.'):
		default:
			return false
		}
	}
	return s != ""
}

// foreign reports a character that belongs in no IRI.
func foreign(r rune) bool { return r <= ' ' || r == 0x7f || strings.ContainsRune("<>\"{}|\\^`", r) }
