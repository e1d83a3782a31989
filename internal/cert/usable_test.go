package cert_test

import (
	"crypto"
	"testing"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// Such certificates are read, so that they can be shown, and nothing rests on them.
func TestUsable(t *testing.T) {
	dsc := pki.DSC()
	v1, v2 := pki.Bare(), pki.Bare()
	v1.Version, v2.Version = 1, 2
	extended := dsc
	extended.Version = 1
	inner := dsc
	inner.Inner = pki.ECDSA(crypto.SHA384).ID
	null := dsc
	null.Inner = der.Seq(der.OID("1.2.840.10045.4.3.2"), der.Null())
	policies := pki.Fixed(pki.OIDPolicies, der.Seq(der.Seq(der.OID("1.2.3")))).AsCritical()
	for name, c := range map[string]struct {
		template pki.Template
		want     error
	}{
		"version 1":                         {v1, nil},
		"version 2":                         {v2, nil},
		"version 1 with extensions":         {extended, cert.ErrContradiction},
		"another algorithm inside":          {inner, cert.ErrContradiction},
		"the same inside, with NULL":        {null, cert.ErrContradiction},
		"an unknown extension":              {dsc.With(pki.Unknown()), nil},
		"an unknown critical extension":     {dsc.With(pki.UnknownCritical()), cert.ErrCritical},
		"an extension twice":                {dsc.With(pki.KeyUsage(pki.CertSign)), cert.ErrContradiction},
		"an unknown extension twice":        {dsc.With(pki.Unknown(), pki.Unknown()), cert.ErrContradiction},
		"name constraints":                  {dsc.With(pki.NameConstraints().Marked(nil)), nil},
		"critical name constraints":         {dsc.With(pki.NameConstraints().AsCritical()), cert.ErrCritical},
		"critical policies":                 {dsc.With(policies), nil},
		"critical names":                    {dsc.Replacing(pki.AltName(pki.OIDSubjectAltName, "UTO", "x").AsCritical()), nil},
		"a critical document type list":     {dsc.Replacing(pki.DocumentTypes("P").AsCritical()), nil},
		"a critical delta of a list":        {dsc.With(pki.DeltaIndicator(1).AsCritical()), cert.ErrCritical},
		"a critical subject key identifier": {dsc.Replacing(pki.SubjectKeyID().AsCritical()), nil},
	} {
		wants(t, name, parse(t, issued(c.template)).Usable(), c.want)
	}
	if (&cert.Certificate{}).Usable() == nil {
		t.Error("the zero Certificate is usable")
	}
	// What stands there twice counts once, as it did first.
	if c := parse(t, issued(dsc.With(pki.KeyUsage(pki.CertSign)))); c.KeyUsage != cert.DigitalSignature {
		t.Errorf("the key usage is %b", c.KeyUsage)
	}
}

func TestFields(t *testing.T) {
	c := parse(t, issued(pki.DSC()))
	ca := parse(t, utopia.Cert)
	switch {
	case c.Version != 3, len(c.Serial) != 16 && len(c.Serial) != 17:
		t.Errorf("version %d, serial number of %d bytes", c.Version, len(c.Serial))
	case !c.NotBefore.Equal(pki.DSCFrom), !c.NotAfter.Equal(pki.DSCUntil), !c.KeyNotBefore.Equal(pki.DSCFrom), !c.KeyNotAfter.Equal(pki.DSCSigns):
		t.Errorf("times: %v %v %v %v", c.NotBefore, c.NotAfter, c.KeyNotBefore, c.KeyNotAfter)
	case c.Issuer.Country != "UT", c.Subject.Country != "UT", !c.Issuer.Equal(ca.Subject), c.Issuer.Equal(c.Subject):
		t.Errorf("names: %s, %s", c.Issuer, c.Subject)
	case string(c.AuthorityKeyID) != string(ca.SubjectKeyID), len(c.SubjectKeyID) != 20:
		t.Error("the key identifiers do not fit")
	case len(c.DocumentTypes) != 2 || c.DocumentTypes[0] != "I" || c.DocumentTypes[1] != "P":
		t.Errorf("document types %q", c.DocumentTypes)
	case !c.HasKeyUsage, c.KeyUsage != cert.DigitalSignature, c.BasicConstraints, c.CA, c.MaxPath != -1:
		t.Errorf("usage %b, constraints %v %v %d", c.KeyUsage, c.BasicConstraints, c.CA, c.MaxPath)
	case !ca.CA, ca.MaxPath != 0, ca.KeyUsage != cert.CertSign|cert.CRLSign, !ca.SelfIssued(), c.SelfIssued():
		t.Errorf("the CA: %v %d %b", ca.CA, ca.MaxPath, ca.KeyUsage)
	}
	if c.StateCode != "UTO" || c.StateDetail != "" || len(c.Deviations) > 0 {
		t.Errorf("the state is %q, %q", c.StateCode, c.StateDetail)
	}
	detail := der.Seq(der.Explicit(4, pki.Name{pki.One("2.5.4.7", der.Printable("UTO")), pki.One("2.5.4.8", der.Printable("UTX"))}.Value()))
	if c := parse(t, issued(pki.DSC().Replacing(pki.Fixed(pki.OIDSubjectAltName, detail)))); c.StateCode != "UTO" || c.StateDetail != "UTX" {
		t.Errorf("the state is %q, %q", c.StateCode, c.StateDetail)
	}
	named := parse(t, issued(pki.DSC().Replacing(pki.AuthorityCertificate(true))))
	if string(named.AuthorityIssuer) != string(ca.Issuer.Raw) || string(named.AuthoritySerial) != string(ca.Serial) || named.AuthorityKeyID == nil {
		t.Error("the authority's certificate is not the one named")
	}
	if !parse(t, issued(pki.CSCA().With(pki.NameChange()))).NameChange {
		t.Error("the change of name is not seen")
	}
	half := parse(t, issued(pki.DSC().Replacing(pki.Fixed(pki.OIDPrivateKeyPeriod, der.Seq(der.Implicit(1, []byte("20210901000000Z")))))))
	if !half.KeyNotBefore.IsZero() || !half.KeyNotAfter.Equal(pki.DSCSigns) {
		t.Errorf("half a period: %v %v", half.KeyNotBefore, half.KeyNotAfter)
	}
}
