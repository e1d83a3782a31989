package trustlist

import (
	"slices"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/der"
)

// The extended key usages by which health certificates limit their signers. The EU's certificate governance §4.3 gives
// them as 1.3.6.1.4.1.1847.2021.1.x; many genuine signers carry 1.3.6.1.4.1.0.1847.2021.1.x instead, and mean the same.
var healthUses = map[der.OID]formats.Uses{
	der.MustOID("1.3.6.1.4.1.1847.2021.1.1"):   formats.Test,
	der.MustOID("1.3.6.1.4.1.1847.2021.1.2"):   formats.Vaccination,
	der.MustOID("1.3.6.1.4.1.1847.2021.1.3"):   formats.Recovery,
	der.MustOID("1.3.6.1.4.1.0.1847.2021.1.1"): formats.Test,
	der.MustOID("1.3.6.1.4.1.0.1847.2021.1.2"): formats.Vaccination,
	der.MustOID("1.3.6.1.4.1.0.1847.2021.1.3"): formats.Recovery,
}

// foreign are usages of other trades and of other roles in this one. A certificate that has one of them, and none of the
// health certificates' own, seals no document: it is a web server's, a program's, a responder's, or signs master lists
// and deviation lists (ICAO Doc 9303-12 §7.1.1). A DTC signer's signature over a credential is not read here, and it signs
// no EF.SOD.
var foreign = []der.OID{
	der.MustOID("1.3.6.1.5.5.7.3.1"), // TLS servers
	der.MustOID("1.3.6.1.5.5.7.3.3"), // code
	der.MustOID("1.3.6.1.5.5.7.3.8"), // time stamps
	der.MustOID("1.3.6.1.5.5.7.3.9"), // OCSP
	der.MustOID("2.23.136.1.1.3"),    // master lists
	der.MustOID("2.23.136.1.1.8"),    // deviation lists
	der.MustOID("2.23.136.1.1.12.1"), // digital travel credentials
}

// usesOf gives what a certificate's extended key usages permit. One that has none of the health certificates' usages
// permits everything (EU certificate governance §4.3): genuine Spanish and Icelandic signers carry the usages of a
// person's signature card and of ICAO instead. Only the foreign ones above permit nothing.
func usesOf(c *cert.Certificate) formats.Uses {
	var uses formats.Uses
	for _, oid := range c.ExtKeyUsage {
		uses |= healthUses[oid]
	}
	if uses != 0 {
		return uses
	}
	if slices.ContainsFunc(c.ExtKeyUsage, func(oid der.OID) bool { return slices.Contains(foreign, oid) }) {
		return 0
	}
	return formats.AllUses
}

// healthFormats are the certificates that a signer with the health certificates' usages may seal: those of the EU, and
// the WHO's, whose members sign both with one key (WHO SMART Trust, key usages of DSC). Certificates of one country alone,
// as Austria's exemptions, are left to the lists that name them.
var healthFormats = []formats.ID{"eu-dcc", "who-ddcc", "who-dvc"}

// The kinds of document whose signers have a usage of their own.
var (
	chipFormats    = []formats.ID{"emrtd", "dtc"}
	sealFormats    = []formats.ID{"vds", "idb"} // Doc 9303-12 §7.1.3
	barcodeFormats = []formats.ID{"vdsnc"}      // VDS-NC Technical Report, profile of the barcode signer
	mobileFormats  = []formats.ID{"mdoc"}       // ISO/IEC 18013-5 §B.1.4
)

// scopeOf gives the formats that a certificate limits itself to, where the relying party has chosen it as it stands: one
// whose usages are those of health certificates seals no travel document.
func scopeOf(c *cert.Certificate, uses formats.Uses) []formats.ID {
	if uses != 0 && uses&^(formats.Vaccination|formats.Test|formats.Recovery) == 0 {
		return slices.Clone(healthFormats)
	}
	switch c.Roles() {
	case cert.VDSSigner:
		return slices.Clone(sealFormats)
	case cert.VDSNCSigner:
		return slices.Clone(barcodeFormats)
	case cert.MdocSigner:
		return slices.Clone(mobileFormats)
	}
	return []formats.ID{AnyFormat}
}

// scopeUnderCA gives the formats that a certificate may seal because a trusted CA issued it. Nobody has chosen it by
// itself, so that only what it says of its own purpose counts: without a usage of its own it is the signer of chips (Doc
// 9303-12 §7.1.1), and one of another trade seals nothing.
func scopeUnderCA(c *cert.Certificate) []formats.ID {
	switch c.Roles() {
	case cert.DSC:
		return chipFormats
	case cert.VDSSigner:
		return sealFormats
	case cert.VDSNCSigner:
		return barcodeFormats
	case cert.Health:
		return healthFormats
	case cert.MdocSigner:
		return mobileFormats
	}
	return nil
}
