package mint

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"math/big"
	"slices"
	"time"
)

// A Template says what stands in a certificate. The zero Template is a P-256 document signer of Utopia, valid from 2025
// to 2060, without extended key usage.
type Template struct {
	CommonName string // default: the name that it is issued under
	Country    string // ISO 3166-1 alpha-2; default UT
	Key        KeyKind
	NotBefore  time.Time
	NotAfter   time.Time
	// Uses are the extended key usages; none means that the certificate does not restrict its key.
	Uses []asn1.ObjectIdentifier
	// SelfSigned makes the certificate its own issuer.
	SelfSigned bool
	// CA sets the basic constraints and key usage of a certification authority.
	CA bool
	// Extensions are added as they stand.
	Extensions []pkix.Extension
}

// The extended key usages of document signers (Implementing Decision (EU) 2021/1073, Annex IV). A certificate with none
// of them may seal all three kinds.
var (
	UseTest        = asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 1847, 2021, 1, 1}
	UseVaccination = asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 1847, 2021, 1, 2}
	UseRecovery    = asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 1847, 2021, 1, 3}
)

// OtherSpelling gives 1.3.6.1.4.1.0.1847.2021.1.x for 1.3.6.1.4.1.1847.2021.1.x. Published lists hold both.
func OtherSpelling(use asn1.ObjectIdentifier) asn1.ObjectIdentifier {
	return slices.Insert(slices.Clone(use), 6, 0)
}

// UnknownCritical is an extension that nobody knows and that must be understood, so that the certificate must be
// refused (RFC 5280 §4.2).
func UnknownCritical() pkix.Extension {
	return pkix.Extension{Id: asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 55555, 1}, Critical: true, Value: asn1.NullBytes}
}

var (
	defaultNotBefore = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	defaultNotAfter  = time.Date(2060, 1, 1, 0, 0, 0, 0, time.UTC)
)

func (t Template) orDefault(name string) Template {
	if t.CommonName == "" {
		t.CommonName = name
	}
	if t.Country == "" {
		t.Country = "UT"
	}
	if t.Key == "" {
		t.Key = P256
	}
	if t.NotBefore.IsZero() {
		t.NotBefore = defaultNotBefore
	}
	if t.NotAfter.IsZero() {
		t.NotAfter = defaultNotAfter
	}
	return t
}

// newSigner makes a key and its certificate. The seed alone determines the key and the serial number; issuer is nil
// where the certificate is its own.
func newSigner(seed, name string, t Template, issuer *Signer) Signer {
	t = t.orDefault(name)
	key := NewKey(t.Key, seed)
	serial := NewDRBG([]byte("travelseal mint serial\x00" + seed)).Bytes(16)
	serial[0] = serial[0]&0x3f | 0x40 // positive and of one length (RFC 5280 §4.1.2.2)
	cert := &x509.Certificate{
		SerialNumber:       new(big.Int).SetBytes(serial),
		Subject:            pkix.Name{Country: []string{t.Country}, Organization: []string{"travelseal test issuer"}, CommonName: t.CommonName},
		NotBefore:          t.NotBefore,
		NotAfter:           t.NotAfter,
		KeyUsage:           x509.KeyUsageDigitalSignature,
		UnknownExtKeyUsage: t.Uses,
		SubjectKeyId:       keyIdentifier(key.Public()),
		ExtraExtensions:    t.Extensions,
	}
	if t.CA {
		cert.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageCRLSign
		cert.BasicConstraintsValid, cert.IsCA = true, true
	}
	parent, parentKey := cert, key
	if issuer != nil && !t.SelfSigned {
		parent, parentKey = issuer.Leaf, issuer.Key
	}
	// Without a source of randomness, ECDSA signs as RFC 6979 says, so that the certificate is always the same.
	der, err := x509.CreateCertificate(nil, cert, parent, key.Public(), parentKey)
	must(err)
	leaf, err := x509.ParseCertificate(der)
	must(err)
	digest := sha256.Sum256(der)
	return Signer{
		Name: name, Country: t.Country, Cert: der, Leaf: leaf, Key: key,
		Alg: algFor(key.Public()), KID: digest[:8],
	}
}

// keyIdentifier is RFC 7093 §2 method 1. It is set here because the standard library's choice depends on its version.
func keyIdentifier(pub crypto.PublicKey) []byte {
	spki, err := x509.MarshalPKIXPublicKey(pub)
	must(err)
	digest := sha256.Sum256(spki)
	return digest[:20]
}

func algFor(pub crypto.PublicKey) Alg {
	switch pub := pub.(type) {
	case *ecdsa.PublicKey:
		switch pub.Curve.Params().BitSize {
		case 384:
			return ES384
		case 521:
			return ES512
		}
		return ES256
	case *rsa.PublicKey:
		return PS256
	}
	return EdDSA
}

// PEM gives the certificate in the textual form of RFC 7468 §5.
func (s Signer) PEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Cert})
}
