package vical

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/strict/cbor"
)

// An Entry is one certificate of a list, whether it can be used or not.
type Entry struct {
	Index int // its place in the list, from 0
	// Certificate is nil where it cannot be read. Its validity and its deviations are the issuer's own words.
	Certificate *cert.Certificate
	Country     string // of the certificate, in capital letters
	// DocTypes are the types of mobile documents that the provider has looked at: "org.iso.18013.5.1.mDL".
	DocTypes  []string
	Authority string // issuingAuthority, as the provider writes it
	// Dropped says why the certificate is left out; "" where it is not.
	Dropped string
}

// The reasons for which a certificate is left out, beside those of package cert.
const (
	noInfo      = "it is no map with a certificate"
	repeated    = "it stands in the list twice"
	notCA       = "it does not say that it issues certificates"
	noTypes     = "the list names no type of document for it"
	otherSerial = "the serial number beside it is another's"
	otherSKI    = "the key identifier beside it is another's"
)

// maxTypes bounds the types of documents of one entry.
const maxTypes = 64

// readEntries reads certificateInfos.
func (l *List) readEntries(infos cbor.Value) error {
	if n, _ := infos.Len(); n > MaxCertificates {
		return fmt.Errorf("%w: more than %d certificates", ErrLimit, MaxCertificates)
	}
	seen := make(map[string]bool)
	for i, v := range infos.Elements() {
		e := readInfo(v)
		e.Index = i
		if c := e.Certificate; c != nil {
			if seen[string(c.Raw)] {
				e.Dropped = repeated
			}
			seen[string(c.Raw)] = true
		}
		l.Entries = append(l.Entries, e)
	}
	return nil
}

// readInfo reads one CertificateInfo (ISO/IEC 18013-5 §C.1.7.1). What stands beside a certificate is the provider's copy of
// what is in it; the certificate counts, and must be the one that the provider means.
func readInfo(v cbor.Value) Entry {
	var e Entry
	var raw, serial, ski []byte
	for k, member := range v.Entries() {
		switch name, _ := k.TextBytes(); string(name) {
		case "certificate":
			raw, _ = member.Bytes()
		case "serialNumber":
			serial = bigNumber(member)
		case "ski":
			ski, _ = member.Bytes()
		case "docType":
			e.DocTypes = texts(member)
		case "issuingAuthority":
			e.Authority, _ = member.Text()
		}
	}
	if raw == nil {
		e.Dropped = noInfo
		return e
	}
	c, err := cert.Parse(raw)
	if err != nil {
		e.Dropped = "it cannot be read: " + err.Error()
		return e
	}
	e.Certificate, e.Country = c, strings.ToUpper(c.Subject.Country)
	e.Dropped = objection(&e, serial, ski)
	return e
}

// objection says why a certificate that can be read is left out.
func objection(e *Entry, serial, ski []byte) string {
	c := e.Certificate
	switch err := c.Usable(); {
	case err != nil:
		return err.Error()
	case !c.Roles().Has(cert.CA):
		return notCA
	case len(e.DocTypes) == 0:
		return noTypes
	case !bytes.Equal(serial, bytes.TrimLeft(c.Serial, "\x00")):
		return otherSerial
	case !bytes.Equal(octets(ski, len(c.SubjectKeyID)), c.SubjectKeyID):
		return otherSKI
	}
	return ""
}

// octets gives a key identifier without the heads of OCTET STRINGs that one provider leaves around it: that of the extension,
// and that within it (RFC 5280 §4.2.1.2).
func octets(ski []byte, size int) []byte {
	for range 2 {
		if len(ski) > size && len(ski) >= 2 && ski[0] == 0x04 && int(ski[1]) == len(ski)-2 {
			ski = ski[2:]
		}
	}
	return ski
}

// bigNumber reads a number of any size (RFC 8949 §3.4.3), without zeros in front; nil where it is none, or negative.
func bigNumber(v cbor.Value) []byte {
	if n, ok := v.Int(); ok && n >= 0 {
		var b []byte
		for ; n > 0; n >>= 8 {
			b = append([]byte{byte(n)}, b...)
		}
		return b
	}
	tag, inner, ok := v.Tag()
	if b, isBytes := inner.Bytes(); ok && tag == 2 && isBytes {
		return bytes.TrimLeft(b, "\x00")
	}
	return nil
}

// texts reads an array of texts; nil where it is none, or too long.
func texts(v cbor.Value) []string {
	n, ok := v.Len()
	if v.Kind() != cbor.Array || !ok || n > maxTypes {
		return nil
	}
	list := make([]string, 0, n)
	for _, e := range v.Elements() {
		s, ok := e.Text()
		if !ok || s == "" {
			return nil
		}
		list = append(list, s)
	}
	return list
}

// String names the entry by its place and, where it can be read, its subject and serial number.
func (e Entry) String() string {
	if e.Certificate == nil {
		return fmt.Sprintf("certificate %d", e.Index+1)
	}
	return fmt.Sprintf("certificate %d, %s, serial %X", e.Index+1, e.Certificate.Subject, bytes.TrimLeft(e.Certificate.Serial, "\x00"))
}
