package idb

import (
	"bytes"

	"github.com/travelseal/travelseal/formats"
)

// ID is a seal in ICAO's Datastructure for Barcode, of any kind of document.
const ID formats.ID = "idb"

// Format is ICAO's Datastructure for Barcode.
var Format = formats.Format{
	ID:         ID,
	Title:      "ICAO Datastructure for Barcode (IDB)",
	Spec:       "ICAO Technical Report \"ICAO Datastructure for Barcode\"; RFC 4648 §6; RFC 1950",
	Tolerances: []formats.Tolerance{earlyIdentifier, maskedDate, documentCode},
	Detect:     detect,
	Decode:     decode,
	Trace:      trace,
}

// The tolerances of this format.
var (
	earlyIdentifier = formats.Tolerance{
		Name: "early-identifier", On: true,
		Why:  "seals after drafts of the report begin with NDB1",
		Cite: "ICAO Datastructure for Barcode §3.1: the barcode identifier",
	}
	maskedDate = formats.Tolerance{
		Name: "masked-signing-date", On: true,
		Why:  "Germany's seals and others write the date of signing as dates within messages are, with a mask before it",
		Cite: "ICAO Datastructure for Barcode §3.2, table 2: the date of signing has three bytes",
	}
	documentCode = formats.Tolerance{
		Name: "document-code", On: true,
		Why:  "emergency travel documents have the document code PU, and Germany's arrival attestations ME, on two lines of 36",
		Cite: "ICAO Doc 9303-6 §4.2.2: the code begins with A, C or I",
	}
)

const (
	identifier = "RDB1"
	early      = "NDB1"
	flagAt     = len(identifier)
	textAt     = flagAt + 1
)

// The letter after the identifier is A with these added.
const (
	signedFlag = 1 << iota
	zippedFlag
	flags
)

// detect claims every text that begins with an identifier, whatever its letter.
func detect(in formats.Input) bool {
	b, ok := in.Lone()
	return ok && (bytes.HasPrefix(b, []byte(identifier)) || bytes.HasPrefix(b, []byte(early)))
}
