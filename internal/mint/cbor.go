package mint

import (
	"encoding/binary"
	"math"
)

// An Item is one data item of CBOR (RFC 8949), right or wrong. Nothing is sorted, checked or shortened: what is
// written is what the Item says.
type Item interface{ appendTo(b []byte) []byte }

// Encode gives the bytes of an Item.
func Encode(i Item) []byte { return i.appendTo(nil) }

// The well-formed items, with the shortest head (RFC 8949 §4.2.1) unless LongHead says otherwise.
type (
	Int   int64  // major type 0 or 1
	Uint  uint64 // major type 0, for what an Int cannot hold
	Bytes []byte // major type 2
	Text  string // major type 3; need not be valid UTF-8
	Array []Item // major type 4
	Map   []Pair // major type 5: in this order, and with these duplicates
	Pair  [2]Item
	Tag   struct { // major type 6
		Number  uint64
		Content Item
	}
	Bool   bool
	Null   struct{}
	Simple byte // major type 7, other simple values
)

// The major types of RFC 8949 §3.1, in place in the first byte.
const (
	majorUint, majorNegative, majorBytes, majorText = 0 << 5, 1 << 5, 2 << 5, 3 << 5
	majorArray, majorMap, majorTag, majorSimple     = 4 << 5, 5 << 5, 6 << 5, 7 << 5
)

// appendHead writes a major type with its argument in the shortest form.
func appendHead(b []byte, major byte, argument uint64) []byte {
	switch {
	case argument < 24:
		return append(b, major|byte(argument))
	case argument <= math.MaxUint8:
		return appendWideHead(b, major, argument, 1)
	case argument <= math.MaxUint16:
		return appendWideHead(b, major, argument, 2)
	case argument <= math.MaxUint32:
		return appendWideHead(b, major, argument, 4)
	}
	return appendWideHead(b, major, argument, 8)
}

// appendWideHead writes the argument in 1, 2, 4 or 8 bytes after the first.
func appendWideHead(b []byte, major byte, argument uint64, width int) []byte {
	switch width {
	case 1:
		return append(b, major|24, byte(argument))
	case 2:
		return binary.BigEndian.AppendUint16(append(b, major|25), uint16(argument))
	case 4:
		return binary.BigEndian.AppendUint32(append(b, major|26), uint32(argument))
	case 8:
		return binary.BigEndian.AppendUint64(append(b, major|27), argument)
	}
	panic("mint: a CBOR head is 1, 2, 4 or 8 bytes wide")
}

func (n Int) appendTo(b []byte) []byte {
	if n < 0 {
		return appendHead(b, majorNegative, uint64(-1-n))
	}
	return appendHead(b, majorUint, uint64(n))
}

func (n Uint) appendTo(b []byte) []byte { return appendHead(b, majorUint, uint64(n)) }

func (s Bytes) appendTo(b []byte) []byte {
	return append(appendHead(b, majorBytes, uint64(len(s))), s...)
}

func (s Text) appendTo(b []byte) []byte {
	return append(appendHead(b, majorText, uint64(len(s))), s...)
}

func (a Array) appendTo(b []byte) []byte {
	b = appendHead(b, majorArray, uint64(len(a)))
	return Sequence(a).appendTo(b)
}

func (m Map) appendTo(b []byte) []byte {
	b = appendHead(b, majorMap, uint64(len(m)))
	for _, pair := range m {
		b = pair.appendTo(b)
	}
	return b
}

// A Pair has no head of its own.
func (p Pair) appendTo(b []byte) []byte { return p[1].appendTo(p[0].appendTo(b)) }

func (t Tag) appendTo(b []byte) []byte {
	return t.Content.appendTo(appendHead(b, majorTag, t.Number))
}

func (v Bool) appendTo(b []byte) []byte {
	if v {
		return append(b, majorSimple|21)
	}
	return append(b, majorSimple|20)
}

func (Null) appendTo(b []byte) []byte { return append(b, majorSimple|22) }

func (s Simple) appendTo(b []byte) []byte {
	if s < 24 {
		return append(b, majorSimple|byte(s))
	}
	return append(b, majorSimple|24, byte(s))
}
