package trustlist

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// A DigestPin is what a relying party says of a file that nobody signs: the SHA-256 of its bytes, and its name or the address
// from which it came.
type DigestPin struct {
	SHA256 [sha256.Size]byte
	Name   string
}

// maxPinFile bounds a file of digests.
const maxPinFile = 64 << 10

// DigestPins reads a file of digests as sha256sum writes it: lines of 64 hexadecimal digits in lower case, two characters of
// which the second says how the file was read, and a name. An address may stand in place of the name. The result is nil
// where one line is anything else.
func DigestPins(data []byte) []DigestPin {
	if len(data) == 0 || len(data) > maxPinFile {
		return nil
	}
	var pins []DigestPin
	for line := range bytes.Lines(data) {
		digits, name, found := strings.Cut(strings.TrimSuffix(string(line), "\n"), " ")
		sum, err := hex.DecodeString(digits)
		if !found || err != nil || len(sum) != sha256.Size || strings.ToLower(digits) != digits || len(name) < 2 || name[0] != ' ' && name[0] != '*' {
			return nil
		}
		pins = append(pins, DigestPin{SHA256: [sha256.Size]byte(sum), Name: name[1:]})
	}
	return pins
}

// PinnedBy gives the pin of a source among files of digests, or nil.
func PinnedBy(files []File, src Source) *DigestPin {
	for _, f := range files {
		for _, p := range DigestPins(f.Data) {
			if p.SHA256 == src.SHA256 {
				return &p
			}
		}
	}
	return nil
}
