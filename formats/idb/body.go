package idb

import (
	"bytes"
	"crypto/fips140"
	"crypto/sha1"
	"errors"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/c40"
)

// The tags of the elements behind the header (§3.3 to §3.5), in their order.
const (
	messagesTag    = 0x61
	certificateTag = 0x7E
	signatureTag   = 0x7F
)

// An element is a tag with its value.
type element struct {
	tag     byte
	at      int // of the tag in the data
	valueAt int
	value   []byte
}

// body is what stands behind the header.
type body struct {
	messages    []element
	covered     []byte // header and messages, which the signature is over
	certificate []byte
	signature   []byte
	sealed      bool
}

func (r *reading) readBody() error {
	list, err := elements(r.data, r.header.size)
	if err != nil {
		return err
	}
	if len(list) == 0 || list[0].tag != messagesTag {
		return fail(formats.CodeEnvelope, "elements", r.header.size, errors.New("no messages behind the header"))
	}
	b := &r.body
	end := len(r.data)
	if len(list) > 1 {
		end = list[1].at
	}
	b.covered = r.data[:end:end]
	last := byte(messagesTag)
	for _, e := range list[1:] {
		if e.tag <= last {
			return fail(formats.CodeEnvelope, tagged(e.tag), e.at, errors.New("not an element that may stand here"))
		}
		switch last = e.tag; e.tag {
		case certificateTag:
			b.certificate = e.value
		case signatureTag:
			b.signature, b.sealed = e.value, true
		default:
			return fail(formats.CodeEnvelope, tagged(e.tag), e.at, errors.New("an element that is not known"))
		}
	}
	switch {
	case !r.signed && (b.sealed || b.certificate != nil):
		return fail(formats.CodeEnvelope, "elements", end, errors.New("a signature, where the letter says that there is none"))
	case r.signed && !b.sealed:
		r.breach("signature", "missing, where the letter says that there is one")
	}
	if b.certificate != nil && !r.named(b.certificate) {
		r.breach("certificate", "not the one that the header names")
	}
	group := list[0]
	if b.messages, err = elements(r.data[:group.valueAt+len(group.value)], group.valueAt); err != nil {
		return err
	}
	return r.distinct()
}

// named reports whether the header's reference means the certificate, which no signature covers. Where SHA-1 may not be used,
// it is left at that: the certificate is a hint, and what it says is not shown.
func (r *reading) named(certificate []byte) bool {
	if fips140.Enforced() {
		return true
	}
	sum := sha1.Sum(certificate)
	return bytes.Equal(sum[sha1.Size-referenceSize:], r.header.reference)
}

// repeated gives the first element whose tag is there before it; -1 where there is none.
func repeated(list []element) int {
	var seen [256]bool
	for i, e := range list {
		if seen[e.tag] {
			return i
		}
		seen[e.tag] = true
	}
	return -1
}

// distinct demands messages, each once.
func (r *reading) distinct() error {
	if i := repeated(r.body.messages); i >= 0 {
		m := r.body.messages[i]
		return fail(formats.CodePayload, tagged(m.tag), m.at, errors.New("the message is there twice"))
	}
	if len(r.body.messages) == 0 {
		return fail(formats.CodePayload, "messages", r.header.size, errors.New("no message"))
	}
	return nil
}

// elements reads tags of one byte with lengths of DER (§2.3), from a place to the end of data.
func elements(data []byte, at int) ([]element, error) {
	list := make([]element, 0, 8)
	for at < len(data) {
		begin := at
		size, n, err := c40.Length(data[at+1:])
		at += 1 + n
		switch {
		case errors.Is(err, c40.ErrShort):
			return nil, fail(formats.CodeTruncated, tagged(data[begin]), begin, err)
		case err != nil:
			return nil, fail(formats.CodeNonCanonical, tagged(data[begin]), begin, err)
		case size > len(data)-at:
			return nil, fail(formats.CodeTruncated, tagged(data[begin]), begin, errors.New("longer than what follows"))
		}
		list = append(list, element{data[begin], begin, at, data[at : at+size : at+size]})
		at += size
	}
	return list, nil
}

// tagged is how a tag is called where no table has a name for it.
func tagged(tag byte) string {
	const digits = "0123456789ABCDEF"
	return "tag " + string(digits[tag>>4]) + string(digits[tag&15])
}
