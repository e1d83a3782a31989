package vds

import (
	"errors"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/c40"
)

// A feature is one document feature.
type feature struct {
	tag   byte
	at    int // of the value in the seal
	value []byte
}

// message is what stands behind the header.
type message struct {
	features  []feature
	signed    []byte // from the first byte to the tag of the signature
	signature []byte
	sealed    bool
}

// signatureTag begins the signature, and is no feature's (Doc 9303-13 §2.4).
const signatureTag = 0xFF

// A lengthReader reads the length at the beginning of b, and how many bytes it takes.
type lengthReader func(b []byte) (length, n int, err error)

var (
	errLong     = errors.New("longer than what follows")
	errTwice    = errors.New("the tag is there twice")
	errNothing  = errors.New("no document feature")
	errTrailing = errors.New("something after the signature")
)

// readMessage takes features and signature apart: by the lengths of DER, or else by lengths of one byte.
func (r *reading) readMessage() error {
	m, err := r.features(c40.Length)
	if err != nil && r.o.Allows(rawLength) {
		if again, other := r.features(oneByte); other == nil {
			m, err = again, nil
			r.tolerated(rawLength, "message", "a length of 128 or more in one byte")
		}
	}
	if err != nil {
		return err
	}
	r.message = m
	return nil
}

func (r *reading) features(length lengthReader) (m message, err error) {
	var seen [signatureTag]bool
	m.features = r.room[:0]
	at := r.header.size
	for at < len(r.data) {
		tag, begin := r.data[at], at
		size, n, err := length(r.data[at+1:])
		at += 1 + n
		switch {
		case err != nil:
			return m, fail(codeOf(err), name(tag), begin, err)
		case size > len(r.data)-at:
			return m, fail(formats.CodeTruncated, name(tag), begin, errLong)
		}
		value := r.data[at : at+size : at+size]
		if tag == signatureTag {
			if at += size; at != len(r.data) {
				return m, fail(formats.CodeTrailing, "signature", at, errTrailing)
			}
			m.signed, m.signature, m.sealed = r.data[:begin:begin], value, true
			break
		}
		if seen[tag] {
			return m, fail(formats.CodePayload, name(tag), begin, errTwice)
		}
		seen[tag] = true
		m.features = append(m.features, feature{tag, at, value})
		at += size
	}
	if len(m.features) == 0 { // BSI TR-03137-1 §3.2
		return m, fail(formats.CodePayload, "message", r.header.size, errNothing)
	}
	return m, nil
}

func codeOf(err error) string {
	if errors.Is(err, c40.ErrShort) {
		return formats.CodeTruncated
	}
	return formats.CodeNonCanonical
}

// oneByte reads a length as BSI TR-03137-1 §3.2.3 has it.
func oneByte(b []byte) (length, n int, err error) {
	if len(b) == 0 {
		return 0, 0, c40.ErrShort
	}
	return int(b[0]), 1, nil
}

// name is how a tag is called where no table has a name for it.
func name(tag byte) string {
	if tag == signatureTag {
		return "signature"
	}
	const digits = "0123456789ABCDEF"
	return "tag " + string(digits[tag>>4]) + string(digits[tag&15])
}
