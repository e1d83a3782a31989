package trustlist

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/sig"
)

// A crl is a list of revoked certificates that a CA of the Snapshot has signed.
type crl struct {
	list   *cert.List
	issuer *cert.Certificate
}

// addCRLs takes in the revocation lists that a CA among the anchors signed, the newest of each CA's key, and gives those
// that it leaves out with the reasons.
func (h *hierarchy) addCRLs(lists [][]byte) (dropped []Dropped) {
	drop := func(item, reason string) {
		dropped = append(dropped, Dropped{Item: item, Reason: reason})
	}
	for i, raw := range lists {
		l, err := cert.ParseList(raw)
		if err != nil {
			drop(fmt.Sprintf("revocation list %d", i+1), err.Error())
			continue
		}
		name := "revocation list of " + l.Issuer.String()
		c, err := h.lister(l)
		if err != nil {
			drop(name, err.Error())
			continue
		}
		if err := l.Usable(); err != nil {
			drop(name, err.Error())
			h.mute = append(h.mute, c)
			h.muteLists = append(h.muteLists, raw)
			continue
		}
		const newer = "a newer one of the same issuer is here"
		if at := h.listOf(c); at < 0 {
			h.crls = append(h.crls, crl{l, c})
		} else if older(h.crls[at].list, l) {
			drop(name, newer)
			h.crls[at].list = l
		} else {
			drop(name, newer)
		}
	}
	h.withdrawCAs()
	return dropped
}

// withdrawCAs finds the CAs that stand on a list themselves: on that of the CA that signed them, or on their own.
func (h *hierarchy) withdrawCAs() {
	h.withdrawn = make(map[*cert.Certificate]cert.Entry)
	for _, l := range h.crls {
		for _, c := range h.order {
			e, listed := l.list.Find(c.Serial)
			if !listed || !c.Issuer.Equal(l.list.Issuer) {
				continue
			}
			switch err := c.CheckSignature(l.issuer); { // names and serial numbers are those of namesakes too
			case err == nil, errors.Is(err, sig.ErrNullOmitted), errors.Is(err, sig.ErrWeakHash):
				h.withdrawn[c] = e
			}
		}
	}
}

// raw gives the lists from which something follows, be it that a CA's list cannot be used.
func (h *hierarchy) raw() [][]byte {
	var lists [][]byte
	for _, l := range h.crls {
		lists = append(lists, l.list.Raw)
	}
	return append(lists, h.muteLists...)
}

// isMute reports whether a CA's key has signed a list from which nothing follows.
func (h *hierarchy) isMute(c *cert.Certificate) bool {
	return slices.ContainsFunc(h.mute, func(m *cert.Certificate) bool { return bytes.Equal(m.SPKI, c.SPKI) })
}

// lister finds the CA whose key signed a list. Two CAs of one name are told apart by their keys alone.
func (h *hierarchy) lister(l *cert.List) (*cert.Certificate, error) {
	why := errors.New("no certificate authority here is its issuer")
	for _, c := range h.order {
		switch err := l.CheckSignature(c); {
		case err == nil, errors.Is(err, sig.ErrNullOmitted), errors.Is(err, sig.ErrWeakHash):
			return c, nil
		case !errors.Is(err, cert.ErrListIssuer):
			why = err
		}
	}
	return nil, why
}

// listOf gives the place of the list that a CA's key signed, or -1.
func (h *hierarchy) listOf(c *cert.Certificate) int {
	for i := range h.crls {
		if bytes.Equal(h.crls[i].issuer.SPKI, c.SPKI) {
			return i
		}
	}
	return -1
}

// older reports whether list a is older than b: by number where both have one (RFC 5280 §5.2.3), else by date.
func older(a, b *cert.List) bool {
	if len(a.Number) > 0 && len(b.Number) > 0 && !bytes.Equal(a.Number, b.Number) {
		return len(a.Number) < len(b.Number) || len(a.Number) == len(b.Number) && bytes.Compare(a.Number, b.Number) < 0
	}
	return a.ThisUpdate.Before(b.ThisUpdate)
}

