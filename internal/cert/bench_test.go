package cert_test

import (
	"crypto/x509"
	"testing"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// BenchmarkParse sets Parse against crypto/x509, where that reads the certificate.
func BenchmarkParse(b *testing.B) {
	for _, kind := range []pki.Kind{pki.P256, pki.BrainpoolP256r1, pki.RSA2048} {
		raw := pki.NewCSCA("bench", pki.CSCA().Keyed(kind)).Issue("DS", pki.DSC().Keyed(kind)).Cert
		b.Run(string(kind), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := cert.Parse(raw); err != nil {
					b.Fatal(err)
				}
			}
		})
		if _, err := x509.ParseCertificate(raw); err != nil {
			continue
		}
		b.Run(string(kind)+"/crypto/x509", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = x509.ParseCertificate(raw)
			}
		})
	}
}

// BenchmarkPath is what one document costs beside its own signature, with a pool of five hundred CAs.
func BenchmarkPath(b *testing.B) {
	cas := []*cert.Certificate{parse(b, utopia.Cert)}
	for range 500 {
		c := *cas[0]
		c.Raw = append([]byte{byte(len(cas)), byte(len(cas) >> 8)}, c.Raw...)
		c.SubjectKeyID, c.Subject = c.Raw[:20], cert.Name{}
		cas = append(cas, &c)
	}
	p, leaf := cert.NewPool(cas), parse(b, issued(pki.DSC()))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := p.Path(leaf, nil, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParseList(b *testing.B) {
	l := pki.List(1)
	for i := range 1000 {
		l.Revoked = append(l.Revoked, pki.Revocation{Serial: pki.List(1, utopia).Revoked[0].Serial, At: pki.ListedAt, Reason: i % 2})
	}
	raw := utopia.Revoke(l)
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := cert.ParseList(raw); err != nil {
			b.Fatal(err)
		}
	}
}
