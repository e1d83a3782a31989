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
	// pair is that of a French 2D-Doc: the common names of issuer and subject, each of four characters, "UT03AV01" (ANTS,
	// Processus 2D-Doc). The first of them, the authority, is the issuer that the document names.
	pair string
}

// thumbSize is how much of the SHA-1 the Datastructure for Barcode has. It chooses among trusted certificates and makes none
// trusted, so that nothing depends on the strength of the hash.
const thumbSize = 5

func referencesOf(c *cert.Certificate) (r references) {
	if !fips140.Enforced() { // where SHA-1 panics
		sum := sha1.Sum(c.Raw)
		r.thumb = string(sum[sha1.Size-thumbSize:])
	}
	if authority, name := c.Issuer.CommonName, c.Subject.CommonName; ofLength(authority, 4) && ofLength(name, 4) {
		r.pair = authority + name
	}
	country, common := strings.ToUpper(c.Subject.Country), strings.ToUpper(c.Subject.CommonName)
	// Signers of seals have names of two characters. Of others there are many with one name, and no seal can call them.
	if !ofLength(country, 2) || !ofLength(common, 2) || len(c.Serial) == 0 || c.Serial[0]&0x80 != 0 {
		return r
	}
	number := strings.TrimLeft(strings.ToUpper(hex.EncodeToString(c.Serial)), "0")
	if number == "" {
		number = "0"
	}
	r.subject = country + common + number
	return r
}

// ofLength reports whether a text has n characters that a seal's header can hold.
func ofLength(s string, n int) bool {
	if len(s) != n {
		return false
	}
	for i := range n {
		if !(s[i] >= 'A' && s[i] <= 'Z' || s[i] >= '0' && s[i] <= '9') {
			return false
		}
	}
	return true
}

// identify reports whether hints mean the certificate by one of its names. A subject with a serial number is unique among
// the signers of seals (Doc 9303-13 §2.2), and an authority of 2D-Doc gives each name to one certificate alone; five bytes of
// a digest are taken for it only together with the country.
func (r *references) identify(country string, s formats.Signer) bool {
	switch id := string(s.KeyID); id {
	case "":
		return false
	case r.subject:
		return true
	case r.thumb:
		return country != "" && country == s.Country
	case r.pair:
		return s.Issuer == r.pair[:4]
	}
	return false
}

// all are the key IDs by which documents may ask for the certificate.
func (r *references) all() [3]string { return [...]string{r.subject, r.thumb, r.pair} }
