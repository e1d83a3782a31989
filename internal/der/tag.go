package der

import "fmt"

// A Tag is the identifier octets of a value as they stand (X.690 §8.1.2), read as one big-endian number: 0x30 for
// SEQUENCE, 0x7F61 for the biometric template of a passport chip. Class and form are part of it, so that comparing two
// tags compares all three.
type Tag uint32

// The tags of the universal class (X.680 §8.4).
const (
	Boolean         Tag = 0x01
	Integer         Tag = 0x02
	BitString       Tag = 0x03
	OctetString     Tag = 0x04
	Null            Tag = 0x05
	ObjectID        Tag = 0x06
	Enumerated      Tag = 0x0A
	UTF8String      Tag = 0x0C
	NumericString   Tag = 0x12
	PrintableString Tag = 0x13
	T61String       Tag = 0x14
	IA5String       Tag = 0x16
	UTCTime         Tag = 0x17
	GeneralizedTime Tag = 0x18
	VisibleString   Tag = 0x1A
	UniversalString Tag = 0x1C
	BMPString       Tag = 0x1E
	Sequence        Tag = 0x30
	Set             Tag = 0x31
)

// Context is the primitive context-specific tag [n], for n up to 30: an IMPLICIT value of a primitive type.
func Context(n uint32) Tag { return Tag(0x80 | n) }

// ContextOf is the constructed context-specific tag [n], for n up to 30: an EXPLICIT value, or an IMPLICIT one of a
// constructed type.
func ContextOf(n uint32) Tag { return Tag(0xA0 | n) }

// Constructed reports whether values with the tag consist of values.
func (t Tag) Constructed() bool { return t.first()&0x20 != 0 }

// first is the first identifier octet, which holds class and form.
func (t Tag) first() byte {
	for t > 0xFF {
		t >>= 8
	}
	return byte(t)
}

func (t Tag) String() string { return fmt.Sprintf("tag %X", uint32(t)) }
