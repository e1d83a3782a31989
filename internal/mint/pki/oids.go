package pki

import (
	"crypto"
	"fmt"
)

// Extensions (RFC 5280 §4.2; ICAO Doc 9303-12 §7.1).
const (
	OIDSubjectKeyID       = "2.5.29.14"
	OIDKeyUsage           = "2.5.29.15"
	OIDPrivateKeyPeriod   = "2.5.29.16"
	OIDSubjectAltName     = "2.5.29.17"
	OIDIssuerAltName      = "2.5.29.18"
	OIDBasicConstraints   = "2.5.29.19"
	OIDCRLNumber          = "2.5.29.20"
	OIDReasonCode         = "2.5.29.21"
	OIDDeltaIndicator     = "2.5.29.27"
	OIDIssuingPoint       = "2.5.29.28"
	OIDCertificateIssuer  = "2.5.29.29"
	OIDNameConstraints    = "2.5.29.30"
	OIDDistributionPoints = "2.5.29.31"
	OIDPolicies           = "2.5.29.32"
	OIDAuthorityKeyID     = "2.5.29.35"
	OIDExtendedKeyUsage   = "2.5.29.37"
	OIDNameChange         = "2.23.136.1.1.6.1"
	OIDDocumentTypes      = "2.23.136.1.1.6.2"
	OIDUnknown            = "1.3.6.1.4.1.55555.1"
)

// Extended key usages: ICAO Doc 9303-1 §4.4, Doc 9303-12 §7.1.1.3 and its deviation lists, the VDS-NC Technical Report, RFC 5280
// §4.2.1.12, ISO/IEC 18013-5 Annex B.
const (
	UseMasterList    = "2.23.136.1.1.3"
	UseDeviationList = "2.23.136.1.1.8"
	UseDTCSigner     = "2.23.136.1.1.12.1"
	UseHealthCSCA    = "2.23.136.1.1.14.1"
	UseBarcode       = "2.23.136.1.1.14.2"
	UseServer        = "1.3.6.1.5.5.7.3.1"
	UseClient        = "1.3.6.1.5.5.7.3.2"
	UseCodeSigning   = "1.3.6.1.5.5.7.3.3"
	UseMdocSigner    = "1.0.18013.5.1.2"
	UseIACA          = "1.0.18013.5.1.7"
	UseAny           = "2.5.29.37.0"
)

// Content types and attributes of CMS (RFC 5652 §4, §11; ICAO Doc 9303-10 §4.7.1, Doc 9303-12 §9).
const (
	OIDData              = "1.2.840.113549.1.7.1"
	OIDSignedData        = "1.2.840.113549.1.7.2"
	OIDContentType       = "1.2.840.113549.1.9.3"
	OIDMessageDigest     = "1.2.840.113549.1.9.4"
	OIDSigningTime       = "1.2.840.113549.1.9.5"
	OIDLDSSecurityObject = "2.23.136.1.1.1"
	OIDMasterList        = "2.23.136.1.1.2"
	OIDDeviationList     = "2.23.136.1.1.7"
)

// Keys, curves' fields and signatures (RFC 3279 §2.3, RFC 5480 §2.1, RFC 8017 §A.2, RFC 8410 §3).
const (
	oidECPublicKey   = "1.2.840.10045.2.1"
	oidPrimeField    = "1.2.840.10045.1.1"
	oidBinaryField   = "1.2.840.10045.1.2"
	oidTrinomial     = "1.2.840.10045.1.2.3.2"
	oidRSAEncryption = "1.2.840.113549.1.1.1"
	oidMGF1          = "1.2.840.113549.1.1.8"
	oidPSS           = "1.2.840.113549.1.1.10"
	oidEd25519       = "1.3.101.112"
)

// hashOIDs are the identifiers of RFC 3279 §2.1 and RFC 5754 §2.
var hashOIDs = map[crypto.Hash]string{
	crypto.MD5:    "1.2.840.113549.2.5",
	crypto.SHA1:   "1.3.14.3.2.26",
	crypto.SHA224: "2.16.840.1.101.3.4.2.4",
	crypto.SHA256: "2.16.840.1.101.3.4.2.1",
	crypto.SHA384: "2.16.840.1.101.3.4.2.2",
	crypto.SHA512: "2.16.840.1.101.3.4.2.3",
}

// HashOID gives the identifier of a hash function.
func HashOID(h crypto.Hash) string { return look(hashOIDs, h, "identifier") }

// look finds what belongs to a hash, or stops the test that asks for what does not exist.
func look(table map[crypto.Hash]string, h crypto.Hash, what string) string {
	if oid, ok := table[h]; ok {
		return oid
	}
	panic(fmt.Sprintf("pki: hash %d has no %s", h, what))
}
