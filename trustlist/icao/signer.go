package icao

import (
	"errors"
	"fmt"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/internal/sig"
)

// authenticate demands that the list is what a signer of the pinned publisher signed, for the use of signing lists, at a
// time when its certificates were valid. The certificates beside the signature help to find the way, and are trusted no
// more than the list.
func (l *List) authenticate(seal formats.Seal, binding formats.Binding, publisher []*cert.Certificate) error {
	if !binding.Holds() {
		return fmt.Errorf("%w: its digest is another one", ErrSignature)
	}
	if l.SigningTime.IsZero() {
		return fmt.Errorf("%w: it has no signing time, which §9.1 demands", ErrMasterList)
	}
	candidates, beside := signers(seal.Signer)
	pool, budget := cert.NewPool(publisher), cert.DefaultBudget
	why := ErrSigner
	for _, c := range candidates {
		if c.Roles() != cert.MasterListSigner {
			why = fmt.Errorf("%w: its certificate is for other uses (%s)", ErrSigner, c.Roles())
			continue
		}
		path, err := pool.Path(c, beside, &budget)
		if err != nil {
			why = fmt.Errorf("%w: %w", ErrSigner, err)
			continue
		}
		note, err := checkSignature(c, seal)
		if err != nil {
			why = fmt.Errorf("%w: %w", ErrSignature, err)
			continue
		}
		if !path.ValidAt(l.SigningTime) {
			why = fmt.Errorf("%w: it was signed when a certificate of its signer was not valid", ErrSigner)
			continue
		}
		l.Authenticated, l.Signer = true, path.Certificates
		l.Deviations = append(append(l.Deviations, path.Deviations...), note...)
		return nil
	}
	return why
}

// signers gives the certificates that may be the signer's, and all those beside the signature. Doc 9303-12 §9.1 demands the
// signer's.
func signers(s formats.Signer) (candidates, beside []*cert.Certificate) {
	leaves := max(1, s.Leaves)
	for i, raw := range s.Chain {
		c, err := cert.Parse(raw)
		if err != nil {
			continue
		}
		beside = append(beside, c)
		if i < leaves {
			candidates = append(candidates, c)
		}
	}
	return candidates, beside
}

// checkSignature checks the list's signature by a certificate. Two forms that genuine publishers have used are taken and
// noted: a DigestInfo without NULL (United Nations, 2023) and SHA-1 (Germany, until 2022).
func checkSignature(c *cert.Certificate, seal formats.Seal) ([]der.Deviation, error) {
	err := c.CheckSeal(seal)
	switch {
	case errors.Is(err, sig.ErrNullOmitted):
		return []der.Deviation{{Code: cert.CodeNullOmitted, Where: "the signature of the list"}}, nil
	case errors.Is(err, sig.ErrWeakHash):
		return nil, nil // cms.SHA1 is noted already
	}
	return nil, err
}
