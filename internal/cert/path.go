package cert

import (
	"bytes"
	"errors"
	"strings"
	"time"

	"github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/internal/sig"
)

const (
	// DefaultBudget is how many signatures are checked for one document's certificates: enough for a chain through a link
	// certificate beside a few namesakes, and few enough that a document full of certificates costs nothing.
	DefaultBudget = 8
	// MaxPathLength is how many certificates a path may have, the signer's and the trusted one included.
	MaxPathLength = 4
)

// The reasons for which there is no path. An error of [Pool.Path] may have several of them.
var (
	// ErrNoIssuer means that no certificate that could be the issuer's is known: nothing has been disproved.
	ErrNoIssuer = errors.New("no trusted certificate has the name or the key identifier of the issuer")
	// ErrNotIssued means that certificates with the issuer's name or key identifier are known, and no key of theirs made the
	// signature.
	ErrNotIssued = errors.New("no trusted issuer of that name or key identifier signed the certificate")
	// ErrNotCA means that a certificate that would have to be the issuer's may not issue.
	ErrNotCA = errors.New("the issuer's certificate may not issue certificates")
	// ErrCountry means that a certificate is of another country than its issuer.
	ErrCountry = errors.New("the issuer is of another country")
	// ErrBudget means that the search ended at its limit of signature checks: nothing has been disproved.
	ErrBudget = errors.New("the limit of signature checks is reached")
	// ErrPathLength means that a path was longer than [MaxPathLength] or than one of its certificates allows.
	ErrPathLength = errors.New("the path of certificates is too long")
)

// A Path leads from a signer to a trusted CA.
type Path struct {
	Certificates []*Certificate // the signer's first, the trusted one last
	// Deviations are those that were tolerated on the way (CodeNotMarkedCA, CodeUsageAbsent, CodeNullOmitted, CodeSHA1).
	// Each Where names a place in the path: "certificate 0" is the signer's.
	Deviations []der.Deviation
}

// Anchor is the trusted certificate that the path ends in; nil for the zero Path.
func (p Path) Anchor() *Certificate {
	if len(p.Certificates) == 0 {
		return nil
	}
	return p.Certificates[len(p.Certificates)-1]
}

// Outside gives the certificates of the path that were not valid at t, and [Path.ValidAt] reports whether there is none.
// Which moment counts is the caller's to say: a passport outlives the certificate of its CSCA.
func (p Path) Outside(t time.Time) []*Certificate {
	var out []*Certificate
	for _, c := range p.Certificates {
		if t.Before(c.NotBefore) || t.After(c.NotAfter) {
			out = append(out, c)
		}
	}
	return out
}

// ValidAt reports whether every certificate of the path was valid at t. No path never was.
func (p Path) ValidAt(t time.Time) bool { return len(p.Certificates) > 0 && len(p.Outside(t)) == 0 }

// Path finds a way from a signer's certificate to a trusted CA. Candidates are found by key identifier or by name and
// decided by signature, so that link certificates and keys rolled over are steps like any other. extra are certificates
// that came with the document: a path may lead through them, and none is trusted. budget counts signature checks down over
// several calls; nil is a [DefaultBudget] of its own.
//
// Every certificate of a path is usable, every issuer may issue, and all are of one country. Validity is not asked: see
// [Path.Outside]. Neither is the signer's role: see [Certificate.Roles]. A certificate that is in the pool itself is a path
// of one.
func (p *Pool) Path(leaf *Certificate, extra []*Certificate, budget *int) (Path, error) {
	if err := leaf.Usable(); err != nil {
		return Path{}, err
	}
	if budget == nil {
		n := DefaultBudget
		budget = &n
	}
	s := search{pool: p, extra: extra, budget: budget}
	if s.from(leaf) {
		return s.found, nil
	}
	return Path{}, reasons(s.why)
}

// maxSteps is at how many certificates a search looks for issuers. Many certificates of one key cost one check of a signature
// between them, and must not cost a walk each.
const maxSteps = 32

// A search is a walk in depth, over at most MaxPathLength certificates.
type search struct {
	pool   *Pool
	extra  []*Certificate
	index  *Pool // of extra, where it was needed; it is trusted in nothing
	budget *int
	steps  int // certificates whose issuers were looked for

	way   []*Certificate
	notes []note // one for each step of way
	found Path
	why   []error
}

// A note is what was tolerated in going to a certificate's issuer.
type note struct {
	nullOmitted, sha1 bool
}

