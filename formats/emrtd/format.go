package emrtd

import (
	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/internal/lds"
)

// ID names the format, and the profile of a chip whose files were read.
const ID formats.ID = "emrtd"

const spec = "ICAO Doc 9303-10 and 9303-11, eighth edition"

// Format is the chip of a machine readable travel document, and the copy of one in a digital travel credential.
var Format = formats.Format{
	ID:    ID,
	Title: "Chip of a travel document (LDS)",
	Spec:  spec,
	Profiles: []formats.Profile{
		{ID: ID, Title: "Passport chip (eMRTD)", Spec: spec},
		{ID: DTC, Title: "Digital travel credential (DTC-VC)", Spec: "ICAO Technical Report Digital Travel Credentials, Virtual Component Data Structure and PKI Mechanisms 1.2"},
	},
	Tolerances: tolerances,
	Detect:     detect,
	Group:      join,
	Decode:     decode,
	Trace:      trace,
}

// detect claims files that have the name of one of a chip's and begin as that does, a lone file that begins as EF.SOD
// does and is longer than a text could say, and a credential.
func detect(in formats.Input) bool {
	if isCredential(in) {
		return true
	}
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

// isCredential reports whether an Input is one file, and no file of a chip by its name, that begins as a DTCContentInfo does: a
// SEQUENCE of a version and of a SEQUENCE whose elements have tags of its own. Lengths may be any that BER has, so that such a
// file is refused by its name.
func isCredential(in formats.Input) bool {
	if len(in.Files) != 1 || FileName(in.Files[0].Name).kind != foreignFile {
		return false
	}
	b, ok := inside(in.Files[0].Data, der.Sequence)
	if !ok || len(b) < 2 || b[0] != byte(der.Integer) || b[1] == 0 || b[1] > 8 || len(b) < 2+int(b[1]) {
		return false
	}
	b, ok = inside(b[2+b[1]:], der.Sequence)
	return ok && len(b) > 0 && b[0]&0xC0 == byte(der.Context(0))
}

// inside steps over a tag and a length in any form that BER has.
func inside(b []byte, tag der.Tag) (content []byte, ok bool) {
	if len(b) < 2 || b[0] != byte(tag) {
		return nil, false
	}
	head := 2
	if b[1] > 0x80 {
		head += int(b[1] & 0x7F)
	}
	if head > 2+8 || head > len(b) {
		return nil, false
	}
	return b[head:], true
}
