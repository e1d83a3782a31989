package barcode

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// A VDS is a visible digital seal (ICAO Doc 9303-13 §2). It is a value: the methods give changed copies.
type VDS struct {
	Version   byte   // as it is written: 3 is version 4
	State     string // "UTO"
	Name      string // of the signer: country and two characters
	Reference string // of its certificate
	Fixed     bool   // the layout of version 3, whatever the version is
	Decimal   bool   // the length of the reference in decimal

	Issued, Created time.Time
	Kind            [2]byte
	Features        []Feature
	Signer          *pki.Credential // nil leaves the signature out
	RawLengths      bool            // lengths of one byte, in place of DER

	Hooks VDSHooks
}

// A Feature is one document feature.
type Feature struct {
	Tag   byte
	Value []byte
}

// VDSHooks change what a layer of a VDS has become, in the order in which Build calls them; a nil hook changes nothing.
type VDSHooks struct {
	Header    func([]byte) []byte
	Message   func([]byte) []byte
	Signature func([]byte) []byte
	Whole     func([]byte) []byte // header, message and signature, after signing
}

// Seal makes a seal without features by a signer, whose name and number it takes from the certificate.
func Seal(by *pki.Credential, kind [2]byte, features ...Feature) VDS {
	return VDS{
		Version: 3, State: "UTO", Name: Called(by)[:4], Reference: Called(by)[4:], Issued: Issued, Created: Created,
		Kind: kind, Features: features, Signer: by,
	}
}

// Called is how a seal calls a signer: country, common name and serial number.
func Called(by *pki.Credential) string {
	number := strings.TrimLeft(fmt.Sprintf("%X", by.Serial.Encode()[2:]), "0")
	return text(by, 0) + text(by, len(by.Subject)-1) + number
}

func text(by *pki.Credential, i int) string { return string(by.Subject[i][0].Value.Encode()[2:]) }

// Build writes the seal.
func (v VDS) Build() []byte {
	b := change(v.Hooks.Header, v.header())
	b = append(b, change(v.Hooks.Message, v.message())...)
	if v.Signer != nil {
		signature := change(v.Hooks.Signature, sign(v.Signer, b))
		b = append(b, v.feature(Feature{0xFF, signature})...)
	}
	return change(v.Hooks.Whole, b)
}

func (v VDS) header() []byte {
	b := append([]byte{0xDC, v.Version}, mint.C40((v.State + "  ")[:3])...)
	if v.Fixed || v.Version == 2 {
		b = append(b, mint.C40(v.Name+strings.Repeat("0", 5-len(v.Reference))+v.Reference)...)
	} else {
		format := "%02X"
		if v.Decimal {
			format = "%02d"
		}
		b = append(b, mint.C40(v.Name+fmt.Sprintf(format, len(v.Reference)))...)
		b = append(b, mint.C40(v.Reference)...)
	}
	b = append(append(b, day(v.Issued)...), day(v.Created)...)
	return append(b, v.Kind[:]...)
}

func day(t time.Time) []byte { return mint.SealDate(t.Year(), int(t.Month()), t.Day()) }

func (v VDS) message() []byte {
	var b []byte
	for _, f := range v.Features {
		b = append(b, v.feature(f)...)
	}
	return b
}

func (v VDS) feature(f Feature) []byte {
	length := []byte{byte(len(f.Value))}
	if len(f.Value) >= 0x80 && !v.RawLengths {
		length = []byte{0x81, byte(len(f.Value))}
	}
	return slices.Concat([]byte{f.Tag}, length, f.Value)
}

func change(hook func([]byte) []byte, b []byte) []byte {
	if hook == nil {
		return b
	}
	return hook(slices.Clone(b))
}

// With puts a feature in, or another value in its place.
func (v VDS) With(tag byte, value []byte) VDS {
	v.Features = slices.Clone(v.Features)
	if i := slices.IndexFunc(v.Features, func(f Feature) bool { return f.Tag == tag }); i >= 0 {
		v.Features[i].Value = value
	} else {
		v.Features = append(v.Features, Feature{tag, value})
	}
	return v
}

// Without removes a feature.
func (v VDS) Without(tag byte) VDS {
	v.Features = slices.DeleteFunc(slices.Clone(v.Features), func(f Feature) bool { return f.Tag == tag })
	return v
}

// Hooked gives the seal with other hooks.
func (v VDS) Hooked(h VDSHooks) VDS {
	v.Hooks = h
	return v
}

// But gives the seal after a function has worked on it.
func (v VDS) But(change func(*VDS)) VDS {
	change(&v)
	return v
}
