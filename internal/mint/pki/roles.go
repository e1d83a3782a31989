package pki

// CSCA is a country's signing authority, self-signed (Doc 9303-12 §7.1, table of the CSCA root).
func CSCA() Template {
	return Template{
		Key: P256, Subject: Utopian("CSCA UT"), NotBefore: CSCAFrom, NotAfter: CSCAUntil,
		Extensions: []Extension{
			KeyUsage(CertSign, CRLSign), BasicConstraints(true, 0), SubjectKeyID(), AuthorityKeyID(),
			PrivateKeyPeriod(CSCAFrom, CSCASigns), AltName(OIDSubjectAltName, "UTO", "https://pki.utopia.example"),
			AltName(OIDIssuerAltName, "UTO", "https://pki.utopia.example"), DistributionPoint("https://pki.utopia.example/ut.crl"),
		},
	}
}

// HealthCSCA is an authority for health seals only (VDS-NC Technical Report, profile of the CSCA).
func HealthCSCA() Template {
	return CSCA().Named(Utopian("CSCA-HEALTH UT")).With(ExtendedKeyUsage(UseHealthCSCA))
}

// signer is what the certificates of all signers have in common.
func signer() Template {
	return Template{
		Key: P256, NotBefore: DSCFrom, NotAfter: DSCUntil,
		Extensions: []Extension{
			KeyUsage(DigitalSignature), SubjectKeyID(), AuthorityKeyID(), PrivateKeyPeriod(DSCFrom, DSCSigns),
			AltName(OIDSubjectAltName, "UTO", "https://pki.utopia.example"),
			AltName(OIDIssuerAltName, "UTO", "https://pki.utopia.example"),
			DistributionPoint("https://pki.utopia.example/ut.crl"),
		},
	}
}

// DSC is a document signer for passports and identity cards.
func DSC() Template { return signer().With(DocumentTypes("P", "I")) }

// MasterListSigner signs lists of CSCAs.
func MasterListSigner() Template {
	t := signer().Without(OIDPrivateKeyPeriod).With(ExtendedKeyUsage(UseMasterList))
	return t.Valid(day(2024, 1, 1), day(2030, 1, 1))
}

// DeviationListSigner signs lists of defects.
func DeviationListSigner() Template { return signer().With(ExtendedKeyUsage(UseDeviationList)) }

// DTCSigner signs digital travel credentials. Of its profile only the extended key usage is known.
func DTCSigner() Template { return signer().With(ExtendedKeyUsage(UseDTCSigner)) }

// CRLSigner signs revocation lists in place of the CSCA.
func CRLSigner() Template { return signer().Replacing(KeyUsage(CRLSign)) }

// BarcodeSigner signs visible digital seals (VDS-NC Technical Report, profile of the barcode signer).
func BarcodeSigner() Template { return signer().With(ExtendedKeyUsage(UseBarcode)) }

// Server is a TLS certificate.
func Server() Template {
	return signer().Without(OIDPrivateKeyPeriod).Replacing(KeyUsage(DigitalSignature, KeyEncipherment)).
		With(ExtendedKeyUsage(UseServer, UseClient).Marked(nil))
}

// MdocSigner signs mobile documents (ISO/IEC 18013-5 §B.1.4).
func MdocSigner() Template {
	return signer().Without(OIDPrivateKeyPeriod, OIDSubjectAltName).With(ExtendedKeyUsage(UseMdocSigner))
}

// IACA is an authority for mobile documents (ISO/IEC 18013-5 §B.1.2).
func IACA() Template {
	return CSCA().Named(Utopian("IACA UT")).Without(OIDPrivateKeyPeriod, OIDSubjectAltName, OIDAuthorityKeyID)
}

// Bare is a certificate of version 3 with no extension at all.
func Bare() Template { return Template{Key: P256, NotBefore: DSCFrom, NotAfter: DSCUntil} }
