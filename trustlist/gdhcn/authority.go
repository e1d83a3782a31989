package gdhcn

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/cms"
	"github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/internal/strict/base64"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// signedAuthority is a file TNG_TA.signed.SCA.json. Its country is not read: it is signed by nobody, and the genuine files
// have codes that are none of the country.
type signedAuthority struct {
	Signature   string `json:"trustAnchorSignature"`
	Certificate string `json:"certificateRawData"`
	Thumbprint  string `json:"certificateThumbprint"`
	Country     string `json:"country"`
}

var (
	authorityLimits = json.Limits{Depth: 1, Items: 16}
	messageLimits   = der.Limits{Size: 64 << 10, Elements: 4096}
	profile         = cms.Profile{ContentType: der.MustOID("1.2.840.113549.1.7.1")} // RFC 5652 §4
)

// ReadAuthority reads one file of an authority and gives its certificate, if a pinned root answers for who signed it. The
// error is a *trustlist.LoadError.
func ReadAuthority(name string, data []byte, trust Trust) (*cert.Certificate, error) {
	c, err := readAuthority(data, trust)
	if err != nil {
		return nil, refuse(name, err)
	}
	return c, nil
}

func readAuthority(data []byte, trust Trust) (*cert.Certificate, error) {
	wrap := func(err error) error { return fmt.Errorf("%w: %w", ErrAuthority, err) }
	var f signedAuthority
	if err := json.Unmarshal(data, &f, authorityLimits); err != nil {
		return nil, wrap(err)
	}
	raw, err := base64.Decode(base64.StdPadded, []byte(f.Certificate))
	if err != nil {
		return nil, wrap(fmt.Errorf("its certificate: %w", err))
	}
	if sum := sha256.Sum256(raw); hex.EncodeToString(sum[:]) != f.Thumbprint {
		return nil, wrap(errors.New("its thumbprint is that of another certificate"))
	}
	message, err := base64.Decode(base64.StdPadded, []byte(f.Signature))
	if err != nil {
		return nil, wrap(fmt.Errorf("its signature: %w", err))
	}
	sd, err := cms.Parse(message, messageLimits)
	if err != nil {
		return nil, wrap(err)
	}
	if err := signedByAnchor(sd, trust); err != nil {
		return nil, err
	}
	// The message could be about something else, such as the text that a broken script once had signed.
	if !bytes.Equal(sd.Content, raw) {
		return nil, wrap(errors.New("the trust anchor has signed something else"))
	}
	c, err := cert.Parse(raw)
	if err != nil {
		return nil, wrap(err)
	}
	if err := c.Usable(); err != nil {
		return nil, wrap(err)
	}
	if !issues(c) {
		return nil, wrap(errors.New("its certificate is not an authority's"))
	}
	return c, nil
}

// signedByAnchor demands that a message is what an authority under a pinned root signed, when its certificates were valid. An
// ordinary certificate under the root, such as that of a server, is no trust anchor: it would have to be a CA's.
func signedByAnchor(sd *cms.SignedData, trust Trust) error {
	seal, binding, err := sd.Seal(profile)
	switch {
	case err != nil:
		return fmt.Errorf("%w: %w", ErrAuthority, err)
	case seal.Problem != formats.Problem{}:
		return fmt.Errorf("%w: %s", ErrAuthority, seal.Problem.Text)
	case !binding.Holds():
		return fmt.Errorf("%w: its digest is another one", ErrSignature)
	}
	signed := sd.Signers[0].SigningTime
	if signed.IsZero() {
		return fmt.Errorf("%w: it does not say when it was signed", ErrAuthority)
	}
	beside := append([]*cert.Certificate(nil), trust.Between...)
	var candidates []*cert.Certificate
	for i, raw := range seal.Signer.Chain {
		c, err := cert.Parse(raw)
		if err != nil {
			continue
		}
		beside = append(beside, c)
		if i < max(1, seal.Signer.Leaves) {
			candidates = append(candidates, c)
		}
	}
	why := ErrSigner
	pool, budget := cert.NewPool(trust.Roots), cert.DefaultBudget
	for _, c := range candidates {
		if why = anchored(c, beside, pool, &budget, signed); why == nil {
			err := c.CheckSeal(seal)
			if err == nil {
				return nil
			}
			why = fmt.Errorf("%w: %w", ErrSignature, err)
		}
	}
	return why
}

// anchored demands that a certificate is a trust anchor's.
func anchored(c *cert.Certificate, beside []*cert.Certificate, pool *cert.Pool, budget *int, signed time.Time) error {
	if !c.Roles().Has(cert.CA) || !c.KeyUsage.Has(cert.DigitalSignature) {
		return fmt.Errorf("%w: its certificate is for other uses (%s)", ErrSigner, c.Roles())
	}
	path, err := pool.Path(c, beside, budget)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrSigner, err)
	}
	if !path.ValidAt(signed) {
		return fmt.Errorf("%w: it signed when its certificate was not valid", ErrSigner)
	}
	return nil
}
