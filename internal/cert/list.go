package cert

import (
	"bytes"
	"errors"
	"slices"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/der"
)

// The limits of a revocation list: its length in bytes, and how many entries it may have.
const (
	MaxList    = 8 << 20
	MaxEntries = 1 << 18
)

var (
	// ErrListKind means a revocation list that is no whole list of its issuer's certificates: a delta, an indirect list, or
	// one for some kinds of certificates or some reasons only (RFC 5280 §5.2.4, §5.2.5). What is not on it may be revoked.
	ErrListKind = errors.New("not a complete and direct revocation list")
	// ErrListIssuer means that a certificate is not that of the list's issuer, or may not sign revocation lists.
	ErrListIssuer = errors.New("the certificate is not that of the revocation list's issuer")
)

// A List is a certificate revocation list (RFC 5280 §5). Nothing about it has been checked: see [List.Usable] and
// [List.CheckSignature]. All byte fields point into the bytes given to [ParseList].
type List struct {
	Raw, TBS []byte
	Version  int // 1 or 2
	Issuer   Name
	// ThisUpdate and NextUpdate say when the list was made and when the next is due; NextUpdate is zero where it is absent.
	ThisUpdate, NextUpdate time.Time
	Number                 []byte // the CRL number's content octets; nil where absent
	AuthorityKeyID         []byte

	Algorithm        formats.Algorithm
	AlgorithmProblem error
	Signature        []byte

	Delta, Indirect, Partial bool // see [ErrListKind]
	UnknownCritical          []der.OID
	Deviations               []der.Deviation

	entries []Entry // by serial number
	problem error
}

// An Entry is one revoked certificate.
type Entry struct {
	Serial []byte // as in [Certificate.Serial]
	Date   time.Time
	Reason int // RFC 5280 §5.3.1; 0, unspecified, where the list does not say
}

// Len is how many entries the list has.
func (l *List) Len() int { return len(l.entries) }

// Find gives the entry of a serial number, which is compared byte by byte.
func (l *List) Find(serial []byte) (Entry, bool) {
	i, found := slices.BinarySearchFunc(l.entries, serial, func(e Entry, s []byte) int { return bytes.Compare(e.Serial, s) })
	if !found {
		return Entry{}, false
	}
	return l.entries[i], true
}

// Usable is nil, or says why the absence of a certificate from the list means nothing: [ErrCritical], [ErrContradiction] or
// [ErrListKind].
func (l *List) Usable() error {
	switch {
	case l.problem != nil:
		return l.problem
	case len(l.UnknownCritical) > 0:
		return ErrCritical
	case l.Delta || l.Indirect || l.Partial:
		return ErrListKind
	}
	return nil
}

// CheckSignature is nil where the certificate is that of the list's issuer, may sign lists, and its key signed this one.
// Errors are those of [Certificate.Usable], [ErrListIssuer], [ErrKeyLimits] and those of internal/sig. Whether the issuer is
// trusted is for [Pool.Path].
func (l *List) CheckSignature(issuer *Certificate) error {
	if err := issuer.Usable(); err != nil {
		return err
	}
	switch {
	case !issuer.Subject.Equal(l.Issuer):
		return ErrListIssuer
	case issuer.HasKeyUsage && !issuer.KeyUsage.Has(CRLSign): // RFC 5280 §6.3.3 f
		return ErrListIssuer
	case !issuer.HasKeyUsage && !issuer.CA:
		return ErrListIssuer
	}
	return checkSignature(issuer, signed{l.Algorithm, l.AlgorithmProblem, l.TBS, l.Signature})
}
