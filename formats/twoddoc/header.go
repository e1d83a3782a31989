package twoddoc

import (
	"errors"
	"strconv"
	"time"

	"github.com/travelseal/travelseal/formats"
)

const marker = "DC"

// A header is what stands before the message (ANTS 2D-Doc v3.1.3 §4).
type header struct {
	version        string // "04"
	ca, cert       string // "FR03", "AV01"
	issued, signed formats.Date
	kind           string // "B2"
	perimeter      string // "01", also where the version has none
	country        string // "" where the version has none
	size           int    // characters
}

// knownPerimeter is the only one whose identifiers are in the tables; it is meant where the version names none.
const knownPerimeter = "01"

// sizes are the lengths of the header by version.
var sizes = map[string]int{"02": 22, "03": 24, "04": 26}

// readHeader reads the fields of fixed length.
func (r *reading) readHeader() error {
	if len(r.text) < 4 || string(r.text[:2]) != marker {
		return fail(formats.CodeEncoding, "header", 0, errors.New(`not the marker "DC" and a version`))
	}
	h := &r.header
	h.version = string(r.text[2:4])
	size, known := sizes[h.version]
	switch {
	case !known:
		return fail(formats.CodeVersion, "header version", 2, errors.New("a version other than 02, 03 and 04"))
	case len(r.text) < size:
		return fail(formats.CodeTruncated, "header", len(r.text), errors.New("shorter than the version has it"))
	}
	for i, c := range r.text[4:size] {
		if !alphanumeric(c) {
			return fail(formats.CodeEncoding, "header", 4+i, errors.New("a character other than A to Z and 0 to 9"))
		}
	}
	text := string(r.text[:size])
	h.ca, h.cert, h.kind, h.perimeter, h.size = text[4:8], text[8:12], text[20:22], knownPerimeter, size
	if size > 22 {
		h.perimeter = text[22:24]
	}
	if size > 24 {
		h.country = text[24:26]
	}
	for _, d := range []struct {
		name string
		at   int
		to   *formats.Date
	}{{"header date of issue", 12, &h.issued}, {"header date of signature", 16, &h.signed}} {
		date, ok := day(text[d.at : d.at+4])
		if !ok {
			return fail(formats.CodePayload, d.name, d.at, errors.New("not four hexadecimal digits in capitals"))
		}
		*d.to = date
	}
	if h.signed.IsZero() {
		r.breach("header.signed", "no date of signature")
	}
	return nil
}

// day reads a number of days since 1 January 2000. FFFF means that there is no date.
func day(text string) (formats.Date, bool) {
	n, err := strconv.ParseUint(text, 16, 16)
	for i := range len(text) {
		if c := text[i]; !digit(c) && (c < 'A' || c > 'F') {
			return formats.Date{}, false
		}
	}
	switch {
	case err != nil || len(text) != 4:
		return formats.Date{}, false
	case n == 0xFFFF:
		return formats.Date{}, true
	}
	y, m, d := time.Date(2000, 1, 1+int(n), 0, 0, 0, 0, time.UTC).Date()
	return formats.Date{Year: y, Month: m, Day: d}, true
}
