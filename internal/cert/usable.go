package cert

import (
	"errors"
	"fmt"

	"github.com/travelseal/travelseal/internal/sig"
)

// The reasons of [Certificate.Usable], besides those of its key.
var (
	// ErrCritical means an extension that must be understood and is not, name constraints among them (RFC 5280 §4.2).
	ErrCritical = errors.New("a critical extension is not understood")
	// ErrContradiction means that a certificate or a list says two things at once: an extension twice, two signature
	// algorithms, or extensions in a version that has none.
	ErrContradiction = errors.New("it contradicts itself")
)

var (
	errAlgorithms = fmt.Errorf("%w: the signed one differs from the one outside", ErrContradiction)
	errVersion    = fmt.Errorf("%w: its version has none", ErrContradiction)
	errTwice      = fmt.Errorf("%w: one of them occurs twice", ErrContradiction)
)

// Usable is nil, or says why nothing may rest on the certificate, whoever signed it: [ErrCritical], [ErrContradiction], or
// the reason for which its key is of no use. It says nothing about trust, roles or time.
func (c *Certificate) Usable() error {
	switch {
	case c.problem != nil:
		return c.problem
	case len(c.UnknownCritical) > 0:
		return ErrCritical
	case c.KeyProblem != nil:
		return c.KeyProblem
	case c.Key == nil: // the zero Certificate
		return fmt.Errorf("the public key: %w", sig.ErrUnsupported)
	}
	return nil
}

// SelfIssued reports whether issuer and subject are one (RFC 5280 §3.2). A link certificate is, where the name of the CSCA
// did not change, without being signed by its own key.
func (c *Certificate) SelfIssued() bool { return c.Issuer.Equal(c.Subject) }

// CheckSignature is nil where the key of parent signed the certificate. It does not ask whether parent may issue; see
// [Pool.Path]. Errors are those of internal/sig, among them sig.ErrNullOmitted and sig.ErrWeakHash, which the caller may
// tolerate by name, and [ErrKeyLimits].
func (c *Certificate) CheckSignature(parent *Certificate) error {
	return checkSignature(parent, signed{c.Algorithm, c.AlgorithmProblem, c.TBS, c.Signature})
}
