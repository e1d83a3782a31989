package emrtd_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/emrtd"
	"github.com/travelseal/travelseal/formats/formatstest"
	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/internal/sig"
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
	doc, err := emrtd.Format.Decode(formats.Input{Files: []formats.File{{Name: layer, Data: data}}}, formats.Options{})
	if err != nil {
		return ""
	}
	seal := doc.Seals[0]
	end := 0 // of the certificates
	for _, c := range seal.Signer.Chain {
		begin := bytes.Index(data, c)
		end = max(end, begin+len(c))
		if at >= begin && at < begin+len(c) && !signs(c, seal) {
			return "a certificate beside the signer's"
		}
	}
	if at >= end && at < bytes.LastIndex(data, oidContentType) {
		return "the identifier of the signer"
	}
	return ""
}

// signs reports whether the key of a certificate made the signature.
func signs(raw []byte, s formats.Seal) bool {
	c, err := cert.Parse(raw)
	if err != nil {
		return false
	}
	err = sig.Verify(s.Algorithm, c.Key, s.Signed, s.Signature)
	return err == nil || errors.Is(err, sig.ErrWeakHash) || errors.Is(err, sig.ErrNullOmitted)
}

func TestConformance(t *testing.T) {
	formatstest.RunOn(t, formatstest.Suite{Format: emrtd.Format, Idle: idle}, minted(t))
}

// Nothing of a credential is idle but what is within its EF.SOD.
func TestConformanceOfCredentials(t *testing.T) {
	within := func(_ string, data []byte, bit int) string {
		at, sod := sealIn(t, data)
		if bit < 8*at || bit >= 8*(at+len(sod)) {
			return ""
		}
		return idle("EF.SOD", sod, bit-8*at)
	}
	formatstest.RunOn(t, formatstest.Suite{Format: emrtd.Format, Idle: within}, formatstest.Load(t, emrtd.DTC))
}

// sealIn gives the EF.SOD in a credential that is in DER, and where it begins.
func sealIn(t *testing.T, data []byte) (at int, sod []byte) {
	t.Helper()
	whole, err := der.Only(data, der.Sequence, "the credential")
	if err != nil {
		t.Fatal(err)
	}
	in := whole.Reader()
	if _, err = in.Read(der.Integer, "the version"); err != nil {
		t.Fatal(err)
	}
	list, err := in.Read(der.Sequence, "dtcData")
	if err != nil {
		t.Fatal(err)
	}
	elements := list.Reader()
	v, err := elements.Read(der.Context(0), "dtcSOD")
	if err != nil {
		t.Fatal(err)
	}
	return v.Offset + len(v.Raw) - len(v.Content), v.Content
}
