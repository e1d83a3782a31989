package cert_test

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"github.com/travelseal/travelseal/internal/cert"
	reader "github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// A certificate whose bits are changed is not read, or is refused, or its signature does not hold. Nothing in it is
// outside the signature and without effect.
func TestEveryFlippedBitIsNoticed(t *testing.T) {
	for _, kind := range []pki.Kind{pki.P256, pki.BrainpoolP256r1, pki.RSA2048, pki.Ed25519} {
		ca := pki.NewCSCA("bits", pki.CSCA().Keyed(kind))
		issuer, sound := parse(t, ca.Cert), ca.Issue("DS", pki.DSC()).Cert
		step := 1
		if testing.Short() || kind == pki.BrainpoolP256r1 {
			step = 7
		}
		for i := 0; i < 8*len(sound); i += step {
			changed := bytes.Clone(sound)
			changed[i/8] ^= 0x80 >> (i % 8)
			c, err := cert.Parse(changed)
			if err != nil {
				var e *reader.Error
				if !errors.As(err, &e) {
					t.Fatalf("%s, bit %d: %T", kind, i, err)
				}
				continue
			}
			if c.Usable() == nil && c.CheckSignature(issuer) == nil {
				t.Errorf("%s, bit %d of %d: nothing is noticed", kind, i, 8*len(sound))
			}
		}
	}
}

func TestEveryFlippedBitOfAListIsNoticed(t *testing.T) {
	sound, issuer := utopia.Revoke(pki.List(3, utopia.Issue("DS", pki.DSC()))), parse(t, utopia.Cert)
	for i := range 8 * len(sound) {
		changed := bytes.Clone(sound)
		changed[i/8] ^= 0x80 >> (i % 8)
		if l, err := cert.ParseList(changed); err == nil && l.Usable() == nil && l.CheckSignature(issuer) == nil {
			t.Errorf("bit %d of %d: nothing is noticed", i, 8*len(sound))
		}
	}
}

// No beginning of a certificate or list is one, and none makes the reader fall.
func TestEveryCutIsRefused(t *testing.T) {
	certificate, l := issued(pki.DSC()), utopia.Revoke(pki.List(3, utopia))
	for i := range certificate {
		if _, err := cert.Parse(certificate[:i]); err == nil {
			t.Errorf("%d bytes of a certificate are one", i)
		}
	}
	for i := range l {
		if _, err := cert.ParseList(l[:i]); err == nil {
			t.Errorf("%d bytes of a list are one", i)
		}
	}
}

// Hostile input costs no more than its length. The bounds are a few times what was measured.
func TestHostileInputCostsLittle(t *testing.T) {
	attributes := pki.Name{}
	for range 30 {
		attributes = append(attributes, pki.One(pki.CommonName, der.UTF8("x")))
	}
	var uses []string
	for i := range 40 {
		uses = append(uses, fmt.Sprintf("1.2.3.%d", i))
	}
	names := func(n int) der.Value {
		list := der.TLV{Tag: []byte{0xA1}}
		for range n {
			list = der.And(list, der.Explicit(4, der.Seq()))
		}
		return der.Seq(list)
	}
	var criticals []pki.Extension
	for i := range 40 {
		criticals = append(criticals, pki.Fixed(fmt.Sprintf("1.2.3.%d", i), der.Null()).AsCritical())
	}
	many := pki.List(1)
	for i := range 2000 {
		many.Revoked = append(many.Revoked, pki.Revocation{Serial: der.Int(int64(3000 - i)), At: pki.ListedAt})
	}
	for name, c := range map[string]struct {
		raw    []byte
		list   bool
		allocs float64
	}{
		"a DSC":                        {issued(pki.DSC()), false, 60},
		"16 KiB of nesting":            {bytes.Repeat([]byte{0x30, 0x82, 0x20, 0}, 4096), false, 10},
		"16 KiB of names":              {issued(pki.Bare().Named(attributes)), false, 60},
		"extended key usages":          {issued(pki.Bare().With(pki.ExtendedKeyUsage(uses...))), false, 80},
		"names of an authority":        {issued(pki.Bare().With(pki.Fixed(pki.OIDAuthorityKeyID, names(2000)))), false, 60},
		"critical extensions":          {issued(pki.Bare().With(criticals...)), false, 120},
		"RSA of 16,000 bytes":          {issued(pki.Bare().Keyed(pki.RSA2048).Written(pki.SPKI{Key: der.Seq(der.IntBytes(append([]byte{1}, make([]byte, 14000)...)...), der.Int(3)).Encode()})), false, 60},
		"a list of 2,000 entries":      {utopia.Revoke(many), true, 60},
		"a list that claims 2 GiB":     {[]byte{0x30, 0x84, 0x7F, 0xFF, 0xFF, 0xFF}, true, 10},
		"a certificate claiming 4 GiB": {[]byte{0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF}, false, 10},
	} {
		got := testing.AllocsPerRun(10, func() {
			if c.list {
				_, _ = cert.ParseList(c.raw)
			} else {
				_, _ = cert.Parse(c.raw)
			}
		})
		t.Logf("%s: %d bytes, %.0f allocations", name, len(c.raw), got)
		if got > c.allocs {
			t.Errorf("%s: %.0f allocations, more than %.0f", name, got, c.allocs)
		}
	}
}
