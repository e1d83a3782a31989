package cms_test

import (
	"bytes"
	"crypto/x509"
	"encoding/json"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cms"
	"github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/internal/sig"
	"github.com/travelseal/travelseal/internal/vectors"
)

// unwrapped takes an EF.SOD out of its file's template, as package emrtd does (Doc 9303-10 §4.6.2).
func unwrapped(file []byte) []byte {
	r := der.New(file)
	if v, err := r.Read(0x77, "EF.SOD"); err == nil {
		return v.Content
	}
	return file
}

// checked tells whether a seal holds by its first certificate; known is false where the standard library has not that key or
// package sig not that hash.
func checked(seal formats.Seal, binding formats.Binding) (sound, known bool) {
	if len(seal.Signer.Chain) == 0 || !bytes.Equal(pki.Digest(binding.Hash, binding.Data), binding.Digest) {
		return false, len(seal.Signer.Chain) > 0
	}
	c, err := x509.ParseCertificate(seal.Signer.Chain[0])
	if err != nil || sig.CheckKey(c.PublicKey) != nil || seal.Algorithm.Hash == 3 {
		return false, false
	}
	return sig.Verify(seal.Algorithm, c.PublicKey, seal.Signed, seal.Signature) == nil, true
}

func TestEverySODIsRead(t *testing.T) {
	checks := 0
	for _, c := range vectors.Travel(t, "emrtd") {
		sd, err := cms.Parse(unwrapped(c.File(t, c.Input.Files["EF.SOD"])), cms.SODLimits)
		if c.Expect.Decode != nil && *c.Expect.Decode != (err == nil) {
			t.Errorf("%s: %v", c.ID, err)
		}
		if err != nil {
			continue
		}
		seal, binding, err := sd.Seal(cms.Profile{ContentType: sod.ContentType, SHA1: true})
		if err != nil {
			t.Errorf("%s: %v", c.ID, err)
			continue
		}
		wrong := slices.Contains([]string{"emrtd-derived/noattr", "emrtd-derived/econtenttype_masterlist", "emrtd-derived/two_signers_last_bad"}, c.ID)
		if (seal.Problem != formats.Problem{}) != wrong {
			t.Errorf("%s: %+v", c.ID, seal.Problem)
		}
		if wrong || c.Expect.Signature == nil {
			continue
		}
		sound, known := checked(seal, binding)
		if known && sound != *c.Expect.Signature {
			t.Errorf("%s: holds %t", c.ID, sound)
		}
		if known {
			checks++
		}
		var want []string
		switch {
		case c.ID == "emrtd-derived/ber_indefinite":
			want = []string{der.IndefiniteLength, der.ConstructedString}
		case c.ID == "emrtd-zkpassport/mary":
			want = []string{cms.SignerUnmatched}
		case binding.Hash == 3:
			want = []string{cms.SHA1}
		}
		if got := codes(sd); !slices.Equal(got, want) {
			t.Errorf("%s: %s, want %s", c.ID, got, want)
		}
	}
	if checks < 20 {
		t.Errorf("only %d signatures were checked", checks)
	}
}

func TestEveryMasterListIsRead(t *testing.T) {
	list := cms.Profile{ContentType: der.MustOID(pki.OIDMasterList), SHA1: true}
	checks := 0
	for _, c := range vectors.Travel(t, "masterlist") {
		data := c.File(t, c.Input.File)
		sd, err := cms.Parse(data, cms.ListLimits)
		if *c.Expect.Decode != (err == nil) {
			t.Errorf("%s: %v", c.ID, err)
		}
		if err != nil {
			continue
		}
		seal, binding, err := sd.Seal(list)
		if err != nil || seal.Problem != (formats.Problem{}) {
			t.Errorf("%s: %+v, %v", c.ID, seal.Problem, err)
		}
		if names, ok := c.Expect.Fields["cms_certs"]; ok {
			var list []string
			if err := json.Unmarshal(names, &list); err != nil || len(list) != len(sd.Certificates) {
				t.Errorf("%s: %d certificates, want %d, %v", c.ID, len(sd.Certificates), len(list), err)
			}
		}
		if seal.Signer.Leaves != 0 {
			t.Errorf("%s: %d leaves", c.ID, seal.Signer.Leaves)
		}
		if sound, known := checked(seal, binding); known && c.Expect.Signature != nil {
			checks++
			if sound != *c.Expect.Signature {
				t.Errorf("%s: holds %t", c.ID, sound)
			}
		}
		t.Logf("%s: %s, %s, signed %s", c.ID, seal.Algorithm.Name(), codes(sd), sd.Signers[0].SigningTime)
	}
	t.Log(checks, "signatures were checked")
}
