package twoddoc

import (
	"bytes"

	"github.com/travelseal/travelseal/formats"
)

// ID names the format.
const ID formats.ID = "2ddoc"

// Format is the French 2D-Doc seal, of any type of document.
var Format = formats.Format{
	ID:     ID,
	Title:  "French 2D-Doc seal",
	Spec:   "ANTS, Spécifications techniques des Codes à Barres 2D-Doc, v3.1.3",
	Detect: detect,
	Decode: decode,
	Trace:  trace,
}

// detect claims every text that begins with the marker and two digits of a version.
func detect(in formats.Input) bool {
	b, ok := in.Lone()
	return ok && len(b) >= 4 && bytes.HasPrefix(b, []byte(marker)) && digit(b[2]) && digit(b[3])
}
