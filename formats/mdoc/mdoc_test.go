package mdoc_test

import (
	"bytes"
	"encoding/base64"
	"path/filepath"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/formatstest"
	"github.com/travelseal/travelseal/formats/mdoc"
	"github.com/travelseal/travelseal/internal/mint/mobile"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// verifierOf trusts the authorities of testdata/trust/mdoc.
func verifierOf(t testing.TB, at time.Time) *verify.Verifier {
	t.Helper()
	trust, err := trustlist.Load(filepath.Join(formatstest.Root(t), "testdata", "trust", "mdoc"))
	if err != nil {
		t.Fatal(err)
	}
	set, err := formats.NewSet(mdoc.Format)
	if err != nil {
		t.Fatal(err)
	}
	v, err := verify.New(verify.Config{
		Formats: set, Trust: trust, Policy: verify.DefaultPolicy(mdoc.ID), Now: func() time.Time { return at },
	})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// cborLayer reaches the response within its text.
var cborLayer = formatstest.Layer{
	Name:   "CBOR",
	Unwrap: func(text []byte) ([]byte, error) { return base64.RawURLEncoding.DecodeString(string(text)) },
	Wrap:   func(b []byte) []byte { return []byte(base64.RawURLEncoding.EncodeToString(b)) },
}

// idle names the bits of what a device has made that nobody can check: its MAC, and the header that names it.
func idle(layer string, data []byte, bit int) string {
	if layer == "text" {
		raw, err := cborLayer.Unwrap(data)
		if err != nil {
			return ""
		}
		return idle("CBOR", raw, bit/8*3/4*8) // the byte that the character begins in
	}
	at, begin := bit/8, bytes.LastIndex(data, []byte("deviceMac"))
	if begin >= 0 && at >= begin+len("deviceMac")-1 && at < bytes.LastIndex(data, []byte("status"))-1 {
		return "the MAC of a device"
	}
	return ""
}

func TestConformance(t *testing.T) {
	corpus := formatstest.Load(t, mdoc.ID)
	corpus.Verifier = verifierOf(t, corpus.AsOf)
	formatstest.RunOn(t, formatstest.Suite{Format: mdoc.Format, Places: true, Layers: []formatstest.Layer{cborLayer}, Idle: idle}, corpus)
}

func FuzzDecode(f *testing.F) {
	b := good.Build()
	for _, raw := range [][]byte{b.Response, b.Document, b.IssuerSigned} {
		f.Add(raw)
	}
	formatstest.Fuzz(f, mdoc.Format)
}

func FuzzSession(f *testing.F) {
	d := good
	d.Transcript = mobile.Session("one")
	b := d.Build()
	f.Add(b.Response, d.Transcript)
	f.Fuzz(func(t *testing.T, response, session []byte) {
		in := formats.Input{Files: []formats.File{{Data: response}, {Name: "SessionTranscript", Data: session}}}
		for _, one := range mdoc.Format.Group([]formats.Input{in}) {
			if doc, err := mdoc.Format.Decode(one, formats.Options{Tolerate: []string{"mso-untagged", "digest-id-text", "mso-spelling"}}); (doc == nil) == (err == nil) {
				t.Fatal("neither or both of document and error")
			}
		}
	})
}
