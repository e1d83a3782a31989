package conformance

import (
	"bytes"
	"crypto"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/emrtd"
	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/lds"
	"github.com/travelseal/travelseal/internal/sig"
	"github.com/travelseal/travelseal/internal/vectors"
	"github.com/travelseal/travelseal/verify"
)

// TestEMRTD runs every case of a passport chip: decoding, the signature under the certificate beside it, the digests of the
// data groups, fields and check digits.
func TestEMRTD(t *testing.T) {
	cases := vectors.Travel(t, "emrtd")
	list, ran, used := readListing(t), make(map[string]bool), make(map[string]bool)
	tests := 0
	for _, vc := range cases {
		t.Run(vc.ID, func(t *testing.T) {
			ran[vc.ID] = true
			c := &comparison{t: t, id: vc.ID, list: list, used: used}
			compareChip(c, vc)
			tests += c.tests
		})
	}
	list.unused(t, ran, used)
	t.Logf("%d cases; %d expectations compared, %d of them listed as disagreements", len(cases), tests, len(used))
}

// chipFiles gives the files of a case.
func chipFiles(t *testing.T, vc vectors.TravelCase) formats.Input {
	var in formats.Input
	for _, name := range slices.Sorted(maps.Keys(vc.Input.Files)) {
		in.Files = append(in.Files, formats.File{Name: name, Data: vc.File(t, vc.Input.Files[name])})
	}
	return in
}

func compareChip(c *comparison, vc vectors.TravelCase) {
	e, in := vc.Expect, chipFiles(c.t, vc)
	doc, err := emrtd.Format.Decode(in, formats.Options{})
	if e.Decode != nil && !e.DecodeEither {
		c.same("decode", (err == nil) == *e.Decode, "decodes: %v, expected %v", err, *e.Decode)
	}
	if e.Chain != nil || e.ValidNow != nil || e.Overall != nil {
		compareTrusted(c, vc, in)
	}
	if err != nil {
		return
	}
	if e.Signature != nil {
		sound, why := soundUnderOwn(doc)
		c.same("signature", sound == *e.Signature, "sound: %v (%s), expected %v", sound, why, *e.Signature)
	}
	if e.DGHashes != nil {
		bad := unlike(doc)
		c.same("dg_hashes", (len(bad) == 0) == *e.DGHashes, "%v are not as the issuer sealed them, expected %v", bad, *e.DGHashes)
	}
	if e.CheckDigits != nil {
		sound := !slices.ContainsFunc(doc.Checks, func(k formats.Check) bool {
			return k.Result == formats.Fails && (k.Kind == formats.Digit || k.Where == "DG1")
		})
		c.same("check_digits", sound == *e.CheckDigits, "sound: %v, expected %v", sound, *e.CheckDigits)
	}
	if e.Weak != "" {
		c.same("weak", noted(doc, "lds-sha1"), "nothing is said of weak digests")
	}
	if e.Partial {
		missing := !slices.ContainsFunc(doc.Parts, func(p formats.Part) bool { return p.Name == "DG2" })
		c.same("partial", missing && slices.Equal(doc.Wants, []string{"DG2"}), "nothing is said of the portrait that is not given")
	}
	if e.Conformance == "BER" {
		c.same("conformance", noted(doc, "ber.indefinite_length"), "nothing is said of BER")
	}
	got := chipFields(c.t, in, doc)
	for name, raw := range e.Fields {
		value, known := got[name]
		if !known {
			c.t.Errorf("the case expects a field %q that the runner does not know", name)
			continue
		}
		want := strings.Trim(string(raw), `"`)
		c.same(name, value == want, "read as %q, expected %q", value, want)
	}
}

// noted reports whether a tolerance was used.
func noted(doc *formats.Document, tolerance string) bool {
	return slices.ContainsFunc(doc.Checks, func(k formats.Check) bool { return k.Name == tolerance && k.Result == formats.Tolerated })
}

