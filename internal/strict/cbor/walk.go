package cbor

import "iter"

// maxDepth bounds recursion whatever the caller's limits say: a stack that overflows cannot be recovered.
const maxDepth = 1000

// Len gives the number of elements of an array or of entries of a map. It is never more than there are bytes.
func (v Value) Len() (n int, ok bool) {
	h, ok := v.head()
	switch {
	case !ok || h.major != array && h.major != mapping:
		return 0, false
	case h.info == indefinite:
		ok = v.each(h.major, func(int, Value, Value) bool { n++; return true })
		return n, ok
	}
	if h.children(len(v.raw)-h.end) < 0 {
		return 0, false
	}
	return int(h.arg), true
}

// Elements gives the elements of an array with their index, in order. There are none in anything else.
func (v Value) Elements() iter.Seq2[int, Value] {
	return func(yield func(int, Value) bool) {
		v.each(array, func(i int, element, _ Value) bool { return yield(i, element) })
	}
}

// Entries gives the keys and values of a map, in the order of the text. There are none in anything else.
func (v Value) Entries() iter.Seq2[Value, Value] {
	return func(yield func(key, value Value) bool) {
		v.each(mapping, func(_ int, key, value Value) bool { return yield(key, value) })
	}
}

// each visits what an array, a map or a string in chunks holds: an element, an entry or a chunk at a time. It reports
// whether it came to the end of the item, where the item is of that major type.
func (v Value) each(major byte, visit func(i int, a, b Value) bool) bool {
	h, ok := v.head()
	if !ok || h.major != major {
		return false
	}
	at := h.end
	for i := 0; h.info == indefinite || uint64(i) < h.arg; i++ {
		if h.info == indefinite && at < len(v.raw) && v.raw[at] == breakCode {
			return true
		}
		a, b := at, skip(v.raw, at, 0)
		if b < 0 {
			return false
		}
		at = b
		if major == mapping {
			if at = skip(v.raw, b, 0); at < 0 {
				return false
			}
		}
		if !visit(i, Value{v.raw[a:b:b], v.at + a}, Value{v.raw[b:at:at], v.at + b}) {
			return false
		}
	}
	return true
}

// skip gives the offset of what follows the item at b[at:], or -1 where it is not well-formed. It does not recurse into
// items of definite length.
func skip(b []byte, at, depth int) int {
	for left := 1; left > 0; left-- {
		h, ok := readHead(b, at)
		if !ok || !h.wellFormed() || depth > maxDepth {
			return -1
		}
		at = h.end
		switch {
		case h.info == indefinite:
			for at < len(b) && b[at] != breakCode {
				if at = skip(b, at, depth+1); at < 0 {
					return -1
				}
			}
			at++
		case h.major == byteString || h.major == textString:
			if h.arg > uint64(len(b)-at) {
				return -1
			}
			at += int(h.arg)
		default:
			n := h.children(len(b) - at)
			if n < 0 {
				return -1
			}
			left += n
		}
		if at > len(b) || left > len(b)-at+1 {
			return -1
		}
	}
	return at
}
