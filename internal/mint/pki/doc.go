// Package pki is a seeded test issuer of certificates, revocation lists and CMS messages, good and bad.
//
// The authorities are those of an invented country, Utopia ("UT", "UTO"). A Template says what stands in a certificate,
// and every word of it can be wrong on purpose. There is a Template for each role of the travel document PKI (ICAO
// Doc 9303-12 §7):
//
//	csca := pki.NewCSCA("utopia", pki.CSCA())
//	dsc := csca.Issue("ds-1", pki.DSC())
//	old := csca.Issue("ds-2", pki.DSC().Keyed(pki.RSA2048).Valid(from, to))
//	odd := csca.Issue("ds-3", pki.DSC().Without(pki.OIDKeyUsage).With(pki.UnknownCritical()))
//	twin := csca.Twin("forger") // another key under the same names, serial number and key identifier
//
// The elliptic curves have an arithmetic of their own here, as the standard library has none for half of those that
// states use. Nothing of it is constant in time: the keys are public.
//
// Everything follows from seeds. The package reads no ASN.1, so that a misreading of the reader that it tests shows as a
// disagreement. It panics where it is asked for something that cannot be made.
package pki
