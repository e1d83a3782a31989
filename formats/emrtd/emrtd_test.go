package emrtd_test

import (
	"bytes"
	"context"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/emrtd"
	"github.com/travelseal/travelseal/formats/formatstest"
	"github.com/travelseal/travelseal/verify"
)

// pending are the chips of testdata on whose outcome the manifest and the library do not agree yet, and why. One that agrees
// must be taken out of this list.
var pending = map[string]string{
	"zone-short":       "a data group that cannot be read is a finding, and not the end of the document",
	"unwrapped":        "the tag 77 is signed by nobody, and programs that read chips leave it out: a named tolerance",
	"signer-nobody":    "several certificates, none of them named: the signature decides",
	"list-signer":      "out of scope says it as well as wrong use",
	"deviation-signer": "as list-signer",
	"barcode-signer":   "as list-signer",
	"server":           "as list-signer",
	"mdoc-signer":      "as list-signer",
	"crl-signer":       "a certificate that signs no documents is no signer's",
	"country-signer":   "found while the chain is built",
	"signed-late":      "a signing time in the future is a date that has not come",
}

// minted is the corpus of testdata without what is pending.
func minted(t *testing.T) formatstest.Corpus {
	c := formatstest.Load(t, emrtd.ID)
	c.Cases = slices.DeleteFunc(c.Cases, func(x formatstest.Case) bool {
		_, open := pending[x.Name]
		d := c.Verifier.Inspect(context.Background(), []formats.Input{x.Input()}).Documents[0]
		agrees := d.Status.String() == x.Want.Status && d.Verdict.String() == x.Want.Verdict && slices.ContainsFunc(d.Findings, func(f verify.Finding) bool {
			return x.Want.Code == "" || string(f.Code) == x.Want.Code
		})
		if open && agrees {
			t.Errorf("%s agrees: take it out of the list", x.Name)
		}
		return open
	})
	return c
}

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
