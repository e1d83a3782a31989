package chip

import (
	"strings"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// DG1 holds a machine readable zone: the lines one after the other (Doc 9303-10 §4.7.1). The text may have line feeds
// between its lines, as that of mint.MRZ has.
func DG1(zone string) []byte { return group(1, text(0x5f1f, strings.ReplaceAll(zone, "\n", ""))) }

// A Detail is what DG11 says of a person beside the zone. Empty fields are left out.
type Detail struct {
	Name      string   // in the national script, with fillers as in a zone
	Other     []string // further names
	Number    string   // personal number
	Birth     string   // CCYYMMDD
	Place     string   // parts are divided by a filler
	Address   string
	Telephone string
}

// DG11 holds personal details (Doc 9303-10 §4.7.11). Further names stand in a template with their number, which the list
// calls by the names' own tag.
func DG11(d Detail) []byte {
	var tags []byte
	var objects []der.Value
	add := func(tag uint16, s string) {
		if s != "" {
			tags, objects = append(tags, byte(tag>>8), byte(tag)), append(objects, text(tag, s))
		}
	}
	add(0x5f0e, d.Name)
	if len(d.Other) > 0 {
		others := []der.Value{der.Int(int64(len(d.Other)))}
		for _, name := range d.Other {
			others = append(others, text(0x5f0f, name))
		}
		tags, objects = append(tags, 0x5f, 0x0f), append(objects, der.Tagged([]byte{0xa0}, others...))
	}
	add(0x5f10, d.Number)
	add(0x5f2b, d.Birth)
	add(0x5f11, d.Place)
	add(0x5f42, d.Address)
	add(0x5f12, d.Telephone)
	return group(11, append([]der.Value{object(0x5c, tags)}, objects...)...)
}

// DG12 holds details of the document: the authority and the date of issue, CCYYMMDD (Doc 9303-10 §4.7.12).
func DG12(authority, issued string) []byte {
	return group(12, object(0x5c, []byte{0x5f, 0x19, 0x5f, 0x26}), text(0x5f19, authority), text(0x5f26, issued))
}

// DG13 is the issuing State's own.
func DG13(content []byte) []byte { return group(13, der.Octets(content)) }

// DG14 holds what a terminal needs for chip authentication (Doc 9303-11 §6.2): an ECDH key, and the algorithm of active
// authentication.
func DG14(chipKey *pki.Key) []byte {
	key := der.Seq(der.OID("0.4.0.127.0.7.2.2.1.2"), pki.SPKI{}.Value(chipKey))
	protocol := der.Seq(der.OID("0.4.0.127.0.7.2.2.3.2.2"), der.Int(1)) // ECDH, AES of 128 bits
	active := der.Seq(der.OID("2.23.136.1.1.5"), der.Int(1), der.OID("0.4.0.127.0.7.1.1.4.1.3"))
	return group(14, der.Set(key, protocol, active))
}

// DG15 holds the public key of active authentication (Doc 9303-10 §4.7.15).
func DG15(key *pki.Key) []byte { return group(15, pki.SPKI{}.Value(key)) }

// DG16 names one person to notify (Doc 9303-10 §4.7.16).
func DG16(name, telephone string) []byte {
	person := der.Tagged([]byte{0xa1}, text(0x5f50, "20210520"), text(0x5f51, name), text(0x5f52, telephone))
	return group(16, der.Int(1), person)
}

// Prints stands for fingerprints (DG3) or irises (DG4), which no reader of travel documents outside the issuing state sees:
// a group without a record, and a random object that makes each different (Doc 9303-10 §4.7.3).
func Prints(number int, seed string) []byte {
	random := mint.NewDRBG([]byte("travelseal mint prints\x00" + seed)).Bytes(8)
	return group(number, der.Tagged([]byte{0x7f, 0x61}, der.Int(0), object(0x53, random)))
}
