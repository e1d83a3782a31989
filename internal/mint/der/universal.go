package der

import (
	"math/big"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// The tags of X.680 §8.4 that have a name of their own here.
const (
	TagBoolean          = 0x01
	TagInteger          = 0x02
	TagBitString        = 0x03
	TagOctetString      = 0x04
	TagNull             = 0x05
	TagOID              = 0x06
	TagEnumerated       = 0x0a
	TagUTF8String       = 0x0c
	TagPrintableString  = 0x13
	TagT61String        = 0x14
	TagIA5String        = 0x16
	TagUTCTime          = 0x17
	TagGeneralizedTime  = 0x18
	TagBMPString        = 0x1e
	TagSequence         = 0x30
	TagSet              = 0x31
	constructedBit      = 0x20
	classApplication    = 0x40
	classContext        = 0x80
	highTagNumber       = 0x1f
	utcTimeLayout       = "060102150405Z"
	generalizedTimeForm = "20060102150405Z"
)

// Primitive is a value with one byte of tag and a content of bytes.
func Primitive(tag byte, content []byte) TLV {
	return TLV{Tag: []byte{tag}, Body: []Value{Raw(content)}}
}

// Tagged is a value with any identifier octets.
func Tagged(tag []byte, body ...Value) TLV { return TLV{Tag: tag, Body: body} }

// Seq is a SEQUENCE.
func Seq(body ...Value) TLV { return TLV{Tag: []byte{TagSequence}, Body: body} }

// Set is a SET OF in the order of DER.
func Set(body ...Value) TLV { return TLV{Tag: []byte{TagSet}, Body: body, Sorted: true} }

// SetAsGiven is a SET OF in the order in which its elements are given.
func SetAsGiven(body ...Value) TLV { return TLV{Tag: []byte{TagSet}, Body: body} }

// Explicit puts a context-specific tag around values.
func Explicit(number int, body ...Value) TLV {
	return TLV{Tag: identifier(classContext|constructedBit, number), Body: body}
}

// Implicit gives a context-specific tag to a content of bytes.
func Implicit(number int, content []byte) TLV {
	return TLV{Tag: identifier(classContext, number), Body: []Value{Raw(content)}}
}

// Application puts an application tag around values: Application(23, …) is the 0x77 of an EF.SOD.
func Application(number int, body ...Value) TLV {
	return TLV{Tag: identifier(classApplication|constructedBit, number), Body: body}
}

// identifier writes identifier octets (X.690 §8.1.2).
func identifier(class byte, number int) []byte {
	if number < highTagNumber {
		return []byte{class | byte(number)}
	}
	return append([]byte{class | highTagNumber}, base128(big.NewInt(int64(number)))...)
}

// Int is an INTEGER.
func Int(n int64) TLV { return BigInt(big.NewInt(n)) }

// BigInt is an INTEGER of any size in two's complement (X.690 §8.3).
func BigInt(n *big.Int) TLV { return Primitive(TagInteger, twosComplement(n)) }

// IntBytes is an INTEGER with the content that is given: padded, empty, or with its sign lost.
func IntBytes(content ...byte) TLV { return Primitive(TagInteger, content) }

// Enumerated is an ENUMERATED.
func Enumerated(n int64) TLV { return Primitive(TagEnumerated, twosComplement(big.NewInt(n))) }

func twosComplement(n *big.Int) []byte {
	if n.Sign() >= 0 {
		b := n.Bytes()
		if len(b) == 0 || b[0]&0x80 != 0 {
			b = append([]byte{0}, b...)
		}
		return b
	}
	size := new(big.Int).Not(n).BitLen()/8 + 1 // one bit more than the magnitude of -n-1
	modulus := new(big.Int).Lsh(big.NewInt(1), uint(8*size))
	return modulus.Add(modulus, n).FillBytes(make([]byte, size))
}

// Bool is a BOOLEAN of DER: 0xff or 0.
func Bool(b bool) TLV {
	if b {
		return BoolByte(0xff)
	}
	return BoolByte(0)
}

// BoolByte is a BOOLEAN with any byte; BER takes each that is not 0 for true (X.690 §8.2.2).
func BoolByte(b byte) TLV { return Primitive(TagBoolean, []byte{b}) }

// Null is NULL.
func Null() TLV { return Primitive(TagNull, nil) }

// Octets is an OCTET STRING of bytes.
func Octets(content []byte) TLV { return Primitive(TagOctetString, content) }

// OctetsOf is an OCTET STRING that holds the encoding of a value.
func OctetsOf(v Value) TLV { return TLV{Tag: []byte{TagOctetString}, Body: []Value{v}} }

// Bits is a BIT STRING of whole bytes.
func Bits(content []byte) TLV { return BitsUnused(content, 0) }

// BitsUnused is a BIT STRING whose last byte has bits that do not count.
func BitsUnused(content []byte, unused byte) TLV {
	return TLV{Tag: []byte{TagBitString}, Body: []Value{Raw{unused}, Raw(content)}}
}

// NamedBits is a BIT STRING with the numbered bits set and without zeros at its end (X.690 §11.2.2).
func NamedBits(numbers ...int) TLV {
	last := -1
	for _, n := range numbers {
		last = max(last, n)
	}
	content := make([]byte, last/8+1)
	if last < 0 {
		return Bits(nil)
	}
	for _, n := range numbers {
		content[n/8] |= 0x80 >> (n % 8)
	}
	return BitsUnused(content, byte(7-last%8))
}

// OID is an OBJECT IDENTIFIER in its dotted form.
func OID(dotted string) TLV {
	var arcs []*big.Int
	for part := range strings.SplitSeq(dotted, ".") {
		n, err := strconv.ParseUint(part, 10, 63)
		if err != nil {
			panic("der: " + strconv.Quote(dotted) + " is no object identifier")
		}
		arcs = append(arcs, new(big.Int).SetUint64(n))
	}
	if len(arcs) < 2 {
		panic("der: an object identifier has at least two arcs")
	}
	first := new(big.Int).Mul(arcs[0], big.NewInt(40))
	content := base128(first.Add(first, arcs[1]))
	for _, arc := range arcs[2:] {
		content = append(content, base128(arc)...)
	}
	return Primitive(TagOID, content)
}

// base128 writes a number in groups of seven bits, with the high bit set in all but the last (X.690 §8.19.2).
func base128(n *big.Int) []byte {
	size := max(1, (n.BitLen()+6)/7)
	out := make([]byte, size)
	for i, rest := size-1, new(big.Int).Set(n); i >= 0; i-- {
		out[i] = byte(rest.Uint64()) & 0x7f
		if i < size-1 {
			out[i] |= 0x80
		}
		rest.Rsh(rest, 7)
	}
	return out
}

// UTF8 is a UTF8String. Like the strings that follow, it is written whatever characters its type has.
func UTF8(s string) TLV { return Primitive(TagUTF8String, []byte(s)) }

// Printable is a PrintableString.
func Printable(s string) TLV { return Primitive(TagPrintableString, []byte(s)) }

// IA5 is an IA5String.
func IA5(s string) TLV { return Primitive(TagIA5String, []byte(s)) }

// T61 is a T61String, in ISO 8859-1 as most writers of it used.
func T61(s string) TLV {
	var content []byte
	for _, c := range s {
		if c > 0xff {
			panic("der: a T61String is written in ISO 8859-1")
		}
		content = append(content, byte(c))
	}
	return Primitive(TagT61String, content)
}

// BMP is a BMPString: two bytes a character.
func BMP(s string) TLV {
	var content []byte
	for _, unit := range utf16.Encode([]rune(s)) {
		content = append(content, byte(unit>>8), byte(unit))
	}
	return Primitive(TagBMPString, content)
}

// UTCTime is a UTCTime with seconds and Z.
func UTCTime(t time.Time) TLV { return Primitive(TagUTCTime, []byte(t.UTC().Format(utcTimeLayout))) }

// GeneralizedTime is a GeneralizedTime with seconds and Z.
func GeneralizedTime(t time.Time) TLV {
	return Primitive(TagGeneralizedTime, []byte(t.UTC().Format(generalizedTimeForm)))
}

// Time is a UTCTime until 2049 and a GeneralizedTime from 2050 (RFC 5280 §4.1.2.5).
func Time(t time.Time) TLV {
	if year := t.UTC().Year(); year < 1950 || year > 2049 {
		return GeneralizedTime(t)
	}
	return UTCTime(t)
}
