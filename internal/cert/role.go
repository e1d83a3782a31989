package cert

import (
	"strings"

	"github.com/travelseal/travelseal/internal/der"
)

// A Role is a set of purposes that a certificate has by what it says of itself. The zero Role has none.
type Role uint16

// The roles. What decides is basic constraints, key usage and extended key usage; a name never does.
const (
	// CA issues certificates: a CSCA, a link certificate, an IACA. Nothing in them tells a CSCA from an IACA.
	CA Role = 1 << iota
	// DSC signs the EF.SOD of travel documents: an end entity with digitalSignature and no extended key usage (Doc 9303-12
	// §7.1.1).
	DSC
	// MasterListSigner and DeviationListSigner sign those lists (Doc 9303-12 §7.1.1.3).
	MasterListSigner
	DeviationListSigner
	// VDSSigner signs visible digital seals (Doc 9303-12 §7.1.3), VDSNCSigner those for non-constrained environments (VDS-NC
	// Technical Report). Neither profile has a key usage.
	VDSSigner
	VDSNCSigner
	// LDS2Signer signs travel stamps, visas or biometrics on a chip (Doc 9303-12 §7.1.2).
	LDS2Signer
	// DTCSigner signs digital travel credentials (Doc 9303-1 §4.4, id-icao-dtcSigner), and no EF.SOD.
	DTCSigner
	// Health signs health certificates. A CA with this role restricts itself to health by 2.23.136.1.1.14.1 or by the
	// extended key usages of the EU DCC, and vouches for no passport.
	Health
	// MdocSigner signs mobile documents (ISO/IEC 18013-5 §B.1.4), MdocReader requests for them, and VICALSigner the list of
	// their issuers (§C.1).
	MdocSigner
	MdocReader
	VICALSigner
	// CRLSigner signs revocation lists and nothing else.
	CRLSigner
	// Foreign has a purpose that is none of these: TLS, code, mail, OCSP, time stamps, or one that is unknown.
	Foreign
)

var purposes = map[der.OID]Role{
	der.MustOID("2.23.136.1.1.3"):     MasterListSigner,
	der.MustOID("2.23.136.1.1.8"):     DeviationListSigner,
	der.MustOID("2.23.136.1.1.14.1"):  Health,
	der.MustOID("2.23.136.1.1.14.2"):  VDSNCSigner,
	der.MustOID("2.23.136.1.1.11.1"):  VDSSigner,
	der.MustOID("2.23.136.1.1.9.8.1"): LDS2Signer,
	der.MustOID("2.23.136.1.1.9.8.2"): LDS2Signer,
	der.MustOID("2.23.136.1.1.9.8.3"): LDS2Signer,
	der.MustOID("2.23.136.1.1.12.1"):  DTCSigner,
	der.MustOID("1.0.18013.5.1.2"):    MdocSigner,
	der.MustOID("1.0.18013.5.1.6"):    MdocReader,
	der.MustOID("1.0.18013.5.1.8"):    VICALSigner,
	// IACA and its link certificate say so, where they say anything; they are CAs already.
	der.MustOID("1.0.18013.5.1.4"): CA,
	der.MustOID("1.0.18013.5.1.7"): CA,
	// Test, vaccination and recovery, in both spellings that genuine signers have (EU certificate governance §4.3).
	der.MustOID("1.3.6.1.4.1.1847.2021.1.1"):   Health,
	der.MustOID("1.3.6.1.4.1.1847.2021.1.2"):   Health,
	der.MustOID("1.3.6.1.4.1.1847.2021.1.3"):   Health,
	der.MustOID("1.3.6.1.4.1.0.1847.2021.1.1"): Health,
	der.MustOID("1.3.6.1.4.1.0.1847.2021.1.2"): Health,
	der.MustOID("1.3.6.1.4.1.0.1847.2021.1.3"): Health,
}

// Roles says what the certificate may be used for by its own words. Several extended key usages give several roles, so that
// a caller asks for equality where a role excludes others: a DSC is one whose Roles are DSC and nothing else. An absent key
// usage takes no role away, which the caller may see in HasKeyUsage.
func (c *Certificate) Roles() Role {
	var r Role
	for _, oid := range c.ExtKeyUsage {
		p, known := purposes[oid]
		if !known || p == CA && !c.issues() {
			p = Foreign
		}
		r |= p
	}
	switch {
	case c.issues():
		return r | CA
	case c.HasKeyUsage && !c.KeyUsage.Has(DigitalSignature):
		if c.KeyUsage.Has(CRLSign) {
			return r&Foreign | CRLSigner
		}
		// ISO/IEC 18013-5 has VICAL signers with contentCommitment alone; all others sign with digitalSignature.
		if r == VICALSigner && c.KeyUsage.Has(ContentCommitment) {
			return r
		}
		return Foreign
	case len(c.ExtKeyUsage) == 0:
		return DSC
	}
	return r
}

// issues reports whether the certificate says in either place that it issues certificates. What says so is no end entity.
func (c *Certificate) issues() bool { return c.CA || c.KeyUsage.Has(CertSign) }

// Has reports whether all the roles of o are among r.
func (r Role) Has(o Role) bool { return r&o == o && o != 0 }

var roleNames = []string{"CA", "DSC", "master list signer", "deviation list signer", "VDS signer", "VDS-NC signer", "LDS2 signer", "DTC signer", "health", "mdoc signer",
	"mdoc reader", "VICAL signer", "CRL signer", "foreign"}

func (r Role) String() string {
	var names []string
	for i, name := range roleNames {
		if r&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	if names == nil {
		return "none"
	}
	return strings.Join(names, ", ")
}
