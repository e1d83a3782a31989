package dgcg

import (
	"bytes"
	"errors"

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

// authenticate says of each item what vouches for it. Authorities and offices are those that a pinned anchor has signed; a
// document signer must be signed by such an office of its country, and issued by such an authority.
func (l *List) authenticate(trust Trust) {
	anchors := signers{"": trust.Anchors}
	offices := signers{}
	var authorities []*cert.Certificate
	for n := range l.Items {
		i := &l.Items[n]
		if i.Dropped != "" || i.Type == DSC || !anchors.signed("", i) {
			continue
		}
		i.Authentication = trustlist.SignedEntry
		if i.Type == Upload {
			offices[i.Country] = append(offices[i.Country], i.Certificate)
		} else {
			authorities = append(authorities, i.Certificate)
		}
	}
	pool := cert.NewPool(authorities)
	for n := range l.Items {
		i := &l.Items[n]
		if i.Dropped != "" || i.Type != DSC || !offices.signed(i.Country, i) {
			continue
		}
		if _, err := pool.Path(i.Certificate, nil, nil); err == nil {
			i.Authentication = trustlist.SignedEntry
		}
	}
}

// signers are the certificates that may have signed items, by country.
type signers map[string][]*cert.Certificate

// maxChecks is how many certificates of a country one item is held against.
const maxChecks = 16

// signed reports whether one of the certificates has signed the item. The message names its signer, which must be exactly one
// of them: a certificate that one of them has issued is not enough.
func (s signers) signed(country string, i *Item) bool {
	seal, err := open(i.Signature, i.Certificate.Raw)
	if err != nil {
		return false
	}
	checks := 0
	for _, c := range s[country] {
		if named(seal.Signer, c) {
			if checks++; checks > maxChecks {
				return false
			}
			if c.CheckSeal(seal) == nil {
				return true
			}
		}
	}
	return false
}

// named reports whether the message has the certificate among those that may be the signer's, or has none at all.
func named(s formats.Signer, c *cert.Certificate) bool {
	if len(s.Chain) == 0 {
		return true
	}
	for _, raw := range s.Chain[:min(max(1, s.Leaves), len(s.Chain))] {
		if bytes.Equal(raw, c.Raw) {
			return true
		}
	}
	return false
}

var errOther = errors.New("the message is about something else")

// open reads a message that does not carry its content.
func open(message, content []byte) (formats.Seal, error) {
	sd, err := cms.Parse(message, messageLimits)
	if err != nil {
		return formats.Seal{}, err
	}
	switch {
	case sd.Content == nil:
		sd.Content = content
	case !bytes.Equal(sd.Content, content):
		return formats.Seal{}, errOther
	}
	seal, binding, err := sd.Seal(profile)
	switch {
	case err != nil:
		return seal, err
	case seal.Problem != formats.Problem{}:
		return seal, errors.New(seal.Problem.Text)
	case !binding.Holds():
		return seal, errOther
	}
	return seal, nil
}
