package cert_test

import (
	"bytes"
	"crypto/x509"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/travelseal/travelseal/internal/cert"
	reader "github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// What is read has a meaning that crypto/x509 shares, wherever that reads it too, and nothing makes the reader fall.
func FuzzParse(f *testing.F) {
	for _, t := range []pki.Template{
		pki.CSCA(), pki.DSC(), pki.Bare(), pki.Server(), pki.IACA().With(pki.NameConstraints()),
		pki.DSC().Keyed(pki.BrainpoolP224r1), pki.DSC().Keyed(pki.Ed25519), pki.DSC().Keyed(pki.RSA2048).Written(pki.SPKI{PSS: true}),
		pki.DSC().Written(pki.SPKI{Params: pki.CurveOf(pki.P256).Explicit(pki.Uncompressed).Value()}),
		pki.DSC().Replacing(pki.AuthorityCertificate(true)).Numbered(der.Int(-5)),
	} {
		f.Add(issued(t))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		before := bytes.Clone(raw)
		c, err := cert.Parse(raw)
		if !bytes.Equal(before, raw) {
			t.Fatal("the input was changed")
		}
		if err != nil {
			var e *reader.Error
			if c != nil || !errors.As(err, &e) {
				t.Fatalf("%v, %T", c, err)
			}
			return
		}
		if (c.Key == nil) == (c.KeyProblem == nil) || c.Key == nil && c.Usable() == nil {
			t.Fatalf("the key is %T, its problem %v", c.Key, c.KeyProblem)
		}
		harmless(t, c.Subject.String())
		_ = c.Roles().String()
		_ = c.SelfIssued()
		if !bytes.Equal(c.Raw, raw) || !bytes.Contains(raw, c.TBS) {
			t.Fatal("what was signed is not what was read")
		}
		if std, err := x509.ParseCertificate(raw); err == nil && c.Usable() == nil {
			agree(t, c, std)
		}
		if _, err := cert.NewPool([]*cert.Certificate{c}).Path(c, []*cert.Certificate{c}, nil); err == nil != (c.Usable() == nil) {
			t.Fatal("a trusted certificate leads to itself, if it is usable")
		}
	})
}

func FuzzParseList(f *testing.F) {
	ca, err := cert.Parse(utopia.Cert)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(utopia.Revoke(pki.List(1)))
	f.Add(utopia.Revoke(pki.List(1, utopia).With(pki.DeltaIndicator(1), pki.IssuingPoint(true, false, true), pki.Unknown())))
	f.Add(utopia.Revoke(pki.List(1, utopia.Issue("a", pki.DSC()), utopia.Issue("b", pki.DSC()))))
	f.Fuzz(func(t *testing.T, raw []byte) {
		l, err := cert.ParseList(raw)
		if err != nil {
			var e *reader.Error
			if l != nil || !errors.As(err, &e) {
				t.Fatalf("%v, %T", l, err)
			}
			return
		}
		_ = l.CheckSignature(ca)
		if std, err := x509.ParseRevocationList(raw); err == nil && l.Usable() == nil {
			if len(std.RevokedCertificateEntries) != l.Len() || !std.ThisUpdate.Equal(l.ThisUpdate) || !bytes.Equal(std.RawIssuer, l.Issuer.Raw) {
				t.Fatal("crypto/x509 reads it otherwise")
			}
			for _, e := range std.RevokedCertificateEntries {
				if serial := e.SerialNumber; serial.Sign() > 0 {
					content := append([]byte{0}, serial.Bytes()...)
					if content[1] < 0x80 {
						content = content[1:]
					}
					if _, found := l.Find(content); !found {
						t.Fatal("a revoked certificate is not found")
					}
				}
			}
		}
	})
}

func FuzzName(f *testing.F) {
	for _, n := range []pki.Name{
		pki.Utopian("CSCA"), pki.DN("ut", pki.Bidi, pki.HTML), pki.DN("UT", pki.Control, pki.NUL), pki.Utopian("x").Joined(),
		pki.Utopian("y").Set(pki.Organization, der.BMP("Ministère")), {pki.One("1.2.3", der.Int(1))}, {},
	} {
		f.Add(n.Value().Encode(), pki.Utopian("csca").Value().Encode())
	}
	f.Fuzz(func(t *testing.T, a, b []byte) {
		n, o := cert.Name{Raw: a}, cert.Name{Raw: b}
		harmless(t, n.String())
		if n.Equal(o) != o.Equal(n) {
			t.Fatal("a equals b, but b not a")
		}
		if n.Equal(n) == n.Empty() {
			t.Fatal("a name equals itself unless it is empty")
		}
		if n.Equal(o) && n.Empty() != o.Empty() {
			t.Fatal("an empty name equals one that is not")
		}
	})
}

// harmless demands that a text can be put into any report.
func harmless(t *testing.T, shown string) {
	t.Helper()
	if !utf8.ValidString(shown) || strings.ContainsAny(shown, "<>&\"'`\u2028\u2029\u202e\u200b\u3164") {
		t.Fatalf("%q", shown)
	}
	for _, r := range shown {
		if r < 0x20 || r >= 0x7F && r < 0xA0 {
			t.Fatalf("%q", shown)
		}
	}
}
