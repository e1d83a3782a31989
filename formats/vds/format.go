package vds

import "github.com/travelseal/travelseal/formats"

// ID is a visible digital seal, of any kind of document.
const ID formats.ID = "vds"

// Format is the visible digital seal.
var Format = formats.Format{
	ID:         ID,
	Title:      "ICAO visible digital seal (VDS)",
	Spec:       "ICAO Doc 9303-13, eighth edition; BSI TR-03137-1, version 2.5",
	Tolerances: []formats.Tolerance{latin1, rawLength, fixedReference, decimalLength, earlyVersion, documentCode},
	Detect:     detect,
	Decode:     decode,
	Trace:      trace,
}

// The tolerances of this format.
var (
	latin1 = formats.Tolerance{
		Name: "latin1-text", On: true,
		Why:  "readers that take every barcode for text give its bytes as characters of ISO 8859-1, and these in UTF-8",
		Cite: "ICAO Doc 9303-13 §2.1: the barcode holds bytes",
	}
	rawLength = formats.Tolerance{
		Name: "raw-length", On: true,
		Why:  "seals with a template of a face have one byte of length for 128 bytes and more, as BSI TR-03137-1 §3.2.3 has it",
		Cite: "ICAO Doc 9303-13 §2.3.2: lengths are those of DER",
	}
	fixedReference = formats.Tolerance{
		Name: "fixed-reference", On: true,
		Why:  "Germany's first arrival attestations, and seals after ICAO's specimen of a visa, say version 4 and are laid out as version 3",
		Cite: "ICAO Doc 9303-13 §2.2: in version 4 the length of the certificate reference stands before it",
	}
	decimalLength = formats.Tolerance{
		Name: "decimal-length", On: true,
		Why:  "the signer DEZV of Germany's administrative documents writes the length of the certificate reference in decimal",
		Cite: "ICAO Doc 9303-13 §2.2: the length is hexadecimal",
	}
	earlyVersion = formats.Tolerance{
		Name: "early-version", On: true,
		Why:  "seals of the issuer KURZ state version 1 or 2 and are laid out as version 4",
		Cite: "ICAO Doc 9303-13 §2.2: the version is 3 or 4",
	}
	documentCode = formats.Tolerance{
		Name: "document-code", On: true,
		Why:  "Germany's arrival attestations have the document code ME, and emergency travel documents PU, on two lines of 36",
		Cite: "ICAO Doc 9303-6 §4.2.2: the code begins with A, C or I",
	}
)

const (
	// magic is the first byte of every seal. Versions are written less one.
	magic    = 0xDC
	version3 = 0x02
	version4 = 0x03
	// lastVersion is up to where a second byte is taken for a version at all.
	lastVersion = 0x0F
)

// detect claims what begins with the magic byte and a version, known or not.
func detect(in formats.Input) bool {
	b, ok := in.Lone()
	return ok && (begins(b) || spelled(b))
}

func begins(b []byte) bool { return len(b) > 1 && b[0] == magic && b[1] <= lastVersion }

// spelled reports whether the magic byte stands as a character of ISO 8859-1 in UTF-8.
func spelled(b []byte) bool {
	return len(b) > 2 && b[0] == 0xC0|magic>>6 && b[1] == 0x80|magic&0x3F && b[2] <= lastVersion
}
