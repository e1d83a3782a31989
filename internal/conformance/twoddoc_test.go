package conformance

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/twoddoc"
	"github.com/travelseal/travelseal/internal/vectors"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// TestTwoDDoc runs every case of a 2D-Doc: decoding, the signature under the certificate that the header names, and fields.
func TestTwoDDoc(t *testing.T) {
	cases := vectors.Travel(t, "2d-doc")
	list, ran, used := readListing(t), make(map[string]bool), make(map[string]bool)
	tests := 0
	for _, vc := range cases {
		t.Run(vc.ID, func(t *testing.T) {
			ran[vc.ID] = true
			c := &comparison{t: t, id: vc.ID, list: list, used: used}
			compareTwoDDoc(c, vc)
			tests += c.tests
		})
	}
	list.unused(t, ran, used)
	t.Logf("%d cases, %d expectations compared, %d of them listed as disagreements", len(cases), tests, len(used))
}

func compareTwoDDoc(c *comparison, vc vectors.TravelCase) {
	e, in := vc.Expect, formats.Text(vc.Input.Text)
	doc, err := twoddoc.Format.Decode(in, formats.Options{})
	c.same("decode", (err == nil) == *e.Decode, "decodes: %v, expected %v", err, *e.Decode)
	if err != nil {
		return
	}
	if e.Signature != nil {
		trust := loadText(c.t, nil)
		for _, name := range vc.Trust.Files {
			trust = loadText(c.t, vc.File(c.t, name))
		}
		compareTwoDDocSeal(c, in, trust, *e.Signature)
	}
	got := twoDDocFields(doc, in)
	for name, raw := range e.Fields {
		value, known := got(name)
		if !known {
			c.t.Errorf("the case expects a field %q that is not there", name)
			continue
		}
		want := text(plain(c.t, raw))
		c.same(name, value == want, "read as %q, expected %q", value, want)
	}
}

// compareTwoDDocSeal finds the certificate by the names in the header. The specimens' expired in 2015, and the specimens are
// dated later: what is wrong is the date, never the signature.
func compareTwoDDocSeal(c *comparison, in formats.Input, trust *trustlist.Snapshot, sound bool) {
	d := inspectAs(c.t, twoddoc.Format, trust, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), in)
	state, status := verify.Fails, verify.Invalid
	if sound {
		state, status = verify.Holds, verify.Authentic
	}
	c.same("signature", d.Seals[0].State == state && d.Status == status, "the seal %v, %s, expected %v (%v)", d.Seals[0].State, d.Status, state, codes(d))
	if late := has(d, verify.SealOutsideValidity); sound {
		c.same("validity", late == d.Validity.IssuedAt.After(time.Date(2015, 11, 1, 13, 47, 46, 0, time.UTC)), "signed %v: %v", d.Validity.IssuedAt, codes(d))
	}
}

// twoDDocHeader gives this decoder's names of the header's fields.
var twoDDocHeader = map[string]string{
	"version": "version", "ca_id": "ca_id", "cert_id": "certificate_id", "doc_type": "type", "emission_date": "issued", "signature_date": "signed",
}

func twoDDocFields(doc *formats.Document, in formats.Input) func(name string) (string, bool) {
	extra := doc.Parts[0].Unverified.Extra
	steps := twoddoc.Format.Trace(in, formats.Options{})
	return func(name string) (string, bool) {
		find := func(list []formats.Field, name string) (string, bool) {
			i := slices.IndexFunc(list, func(f formats.Field) bool { return f.Name == name })
			if i < 0 {
				return "", false
			}
			return list[i].Value, true
		}
		switch name {
		case "marker":
			return string(in.Files[0].Data[:2]), true
		case "version":
			value, ok := find(extra, "version")
			return strings.TrimLeft(value, "0"), ok
		}
		if own, known := twoDDocHeader[name]; known {
			return find(extra, own)
		}
		return find(steps[1].Detail, name)
	}
}
