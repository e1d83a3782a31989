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

// usesOf gives what a certificate's extended key usages permit. A certificate without any permits everything (EU
// certificate governance §4.3); one that has only foreign usages, such as a TLS server's, permits nothing.
func usesOf(c *x509.Certificate) formats.Uses {
	if len(c.ExtKeyUsage) == 0 && len(c.UnknownExtKeyUsage) == 0 {
		return formats.AllUses
	}
	if slices.Contains(c.ExtKeyUsage, x509.ExtKeyUsageAny) {
		return formats.AllUses
	}
	var uses formats.Uses
	for _, oid := range c.UnknownExtKeyUsage {
		for _, h := range healthUses {
			if oid.Equal(h.oid) {
				uses |= h.use
			}
		}
	}
	return uses
}

// scopeOf gives the formats that a certificate limits itself to: one whose usages are those of health certificates
// seals no travel document.
func scopeOf(uses formats.Uses) []formats.ID {
	if uses&^(formats.Vaccination|formats.Test|formats.Recovery) == 0 {
		return []formats.ID{"eu-dcc"}
	}
	return []formats.ID{AnyFormat}
}
