package idb

import (
	"errors"
	"strings"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/c40"
	"github.com/travelseal/travelseal/internal/states"
)

// header is what stands before the elements (§3.2). Without a signature it is the state alone.
type header struct {
	state     string // the issuing state, without fillers
	country   string // two letters where the state's code is known, its code where it is not
	algorithm byte
	reference []byte // of the signer's certificate
	created   formats.Date
	size      int
}

const (
	stateSize     = 2
	algorithmAt   = stateSize
	referenceAt   = algorithmAt + 1
	referenceSize = 5
	dateAt        = referenceAt + referenceSize
)

func (r *reading) readHeader() error {
	h := &r.header
	if len(r.data) < stateSize {
		return fail(formats.CodeTruncated, "header", len(r.data), errors.New("ends too early"))
	}
	text, err := c40.Decode(r.data[:stateSize])
	if err != nil {
		return fail(formats.CodePayload, "issuing state", 0, err)
	}
	h.state = strings.TrimRight(text, " ")
	if h.state == "" || strings.ContainsAny(h.state, " 0123456789") {
		return fail(formats.CodePayload, "issuing state", 0, errors.New("not letters"))
	}
	var known bool
	if h.country, known = states.Alpha2(h.state); !known {
		h.country = h.state
		r.breach("issuing_state", "not the code of a state or organisation")
	}
	h.size = stateSize
	if r.signed {
		return r.readSigner()
	}
	return nil
}

// readSigner reads what the header has where there is a signature. The date of signing is known in full: it has three bytes,
// or by a tolerance a mask of zeros before them. The messages follow, which begin with a tag that no date of four bytes has in
// its last place and that makes of three bytes no date.
func (r *reading) readSigner() error {
	h := &r.header
	if len(r.data) < dateAt+c40.MaskedSize+1 {
		return fail(formats.CodeTruncated, "header", len(r.data), errors.New("ends too early"))
	}
	h.algorithm, h.reference = r.data[algorithmAt], r.data[referenceAt:dateAt:dateAt]
	at := dateAt
	if r.data[at] == 0 && r.data[at+c40.MaskedSize] == messagesTag {
		if !r.o.Allows(maskedDate) {
			return fail(formats.CodePayload, "date of signing", at, errors.New("four bytes, where a date has three"))
		}
		r.tolerated(maskedDate, "date_of_signing", "a date with a mask")
		at++
	}
	var err error
	if h.created, err = c40.Date(r.data[at : at+c40.DateSize]); err != nil {
		return fail(formats.CodePayload, "date of signing", at, err)
	}
	h.size = at + c40.DateSize
	return nil
}
