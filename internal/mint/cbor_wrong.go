package mint

import "encoding/binary"

// Items for what deterministic or strict decoders refuse: indefinite lengths, long heads, heads that promise more than
// follows, and bytes that are no CBOR at all.
type (
	Raw        []byte // written as it stands
	Sequence   []Item // the items one after another, without a head (RFC 8742)
	IndefArray []Item // RFC 8949 §3.2.2
	IndefMap   []Pair
	IndefBytes []Item // the chunks, which are Items so that one of the wrong type can be among them (§3.2.3)
	IndefText  []Item

	// Head is a head alone. Major is the major type, 0 to 7: Head{Major: 4, Argument: 1 << 32} promises an array of
	// four thousand million items.
	Head struct {
		Major    byte
		Argument uint64
	}

	// LongHead writes the head of an Item with its argument in Width bytes (1, 2, 4 or 8), though fewer would do.
	LongHead struct {
		Item  Item
		Width int
	}
)

const (
	indefinite = 31
	stop       = 0xff // the "break" of RFC 8949 §3.2.1
)

func (r Raw) appendTo(b []byte) []byte { return append(b, r...) }

func (s Sequence) appendTo(b []byte) []byte {
	for _, item := range s {
		b = item.appendTo(b)
	}
	return b
}

func (a IndefArray) appendTo(b []byte) []byte {
	return append(Sequence(a).appendTo(append(b, majorArray|indefinite)), stop)
}

func (m IndefMap) appendTo(b []byte) []byte {
	b = append(b, majorMap|indefinite)
	for _, pair := range m {
		b = pair.appendTo(b)
	}
	return append(b, stop)
}

func (s IndefBytes) appendTo(b []byte) []byte {
	return append(Sequence(s).appendTo(append(b, majorBytes|indefinite)), stop)
}

func (s IndefText) appendTo(b []byte) []byte {
	return append(Sequence(s).appendTo(append(b, majorText|indefinite)), stop)
}

func (h Head) appendTo(b []byte) []byte { return appendHead(b, h.Major<<5, h.Argument) }

func (l LongHead) appendTo(b []byte) []byte {
	major, argument, rest := splitHead(Encode(l.Item))
	if l.Width < 8 && argument>>(8*l.Width) != 0 {
		panic("mint: the argument does not fit the head")
	}
	return append(appendWideHead(b, major, argument, l.Width), rest...)
}

// splitHead reads back a head that appendHead wrote.
func splitHead(b []byte) (major byte, argument uint64, rest []byte) {
	major, argument, rest = b[0]&0xe0, uint64(b[0]&0x1f), b[1:]
	if argument < 24 {
		return major, argument, rest
	}
	width := 1 << (argument - 24)
	var wide [8]byte
	copy(wide[8-width:], rest[:width])
	return major, binary.BigEndian.Uint64(wide[:]), rest[width:]
}

// Nested wraps an Item in arrays of one element, depth times.
func Nested(depth int, inner Item) Item {
	b := make([]byte, depth, depth+16)
	for i := range b {
		b[i] = majorArray | 1
	}
	return Raw(inner.appendTo(b))
}
