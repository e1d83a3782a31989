package der

// MaxDepth is how deep values may stand in one another in what [Normalize] reads. A CMS message with its certificates
// needs fewer than half of that.
const MaxDepth = 24

// Limits bound what [Normalize] reads. The zero Limits permit nothing.
type Limits struct {
	Size     int // bytes, with what follows the first value
	Elements int // values at all levels
}

// The departures from DER that Normalize mends. Each is found in genuine passports.
const (
	IndefiniteLength  = "ber.indefinite_length"  // X.690 §8.1.3.6; DER forbids it in §10.1
	LongLength        = "ber.long_length"        // more octets than the length needs; X.690 §10.1
	ConstructedString = "ber.constructed_string" // an OCTET STRING in pieces, X.690 §8.7.3; DER forbids it in §10.2
)

// Normalize reads the first value of ber, written in BER, and gives it in DER, with what follows it. Data that is in DER
// already is returned as it is, without being copied. The content of primitive values is never changed, nor is the order
// of a SET: both may be what somebody signed. Therefore "DER" here means tags, lengths and the form of strings, which is
// all that a [Reader] asks for.
//
// Deviations name each kind of departure once, where it was first found, so that a hostile file cannot make a list of
// them. What no genuine issuer needs is refused: other strings in pieces, a SEQUENCE without its form, a tag of 00 outside
// an end of contents. Errors are *[Error], at bytes of ber.
func Normalize(ber []byte, limits Limits) (der, rest []byte, deviations []Deviation, err error) {
	if len(ber) > limits.Size {
		return nil, nil, nil, &Error{What: encoding, Err: ErrLimit}
	}
	left := limits.Elements
	if end, ok := isDER(ber, 0, len(ber), 0, &left); ok {
		return ber[:end:end], ber[end:], nil, nil
	}
	m := meter{data: ber, left: limits.Elements, sizes: make([]int, 0, 64)}
	size, end, err := m.value(0, len(ber), 0)
	if err != nil {
		return nil, nil, nil, err
	}
	w := writer{data: ber, sizes: m.sizes, out: make([]byte, 0, size)}
	w.value(0)
	return w.out, ber[end:], m.found, nil
}

const encoding = "the encoding" // what errors here are about

// isDER reports whether the value that begins at a byte is in DER, and where it ends. It is the short way of what is
// written rightly; what it refuses, a meter looks at again.
func isDER(data []byte, at, limit, depth int, left *int) (end int, ok bool) {
	tag, n := readTag(data[at:limit])
	*left--
	if n == 0 || tag == 0 || tag == pieces || misformed(tag) || *left < 0 || depth >= MaxDepth {
		return 0, false
	}
	length, k, err := readLength(data[at+n : limit])
	body := at + n + k
	if err != nil || length > limit-body {
		return 0, false
	}
	if end = body + length; !tag.Constructed() {
		return end, true
	}
	for at = body; at < end; {
		if at, ok = isDER(data, at, end, depth+1, left); !ok {
			return 0, false
		}
	}
	return end, true
}

// A meter finds how long values will be in DER, and what keeps them from being DER now.
type meter struct {
	data  []byte
	left  int // how many values may still come
	sizes []int
	found []Deviation
}

// A head is a tag and a length. A length of -1 is indefinite.
type head struct {
	tag    Tag
	length int
	body   int // where the content begins
}

// value measures the value that begins at a byte and ends before limit: how long it will be in DER, and where it ends.
// The sizes of the contents of constructed values are kept in the order in which these begin, for the writer.
func (m *meter) value(at, limit, depth int) (size, end int, err error) {
	h, err := m.head(at, limit)
	if err != nil {
		return 0, 0, err
	}
	if m.left--; m.left < 0 || depth >= MaxDepth {
		return 0, 0, m.fail(at, ErrLimit)
	}
	if !h.tag.Constructed() {
		return headSize(h.tag, h.length) + h.length, h.body + h.length, nil
	}
	mine := len(m.sizes)
	m.sizes = append(m.sizes, 0)
	if h.tag == pieces {
		m.note(ConstructedString, h.tag, at)
	}
	content, end, err := m.content(h, limit, depth)
	if err != nil {
		return 0, 0, err
	}
	m.sizes[mine] = content
	return headSize(h.tag, content) + content, end, nil
}

