package cms_test

import (
	"bytes"
	"crypto"
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cert"
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

// sound tells whether a seal holds by its first certificate.
func sound(t *testing.T, id string, seal formats.Seal, binding formats.Binding) bool {
	t.Helper()
	c, err := cert.Parse(seal.Signer.Chain[0])
	if err != nil || c.KeyProblem != nil {
		t.Fatalf("%s: %v, %v", id, err, c)
	}
	if !bytes.Equal(pki.Digest(binding.Hash, binding.Data), binding.Digest) {
		return false
	}
	err = sig.Verify(seal.Algorithm, c.Key, seal.Signed, seal.Signature)
	switch {
	case err == nil, errors.Is(err, sig.ErrWeakHash), errors.Is(err, sig.ErrNullOmitted):
		return true
	case errors.Is(err, sig.ErrMismatch):
		return false
	}
	t.Errorf("%s: %v", id, err)
	return false
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
		if holds := sound(t, c.ID, seal, binding); holds != *c.Expect.Signature {
			t.Errorf("%s: holds %t", c.ID, holds)
		}
		checks++
		var want []string
		switch {
		case c.ID == "emrtd-derived/ber_indefinite":
			want = []string{der.IndefiniteLength, der.ConstructedString}
		case c.ID == "emrtd-zkpassport/mary":
			want = []string{cms.SignerUnmatched}
		case binding.Hash == crypto.SHA1:
			want = []string{cms.SHA1}
		}
		if got := codes(sd); !slices.Equal(got, want) {
			t.Errorf("%s: %s, want %s", c.ID, got, want)
		}
	}
	if checks < 40 {
		t.Errorf("only %d signatures were checked", checks)
	}
}

func TestEveryMasterListIsRead(t *testing.T) {
	list := cms.Profile{ContentType: der.MustOID(pki.OIDMasterList), SHA1: true}
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
		if c.Expect.Signature != nil {
			if holds := sound(t, c.ID, seal, binding); holds != *c.Expect.Signature {
				t.Errorf("%s: holds %t", c.ID, holds)
			}
		}
	}
}
