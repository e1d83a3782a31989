// Package params holds the domain parameters of the curves, as their standards print them: RFC 5639 §3 for brainpool,
// FIPS 186-4 D.1.2 (now SP 800-186 §3.2.1) and SEC 2 §2 for the NIST curves. Package ec and the generator of its field
// arithmetic read this one table; the tests of package ec check each figure against the others.
package params

import (
	"encoding/hex"
	"slices"
)

// A Domain is the curve y² = x³ + A·x + B over the integers modulo P, with the base point (X, Y) of prime order N. The
// cofactor is 1 on all of them. Numbers are big-endian, of the length of P or N.
type Domain struct {
	Name  string // as SP 800-186 and RFC 5639 write it
	OID   string
	Field string // the package that computes on it; a twisted pair of brainpool curves shares one

	P, A, B, X, Y, N []byte

	// Z leads from a brainpool r1 curve to its twin t1, on which A is P − 3: (x, y) ↦ (x·Z², y·Z³) (RFC 5639 §3).
	// It is nil on the curves whose A is P − 3 already.
	Z []byte
}

// All gives the domains in a fixed order: NIST, then brainpool, by size, each r1 before its t1.
func All() []Domain {
	return slices.Concat(nist(), brainpool())
}

// number decodes a constant of this package.
func number(digits string) []byte {
	b, err := hex.DecodeString(digits)
	if err != nil {
		return nil // the tests read every number
	}
	return b
}
