package cert_test

import (
	"testing"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// What a certificate is for is what it says in its own extensions.
func TestRoles(t *testing.T) {
	dsc := pki.DSC()
	use := func(uses ...string) pki.Template { return dsc.With(pki.ExtendedKeyUsage(uses...)) }
	usage := func(bits ...int) pki.Template { return dsc.Replacing(pki.KeyUsage(bits...)) }
	const health, other = "1.3.6.1.4.1.1847.2021.1.2", "1.3.6.1.4.1.0.1847.2021.1.3"
	for _, c := range []struct {
		name     string
		template pki.Template
		want     cert.Role
	}{
		{"CSCA", pki.CSCA(), cert.CA},
		{"IACA", pki.IACA(), cert.CA},
		{"IACA that says so", pki.IACA().With(pki.ExtendedKeyUsage(pki.UseIACA)), cert.CA},
		{"CSCA for health", pki.HealthCSCA(), cert.CA | cert.Health},
		{"CSCA for TLS", pki.CSCA().With(pki.ExtendedKeyUsage(pki.UseServer)), cert.CA | cert.Foreign},
		{"DSC", dsc, cert.DSC},
		{"DSC without a key usage", dsc.Without(pki.OIDKeyUsage), cert.DSC},
		{"DSC without anything", pki.Bare(), cert.DSC},
		{"DSC that may repudiate nothing", usage(pki.DigitalSignature, pki.NonRepudiation), cert.DSC},
		{"DSC marked CA", dsc.With(pki.BasicConstraints(true, 0)), cert.CA},
		{"DSC that signs certificates", usage(pki.DigitalSignature, pki.CertSign), cert.CA},
		{"key agreement alone", usage(pki.KeyAgreement), cert.Foreign},
		{"content commitment alone", usage(pki.NonRepudiation), cert.Foreign},
		{"CRL signer", pki.CRLSigner(), cert.CRLSigner},
		{"master list signer", pki.MasterListSigner(), cert.MasterListSigner},
		{"deviation list signer", pki.DeviationListSigner(), cert.DeviationListSigner},
		{"barcode signer", pki.BarcodeSigner(), cert.VDSNCSigner},
		{"VDS signer", pki.Bare().With(pki.ExtendedKeyUsage("2.23.136.1.1.11.1")), cert.VDSSigner},
		{"LDS2 signer", pki.Bare().With(pki.ExtendedKeyUsage("2.23.136.1.1.9.8.1", "2.23.136.1.1.9.8.3")), cert.LDS2Signer},
		{"DTC signer", pki.DTCSigner(), cert.DTCSigner},
		{"mdoc signer", pki.MdocSigner(), cert.MdocSigner},
		{"mdoc reader", use("1.0.18013.5.1.6"), cert.MdocReader},
		{"VICAL signer", use("1.0.18013.5.1.8"), cert.VICALSigner},
		{"VICAL signer that commits", use("1.0.18013.5.1.8").Replacing(pki.KeyUsage(pki.NonRepudiation)), cert.VICALSigner},
		{"mdoc signer that commits", use(pki.UseMdocSigner).Replacing(pki.KeyUsage(pki.NonRepudiation)), cert.Foreign},
		{"IACA's use without its powers", use(pki.UseIACA), cert.Foreign},
		{"health", use(health), cert.Health},
		{"health in the other spelling", use(other), cert.Health},
		{"health and TLS", use(health, pki.UseClient), cert.Health | cert.Foreign},
		{"any use", use(pki.UseAny), cert.Foreign},
		{"TLS", pki.Server(), cert.Foreign},
		{"code", use(pki.UseCodeSigning), cert.Foreign},
		{"OCSP", use("1.3.6.1.5.5.7.3.9"), cert.Foreign},
		{"time stamps", use("1.3.6.1.5.5.7.3.8"), cert.Foreign},
		{"two lists", use(pki.UseMasterList, pki.UseDeviationList), cert.MasterListSigner | cert.DeviationListSigner},
	} {
		if got := parse(t, issued(c.template)).Roles(); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	if cert.Role(0).String() != "none" || (cert.CA|cert.Foreign).String() != "CA, foreign" {
		t.Error("the names of roles are wrong")
	}
	if cert.Role(0).Has(0) || !(cert.CA | cert.Health).Has(cert.CA) || cert.CA.Has(cert.CA|cert.Health) {
		t.Error("Has is wrong")
	}
}
