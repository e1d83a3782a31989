package barcode

import (
	"crypto"
	"crypto/sha1"
	"encoding/base32"
	"slices"
	"strings"
	"time"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// An IDB is a seal in ICAO's Datastructure for Barcode. It is a value: the methods give changed copies.
type IDB struct {
	Identifier string // "RDB1"
	State      string // "UTO"
	Algorithm  byte
	Reference  []byte // of the certificate
	Created    time.Time
	Masked     bool // a mask before the date of signing
	Messages   []Feature
	Signer     *pki.Credential // nil leaves the signature out, and says so
	WithCert   bool            // the certificate stands in the seal
	Zipped     bool

	Hooks IDBHooks
}

// IDBHooks change what a layer of an IDB has become, in the order in which Build calls them; a nil hook changes nothing.
type IDBHooks struct {
	Header    func([]byte) []byte
	Messages  func([]byte) []byte // their element
	Signature func([]byte) []byte
	Payload   func([]byte) []byte // everything, after signing
	Packed    func([]byte) []byte // what base32 encodes
	Text      func(string) string
}

// Datastructure makes a seal by a signer over messages.
func Datastructure(by *pki.Credential, messages ...Feature) IDB {
	return IDB{
		Identifier: "RDB1", State: "UTO", Algorithm: 1, Reference: Thumb(by), Created: Created, Messages: messages, Signer: by,
	}
}

// Thumb is how the seal calls a certificate: the last five bytes of its SHA-1.
func Thumb(by *pki.Credential) []byte {
	sum := sha1.Sum(by.Cert)
	return sum[15:]
}

// Build writes the seal.
func (d IDB) Build() string {
	b := change(d.Hooks.Header, d.header())
	var messages []byte
	for _, m := range d.Messages {
		messages = append(messages, element(m.Tag, m.Value)...)
	}
	b = append(b, change(d.Hooks.Messages, element(0x61, messages))...)
	flag := byte('A')
	if d.Signer != nil {
		flag++
		signature := change(d.Hooks.Signature, d.sign(b))
		if d.WithCert {
			b = append(b, element(0x7E, d.Signer.Cert)...)
		}
		b = append(b, element(0x7F, signature)...)
	}
	b = change(d.Hooks.Payload, b)
	if d.Zipped {
		flag += 2
		b = mint.Zlib(b)
	}
	b = change(d.Hooks.Packed, b)
	text := d.Identifier + string(flag) + base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b)
	if d.Hooks.Text != nil {
		text = d.Hooks.Text(text)
	}
	return text
}

func (d IDB) header() []byte {
	b := mint.C40((d.State + "  ")[:3])
	if d.Signer == nil {
		return b
	}
	b = append(append(b, d.Algorithm), d.Reference...)
	if d.Masked {
		b = append(b, 0)
	}
	return append(b, day(d.Created)...)
}

// sign signs with the hash that the header names; for a number that is none, with SHA-256.
func (d IDB) sign(message []byte) []byte {
	a := pki.PlainECDSA(hashes[max(min(int(d.Algorithm), len(hashes)), 1)-1])
	return pki.Sign(d.Signer.Key, a, message)
}

// hashes are those of the algorithms, from 1 on.
var hashes = []crypto.Hash{crypto.SHA256, crypto.SHA384, crypto.SHA512}

// element writes a tag, a length of DER and a value.
func element(tag byte, value []byte) []byte {
	n := len(value)
	length := []byte{byte(n)}
	switch {
	case n >= 0x100:
		length = []byte{0x82, byte(n >> 8), byte(n)}
	case n >= 0x80:
		length = []byte{0x81, byte(n)}
	}
	return slices.Concat([]byte{tag}, length, value)
}

// With puts a message in, or another value in its place.
func (d IDB) With(tag byte, value []byte) IDB {
	d.Messages = slices.Clone(d.Messages)
	if i := slices.IndexFunc(d.Messages, func(m Feature) bool { return m.Tag == tag }); i >= 0 {
		d.Messages[i].Value = value
	} else {
		d.Messages = append(d.Messages, Feature{tag, value})
	}
	return d
}

// But gives the seal after a function has worked on it.
func (d IDB) But(change func(*IDB)) IDB {
	change(&d)
	return d
}

// Hooked gives the seal with other hooks.
func (d IDB) Hooked(h IDBHooks) IDB {
	d.Hooks = h
	return d
}

// Card is the seal on the identity card of Maren: its zone and its card access number.
func Card(by *pki.Credential) IDB {
	m := zoneOf(mint.Maren, "I", "UT5566778", "F")
	return Datastructure(by, Feature{0x07, mint.C40(unlined(m.TD1()))}, Feature{0x09, mint.C40("156782")})
}

// Paper is the seal on an emergency travel document for Brigid.
func Paper(by *pki.Credential) IDB {
	zone := element(0x02, mint.C40(TD2(zoneOf(mint.Brigid, "PU", "UT1122334", "F"))))
	return Datastructure(by, Feature{0x02, zone})
}

// VisaSticker is the seal on a visa of the small size for Tobias, whose features are those of a visible digital seal.
func VisaSticker(by *pki.Credential) IDB {
	var features []byte
	for _, f := range Visa(by).Features {
		features = append(features, element(f.Tag, f.Value)...)
	}
	return Datastructure(by, Feature{0x01, features})
}

// Passport is the seal on a passport of Tobias.
func Passport(by *pki.Credential) IDB {
	return Datastructure(by, Feature{0x08, mint.C40(unlined(zoneOf(mint.Tobias, "P", "UT7042699", "M").TD3()))})
}

func unlined(zone string) string { return strings.ReplaceAll(zone, "\n", "") }