// soundUnderOwn checks the seal as its readers will, but under the certificate that came with it.
func soundUnderOwn(doc *formats.Document) (sound bool, why string) {
	s := doc.Seals[0]
	if s.Problem.Code != "" {
		return false, s.Problem.Text
	}
	for _, p := range doc.Parts {
		if p.Name != "EF.SOD" {
			continue
		}
		for _, b := range p.Path {
			if !bytes.Contains(s.Signed, b.Digest) || !holdsDigest(b) {
				return false, "the digest of the security object differs"
			}
		}
	}
	why = "no certificate"
	for _, raw := range s.Signer.Chain[:min(len(s.Signer.Chain), max(1, s.Signer.Leaves))] {
		own, err := cert.Parse(raw)
		if err == nil {
			err = own.KeyProblem
		}
		if err == nil {
			err = sig.Verify(s.Algorithm, own.Key, s.Signed, s.Signature)
		}
		if err == nil || errors.Is(err, sig.ErrWeakHash) { // sound, and over SHA-1
			return true, ""
		}
		why = err.Error()
	}
	return false, why
}

func holdsDigest(b formats.Binding) bool {
	h := b.Hash.New()
	h.Write(b.Data)
	return bytes.Equal(h.Sum(nil), b.Digest)
}

// unlike names the data groups that no digest covers, or another one than theirs.
func unlike(doc *formats.Document) []string {
	var bad []string
	for _, p := range doc.Parts {
		if p.Seal == formats.NoSeal || !holdsDigest(p.Path[len(p.Path)-1]) {
			bad = append(bad, p.Name)
		}
	}
	return bad
}

// compareTrusted compares what is said where the authorities of the case are trusted, at the moment of the case.
func compareTrusted(c *comparison, vc vectors.TravelCase, in formats.Input) {
	var text []byte
	if vc.Trust != nil {
		for _, name := range vc.Trust.Files {
			text = append(text, vc.File(c.t, name)...)
		}
	}
	at, err := time.Parse(time.RFC3339, vc.At)
	if err != nil {
		c.t.Fatal(err)
	}
	e, d := vc.Expect, inspectAs(c.t, emrtd.Format, loadText(c.t, text), at, in)
	if e.Chain != nil {
		led := len(d.Seals) > 0 && d.Seals[0].Anchor != nil
		c.same("chain", led == *e.Chain, "led to an authority: %v, expected %v (%s, %v)", led, *e.Chain, d.Status, codes(d))
		if led && e.Signature != nil && *e.Signature {
			c.same("authentic", d.Status == verify.Authentic, "%s, %s (%v)", d.Status, d.Verdict, codes(d))
		}
	}
	if e.ValidNow != nil {
		dated := slices.ContainsFunc([]verify.Code{verify.SealOutsideValidity, verify.TimeExpired, verify.TimeNotYetValid}, func(k verify.Code) bool { return has(d, k) })
		c.same("valid_now", dated != *e.ValidNow && d.Verdict != verify.Accept, "%s, %s, expected valid: %v (%v)", d.Status, d.Verdict, *e.ValidNow, codes(d))
	}
	if e.Overall != nil {
		c.same("overall", (d.Verdict == verify.Accept) == *e.Overall, "%s, %s (%v)", d.Status, d.Verdict, codes(d))
	}
}

// hashNames are the sources' names of the hashes.
var hashNames = map[crypto.Hash]string{crypto.SHA1: "sha1", crypto.SHA224: "sha224", crypto.SHA256: "sha256", crypto.SHA384: "sha384", crypto.SHA512: "sha512"}

// chipFields gives the sources' fields of a chip as JSON without quotation marks: what is not there is null.
func chipFields(t *testing.T, in formats.Input, doc *formats.Document) map[string]string {
	got := map[string]string{"lds": "0", "ldsVersion": "null"}
	for _, p := range doc.Parts {
		for _, f := range p.Unverified.Extra {
			if f.Name == "sod.lds_version" {
				got["lds"], got["ldsVersion"] = "1", f.Value
			}
		}
		if len(p.Path) > 0 {
			got["digest"] = hashNames[p.Path[len(p.Path)-1].Hash]
		}
	}
	for _, p := range doc.Parts {
		if p.Name == "DG1" && len(p.Path) > 0 {
			got["digest"] = hashNames[p.Path[len(p.Path)-1].Hash]
		}
	}
	for _, f := range in.Files {
		if f.Name == "DG1" {
			zone, err := lds.Zone(f.Data)
			if err != nil {
				t.Fatal(err)
			}
			got["mrz"] = string(zone)
		}
	}
	return got
}
