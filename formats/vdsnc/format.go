package vdsnc

import (
	"bytes"

	"github.com/travelseal/travelseal/formats"
)

// ID is a visible digital seal for non-constrained environments, of any type.
const ID formats.ID = "vdsnc"

// Format is the visible digital seal for non-constrained environments.
var Format = formats.Format{
	ID:         ID,
	Title:      "ICAO visible digital seal (VDS-NC)",
	Spec:       "ICAO Technical Report VDS-NC, version 1.1; RFC 8785",
	Tolerances: []formats.Tolerance{unpadded, partialBirthDate},
	Detect:     detect,
	Decode:     decode,
	Trace:      trace,
}

// The tolerances of this format.
var (
	unpadded = formats.Tolerance{
		Name: "base64-unpadded", On: true,
		Why:  "Japan left the padding out, as base64url is often written",
		Cite: "RFC 4648 §3.2: padding is included unless the specification says otherwise, and the report does not",
	}
	partialBirthDate = formats.Tolerance{
		Name: "partial-birth-date", On: true,
		Why:  "the birthday of many people is known to the year or month only, and the report has no way to say so",
		Cite: "VDS-NC guidelines: dob is a complete date",
	}
)

// blanks is the white space of RFC 8259 §2.
const blanks = " \t\r\n"

// detect claims every JSON object that begins with data or sig and has a header, whatever its type and version.
func detect(in formats.Input) bool {
	b, ok := in.Lone()
	if !ok {
		return false
	}
	object, ok := bytes.CutPrefix(bytes.TrimLeft(b, blanks), []byte("{"))
	if !ok {
		return false
	}
	first := bytes.TrimLeft(object, blanks)
	return (bytes.HasPrefix(first, []byte(`"data"`)) || bytes.HasPrefix(first, []byte(`"sig"`))) && bytes.Contains(first, []byte(`"hdr"`))
}
