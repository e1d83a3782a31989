package cbor

import (
	"math"
	"unicode/utf8"
)

// A Value is one item that has not been interpreted. As the type of a struct field it keeps what a document has there,
// whatever its type, so that the format can say what is wrong instead of failing to read. The zero Value is Missing.
//
// A Value points into the bytes that it was read from and must not outlive them; nothing is copied unless a method says
// so. Its methods never panic: on bytes that are not what Check accepts they answer that there is no such value.
//
// The library that fills structs removes the tag 55799 (RFC 8949 §3.4.6) before a Value sees its item, and refuses tags
// 0 to 3 around a content of the wrong major type. Parse does neither.
type Value struct {
	raw []byte
	at  int // where it begins in what Parse was given
}

// A Kind is the type of a Value.
type Kind int

const (
	Missing Kind = iota // the field is not there
	Null
	Bool
	Int // an integer of any size, of major type 0 or 1
	Float
	Text
	Bytes
	Array
	Map
	Tag
	Other // undefined, another simple value, or not an item
)

var kindNames = [...]string{"missing", "null", "boolean", "integer", "float", "text", "bytes", "array", "map", "tag", "other"}

// String is the name of the kind in lower case.
func (k Kind) String() string {
	if k < 0 || int(k) >= len(kindNames) {
		return "unknown"
	}
	return kindNames[k]
}

// Parse checks b as Check does and gives it as a Value.
func Parse(b []byte, l Limits) (Value, error) {
	if err := Check(b, l); err != nil {
		return Value{}, err
	}
	return Value{raw: b}, nil
}

// ParseLenient checks b as CheckLenient does and gives it as a Value.
func ParseLenient(b []byte, l Limits, allow Leniency) (Value, error) {
	if err := CheckLenient(b, l, allow); err != nil {
		return Value{}, err
	}
	return Value{raw: b}, nil
}

// UnmarshalCBOR keeps b itself, not a copy: fxamacker/cbor passes the part of its input that holds the item.
func (v *Value) UnmarshalCBOR(b []byte) error {
	v.raw = b
	return nil
}

// Unmarshal fills dst as the function Unmarshal does. The form was judged when the Value was read, so indefinite lengths
// that were let through then are let through here.
func (v Value) Unmarshal(dst any) error { return UnmarshalLenient(v.raw, dst) }

// Raw gives the encoded item; nil for a missing one.
func (v Value) Raw() []byte { return v.raw }

// Offset is where the item begins in the bytes that Parse was given, for a Value that was reached from there; 0 for others.
func (v Value) Offset() int { return v.at }

func (v Value) head() (head, bool) {
	h, ok := readHead(v.raw, 0)
	return h, ok && h.wellFormed()
}

// Kind gives the type of the item.
func (v Value) Kind() Kind {
	if len(v.raw) == 0 {
		return Missing
	}
	h, ok := v.head()
	switch {
	case !ok:
		return Other
	case h.major != simple:
		return [...]Kind{Int, Int, Bytes, Text, Array, Map, Tag}[h.major]
	case h.info == 20 || h.info == 21:
		return Bool
	case h.info == 22:
		return Null
	case h.info > oneByte:
		return Float
	}
	return Other
}

// Bool gives a boolean.
func (v Value) Bool() (value, ok bool) {
	ok = v.Kind() == Bool && len(v.raw) == 1
	return ok && v.raw[0]&0x1F == 21, ok
}

// Int gives an integer that fits. Floating-point numbers and bignums are not integers.
func (v Value) Int() (int64, bool) {
	h, ok := v.head()
	if !ok || h.major > negative || h.end != len(v.raw) || h.arg > math.MaxInt64 {
		return 0, false
	}
	if h.major == negative {
		return -1 - int64(h.arg), true
	}
	return int64(h.arg), true
}

// Float gives a floating-point number of any width, not-a-number and the infinities included: the caller must expect
// them. Integers are not floating-point numbers.
func (v Value) Float() (float64, bool) {
	h, ok := v.head()
	if !ok || v.Kind() != Float || h.end != len(v.raw) {
		return 0, false
	}
	switch h.info {
	case 25:
		return half(uint16(h.arg)), true
	case 26:
		return float64(math.Float32frombits(uint32(h.arg))), true
	}
	return math.Float64frombits(h.arg), true
}

// half is the value of an IEEE 754 binary16 number.
func half(bits uint16) float64 {
	exponent, fraction := int(bits>>10&0x1F), float64(bits&0x3FF)
	var f float64
	switch {
	case exponent == 0:
		f = math.Ldexp(fraction, -24)
	case exponent < 0x1F:
		f = math.Ldexp(fraction+1024, exponent-25)
	case fraction == 0:
		f = math.Inf(1)
	default:
		f = math.NaN()
	}
	return math.Copysign(f, 1-2*float64(bits>>15))
}

// Text gives a text string, copied.
func (v Value) Text() (string, bool) {
	b, ok := v.TextBytes()
	return string(b), ok
}

// TextBytes gives a text string that is UTF-8, without copying it unless it is in chunks.
func (v Value) TextBytes() ([]byte, bool) {
	b, ok := v.str(textString)
	if !ok || !utf8.Valid(b) {
		return nil, false
	}
	return b, true
}

// Bytes gives a byte string, without copying it unless it is in chunks.
func (v Value) Bytes() ([]byte, bool) { return v.str(byteString) }

func (v Value) str(major byte) ([]byte, bool) {
	h, ok := v.head()
	switch {
	case !ok || h.major != major:
		return nil, false
	case h.info != indefinite:
		return v.raw[h.end:len(v.raw):len(v.raw)], h.arg == uint64(len(v.raw)-h.end)
	}
	joined := []byte{}
	whole := v.each(major, func(_ int, chunk, _ Value) bool {
		h, _ := chunk.head()
		ok = h.major == major && h.info != indefinite
		joined = append(joined, chunk.raw[h.end:]...)
		return ok
	})
	return joined, whole && ok
}

// Tag gives the number and the content of a tagged item.
func (v Value) Tag() (number uint64, content Value, ok bool) {
	h, ok := v.head()
	if !ok || h.major != tag || h.end == len(v.raw) {
		return 0, Value{}, false
	}
	return h.arg, Value{v.raw[h.end:], v.at + h.end}, true
}
