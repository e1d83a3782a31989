package trustlist

import (
	"crypto/fips140"
	"crypto/sha1"
	"encoding/hex"
	"strings"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cert"
)

// references are the names by which barcodes call the certificate of their signer, as they have no room for more. They
// follow from the certificate, so that a list of bare certificates is enough. An empty one names nothing.
type references struct {
	// subject is that of a visible digital seal: country and common name of the subject, and the serial number (ICAO Doc
	// 9303-13 §2.2, signer identifier and certificate reference; BSI TR-03137-1 §5.3.1): "UTTS5B".
	subject string
	// thumb is that of a seal in ICAO's Datastructure for Barcode: the last five bytes of the SHA-1 of the certificate.
	thumb string
}

// thumbSize is how much of the SHA-1 the Datastructure for Barcode has. It chooses among trusted certificates and makes none
// trusted, so that nothing depends on the strength of the hash.
const thumbSize = 5

func referencesOf(c *cert.Certificate) (r references) {
	if !fips140.Enforced() { // where SHA-1 panics
		sum := sha1.Sum(c.Raw)
		r.thumb = string(sum[sha1.Size-thumbSize:])
	}
	country, common := strings.ToUpper(c.Subject.Country), strings.ToUpper(c.Subject.CommonName)
	// Signers of seals have names of two characters. Of others there are many with one name, and no seal can call them.
	if !ofTwo(country) || !ofTwo(common) || len(c.Serial) == 0 || c.Serial[0]&0x80 != 0 {
		return r
	}
	number := strings.TrimLeft(strings.ToUpper(hex.EncodeToString(c.Serial)), "0")
	if number == "" {
		number = "0"
	}
	r.subject = country + common + number
	return r
}

// ofTwo reports whether a text has two characters that a seal's header can hold.
func ofTwo(s string) bool {
	if len(s) != 2 {
		return false
	}
	for i := range len(s) {
		if !(s[i] >= 'A' && s[i] <= 'Z' || s[i] >= '0' && s[i] <= '9') {
			return false
		}
	}
	return true
}

// identify reports whether hints mean the certificate by one of its names. A subject with a serial number is unique among
// the signers of seals (Doc 9303-13 §2.2); five bytes of a digest are taken for it only together with the country.
func (r *references) identify(country string, s formats.Signer) bool {
	if len(s.KeyID) == 0 {
		return false
	}
	return r.subject == string(s.KeyID) || r.thumb == string(s.KeyID) && country != "" && country == s.Country
}
