package cert

import "github.com/travelseal/travelseal/internal/der"

// Extensions (RFC 5280 §4.2.1 and §5.2, RFC 3280 §4.2.1.4, Doc 9303-12 §7.1.1).
var (
	oidSubjectKeyID      = der.MustOID("2.5.29.14")
	oidKeyUsage          = der.MustOID("2.5.29.15")
	oidPrivateKeyPeriod  = der.MustOID("2.5.29.16")
	oidSubjectAltName    = der.MustOID("2.5.29.17")
	oidIssuerAltName     = der.MustOID("2.5.29.18")
	oidBasicConstraints  = der.MustOID("2.5.29.19")
	oidCRLNumber         = der.MustOID("2.5.29.20")
	oidReasonCode        = der.MustOID("2.5.29.21")
	oidInvalidityDate    = der.MustOID("2.5.29.24")
	oidDeltaIndicator    = der.MustOID("2.5.29.27")
	oidIssuingPoint      = der.MustOID("2.5.29.28")
	oidCertificateIssuer = der.MustOID("2.5.29.29")
	oidCRLPoints         = der.MustOID("2.5.29.31")
	oidPolicies          = der.MustOID("2.5.29.32")
	oidAuthorityKeyID    = der.MustOID("2.5.29.35")
	oidExtKeyUsage       = der.MustOID("2.5.29.37")
	oidNameChange        = der.MustOID("2.23.136.1.1.6.1")
	oidDocumentTypes     = der.MustOID("2.23.136.1.1.6.2")
)

// Attributes of names (RFC 5280 §4.1.2.4 and Appendix A).
var (
	oidCommonName   = der.MustOID("2.5.4.3")
	oidSerialNumber = der.MustOID("2.5.4.5")
	oidCountry      = der.MustOID("2.5.4.6")
	oidLocality     = der.MustOID("2.5.4.7")
	oidState        = der.MustOID("2.5.4.8")
	oidOrganization = der.MustOID("2.5.4.10")
	oidUnit         = der.MustOID("2.5.4.11")
)

// Kinds of keys (RFC 3279 §2.3, RFC 4055 §1.2, RFC 5480 §2.1, RFC 8410 §3).
var (
	oidRSAKey     = der.MustOID("1.2.840.113549.1.1.1")
	oidPSS        = der.MustOID("1.2.840.113549.1.1.10")
	oidECKey      = der.MustOID("1.2.840.10045.2.1")
	oidPrimeField = der.MustOID("1.2.840.10045.1.1")
	oidEd25519    = der.MustOID("1.3.101.112")
	oidP256       = der.MustOID("1.2.840.10045.3.1.7")
	oidP384       = der.MustOID("1.3.132.0.34")
	oidP521       = der.MustOID("1.3.132.0.35")
	oidMGF1       = der.MustOID("1.2.840.113549.1.1.8")
)
