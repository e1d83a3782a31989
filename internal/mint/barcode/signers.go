package barcode

import (
	"math/big"
	"time"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/der"
	"github.com/travelseal/travelseal/internal/mint/pki"
)

// A State is an invented country with its authority and the signers of its seals.
type State struct {
	CSCA *pki.Credential

	P256, P384, P521           *pki.Credential
	Brainpool224, Brainpool256 *pki.Credential
	Brainpool384, Brainpool512 *pki.Credential
	Stickers                   *pki.Credential // for documents of the type ST alone
	Bare                       *pki.Credential // without a usage, as signers are that are older than the usage
	Past                       *pki.Credential // signed in 2025, and is valid
	MasterList                 *pki.Credential // signs lists of authorities
	Chips                      *pki.Credential // VDS-NC alone
	Authority                  *pki.Credential // a CSCA with a name that a seal can call
}

// The moments of Utopia's seals, which are valid until the end of 2057.
var (
	from  = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	until = time.Date(2060, 1, 1, 0, 0, 0, 0, time.UTC)
	// Created is the day on which seals are made, Issued the one on which documents are issued.
	Created = time.Date(2026, 3, 9, 0, 0, 0, 0, time.UTC)
	Issued  = time.Date(2026, 3, 5, 0, 0, 0, 0, time.UTC)
)

// Utopia is the state whose signers stand in testdata/trust/seals.
func Utopia() State {
	csca := pki.NewCSCA("utopia of seals", pki.CSCA().Valid(from, until))
	issue := func(name string, serial int64, kind pki.Kind) *pki.Credential {
		return csca.Issue(name, Signer("UT", name, serial).Keyed(kind))
	}
	return State{
		CSCA: csca,
		P256: issue("S1", 0x27, pki.P256), P384: issue("S1", 0x28, pki.P384), P521: issue("S1", 0x29, pki.P521),
		Brainpool224: issue("S2", 0x5A, pki.BrainpoolP224r1), Brainpool256: issue("S2", 0x5B, pki.BrainpoolP256r1),
		Brainpool384: issue("S2", 0xFF, pki.BrainpoolP384r1), Brainpool512: issue("S2", 0x1234567890, pki.BrainpoolP512r1),
		Stickers:   csca.Issue("ST", Signer("UT", "ST", 1).With(pki.DocumentTypes("ST"))),
		Bare:       csca.Issue("BA", Signer("UT", "BA", 1).Without(pki.OIDExtendedKeyUsage)),
		Past:       csca.Issue("PA", Signer("UT", "PA", 1).Without(pki.OIDPrivateKeyPeriod).With(pki.PrivateKeyPeriod(from, from.AddDate(1, 2, 0)))),
		MasterList: csca.Issue("ML", Signer("UT", "ML", 1).Replacing(pki.ExtendedKeyUsage(pki.UseMasterList))),
		Chips:      csca.Issue("NC", Signer("UT", "NC", 1).Replacing(pki.ExtendedKeyUsage(pki.UseBarcode))),
		Authority:  pki.NewCSCA("authority of seals", pki.CSCA().Named(name("UT", "CA")).Numbered(der.Int(1)).Valid(from, until)),
	}
}

// Trusted lists the signers whose certificates relying parties have, with the authority that has no business to seal.
func (s State) Trusted() []*pki.Credential {
	return []*pki.Credential{
		s.P256, s.P384, s.P521, s.Brainpool224, s.Brainpool256, s.Brainpool384, s.Brainpool512, s.Stickers, s.Bare, s.Past, s.Chips, s.Authority,
	}
}

// Signer is the template of a signer of seals: its name has a country and two characters, and its number is a reference
// (BSI TR-03137-1 §5.3.1).
func Signer(country, common string, serial int64) pki.Template {
	t := pki.DSC().Without(pki.OIDDocumentTypes).Named(name(country, common)).Numbered(der.Int(serial)).Valid(from, until)
	return t.Replacing(pki.PrivateKeyPeriod(from, until)).With(pki.ExtendedKeyUsage(UseSeal))
}

// UseSeal is the extended key usage of signers of visible digital seals (ICAO Doc 9303-12 §7.1.3).
const UseSeal = "2.23.136.1.1.11.1"

func name(country, common string) pki.Name {
	return pki.Name{pki.One(pki.Country, der.Printable(country)), pki.One(pki.CommonName, der.Printable(common))}
}

// Fresh is a signer that nobody trusts, with the name and number of a trusted one, as a forger makes it.
func Fresh(of *pki.Credential) *pki.Credential {
	return pki.NewCSCA("forger", pki.CSCA()).Issue("forger", of.Copied())
}

// sign gives r‖s with the hash that follows the curve (ICAO Doc 9303-13 §2.4).
func sign(by *pki.Credential, message []byte) []byte {
	a := by.Key.Default()
	a.Plain = true
	return pki.Sign(by.Key, a, message)
}

// swapped gives s‖r, mirrored r‖n−s, which verifies too.
func swapped(raw []byte) []byte {
	return append(append([]byte{}, raw[len(raw)/2:]...), raw[:len(raw)/2]...)
}

// Mirrored gives the other signature that follows from one, r‖n−s, which verifies too.
func Mirrored(by *pki.Credential, raw []byte) []byte {
	half := len(raw) / 2
	s := new(big.Int).Sub(by.Key.Curve.N, new(big.Int).SetBytes(raw[half:]))
	return append(append([]byte{}, raw[:half]...), s.FillBytes(make([]byte, half))...)
}

// AsDER gives a signature as ASN.1.
func AsDER(raw []byte) []byte {
	half := len(raw) / 2
	return pki.ECDSASignature(new(big.Int).SetBytes(raw[:half]), new(big.Int).SetBytes(raw[half:])).Encode()
}

// zone of a person, valid until the end of 2057.
func zoneOf(p mint.Person, code, number, sex string) mint.MRZ {
	m := p.Passport(number, sex)
	m.Code, m.Expires = code, "571231"
	return m
}
