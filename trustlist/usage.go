package trustlist

import (
	"crypto/x509"
	"encoding/asn1"
	"slices"

	"github.com/travelseal/travelseal/formats"
)

// The extended key usages by which health certificates limit their signers. The EU's certificate governance §4.3 gives
// them as 1.3.6.1.4.1.1847.2021.1.x; many genuine signers carry 1.3.6.1.4.1.0.1847.2021.1.x instead, and mean the same.
var healthUses = []struct {
	oid asn1.ObjectIdentifier
	use formats.Uses
}{
	{asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 1847, 2021, 1, 1}, formats.Test},
	{asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 1847, 2021, 1, 2}, formats.Vaccination},
	{asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 1847, 2021, 1, 3}, formats.Recovery},
	{asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 0, 1847, 2021, 1, 1}, formats.Test},
	{asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 0, 1847, 2021, 1, 2}, formats.Vaccination},
	{asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 0, 1847, 2021, 1, 3}, formats.Recovery},
}

// foreign are usages of other trades and of other roles in this one. A certificate that has one of them, and none of the
// health certificates' own, seals no document: it is a web server's, a program's, a responder's, or signs master lists
// and deviation lists (ICAO Doc 9303-12 §7.1.1).
var (
	foreign = []x509.ExtKeyUsage{
		x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageCodeSigning, x509.ExtKeyUsageTimeStamping, x509.ExtKeyUsageOCSPSigning,
	}
	foreignOIDs = []asn1.ObjectIdentifier{{2, 23, 136, 1, 1, 3}, {2, 23, 136, 1, 1, 8}}
)

// usesOf gives what a certificate's extended key usages permit. One that has none of the health certificates' usages
// permits everything (EU certificate governance §4.3): genuine Spanish and Icelandic signers carry the usages of a
// person's signature card and of ICAO instead. Only the foreign ones above permit nothing.
func usesOf(c *x509.Certificate) formats.Uses {
	var uses formats.Uses
	for _, oid := range c.UnknownExtKeyUsage {
		for _, h := range healthUses {
			if oid.Equal(h.oid) {
				uses |= h.use
			}
		}
	}
	if uses != 0 {
		return uses
	}
	for _, u := range c.ExtKeyUsage {
		if slices.Contains(foreign, u) {
			return 0
		}
	}
	for _, oid := range c.UnknownExtKeyUsage {
		if slices.ContainsFunc(foreignOIDs, oid.Equal) {
			return 0
		}
	}
	return formats.AllUses
}

// healthFormats are the certificates that a signer with the health certificates' usages may seal: those of the EU, and
// the WHO's, whose members sign both with one key (WHO SMART Trust, key usages of DSC). Certificates of one country alone,
// as Austria's exemptions, are left to the lists that name them.
var healthFormats = []formats.ID{"eu-dcc", "who-ddcc", "who-dvc"}

// scopeOf gives the formats that a certificate limits itself to: one whose usages are those of health certificates
// seals no travel document.
func scopeOf(uses formats.Uses) []formats.ID {
	if uses&^(formats.Vaccination|formats.Test|formats.Recovery) == 0 {
		return slices.Clone(healthFormats)
	}
	return []formats.ID{AnyFormat}
}
