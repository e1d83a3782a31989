package cert_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// Whatever crypto/x509 reads, it must read as this package does. The package reads more.
func TestCryptoX509ReadsTheSame(t *testing.T) {
	refused, compared := 0, 0
	seen := make(map[string]bool)
	for _, r := range corpus(t) {
		if seen[string(r.raw)] {
			continue
		}
		seen[string(r.raw)] = true
		std, err := x509.ParseCertificate(r.raw)
		if err != nil {
			refused++
			continue
		}
		compared++
		agree(t, parse(t, r.raw), std)
		if t.Failed() {
			t.Fatalf("that was a certificate of %s", r.from)
		}
	}
	t.Logf("crypto/x509 reads %d and refuses %d", compared, refused)
}

// A certificate that was changed in one bit is read by both in the same way, or is not read by one of them.
func TestCryptoX509ReadsChangedCertificatesTheSame(t *testing.T) {
	both := 0
	for _, template := range []pki.Template{pki.CSCA(), pki.DSC(), pki.Server(), pki.MasterListSigner(), pki.DSC().Keyed(pki.RSA2048)} {
		sound := issued(template)
		for i := range 8 * len(sound) {
			changed := bytes.Clone(sound)
			changed[i/8] ^= 0x80 >> (i % 8)
			c, err := cert.Parse(changed)
			if err != nil || c.Usable() != nil {
				continue
			}
			if std, err := x509.ParseCertificate(changed); err == nil {
				both++
				agree(t, c, std)
			}
			if t.Failed() {
				t.Fatalf("that was bit %d", i)
			}
		}
	}
	t.Logf("both read %d of them", both)
	if both < 1000 {
		t.Error("too few to mean anything")
	}
}

// agree compares the two readings of one certificate.
func agree(t *testing.T, c *cert.Certificate, std *x509.Certificate) {
	t.Helper()
	same := func(what string, equal bool) {
		t.Helper()
		if !equal {
			t.Errorf("crypto/x509 disagrees about %s", what)
		}
	}
	same("the version", c.Version == std.Version)
	same("the signed part", bytes.Equal(c.TBS, std.RawTBSCertificate))
	same("the serial number", number(c.Serial).Cmp(std.SerialNumber) == 0)
	same("the names", bytes.Equal(c.Issuer.Raw, std.RawIssuer) && bytes.Equal(c.Subject.Raw, std.RawSubject))
	same("the common name", c.Subject.CommonName == std.Subject.CommonName || count(std, "2.5.4.3") > 1)
	same("the country", first(std.Subject.Country) == c.Subject.Country)
	same("the organization", first(std.Subject.Organization) == c.Subject.Organization)
	same("the unit", first(std.Subject.OrganizationalUnit) == c.Subject.Unit)
	same("the locality", first(std.Subject.Locality) == c.Subject.Locality)
	same("the province", first(std.Subject.Province) == c.Subject.State)
	same("the validity", c.NotBefore.Equal(std.NotBefore) && c.NotAfter.Equal(std.NotAfter))
	same("the public key", bytes.Equal(c.SPKI, std.RawSubjectPublicKeyInfo))
	switch k := std.PublicKey.(type) {
	case *rsa.PublicKey:
		same("the RSA key", c.Key != nil && k.Equal(c.Key))
	case *ecdsa.PublicKey:
		if mine, ok := c.Key.(*ecdsa.PublicKey); ok {
			same("the EC key", k.Equal(mine))
		}
	}
	same("the signature", bytes.Equal(c.Signature, std.Signature))
	same("the key usage", int(c.KeyUsage) == int(std.KeyUsage))
	same("the basic constraints", c.BasicConstraints == std.BasicConstraintsValid && c.CA == std.IsCA)
	if std.BasicConstraintsValid && std.IsCA {
		length := std.MaxPathLen
		if length == 0 && !std.MaxPathLenZero {
			length = -1
		}
		same("the path length", c.MaxPath == length)
	}
	same("the key identifiers", bytes.Equal(c.SubjectKeyID, std.SubjectKeyId) && bytes.Equal(c.AuthorityKeyID, std.AuthorityKeyId))
	same("the extended key usage", len(c.ExtKeyUsage) == len(std.ExtKeyUsage)+len(std.UnknownExtKeyUsage))
	for _, oid := range std.UnknownExtKeyUsage {
		same("an extended key usage", slices.Contains(c.ExtKeyUsage, der.MustOID(oid.String())))
	}
	for _, oid := range c.UnknownCritical {
		same("what is critical", slices.ContainsFunc(std.Extensions, func(x pkix.Extension) bool { return x.Critical && x.Id.String() == oid.String() }))
	}
	if name, ok := signatureNames[std.SignatureAlgorithm]; ok {
		same("the signature algorithm", c.Algorithm.Name() == name)
	}
}

var signatureNames = map[x509.SignatureAlgorithm]string{
	x509.MD5WithRSA: "RS", x509.SHA1WithRSA: "RS1", x509.SHA256WithRSA: "RS256", x509.SHA384WithRSA: "RS384", x509.SHA512WithRSA: "RS512",
	x509.ECDSAWithSHA1: "ES1", x509.ECDSAWithSHA256: "ES256", x509.ECDSAWithSHA384: "ES384", x509.ECDSAWithSHA512: "ES512",
	x509.SHA256WithRSAPSS: "PS256", x509.SHA384WithRSAPSS: "PS384", x509.SHA512WithRSAPSS: "PS512", x509.PureEd25519: "EdDSA",
}

// number reads two's complement.
func number(content []byte) *big.Int {
	n := new(big.Int).SetBytes(content)
	if len(content) > 0 && content[0] >= 0x80 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(content))))
	}
	return n
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// count is how often an attribute is in the subject; of a repeated one, crypto/x509 keeps the last.
func count(std *x509.Certificate, oid string) (n int) {
	for _, a := range std.Subject.Names {
		if a.Type.String() == oid {
			n++
		}
	}
	return n
}
