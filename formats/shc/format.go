package shc

import (
	"bytes"

	"github.com/travelseal/travelseal/formats"
)

// ID names the format.
const ID formats.ID = "shc"

// Format is the SMART Health Card.
var Format = formats.Format{
	ID:         ID,
	Title:      "SMART Health Card",
	Spec:       "SMART Health Cards Framework 1.4; HL7 SMART Health Cards and Links, STU 1; FHIR R4",
	Tolerances: []formats.Tolerance{chunkOfOne, notMinimal, noZone},
	Detect:     detect,
	Group:      group,
	Decode:     decode,
	Trace:      trace,
}

// The tolerances of this format. Each is a departure that genuine issuers make and that changes nothing in what a card says.
var (
	chunkOfOne = formats.Tolerance{
		Name: "chunk-of-one", On: true,
		Why:  "writers that always number their chunks number a card that fits into one code as 1 of 1",
		Cite: "SMART Health Cards Framework, Encoding QRs: ordinal and count stand only where more than one chunk is required",
	}
	notMinimal = formats.Tolerance{
		Name: "not-minimal", On: true,
		Why:  "issuers leave identifiers, metadata and display texts in their resources, which make a code larger and no other",
		Cite: "SMART Health Cards Framework, Health Cards are Compact: no id, no text, no display, and of meta only security",
	}
	noZone = formats.Tolerance{
		Name: "no-zone", On: true,
		Why:  "registers leave the zone out of the times of samples; they are read as UTC",
		Cite: "FHIR R4 §2.24.0.1, dateTime: a time of day has a zone",
	}
)

// detect claims the codes of the scheme "shc" in any spelling and version, the compact JWS, and the JSON files that hold
// such JWS, so that what is wrong with one of them is named instead of being unknown.
func detect(in formats.Input) bool {
	b, ok := in.Lone()
	return ok && (isCode(b) || isToken(b) || isFile(b))
}

// isCode reports whether a text begins with "shc:", in either case, or with the same scheme and a number ("shc2:").
func isCode(b []byte) bool {
	if len(b) < len("shc:") || !bytes.EqualFold(b[:3], []byte("shc")) {
		return false
	}
	rest := bytes.TrimLeft(b[3:min(len(b), 8)], "0123456789")
	return len(rest) > 0 && rest[0] == ':'
}

// isToken reports whether a text begins as a compact JWS does: with the base64url of "{" and a quotation mark or a space,
// and with a dot after the header.
func isToken(b []byte) bool {
	if len(b) < 3 || b[0] != 'e' {
		return false
	}
	switch string(b[1:3]) {
	case "yJ", "yA", "wo", "w0", "wk": // {" and { followed by a space, a line feed, a carriage return, a tab
		return bytes.IndexByte(b[:min(len(b), maxHeader)], '.') > 0
	}
	return false
}

// maxHeader is how much of a text is looked through for the end of a header; a chain of certificates is a few KiB.
const maxHeader = 64 << 10
