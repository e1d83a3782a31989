package icao

import (
	"errors"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/sig"
)

// A Link says whose key signed a certificate: its own, that of the CSCA before it (a link certificate, Doc 9303-12 §7.1), or
// none of the list.
type Link struct {
	Certificate *cert.Certificate
	// Issuer is a certificate with the key that signed; nil where no certificate of the list has it. It may be of another
	// country, as the CSCAs of Bermuda and of the United Kingdom have certified each other. No path of trust leads there (see
	// cert.ErrCountry): such a link is to be looked at.
	Issuer *cert.Certificate
	// SelfSigned says that the certificate's own key signed it. Issuer is then the certificate itself.
	SelfSigned bool
}

// maxIssuers is how many keys are tried for one certificate. No state has had as many under one name.
const maxIssuers = 16

// Links finds for every certificate of a list the one whose key signed it. Names and key identifiers only choose the order;
// the signature decides. A certificate without an issuer may be genuine, as its issuer need not be listed: it is one to
// look at.
func Links(cas []*cert.Certificate) []Link {
	byKeyID, byName := make(map[string][]*cert.Certificate), make(map[string][]*cert.Certificate)
	for _, c := range cas {
		byKeyID[string(c.SubjectKeyID)] = append(byKeyID[string(c.SubjectKeyID)], c)
		byName[string(c.Subject.Raw)] = append(byName[string(c.Subject.Raw)], c)
	}
	links := make([]Link, 0, len(cas))
	for _, c := range cas {
		s := search{of: c, tried: make(map[string]bool)}
		if c.SelfIssued() && (len(c.AuthorityKeyID) == 0 || string(c.AuthorityKeyID) == string(c.SubjectKeyID)) {
			s.try(c)
		}
		if len(c.AuthorityKeyID) > 0 {
			s.all(byKeyID[string(c.AuthorityKeyID)])
		}
		s.all(byName[string(c.Issuer.Raw)])
		links = append(links, Link{Certificate: c, Issuer: s.found, SelfSigned: s.found == c})
	}
	return links
}

// A search tries candidates for the issuer of one certificate, each key once.
type search struct {
	of, found *cert.Certificate
	tried     map[string]bool
}

func (s *search) all(candidates []*cert.Certificate) {
	for _, c := range candidates {
		s.try(c)
	}
}

func (s *search) try(c *cert.Certificate) {
	if s.found != nil || s.tried[string(c.SPKI)] || len(s.tried) == maxIssuers {
		return
	}
	s.tried[string(c.SPKI)] = true
	err := s.of.CheckSignature(c)
	if err != nil && !errors.Is(err, sig.ErrNullOmitted) && !errors.Is(err, sig.ErrWeakHash) {
		return
	}
	s.found = c
	if string(c.SPKI) == string(s.of.SPKI) {
		s.found = s.of // the same key under another certificate
	}
}