// content measures what stands in a constructed value.
func (m *meter) content(h head, limit, depth int) (size, end int, err error) {
	if h.length >= 0 {
		limit = h.body + h.length
	}
	for at := h.body; ; {
		switch {
		case h.length >= 0 && at == limit:
			return size, at, nil
		case h.length < 0 && at+2 <= limit && m.data[at] == 0 && m.data[at+1] == 0: // X.690 §8.1.5
			return size, at + 2, nil
		}
		sizes := len(m.sizes)
		n, next, err := m.value(at, limit, depth+1)
		if err != nil {
			return 0, 0, err
		}
		if h.tag == pieces { // only the octets of the pieces remain, whose tags a writer leaves out
			switch tag := Tag(m.data[at]); {
			case tag == pieces:
				n = m.sizes[sizes]
			case tag == OctetString:
				piece, _ := m.head(at, limit)
				n = piece.length
			default:
				return 0, 0, m.fail(at, ErrTag)
			}
		}
		size, at = size+n, next
	}
}

// head reads a tag and a length in any form that BER has, and notes how they depart from DER.
func (m *meter) head(at, limit int) (head, error) {
	b := m.data[at:limit]
	tag, n := readTag(b)
	switch {
	case len(b) == 0:
		return head{}, m.fail(at, ErrTruncated)
	case n == 0 || tag == 0 || misformed(tag):
		return head{}, m.fail(at, ErrTag)
	}
	length, k, err := readLength(b[n:])
	if err == ErrLength {
		if length, k, err = m.looseLength(tag, at, b[n:]); err != nil {
			return head{}, err
		}
	}
	body := at + n + k
	if err != nil || length > limit-body {
		return head{}, m.fail(at, ErrTruncated)
	}
	return head{tag: tag, length: length, body: body}, nil
}

// maxLength is how many octets a length may take after the first. Issuers that leave room for a length fill four.
const maxLength = 8

// looseLength reads the lengths that DER does not have.
func (m *meter) looseLength(tag Tag, at int, b []byte) (length, n int, err error) {
	n = 1 + int(b[0]&0x7F)
	switch {
	case b[0] == 0x80 && tag.Constructed():
		m.note(IndefiniteLength, tag, at)
		return -1, 1, nil
	case b[0] == 0x80 || n > 1+maxLength:
		return 0, 0, m.fail(at, ErrLength)
	case n > len(b):
		return 0, 0, m.fail(at, ErrTruncated)
	}
	for _, x := range b[1:n] {
		if length >= 1<<23 { // 2 GiB and more
			return 0, 0, m.fail(at, ErrTruncated)
		}
		length = length<<8 | int(x)
	}
	m.note(LongLength, tag, at)
	return length, n, nil
}

// note keeps the first departure of each kind.
func (m *meter) note(code string, tag Tag, at int) {
	for _, d := range m.found {
		if d.Code == code {
			return
		}
	}
	m.found = append(m.found, Deviation{Code: code, Where: tag.String(), Offset: at})
}

func (m *meter) fail(at int, err error) error { return &Error{What: encoding, Offset: at, Err: err} }

// pieces is the tag of an OCTET STRING in pieces.
const pieces = OctetString | 0x20

// misformed reports whether a tag of the universal class has the other form than its type: a SEQUENCE or SET that is
// primitive, or a primitive type or string in pieces, save the OCTET STRING that genuine passports have.
func misformed(t Tag) bool {
	if t > 0x3F {
		return false
	}
	switch t &^ 0x20 {
	case 0x08, 0x0B, Sequence &^ 0x20, Set &^ 0x20: // EXTERNAL and EMBEDDED PDV consist of values too (X.690 §8.18)
		return t&0x20 == 0
	}
	return t&0x20 != 0 && t != pieces
}
