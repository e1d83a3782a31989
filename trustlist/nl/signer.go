package nl

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/cms"
	"github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/trustlist"
)

var (
	messageLimits = der.Limits{Size: 64 << 10, Elements: 4096}
	profile       = cms.Profile{ContentType: der.MustOID("1.2.840.113549.1.7.1")} // RFC 5652 §4
)

// authenticate demands that the payload is what the pinned signer signed, at a time when its certificates were valid.
func (l *List) authenticate(message, payload []byte, trust Trust) error {
	sd, err := cms.Parse(message, messageLimits)
	if err != nil {
		return fmt.Errorf("%w: the signature: %w", ErrFormat, err)
	}
	switch { // the message has the payload beside it, or the same one within
	case sd.Content == nil:
		sd.Content = payload
	case !bytes.Equal(sd.Content, payload):
		return fmt.Errorf("%w: it is about something else", ErrSignature)
	}
	seal, binding, err := sd.Seal(profile)
	switch {
	case err != nil:
		return fmt.Errorf("%w: the signature: %w", ErrFormat, err)
	case seal.Problem != formats.Problem{}:
		return fmt.Errorf("%w: %s", ErrSignature, seal.Problem.Text)
	case !binding.Holds():
		return fmt.Errorf("%w: its digest is another one", ErrSignature)
	case sd.Signers[0].SigningTime.IsZero():
		return fmt.Errorf("%w: it does not say when it was signed", ErrSignature)
	}
	signed := sd.Signers[0].SigningTime
	candidates, beside := certificates(seal.Signer, trust.Between)
	pool, budget := cert.NewPool(trust.Roots), cert.DefaultBudget
	why := ErrSigner
	for _, c := range candidates {
		path, err := signerOf(c, beside, pool, &budget, trust)
		switch {
		case err != nil:
			why = err
		case !path.ValidAt(signed):
			why = fmt.Errorf("%w: it signed when a certificate of it was not valid", ErrSigner)
		default:
			if err := c.CheckSeal(seal); err != nil {
				why = fmt.Errorf("%w: %w", ErrSignature, err)
				continue
			}
			l.Signer, l.Source.Date, l.Source.Authentication = path.Certificates, signed, trustlist.SignedList
			return nil
		}
	}
	return why
}

// certificates gives those that may be the signer's, and all that may lead from it.
func certificates(s formats.Signer, between []*cert.Certificate) (candidates, beside []*cert.Certificate) {
	beside = slices.Clone(between)
	for i, raw := range s.Chain {
		c, err := cert.Parse(raw)
		if err != nil {
			continue
		}
		beside = append(beside, c)
		if i < max(1, s.Leaves) {
			candidates = append(candidates, c)
		}
	}
	return candidates, beside
}

// signerOf demands that a certificate is that of a signer by one of the names, and leads to a root over authorities alone.
func signerOf(c *cert.Certificate, beside []*cert.Certificate, pool *cert.Pool, budget *int, trust Trust) (cert.Path, error) {
	path, err := pool.NamedPath(c, beside, budget, cert.Named{CommonNames: trust.CommonNames, Country: trust.Country})
	switch {
	case errors.Is(err, cert.ErrNotCA):
		return path, fmt.Errorf("%w: %w", ErrNotCA, err)
	case err != nil:
		return path, fmt.Errorf("%w: %w", ErrSigner, err)
	}
	return path, nil
}
