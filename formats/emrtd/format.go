package emrtd

import (
	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/lds"
)

// ID names the format.
const ID formats.ID = "emrtd"

// Format is the chip of a machine readable travel document.
var Format = formats.Format{
	ID:         ID,
	Title:      "Passport chip (eMRTD)",
	Spec:       "ICAO Doc 9303-10 and 9303-11, eighth edition",
	Tolerances: tolerances,
	Detect:     detect,
	Group:      join,
	Decode:     decode,
	Trace:      trace,
}

// detect claims files that have the name of one of a chip's and begin as that does, and a lone file that begins as EF.SOD
// does and is longer than a text could say.
func detect(in formats.Input) bool {
	for _, f := range in.Files {
		if len(f.Data) < 2 {
			continue
		}
		first := f.Data[0]
		switch k := FileName(f.Name); k.kind {
		case sodFile:
			if first == byte(lds.TagSOD) || first == bareSOD {
				return true
			}
		case comFile:
			if first == byte(lds.TagCOM) {
				return true
			}
		case groupFile:
			if first == byte(k.group.Tag()) {
				return true
			}
		case foreignFile:
			if isLoneSOD(in) {
				return true
			}
		}
	}
	return false
}

// isLoneSOD reports whether an Input is one unnamed file that begins as EF.SOD: its tag, and a length of the long or the
// indefinite form, which no text begins with.
func isLoneSOD(in formats.Input) bool {
	b, ok := in.Lone()
	return ok && len(b) > 2 && b[0] == byte(lds.TagSOD) && b[1] >= 0x80 && b[1] <= 0x84
}
