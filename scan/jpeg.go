package scan

import "bytes"

// maxScans bounds the passes over a progressive JPEG, each of which can visit every block for a few bytes of file.
// Encoders use up to about 26 (four components, six passes each and two more).
const maxScans = 50

// countScans counts the scans of a JPEG (ITU-T T.81 annex B) without decoding them. It follows the markers exactly as
// image/jpeg does, so that it never counts fewer than are decoded.
func countScans(data []byte) int {
	const (
		stuffing   = 0x00
		rst0, rst7 = 0xD0, 0xD7 // restart markers, which have no length
		eoi        = 0xD9
		sos        = 0xDA
	)
	scans := 0
	for at := 2; at < len(data); {
		next := bytes.IndexByte(data[at:], 0xFF)
		if next < 0 {
			break
		}
		at += next
		for at < len(data) && data[at] == 0xFF { // fill bytes
			at++
		}
		if at+2 >= len(data) || data[at] == eoi {
			break
		}
		marker := data[at]
		at++
		if marker == stuffing || rst0 <= marker && marker <= rst7 {
			continue
		}
		if marker == sos {
			scans++
		}
		at += max(2, int(data[at])<<8|int(data[at+1]))
	}
	return scans
}
