package der

import (
	"strconv"
	"strings"
)

// An OID is an object identifier as its content octets (X.690 §8.19), so that it can be compared, switched on and used
// as a key without being spelled out. The empty OID is none.
type OID string

// maxOID is how many octets an object identifier may have; the longest in use has 20.
const maxOID = 64

// MustOID makes an OID of its dotted form. It panics where that is none: it is for tables in source.
func MustOID(dotted string) OID {
	oid, ok := ParseOID(dotted)
	if !ok {
		panic("der: not an object identifier: " + dotted)
	}
	return oid
}

// ParseOID makes an OID of its dotted form.
func ParseOID(dotted string) (OID, bool) {
	parts := strings.Split(dotted, ".")
	if len(parts) < 2 {
		return "", false
	}
	var arcs []uint64
	for _, p := range parts {
		n, err := strconv.ParseUint(p, 10, 56)
		if err != nil || strconv.FormatUint(n, 10) != p {
			return "", false
		}
		arcs = append(arcs, n)
	}
	if arcs[0] > 2 || arcs[0] < 2 && arcs[1] > 39 {
		return "", false
	}
	out := appendArc(nil, 40*arcs[0]+arcs[1])
	for _, a := range arcs[2:] {
		out = appendArc(out, a)
	}
	if len(out) > maxOID {
		return "", false
	}
	return OID(out), true
}

func appendArc(b []byte, arc uint64) []byte {
	shift := 0
	for arc>>shift > 0x7F {
		shift += 7
	}
	for ; shift > 0; shift -= 7 {
		b = append(b, 0x80|byte(arc>>shift)&0x7F)
	}
	return append(b, byte(arc)&0x7F)
}

// OID reads the value as an object identifier.
func (v Value) OID(what string) (OID, error) {
	switch {
	case v.Tag != ObjectID:
		return "", v.Fail(what, ErrTag)
	case len(v.Content) > maxOID:
		return "", v.Fail(what, ErrLimit)
	case !wholeArcs(v.Content):
		return "", v.Fail(what, ErrValue)
	}
	return OID(v.Content), nil
}

// wholeArcs reports whether b is one arc or more, each minimal and none cut off.
func wholeArcs(b []byte) bool {
	begins := true
	for _, x := range b {
		if begins && x == 0x80 {
			return false
		}
		begins = x < 0x80
	}
	return begins && len(b) > 0
}

// String is the dotted form; arcs beyond 64 bits are shown as "?".
func (o OID) String() string {
	var out []string
	var arc uint64
	over := false
	for _, x := range []byte(o) {
		over = over || arc>>57 != 0
		arc = arc<<7 | uint64(x&0x7F)
		if x&0x80 != 0 {
			continue
		}
		switch {
		case over:
			out = append(out, "?")
		case len(out) == 0:
			first := min(arc/40, 2)
			out = append(out, strconv.FormatUint(first, 10), strconv.FormatUint(arc-40*first, 10))
		default:
			out = append(out, strconv.FormatUint(arc, 10))
		}
		arc, over = 0, false
	}
	return strings.Join(out, ".")
}

// OID reads an object identifier as the next value.
func (r *Reader) OID(what string) (OID, error) {
	v, err := r.Read(ObjectID, what)
	if err != nil {
		return "", err
	}
	return v.OID(what)
}
