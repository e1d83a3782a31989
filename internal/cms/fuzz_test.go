package cms_test

import (
	"bytes"
	"errors"
	"runtime"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cms"
	"github.com/travelseal/travelseal/internal/der"
	mint "github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

func FuzzParse(f *testing.F) {
	m := sealed(dsc)
	f.Add(m.Encode())
	f.Add(sealed(rsa).Encode())
	f.Add(m.Signer(func(s *pki.SignerInfo) { s.Reordered = true }).Encode())
	f.Add(m.Signer(func(s *pki.SignerInfo) { s.SID = pki.ByKeyID(dsc.KeyID) }).Encode())
	f.Add(m.Signer(func(s *pki.SignerInfo) { s.NoAttributes = true }).Encode())
	m.BER = true
	f.Add(m.Encode())
	f.Fuzz(func(t *testing.T, data []byte) {
		given := bytes.Clone(data)
		sd, err := cms.Parse(data, cms.SODLimits)
		if !bytes.Equal(given, data) {
			t.Fatal("the message was written to")
		}
		var fe *formats.Error
		if err != nil {
			if !errors.As(err, &fe) || sd != nil {
				t.Fatalf("%v, %+v", err, sd)
			}
			return
		}
		for i, s := range sd.Signers {
			if s.SignedAttrs != nil {
				if _, err := der.Only(s.SignedAttrs, der.Set, "the attributes"); err != nil {
					t.Fatalf("signer %d: %v", i, err)
				}
			}
			if (s.AsWritten != nil) != (s.AsWritten != nil && !bytes.Equal(s.AsWritten, s.SignedAttrs)) {
				t.Fatalf("signer %d: the order differs, and the bytes do not", i)
			}
		}
		seal, binding, err := sd.Seal(cms.Profile{ContentType: sd.ContentType, Bare: true, SHA1: true})
		if err != nil {
			return
		}
		s := seal.Signer
		if len(s.Chain) != len(sd.Certificates) || s.Leaves == 1 || s.Leaves > 8 || s.Leaves > len(s.Chain) {
			t.Fatalf("%d certificates, %d in the chain, %d leaves", len(sd.Certificates), len(s.Chain), s.Leaves)
		}
		sound := seal.Problem == formats.Problem{}
		if sound && (len(sd.Signers) != 1 || seal.Algorithm.Scheme == formats.UnknownScheme || len(seal.Signed) == 0 && len(sd.Content) > 0) {
			t.Fatalf("%+v", seal)
		}
		if sound && binding.Hash != 0 && (len(binding.Digest) != binding.Hash.Size() || !bytes.Contains(seal.Signed, binding.Digest)) {
			t.Fatalf("%+v", binding)
		}
	})
}

// A hostile message of 64 KiB must not cost more than it is long, many times over.
func TestAHostileMessageCostsLittle(t *testing.T) {
	attribute := mint.Seq(mint.OID(pki.OIDData), mint.Set())
	attributes := member(3, func(mint.Value) mint.Value {
		var list []mint.Value
		for range 1200 { // in an order that is not DER's
			list = append(list, attribute, mint.Seq(mint.OID("1.2.3"), mint.Set()))
		}
		return mint.Explicit(0, list...)
	})
	certificates := sealed(dsc)
	for range 63 {
		certificates.Certificates = append(certificates.Certificates, dsc.Cert)
	}
	for name, data := range map[string][]byte{
		"attributes": attributes.Encode(), "certificates": certificates.Encode(), "levels": mint.NestedOpen(32 << 10), "zeros": make([]byte, 64<<10),
		"empty sequences": mint.Seq(repeated(30<<10, mint.Seq())...).Encode(), "open sequences": mint.Indefinite(mint.Seq(repeated(15<<10, mint.Indefinite(mint.Seq()))...)).Encode(),
	} {
		if len(data) > 64<<10 {
			t.Fatalf("%s: %d bytes", name, len(data))
		}
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		if sd, err := cms.Parse(data, cms.SODLimits); err == nil {
			_, _, _ = sd.Seal(sod)
		}
		runtime.ReadMemStats(&after)
		if n := after.TotalAlloc - before.TotalAlloc; n > 1<<20 {
			t.Errorf("%s: %d bytes are allocated for %d", name, n, len(data))
		}
	}
}

func BenchmarkParse(b *testing.B) {
	message := sealed(dsc).Encode()
	b.ReportAllocs()
	b.SetBytes(int64(len(message)))
	for b.Loop() {
		sd, err := cms.Parse(message, cms.SODLimits)
		if err != nil {
			b.Fatal(err)
		}
		if _, _, err := sd.Seal(sod); err != nil {
			b.Fatal(err)
		}
	}
}
