package conformance

import (
	"encoding/hex"
	"strconv"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/idb"
	"github.com/travelseal/travelseal/internal/vectors"
)

// TestIDB runs every case of a seal in ICAO's Datastructure for Barcode: decoding, signature and fields.
func TestIDB(t *testing.T) {
	var cases []barcodeCase
	texts := make(map[string]string)
	for _, vc := range vectors.Travel(t, "idb") {
		c := travelBarcode(t, vc)
		c.in = formats.Text(vc.Input.Text)
		texts[c.id] = vc.Input.Text
		cases = append(cases, c)
	}
	runBarcodes(t, cases, idb.Format, func(doc *formats.Document, id string) map[string]string { return idbFields(doc, texts[id]) })
}

// idbNames are the names of the two source libraries for what the format calls by the second name.
var idbNames = map[string]string{"certificateReference": "certificate_reference", "signatureCreationDate": "date_of_signing", "EXPIRY_DATE": "date_of_expiry"}

// idbFields gives the claims by the names of the source libraries.
func idbFields(doc *formats.Document, text string) map[string]string {
	extra := make(map[string]string)
	for _, f := range doc.Parts[0].Unverified.Extra {
		extra[f.Name] = f.Value
	}
	got := make(map[string]string)
	for theirs, ours := range idbNames {
		got[theirs] = extra[ours]
	}
	letter := text[4]
	got["barcodeFlag"] = string(letter)
	got["signed"] = strconv.FormatBool(doc.Seals != nil)
	got["zipped"] = strconv.FormatBool(letter == 'C' || letter == 'D')
	got["countryIdentifier"] = (extra["issuing_state"] + "<<")[:3]
	if doc.Seals != nil {
		s := doc.Seals[0]
		for i, a := range []formats.Algorithm{formats.ES256, formats.ES384, formats.ES512} {
			if s.Algorithm == a {
				got["signatureAlgorithm"] = strconv.Itoa(i + 1)
			}
		}
	}
	// The messages of these two cases are one proof of vaccination without content.
	if value, err := hex.DecodeString(extra["proof_of_vaccination"]); err == nil {
		group := append([]byte{0x04, byte(len(value))}, value...)
		got["messages_hex"] = hex.EncodeToString(append([]byte{0x61, byte(len(group))}, group...))
	}
	return got
}
