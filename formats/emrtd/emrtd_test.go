package emrtd_test

import (
	"bytes"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/emrtd"
	"github.com/travelseal/travelseal/formats/formatstest"
)

// minted is the corpus of testdata.
func minted(t *testing.T) formatstest.Corpus { return formatstest.Load(t, emrtd.ID) }

// The object identifiers that stand before and after what nobody has signed in a message.
var (
	oidObject      = []byte{0x06, 0x06, 0x67, 0x81, 0x08, 0x01, 0x01, 0x01}                   // of the content
	oidContentType = []byte{0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x03} // of the first signed attribute
)

// idle names the bits that nobody has signed and that nothing is read from. RFC 5652 §5.4 signs the attributes and, by their
// digest, the content. The identifier of the signer is a hint: the signature decides.
func idle(layer string, data []byte, bit int) string {
	if layer == "EF.COM" {
		return "nobody signs EF.COM"
	}
	if layer != "EF.SOD" {
		return ""
	}
	at := bit / 8
	if at < bytes.Index(data, oidObject) {
		return "the version of the message and the hashes that it announces"
	}
	doc, err := emrtd.Format.Decode(formats.Bytes(data), formats.Options{})
	if err != nil {
		return ""
	}
	end := 0 // of the certificates
	for _, c := range doc.Seals[0].Signer.Chain {
		end = max(end, bytes.Index(data, c)+len(c))
	}
	if at >= end && at < bytes.LastIndex(data, oidContentType) {
		return "the identifier of the signer"
	}
	return ""
}

func TestConformance(t *testing.T) {
	formatstest.RunOn(t, formatstest.Suite{Format: emrtd.Format, Idle: idle}, minted(t))
}
