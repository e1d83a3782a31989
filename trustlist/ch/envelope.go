package ch

import (
	"errors"
	"fmt"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/jws"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// An envelope is one signed list: what it says, and what its signer has signed of its time.
type envelope struct {
	payload         json.Value
	issued, expires time.Time // zero where the list does not say
	path            cert.Path // from its signer to the pinned root; empty where nobody is pinned
}

// latest is the last second that a date may mean, the end of the year 9999.
const latest = 253402300799

// open reads a signed list and holds it against whom the caller trusts.
func open(data []byte, trust Trust) (*envelope, error) {
	m, err := jws.Parse(trimmed(data), formats.Options{})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	e := &envelope{}
	if !trust.Unauthenticated {
		if e.path, err = authenticate(m, trust); err != nil {
			return nil, err
		}
	}
	if e.payload, err = json.Parse(m.Payload, listLimits); err != nil {
		return nil, fmt.Errorf("%w: the payload: %w", ErrFormat, err)
	}
	for name, v := range e.payload.Members() {
		moment := &e.issued
		switch name {
		case "exp":
			moment = &e.expires
		case "iat":
		default:
			continue
		}
		n, ok := v.Int()
		if !ok || n <= 0 || n > latest {
			return nil, fmt.Errorf("%w: %s is no moment (RFC 7519 §4.1)", ErrFormat, name)
		}
		*moment = time.Unix(n, 0).UTC()
	}
	if trust.Unauthenticated {
		return e, nil
	}
	return e, e.inTime(trust)
}

// trimmed is the list without the line feed that a file may end in.
func trimmed(data []byte) []byte {
	if n := len(data); n > 0 && data[n-1] == '\n' {
		return data[:n-1]
	}
	return data
}

// authenticate demands that a list is what the pinned signer signed, and gives the way to the root.
func authenticate(m jws.Message, trust Trust) (cert.Path, error) {
	if m.Seal.Problem != (formats.Problem{}) {
		return cert.Path{}, fmt.Errorf("%w: %s", ErrSignature, m.Seal.Problem.Text)
	}
	if len(m.Seal.Signer.Chain) == 0 {
		return cert.Path{}, fmt.Errorf("%w: its certificate is not given (x5c)", ErrSigner)
	}
	var chain []*cert.Certificate
	for i, raw := range m.Seal.Signer.Chain {
		c, err := cert.Parse(raw)
		if err != nil {
			return cert.Path{}, fmt.Errorf("%w: x5c[%d]: %w", ErrSigner, i, err)
		}
		chain = append(chain, c)
	}
	signer := chain[0] // RFC 7515 §4.1.6
	budget := cert.DefaultBudget
	path, err := cert.NewPool(trust.Roots).NamedPath(signer, chain[1:], &budget, cert.Named{CommonNames: trust.CommonNames, Country: trust.Country})
	switch {
	case errors.Is(err, cert.ErrNotCA):
		return path, fmt.Errorf("%w: %w", ErrNotCA, err)
	case err != nil:
		return path, fmt.Errorf("%w: %w", ErrSigner, err)
	}
	if err := signer.CheckSeal(m.Seal); err != nil {
		return path, fmt.Errorf("%w: %w", ErrSignature, err)
	}
	return path, nil
}

// inTime holds a list against the moments that are signed: its own, and those of its signer's certificates.
func (e *envelope) inTime(trust Trust) error {
	from, until := reach(e.path)
	switch {
	case !e.issued.IsZero() && !e.path.ValidAt(e.issued):
		return fmt.Errorf("%w: it signed when a certificate of it was not valid", ErrSigner)
	case !from.Before(until):
		return fmt.Errorf("%w: its certificates were never valid together", ErrSigner)
	case trust.At.IsZero():
		return nil
	case !e.expires.IsZero() && trust.At.After(e.expires.Add(Skew)):
		return fmt.Errorf("%w: it ended on %s", ErrStale, e.expires.Format(time.RFC3339))
	case trust.At.Before(e.issued.Add(-Skew)):
		return fmt.Errorf("%w: it begins on %s", ErrStale, e.issued.Format(time.RFC3339))
	case !e.path.ValidAt(trust.At):
		return fmt.Errorf("%w: the certificates of its signer reach from %s to %s", ErrStale, from.Format(time.DateOnly), until.Format(time.DateOnly))
	}
	return nil
}

// reach is the time in which all certificates of a path are valid.
func reach(p cert.Path) (from, until time.Time) {
	for i, c := range p.Certificates {
		if i == 0 || c.NotBefore.After(from) {
			from = c.NotBefore
		}
		if i == 0 || c.NotAfter.Before(until) {
			until = c.NotAfter
		}
	}
	return from, until
}
