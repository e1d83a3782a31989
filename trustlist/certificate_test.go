package trustlist_test

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/trustlist"
)

func TestACertificateLimitsItsKey(t *testing.T) {
	anything := []formats.ID{trustlist.AnyFormat}
	dcc := healthScope
	issue := func(uses ...asn1.ObjectIdentifier) mint.Signer {
		return utopia.CSCA.Issue("uses", mint.Template{Uses: uses})
	}
	for name, c := range map[string]struct {
		signer mint.Signer
		uses   formats.Uses
		scope  []formats.ID
	}{
		"vaccination":                {utopia.Vaccination, formats.Vaccination, dcc},
		"test in the other spelling": {utopia.Test, formats.Test, dcc},
		"recovery":                   {utopia.Recovery, formats.Recovery, dcc},
		"all three":                  {utopia.RSA, health, dcc},
		"none":                       {utopia.AnyUse, formats.AllUses, anything},
		"one in both spellings":      {issue(mint.UseTest, mint.OtherSpelling(mint.UseTest)), formats.Test, dcc},
		"every other spelling":       {issue(mint.OtherSpelling(mint.UseTest), mint.OtherSpelling(mint.UseVaccination), mint.OtherSpelling(mint.UseRecovery)), health, dcc},
		"one that nobody knows":      {issue(asn1.ObjectIdentifier{1, 2, 3}), formats.AllUses, anything},
		"a fourth of the same kind":  {issue(asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 1847, 2021, 1, 4}), formats.AllUses, anything},
		"test and master lists":      {issue(mint.UseTest, asn1.ObjectIdentifier{2, 23, 136, 1, 1, 3}), formats.Test, dcc},
	} {
		a := load(t, file(t, "c.der", c.signer.Cert)).Anchors()[0]
		if a.Uses != c.uses || !slices.Equal(a.Scope, c.scope) {
			t.Errorf("%s: %v for %v, want %v for %v", name, a.Uses, a.Scope, c.uses, c.scope)
		}
		if a.Role != trustlist.Signer || a.Country != "UT" || a.Issuer != "" || a.KeyID != nil || !a.RevokedAt.IsZero() {
			t.Errorf("%s: %+v", name, a)
		}
		if !a.NotBefore.Equal(c.signer.Leaf.NotBefore) || !a.NotAfter.Equal(c.signer.Leaf.NotAfter) || string(a.Certificate) != string(c.signer.Cert) {
			t.Errorf("%s: from %v to %v", name, a.NotBefore, a.NotAfter)
		}
	}
}

func TestCertificatesThatSealNoDocumentAreDropped(t *testing.T) {
	extended := func(list ...x509.ExtKeyUsage) func(*x509.Certificate) {
		return func(c *x509.Certificate) { c.ExtKeyUsage = list }
	}
	other := func(oid ...int) func(*x509.Certificate) {
		return func(c *x509.Certificate) { c.UnknownExtKeyUsage = []asn1.ObjectIdentifier{oid} }
	}
	const noUse = "permits no use"
	for name, c := range map[string]struct {
		change func(*x509.Certificate)
		reason string
	}{
		"a web server":            {extended(x509.ExtKeyUsageServerAuth), noUse},
		"code signing":            {extended(x509.ExtKeyUsageCodeSigning), noUse},
		"time stamping":           {extended(x509.ExtKeyUsageTimeStamping), noUse},
		"an OCSP responder":       {extended(x509.ExtKeyUsageOCSPSigning), noUse},
		"anything and a server":   {extended(x509.ExtKeyUsageAny, x509.ExtKeyUsageServerAuth), noUse},
		"master lists":            {other(2, 23, 136, 1, 1, 3), noUse},
		"deviation lists":         {other(2, 23, 136, 1, 1, 8), noUse},
		"no digital signatures":   {func(c *x509.Certificate) { c.KeyUsage = x509.KeyUsageKeyEncipherment }, "key usage"},
		"an unknown critical one": {func(c *x509.Certificate) { c.ExtraExtensions = []pkix.Extension{mint.UnknownCritical()} }, "critical extension"},
		"a huge one": {func(c *x509.Certificate) {
			c.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{1, 2, 3, 4}, Value: make([]byte, 16<<10)}}
		}, "exceeds a limit"},
	} {
		s := load(t, file(t, "c.der", certificate(t, c.change)))
		d := s.Dropped()
		if len(s.Anchors()) != 0 || len(d) != 1 || !strings.Contains(d[0].Reason, c.reason) || d[0].Source != "c.der" {
			t.Errorf("%s: %d anchors, dropped %+v", name, len(s.Anchors()), d)
		}
	}
	for name, change := range map[string]func(*x509.Certificate){
		"no key usage at all": func(c *x509.Certificate) { c.KeyUsage = 0 },
		"a signature card":    extended(x509.ExtKeyUsageClientAuth, x509.ExtKeyUsageEmailProtection),
		"any usage":           extended(x509.ExtKeyUsageAny),
		"ICAO's barcodes":     other(2, 23, 136, 1, 1, 14, 2),
		"not a CA":            func(c *x509.Certificate) { c.BasicConstraintsValid = true },
	} {
		if a := load(t, file(t, "c.der", certificate(t, change))).Anchors(); len(a) != 1 || a[0].Role != trustlist.Signer || a[0].Uses != formats.AllUses {
			t.Errorf("%s: %+v", name, a)
		}
	}
}

func TestACAIsNoSigner(t *testing.T) {
	a := load(t, file(t, "csca.pem", utopia.CSCA.PEM())).Anchors()
	if len(a) != 1 || a[0].Role != trustlist.CA {
		t.Errorf("%+v", a)
	}
}

func TestTheCountryIsTheSubjectsAndElseTheIssuers(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*x509.Certificate)
		want   string
	}{
		"upper case": {func(c *x509.Certificate) {}, "UT"},
		"lower case": {func(c *x509.Certificate) { c.Subject.Country = []string{"xa"} }, "XA"},
		"none":       {func(c *x509.Certificate) { c.Subject.Country = nil }, ""},
	} {
		if a := load(t, file(t, "c.der", certificate(t, c.change))).Anchors(); a[0].Country != c.want {
			t.Errorf("%s: %q", name, a[0].Country)
		}
	}
	issuer := mint.NewCA("country", mint.Template{Country: "XA"})
	key := mint.NewKey(mint.P256, "no country")
	template := &x509.Certificate{SerialNumber: issuer.Leaf.SerialNumber, Subject: pkix.Name{CommonName: "x"}, NotAfter: issuer.Leaf.NotAfter}
	der, err := x509.CreateCertificate(nil, template, issuer.Leaf, key.Public(), issuer.Key)
	if err != nil {
		t.Fatal(err)
	}
	if a := load(t, file(t, "c.der", der)).Anchors(); a[0].Country != "XA" {
		t.Errorf("of the issuer: %q", a[0].Country)
	}
}

func TestKeysThatProveNothingAreDropped(t *testing.T) {
	weak := utopia.CSCA.Issue("weak", mint.Template{Key: mint.RSA1024})
	s := load(t, file(t, "signers.pem", append(weak.PEM(), utopia.Vaccination.PEM()...)))
	if d := s.Dropped(); len(s.Anchors()) != 1 || len(d) != 1 || !strings.Contains(d[0].Reason, "weak") {
		t.Errorf("%d anchors, dropped %+v", len(s.Anchors()), d)
	}
}