// RevokedCertificates asks the revocation lists of the CAs about the certificates that lead from a signer to its CA, and about
// the certificate of a key that the list names by itself, where its CA is on the list and has a revocation list there. For a
// key of which no CA's list has a say the answer is Good. A list proves a revocation also when it is out of date; that it names
// nobody then proves nothing. The CA at the end counts as revoked where it stands on its own list, or on that of the CA that
// signed it.
func (s *Snapshot) RevokedCertificates(a *Anchor, at time.Time) RevocationAnswer {
	if s == nil || a == nil {
		return RevocationAnswer{State: Good}
	}
	if len(a.path.Certificates) < 2 {
		return s.revokedByName(a, at)
	}
	answer := RevocationAnswer{State: Good}
	path, h := a.path.Certificates, s.cas()
	if e, revoked := h.withdrawn[a.path.Anchor()]; revoked && !e.Date.After(at) {
		return RevocationAnswer{State: Revoked, Since: e.Date, Detail: "the certificate of its authority is revoked"}
	}
	for i, c := range path[:len(path)-1] {
		n := h.listOf(path[i+1])
		switch {
		case n < 0 && h.isMute(path[i+1]):
			answer = muteAnswer
			continue
		case n < 0 && answer.State == Unavailable: // which says more
			continue
		case n < 0:
			answer = RevocationAnswer{State: NotConfigured, Detail: "there is no list of the certificates that the signer's authority has revoked"}
			continue
		}
		switch of := listAnswer(h.crls[n].list, c, at); of.State {
		case Revoked:
			return of
		case Unavailable:
			answer = of
		}
	}
	return answer
}

// revokedByName asks about a key that the list names by itself. Who trusts the key has not said that its CA has no say.
func (s *Snapshot) revokedByName(a *Anchor, at time.Time) RevocationAnswer {
	answer := RevocationAnswer{State: Good}
	if a.cert == nil || !s.hasLists {
		return answer
	}
	h := s.cas()
	for i := range h.crls {
		l := &h.crls[i]
		if !a.cert.Issuer.Equal(l.list.Issuer) || !h.issued(l.issuer, a.cert) {
			continue
		}
		switch of := listAnswer(l.list, a.cert, at); of.State {
		case Revoked:
			return of
		case Unavailable:
			answer = of
		}
	}
	for _, ca := range h.mute {
		if a.cert.Issuer.Equal(ca.Subject) && h.issued(ca, a.cert) {
			answer = muteAnswer
		}
	}
	return answer
}

var muteAnswer = RevocationAnswer{State: Unavailable, Detail: "the authority's list of revoked certificates cannot be used"}

// listAnswer is what one list says of one certificate of its CA.
func listAnswer(l *cert.List, c *cert.Certificate, at time.Time) RevocationAnswer {
	if e, revoked := l.Find(c.Serial); revoked && !e.Date.After(at) {
		return RevocationAnswer{State: Revoked, Since: e.Date, Detail: "by the authority that issued its certificate"}
	}
	switch {
	case l.ThisUpdate.After(at):
		return RevocationAnswer{State: Unavailable, Detail: "the list of revoked certificates is dated later than this check"}
	case !l.NextUpdate.IsZero() && at.After(l.NextUpdate):
		days := int(at.Sub(l.ThisUpdate) / (24 * time.Hour))
		return RevocationAnswer{State: Unavailable, Detail: fmt.Sprintf("the list of revoked certificates is %d days old, and a newer one was due", days)}
	}
	return RevocationAnswer{State: Good}
}

// issued reports whether a CA signed a certificate. The answer is remembered: the signers of a list are few, and stay.
func (h *hierarchy) issued(ca, c *cert.Certificate) bool {
	pair := [2]*cert.Certificate{ca, c}
	if known, ok := h.issuers.Load(pair); ok {
		return known.(bool)
	}
	err := c.CheckSignature(ca)
	ok := err == nil || errors.Is(err, sig.ErrNullOmitted) || errors.Is(err, sig.ErrWeakHash)
	h.issuers.Store(pair, ok)
	return ok
}
