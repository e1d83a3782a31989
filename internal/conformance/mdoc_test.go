package conformance

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/mdoc"
	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/cose"
	"github.com/travelseal/travelseal/internal/sig"
	"github.com/travelseal/travelseal/internal/vectors"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// TestMdoc runs every case of a mobile document: decoding, the issuer's signature, the digests, fields and dates; and where
// the session is given, the device's signature.
func TestMdoc(t *testing.T) {
	cases := vectors.Travel(t, "mdoc", "mdoc-issuersigned", "mdoc-request", "cose-sign1", "cose-mac0")
	list, ran, used := readListing(t), make(map[string]bool), make(map[string]bool)
	tests, devices := 0, make(map[string]bool)
	for _, vc := range cases {
		t.Run(vc.ID, func(t *testing.T) {
			ran[vc.ID] = true
			c := &comparison{t: t, id: vc.ID, list: list, used: used}
			if strings.HasPrefix(vc.Format, "cose-") {
				compareCOSE(c, vc)
			} else {
				compareMdoc(c, vc, devices)
			}
			tests += c.tests
		})
	}
	list.unused(t, ran, used)
	t.Logf("%d cases, %d expectations compared, %d of them listed as disagreements; %d signatures of devices", len(cases), tests, len(used), len(devices))
}

// quirky are the tolerances that a case with a quirk needs, and that nothing else may have by default.
var quirky = formats.Options{Tolerate: []string{"mso-untagged", "digest-id-text", "mso-spelling"}}

func compareMdoc(c *comparison, vc vectors.TravelCase, devices map[string]bool) {
	e, o := vc.Expect, formats.Options{}
	in := formats.Bytes(vc.File(c.t, vc.Input.File))
	if vc.Quirk != "" {
		if _, err := mdoc.Format.Decode(in, o); err == nil {
			c.t.Error("a document that breaks its specification is read without a tolerance")
		}
		o = quirky
	}
	doc, err := mdoc.Format.Decode(in, o)
	if e.Decode != nil {
		c.same("decode", (err == nil) == *e.Decode, "decodes: %v, expected %v", err, *e.Decode)
	}
	if err != nil {
		return
	}
	at := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	if stated, err := time.Parse(time.RFC3339, vc.At); err == nil {
		at = stated
	}
	d := inspectMdoc(c.t, mdocTrust(c.t, vc), at, o, in)
	issuer := d.Seals[0].State == verify.Holds || has(d, verify.SealSoundUnknown)
	digests := !slices.ContainsFunc(d.Findings, func(f verify.Finding) bool {
		return f.Code == verify.PartDigestMismatch || f.Code == verify.PartUnsealed && f.Where != "what the device says"
	})
	if e.Signature != nil {
		c.same("signature", (issuer && digests) == *e.Signature, "issuer %v, digests %v, expected %v (%v)", issuer, digests, *e.Signature, d.Findings)
	}
	if e.IssuerSignature != nil {
		c.same("issuer_signature", issuer == *e.IssuerSignature, "sound: %v, expected %v (%v)", issuer, *e.IssuerSignature, d.Findings)
	}
	if e.Digests != nil {
		c.same("digests", digests == *e.Digests, "hold: %v, expected %v", digests, *e.Digests)
	}
	if e.ValidNow != nil {
		outdated := has(d, verify.TimeExpired) || has(d, verify.TimeNotYetValid) || has(d, verify.SealSignerExpired)
		c.same("valid_now", outdated != *e.ValidNow, "outdated: %v, expected valid: %v", outdated, *e.ValidNow)
	}
	if e.Overall != nil && !*e.Overall {
		c.same("overall", d.Verdict != verify.Accept, "%s, %s", d.Status, d.Verdict)
	}
	got := mdocFields(doc)
	for name, raw := range e.Fields {
		value, known := got[name]
		if !known {
			c.t.Errorf("the case expects a field %q that the runner does not know", name)
			continue
		}
		want := strings.Trim(string(raw), `"`)
		c.same(name, value == want, "read as %q, expected %q", value, want)
	}
	if vc.SessionTranscript != "" {
		compareDevice(c, vc, in, at, devices)
	}
}

