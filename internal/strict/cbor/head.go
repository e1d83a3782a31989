package cbor

import "math"

// The major types of RFC 8949 §3.1.
const (
	unsigned = iota
	negative
	byteString
	textString
	array
	mapping
	tag
	simple
)

// The additional information of RFC 8949 §3 that has a meaning of its own.
const (
	oneByte    = 24 // the argument follows in 1 byte; 25 to 27: in 2, 4, 8
	eightBytes = 27
	indefinite = 31
)

// breakCode ends an item of indefinite length (RFC 8949 §3.2.1).
const breakCode = 0xFF

// A head is the beginning of a data item: RFC 8949 §3.
type head struct {
	major, info byte
	arg         uint64
	end         int // offset of what follows the head
}

// readHead reads the head at b[at:]. It is false where the input ends before the head does.
func readHead(b []byte, at int) (h head, ok bool) {
	if at >= len(b) {
		return head{}, false
	}
	h = head{major: b[at] >> 5, info: b[at] & 0x1F, end: at + 1}
	if h.info < oneByte || h.info > eightBytes {
		if h.info < oneByte {
			h.arg = uint64(h.info)
		}
		return h, true
	}
	n := 1 << (h.info - oneByte)
	if len(b)-h.end < n {
		return head{}, false
	}
	for _, c := range b[h.end : h.end+n] {
		h.arg = h.arg<<8 | uint64(c)
	}
	h.end += n
	return h, true
}

// wellFormed is false for what RFC 8949 §3 and §3.3 reserve: additional information 28 to 30, an indefinite length
// where there is no length, the break code where no break can be, and simple values below 32 in two bytes.
func (h head) wellFormed() bool {
	switch {
	case h.info == indefinite:
		return h.major >= byteString && h.major <= mapping
	case h.info > eightBytes:
		return false
	case h.major == simple && h.info == oneByte:
		return h.arg >= 32
	}
	return true
}

// shortest is whether the argument could not have been written in fewer bytes (RFC 8949 §4.2.1).
func (h head) shortest() bool {
	switch h.info {
	case oneByte:
		return h.arg >= oneByte
	case oneByte + 1:
		return h.arg > math.MaxUint8
	case oneByte + 2:
		return h.arg > math.MaxUint16
	case eightBytes:
		return h.arg > math.MaxUint32
	}
	return true
}

// children is the number of items that follow a head of definite length directly: elements, keys and values, or the
// content of a tag. It is -1 where they cannot all be in the n bytes that are left.
func (h head) children(n int) int {
	switch {
	case h.major == tag:
		return 1
	case h.major == array && h.arg <= uint64(n):
		return int(h.arg)
	case h.major == mapping && h.arg <= uint64(n/2):
		return 2 * int(h.arg)
	case h.major == array || h.major == mapping:
		return -1
	}
	return 0
}
