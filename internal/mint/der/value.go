package der

import (
	"bytes"
	"math/big"
	"slices"
)

// A Value is a piece of ASN.1 that can be written down.
type Value interface {
	// Encode gives the bytes, tag and length included.
	Encode() []byte
}

// Raw is bytes that are written as they stand: an encoding made elsewhere, or no encoding at all.
type Raw []byte

// Encode gives a copy of the bytes.
func (r Raw) Encode() []byte { return bytes.Clone(r) }

// A Length says how the length of a TLV is written.
type Length struct {
	// Indefinite writes 0x80, and the two zero bytes of the end after the content (X.690 §8.1.3.6).
	Indefinite bool
	// Long writes the long form where the short one would do, with a number of zeros before the length; DER permits
	// neither (X.690 §10.1).
	Long  bool
	Zeros int
	// Claim is written in place of the true length.
	Claim *big.Int
}

// A TLV is a tag, a length and a content.
type TLV struct {
	Tag    []byte // identifier octets
	Body   []Value
	Length Length
	// Sorted orders the encodings of the body, as DER has a SET OF (X.690 §11.6).
	Sorted bool
}

// Encode gives the bytes.
func (t TLV) Encode() []byte {
	pieces := make([][]byte, len(t.Body))
	for i, v := range t.Body {
		pieces[i] = v.Encode()
	}
	if t.Sorted {
		slices.SortStableFunc(pieces, bytes.Compare)
	}
	content := bytes.Join(pieces, nil)
	out := append(bytes.Clone(t.Tag), t.Length.encode(len(content))...)
	out = append(out, content...)
	if t.Length.Indefinite {
		out = append(out, 0, 0)
	}
	return out
}

func (l Length) encode(n int) []byte {
	if l.Indefinite {
		return []byte{0x80}
	}
	size := big.NewInt(int64(n))
	if l.Claim != nil {
		size = l.Claim
	}
	if !l.Long && size.IsInt64() && size.Int64() < 0x80 {
		return []byte{byte(size.Int64())}
	}
	octets := append(make([]byte, l.Zeros), size.Bytes()...)
	if len(octets) > 126 {
		panic("der: a length of more than 126 bytes (X.690 §8.1.3.5)")
	}
	return append([]byte{0x80 | byte(len(octets))}, octets...)
}

// constructed reports whether a tag says that its content is made of values (X.690 §8.1.2.5).
func constructed(tag []byte) bool { return tag[0]&0x20 != 0 }

// Join gives values one after the other, without anything around them.
func Join(values ...Value) Raw {
	var out Raw
	for _, v := range values {
		out = append(out, v.Encode()...)
	}
	return out
}
