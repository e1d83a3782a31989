package pki

import (
	"slices"
	"time"

	"github.com/travelseal/travelseal/internal/mint/der"
)

// A Template says what stands in a certificate. Those of the roles (CSCA, DSC, …) are sound; a test changes what it is
// about. The methods give changed copies.
type Template struct {
	Key Kind // default P256
	// KeySeed determines the key; by default it is the issuer's seed and the name that the certificate is issued under.
	KeySeed string
	// Holder is a key that is there already, in place of a new one.
	Holder *Key
	SPKI   SPKI

	Version int // 1, 2, 3, or any number; 0 means 3
	// Serial is by default a positive number of 16 bytes that follows from the seed.
	Serial  der.Value
	Subject Name // default: Utopian and the name that the certificate is issued under
	Issuer  Name // default: the issuer's subject

	NotBefore, NotAfter time.Time
	// Validity replaces the whole element.
	Validity der.Value

	// Algorithm is what the issuer signs with; by default what suits its key.
	Algorithm *Algorithm
	// Inner is the algorithm as the signed part states it, where it differs from the one outside.
	Inner der.Value

	// KeyID is the subject's key identifier; by default that of RFC 5280 §4.2.1.2, method 1.
	KeyID      []byte
	Extensions []Extension

	// TBS and Whole work on the elements of the signed part and of the certificate, Signature on the signature's bytes.
	TBS, Whole func([]der.Value) []der.Value
	Signature  func([]byte) []byte
}

// With adds extensions, whether they are there already or not.
func (t Template) With(extensions ...Extension) Template {
	t.Extensions = append(slices.Clone(t.Extensions), extensions...)
	return t
}

// Without removes extensions.
func (t Template) Without(oids ...string) Template {
	t.Extensions = slices.DeleteFunc(slices.Clone(t.Extensions), func(e Extension) bool { return slices.Contains(oids, e.OID) })
	return t
}

// Replacing puts an extension in the place of the one with its identifier.
func (t Template) Replacing(e Extension) Template {
	t.Extensions = slices.Clone(t.Extensions)
	i := slices.IndexFunc(t.Extensions, func(old Extension) bool { return old.OID == e.OID })
	if i < 0 {
		panic("pki: the template has no extension " + e.OID + " to replace")
	}
	t.Extensions[i] = e
	return t
}

// Keyed gives the certificate a key of a kind.
func (t Template) Keyed(kind Kind) Template {
	t.Key = kind
	return t
}

// Written says how the public key is written.
func (t Template) Written(s SPKI) Template {
	t.SPKI = s
	return t
}

// Valid sets the validity.
func (t Template) Valid(from, to time.Time) Template {
	t.NotBefore, t.NotAfter = from, to
	return t
}

// Named sets the subject.
func (t Template) Named(n Name) Template {
	t.Subject = n
	return t
}

// Numbered sets the serial number.
func (t Template) Numbered(serial der.Value) Template {
	t.Serial = serial
	return t
}

// SignedWith sets the algorithm that the issuer signs with.
func (t Template) SignedWith(a Algorithm) Template {
	t.Algorithm = &a
	return t
}

// The moments of Utopia's PKI. A document of 20 May 2021 is valid until 20 May 2031, and is judged in November 2026.
var (
	CSCAFrom   = day(2019, 1, 1)
	CSCASigns  = day(2024, 1, 1) // the end of the private key's use
	CSCAUntil  = day(2036, 1, 1)
	DSCFrom    = day(2021, 3, 1)
	DSCSigns   = day(2021, 9, 1)
	DSCUntil   = day(2032, 3, 1)
	SignedAt   = time.Date(2021, 5, 20, 9, 30, 0, 0, time.UTC)
	ListedAt   = time.Date(2026, 10, 1, 8, 0, 0, 0, time.UTC) // of master lists and revocation lists
	NextListAt = time.Date(2026, 12, 30, 8, 0, 0, 0, time.UTC)
)

func day(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}
