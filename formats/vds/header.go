package vds

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/c40"
	"github.com/travelseal/travelseal/internal/states"
)

// header is what stands before the features (Doc 9303-13 §2.2).
type header struct {
	version         byte   // as written, one less than it is called
	state           string // the issuing state, without fillers
	country         string // two letters where the state's code is known, its code where it is not
	signer          string // two letters of a country, and two characters
	reference       string // of the certificate
	issued, created formats.Date
	feature, kind   byte // document feature definition reference and document type category
	size            int
}

// Sizes of the header's fields, in bytes and characters.
const (
	stateAt      = 2
	stateSize    = 2
	signerAt     = stateAt + stateSize
	signerLength = 4
	fixedLength  = 9 // signer and certificate reference in version 3
	lengthLength = 2 // of the length of the certificate reference in version 4
	tailSize     = 2*c40.DateSize + 2
	minHeader    = signerAt + 6 + tailSize
)

// decimalSigner is the signer that the tolerance of that name is for.
const decimalSigner = "DEZV"

func (r *reading) readHeader() error {
	h := &r.header
	if len(r.data) < minHeader {
		return fail(formats.CodeTruncated, "header", len(r.data), fmt.Errorf("%d bytes, a header has %d or more", len(r.data), minHeader))
	}
	h.version = r.data[1]
	if err := r.readState(); err != nil {
		return err
	}
	var err error
	switch {
	case h.version == version3:
		err = r.readFixed()
	case h.version == version4:
		if err = r.readVariable(); err != nil && r.o.Allows(fixedReference) && r.readFixed() == nil && r.plausible() {
			r.tolerated(fixedReference, "header", "a certificate reference of a fixed length")
			err = nil
		}
	case h.version < version3 && r.o.Allows(earlyVersion):
		if err = r.readVariable(); err == nil {
			r.tolerated(earlyVersion, "header", "a version before those of the specification")
		}
	default:
		return fail(formats.CodeVersion, "header", 1, fmt.Errorf("version %d is not read", int(h.version)+1))
	}
	if err != nil {
		return err
	}
	if r.lengthInDecimal() {
		r.tolerated(decimalLength, "header", "the length of the certificate reference in decimal")
	}
	return nil
}

// readState reads the issuing state, three letters of which fillers may be a part. A state that is not known stays as it is
// written, so that it fits no key's country.
func (r *reading) readState() error {
	h := &r.header
	text, err := r.text("issuing state", stateAt, stateSize)
	if err != nil {
		return err
	}
	h.state = strings.TrimRight(text, " ")
	if h.state == "" || strings.ContainsAny(h.state, " 0123456789") {
		return fail(formats.CodePayload, "issuing state", stateAt, errors.New("not letters"))
	}
	var known bool
	if h.country, known = states.Alpha2(h.state); !known {
		h.country = h.state
		r.breach("issuing_state", "not the code of a state or organisation")
	}
	return nil
}

// readFixed reads signer and reference of nine characters (version 3).
func (r *reading) readFixed() error {
	text, err := r.text("signer", signerAt, c40.Size(fixedLength))
	if err != nil {
		return err
	}
	return r.readNames(text, signerAt+c40.Size(fixedLength), fixedLength)
}

// readVariable reads the signer, the length of the reference, and the reference (version 4).
func (r *reading) readVariable() error {
	const before = signerLength + lengthLength
	text, err := r.text("signer", signerAt, c40.Size(before))
	if err != nil {
		return err
	}
	if len(text) != before {
		return fail(formats.CodePayload, "signer", signerAt, errors.New("not six characters"))
	}
	radix := 16
	if text[:signerLength] == decimalSigner && r.o.Allows(decimalLength) {
		radix = 10
	}
	length, err := strconv.ParseUint(text[signerLength:], radix, 8)
	if err != nil || length == 0 {
		return fail(formats.CodePayload, "certificate reference", signerAt, errors.New("not a length"))
	}
	at := signerAt + c40.Size(before)
	reference, err := r.text("certificate reference", at, c40.Size(int(length)))
	if err != nil {
		return err
	}
	return r.readNames(text[:signerLength]+reference, at+c40.Size(int(length)), signerLength+int(length))
}

// text reads C40 within the header.
func (r *reading) text(step string, at, size int) (string, error) {
	if at+size+tailSize > len(r.data) {
		return "", fail(formats.CodeTruncated, step, len(r.data), errors.New("the header ends too early"))
	}
	text, err := c40.Decode(r.data[at : at+size])
	if err != nil {
		offset := at
		if ce := (*c40.Error)(nil); errors.As(err, &ce) {
			offset += ce.Offset
		}
		return "", fail(formats.CodePayload, step, offset, err)
	}
	return text, nil
}

// readNames takes signer and reference apart, and what follows them.
func (r *reading) readNames(text string, at, length int) error {
	h := &r.header
	if len(text) != length || strings.Contains(text, " ") || strings.ContainsAny(text[:2], "0123456789") {
		return fail(formats.CodePayload, "signer", signerAt, errors.New("not two letters, two characters and a reference of its length"))
	}
	h.signer, h.reference = text[:signerLength], text[signerLength:]
	for _, d := range []struct {
		step string
		to   *formats.Date
	}{{"date of issue", &h.issued}, {"date of signing", &h.created}} {
		var err error
		if *d.to, err = c40.Date(r.data[at : at+c40.DateSize]); err != nil {
			return fail(formats.CodePayload, d.step, at, err)
		}
		at += c40.DateSize
	}
	h.feature, h.kind = r.data[at], r.data[at+1]
	h.size = at + 2
	return nil
}

// plausible reports whether dates can be those of a seal, where it is not certain that they are dates at all.
func (r *reading) plausible() bool {
	return r.header.issued.Year/100 == 20 && r.header.created.Year/100 == 20
}

// lengthInDecimal reports whether the length could not have been read as the specification has it.
func (r *reading) lengthInDecimal() bool {
	h := &r.header
	return h.version == version4 && h.signer == decimalSigner && len(h.reference) > 9
}

// keyID is how trust lists find the certificate: the signer, and the reference without its leading zeros (BSI TR-03137-1
// §5.3.1: the serial number is what the reference says in hexadecimal).
func (h *header) keyID() []byte {
	number := strings.TrimLeft(h.reference, "0")
	if number == "" {
		number = "0"
	}
	return append(append(make([]byte, 0, len(h.signer)+len(number)), h.signer...), number...)
}

// A day begins first, and ends last, so far from UTC.
const (
	easternmost = 14 * time.Hour
	westernmost = 12 * time.Hour
)
