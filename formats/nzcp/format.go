package nzcp

import (
	"bytes"

	"github.com/travelseal/travelseal/formats"
)

// ID is the New Zealand COVID Pass.
const ID formats.ID = "nzcp"

// Format is the New Zealand COVID Pass.
var Format = formats.Format{
	ID:     ID,
	Title:  "New Zealand COVID Pass",
	Spec:   "Ministry of Health (New Zealand), NZ COVID Pass - Technical Specification v1",
	Detect: detect,
	Decode: decode,
	Trace:  trace,
}

const (
	prefix  = "NZCP:/"
	version = "1" // "2D Barcode Encoding": the version-identifier of this release
)

// detect claims every version and spelling of the prefix, so that one that is not supported is named as such instead of
// as unknown.
func detect(in formats.Input) bool {
	b, ok := in.Lone()
	return ok && len(b) >= len(prefix) && bytes.EqualFold(b[:len(prefix)], []byte(prefix))
}