// asSigner trusts the certificate of a case as a signer's, which it is in the example that it came from, though it says that it
// is an authority's.
func asSigner(t *testing.T, vc vectors.TravelCase) *trustlist.Snapshot {
	t.Helper()
	raw := vc.File(t, vc.Trust.Files[0])
	if block, _ := pem.Decode(raw); block != nil {
		raw = block.Bytes
	}
	own, err := cert.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	list, err := trustlist.Build(trustlist.Info{Created: own.NotBefore}, trustlist.Material{Anchors: []trustlist.Anchor{{
		Role: trustlist.Signer, Uses: formats.AllUses, Key: own.Key, Certificate: own.Raw, Scope: []formats.ID{mdoc.ID},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// compareDevice checks the device against the session of the case, and against another.
func compareDevice(c *comparison, vc vectors.TravelCase, in formats.Input, at time.Time, devices map[string]bool) {
	session := vc.File(c.t, vc.SessionTranscript)
	with := func(transcript []byte) verify.DocumentReport {
		files := append(slices.Clone(in.Files), formats.File{Name: "SessionTranscript", Data: transcript})
		return inspectMdoc(c.t, asSigner(c.t, vc), at, formats.Options{}, formats.Input{Files: files})
	}
	d := with(session)
	if len(d.Seals) != 2 || d.Seals[1].Role != formats.Holder {
		c.t.Fatalf("%d seals", len(d.Seals))
	}
	if d.Status != verify.Authentic || d.Seals[1].Envelope != "COSE_Sign1" {
		return // of an altered document, and of a MAC, nothing is proved
	}
	devices[vc.ID] = true
	if d.Seals[1].State != verify.Holds || !has(d, verify.HolderDeviceProven) {
		c.t.Errorf("the device in its own session: %s (%v)", d.Seals[1].State, codes(d))
	}
	other := bytes.Clone(session)
	other[len(other)-1] ^= 1
	if d = with(other); d.Seals[1].State == verify.Holds || has(d, verify.HolderDeviceProven) {
		c.t.Errorf("the device in another session: %s (%v)", d.Seals[1].State, codes(d))
	}
}

func inspectMdoc(t *testing.T, trust *trustlist.Snapshot, at time.Time, o formats.Options, in formats.Input) verify.DocumentReport {
	t.Helper()
	set, err := formats.NewSet(mdoc.Format)
	if err != nil {
		t.Fatal(err)
	}
	v, err := verify.New(verify.Config{
		Formats: set, Trust: trust, Policy: verify.DefaultPolicy(mdoc.ID), Options: o, Now: func() time.Time { return at },
	})
	if err != nil {
		t.Fatal(err)
	}
	return v.Inspect(t.Context(), []formats.Input{in}).Documents[0]
}

// mdocTrust is a list of the case's certificates, or of its key under the identifier that the documents of that source give.
func mdocTrust(t *testing.T, vc vectors.TravelCase) *trustlist.Snapshot {
	t.Helper()
	switch {
	case vc.Trust == nil:
		return nil
	case vc.Trust.JWK != nil:
		list, err := json.Marshal(map[string]any{"schema": trustlist.Schema, "anchors": []any{map[string]any{
			"jwk": vc.Trust.JWK, "key_id": []byte("11"), "scope": []string{"mdoc"},
		}}})
		if err != nil {
			t.Fatal(err)
		}
		return loadText(t, list)
	}
	return loadText(t, vc.File(t, vc.Trust.Files[0]))
}

func mdocFields(doc *formats.Document) map[string]string {
	got := make(map[string]string)
	for _, p := range doc.Parts {
		for _, f := range p.Unverified.Extra {
			got[f.Name] = f.Value
		}
		for _, s := range p.Unverified.Subjects {
			for _, n := range s.Names {
				if n.Family != "" {
					got["family_name"] = n.Family
				}
				if n.Given != "" {
					got["given_name"] = n.Given
				}
			}
		}
		for _, d := range p.Unverified.Documents {
			for name, value := range map[string]string{"document_number": d.Number, "issue_date": d.Issued.String(), "expiry_date": d.Expires.String()} {
				if value != "" {
					got[name] = value
				}
			}
		}
	}
	return got
}

// compareCOSE runs a case of an envelope alone.
func compareCOSE(c *comparison, vc vectors.TravelCase) {
	unhex := func(s string) []byte {
		b, err := hex.DecodeString(s)
		if err != nil {
			c.t.Fatal(err)
		}
		return b
	}
	m, err := cose.Parse(unhex(vc.Input.Hex), formats.Options{})
	c.same("decode", (err == nil) == *vc.Expect.Decode, "decodes: %v, expected %v", err, *vc.Expect.Decode)
	if err != nil {
		return
	}
	if m.Seal.Problem.Code != "" {
		c.same("signature", !*vc.Expect.Signature, "not checked (%s), expected %v", m.Seal.Problem.Text, *vc.Expect.Signature)
		return
	}
	key := publicOf(c.t, unhex(vc.Trust.Secret))
	sound := sig.Verify(m.Seal.Algorithm, key, m.Seal.Signed, m.Seal.Signature) == nil
	c.same("signature", sound == *vc.Expect.Signature, "sound: %v, expected %v", sound, *vc.Expect.Signature)
	// The further data that the case names are those of another signature of its source.
	m, err = cose.ParseWith(unhex(vc.Input.Hex), formats.Options{}, cose.Outside{AAD: unhex(vc.AAD)})
	if err != nil || len(vc.AAD) == 0 || sig.Verify(m.Seal.Algorithm, key, m.Seal.Signed, m.Seal.Signature) == nil {
		c.t.Errorf("the signature holds over further data that it does not cover (%v)", err)
	}
}

// publicOf is the public key of a private number on P-256.
func publicOf(t *testing.T, scalar []byte) *ecdsa.PublicKey {
	t.Helper()
	key, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), scalar)
	if err != nil {
		t.Fatal(err)
	}
	return &key.PublicKey
}
