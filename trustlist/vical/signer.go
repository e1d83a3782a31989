package vical

import (
	"fmt"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cert"
)

// authenticate demands that the list is what a signer of the pinned provider signed, for the use of signing such lists, at a
// time when its certificates were valid. The certificates beside the signature help to find the way, and are trusted no more
// than the list. The signer's is the first of them (RFC 9360 §2).
func (l *List) authenticate(seal formats.Seal, provider []*cert.Certificate) error {
	if seal.Problem.Code != "" {
		return fmt.Errorf("%w: %s", ErrVICAL, seal.Problem.Text)
	}
	signer, beside, err := signers(seal.Signer)
	if err != nil {
		return err
	}
	if r := signer.Roles(); r != cert.VICALSigner {
		return fmt.Errorf("%w: its certificate is for other uses (%s)", ErrSigner, r)
	}
	budget := cert.DefaultBudget
	path, err := cert.NewPool(provider).Path(signer, beside, &budget)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrSigner, err)
	}
	if err := signer.CheckSeal(seal); err != nil {
		return fmt.Errorf("%w: %w", ErrSignature, err)
	}
	if !path.ValidAt(l.Source.Date) {
		return fmt.Errorf("%w: the list is dated when a certificate of its signer was not valid", ErrSigner)
	}
	l.Authenticated, l.Signer, l.path = true, path.Certificates, path
	l.Deviations = append(l.Deviations, path.Deviations...)
	for _, c := range path.Certificates {
		l.Deviations = append(l.Deviations, c.Deviations...)
	}
	return nil
}

// signers gives the signer's certificate, and those that came with it.
func signers(s formats.Signer) (signer *cert.Certificate, beside []*cert.Certificate, err error) {
	if len(s.Chain) == 0 {
		return nil, nil, fmt.Errorf("%w: its certificate is not given", ErrSigner)
	}
	if signer, err = cert.Parse(s.Chain[0]); err != nil {
		return nil, nil, fmt.Errorf("%w: its certificate cannot be read: %w", ErrSigner, err)
	}
	for _, raw := range s.Chain[1:] {
		if c, err := cert.Parse(raw); err == nil {
			beside = append(beside, c)
		}
	}
	return signer, beside, nil
}