// from looks for a path from c on, and reports whether there is one.
func (s *search) from(c *Certificate) bool {
	s.way = append(s.way, c)
	defer func() { s.way = s.way[:len(s.way)-1] }()
	if s.pool.Has(c) {
		s.arrive()
		return true
	}
	if len(s.way) == MaxPathLength {
		s.fail(ErrPathLength)
		return false
	}
	s.steps++
	tried := make([]verdict, 0, 4)
	trusted := s.pool.issuers(c)
	for _, issuer := range trusted {
		if s.step(c, issuer, true, &tried) {
			return true
		}
	}
	candidates := len(trusted)
	for _, issuer := range s.brought(c) {
		if s.onTheWay(issuer) || s.pool.Has(issuer) {
			continue
		}
		candidates++
		if *s.budget <= 0 || s.steps >= maxSteps {
			s.fail(ErrBudget)
			return false
		}
		if s.step(c, issuer, false, &tried) {
			return true
		}
	}
	if candidates == 0 {
		s.fail(ErrNoIssuer)
	}
	return false
}

// brought gives the candidates for the issuer of c among the certificates that came with the document.
func (s *search) brought(c *Certificate) []*Certificate {
	if len(s.extra) == 0 {
		return nil
	}
	if s.index == nil {
		s.index = NewPool(s.extra)
	}
	return s.index.issuers(c)
}

// A verdict is what a key said to the signature of the certificate at hand. Several certificates of a CSCA have one key.
type verdict struct {
	spki []byte
	err  error
}

// step goes from c to one candidate for its issuer, and on from there.
func (s *search) step(c, issuer *Certificate, trusted bool, tried *[]verdict) bool {
	if err := s.mayIssue(c, issuer, trusted); err != nil {
		s.fail(err)
		return false
	}
	if !c.fits(issuer.Key) {
		s.fail(ErrNotIssued) // and costs nothing
		return false
	}
	err, known := s.remembered(issuer, *tried)
	if !known {
		if *s.budget <= 0 {
			s.fail(ErrBudget)
			return false
		}
		*s.budget--
		err = c.CheckSignature(issuer)
		*tried = append(*tried, verdict{issuer.SPKI, err})
	}
	n := note{nullOmitted: errors.Is(err, sig.ErrNullOmitted), sha1: errors.Is(err, sig.ErrWeakHash)}
	switch {
	case err == nil, n.nullOmitted, n.sha1:
	case errors.Is(err, sig.ErrMismatch):
		s.fail(ErrNotIssued)
		return false
	default:
		s.fail(err)
		return false
	}
	s.notes = append(s.notes, n)
	if s.from(issuer) {
		return true
	}
	s.notes = s.notes[:len(s.notes)-1]
	return false
}

func (s *search) remembered(issuer *Certificate, tried []verdict) (error, bool) {
	for _, v := range tried {
		if bytes.Equal(v.spki, issuer.SPKI) {
			return v.err, true
		}
	}
	return nil, false
}

// mayIssue asks what can be asked before the signature.
func (s *search) mayIssue(c, issuer *Certificate, trusted bool) error {
	if err := issuer.Usable(); err != nil {
		return err
	}
	switch {
	case issuer.HasKeyUsage && !issuer.KeyUsage.Has(CertSign): // RFC 5280 §4.2.1.3
		return ErrNotCA
	case !issuer.CA && !(trusted && issuer.KeyUsage.Has(CertSign)):
		return ErrNotCA
	case !strings.EqualFold(c.Subject.Country, issuer.Subject.Country):
		return ErrCountry
	case issuer.CA && issuer.MaxPath >= 0 && s.intermediates() > issuer.MaxPath:
		return ErrPathLength
	}
	return nil
}

// intermediates counts the certificates between the signer and the next issuer, without those that are self-issued
// (RFC 5280 §4.2.1.9) and those that say that they carry a CSCA to a new name (Doc 9303-12 §7.1.1.5).
func (s *search) intermediates() int {
	n := 0
	for _, c := range s.way[1:] {
		if !c.SelfIssued() && !c.NameChange {
			n++
		}
	}
	return n
}

// onTheWay reports whether the key of c has been passed. A second certificate of one key leads nowhere that the first does
// not, so that neither loops nor self-signed copies of an untrusted CA make a path longer.
func (s *search) onTheWay(c *Certificate) bool {
	for _, w := range s.way {
		if bytes.Equal(w.SPKI, c.SPKI) {
			return true
		}
	}
	return false
}
