package der

import "math/big"

// Indefinite writes a value with a length that is not stated, and an end that is marked. It changes only the outermost
// value; Loose changes the whole tree.
func Indefinite(t TLV) TLV {
	t.Length = Length{Indefinite: true}
	return t
}

// Padded writes the length in the long form, with a number of zeros before it.
func Padded(t TLV, zeros int) TLV {
	t.Length = Length{Long: true, Zeros: zeros}
	return t
}

// Claiming writes a length that is not the true one.
func Claiming(t TLV, length int64) TLV {
	t.Length = Length{Claim: big.NewInt(length)}
	return t
}

// Retagged gives a value other identifier octets.
func Retagged(t TLV, tag ...byte) TLV {
	t.Tag = tag
	return t
}

// And puts one more value at the end of a constructed one's content.
func And(t TLV, more ...Value) TLV {
	t.Body = append(append([]Value(nil), t.Body...), more...)
	return t
}

// Trailing puts bytes after the end of a value.
func Trailing(v Value, tail ...byte) Raw { return append(Raw(v.Encode()), tail...) }

// Torn is a constructed OCTET STRING of pieces of at most size bytes (X.690 §8.7.3).
func Torn(content []byte, size int) TLV {
	t := TLV{Tag: []byte{TagOctetString | constructedBit}}
	for len(content) > size {
		t.Body = append(t.Body, Octets(content[:size]))
		content = content[size:]
	}
	t.Body = append(t.Body, Octets(content))
	return t
}

// Loose writes a whole tree in BER: every constructed value has an indefinite length, and every OCTET STRING is torn to
// pieces of 1,000 bytes. Raw parts stay as they are, as the parts that a signature covers must.
func Loose(v Value) Value {
	t, ok := v.(TLV)
	if !ok {
		return v
	}
	if len(t.Tag) == 1 && t.Tag[0] == TagOctetString {
		content := Join(t.Body...)
		return Indefinite(Torn(content, 1000))
	}
	if !constructed(t.Tag) {
		return t
	}
	body := make([]Value, len(t.Body))
	for i, inner := range t.Body {
		body[i] = Loose(inner)
	}
	t.Body, t.Sorted = body, false
	return Indefinite(t)
}

// Nested is a number of SEQUENCEs, each in the one before, with true lengths. Nesting as many TLVs would copy each level
// into the next.
func Nested(depth int) Raw {
	sizes := make([]int, depth+1) // of the encoding with i levels
	for i := 1; i <= depth; i++ {
		sizes[i] = 1 + len(Length{}.encode(sizes[i-1])) + sizes[i-1]
	}
	out := make(Raw, 0, sizes[depth])
	for i := depth; i > 0; i-- {
		out = append(append(out, TagSequence), Length{}.encode(sizes[i-1])...)
	}
	return out
}

// NestedOpen is the beginning of a number of SEQUENCEs of indefinite length; none ever ends.
func NestedOpen(depth int) Raw {
	out := make(Raw, 0, 2*depth)
	for range depth {
		out = append(out, TagSequence, 0x80)
	}
	return out
}
