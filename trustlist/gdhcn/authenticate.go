package gdhcn

import (
	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/trustlist"
)

// authorities reads the files beside the list.
func (l *List) authorities(trust Trust) {
	if len(trust.Roots) == 0 {
		return
	}
	for _, f := range trust.Authorities {
		c, err := readAuthority(f.Data, trust)
		if err != nil {
			l.Refused = append(l.Refused, trustlist.Dropped{Source: f.Name, Item: "file", Reason: err.Error()})
			continue
		}
		l.Authorities = append(l.Authorities, c)
	}
}

// authenticate says of each entry what vouches for it. An authority must be one that the trust anchor has signed, to the
// byte. A document signer must have been issued by one of these, which the path also holds to the same country; that the
// authority stands on the list as well is not asked, as an omission proves nothing.
//
// What this does not reach is on a list whose proof holds, and is no more than that. The proof never takes the place of a
// trust anchor's signature that is missing: the entry says which of the two it has.
func (l *List) authenticate() {
	pool := cert.NewPool(l.Authorities)
	for i := range l.Entries {
		e := &l.Entries[i]
		switch {
		case e.Dropped != "":
		case e.Usage == SCA && pool.Has(e.Certificate):
			e.Authentication = trustlist.SignedEntry
		case e.Usage == DSC && !pool.Has(e.Certificate):
			if _, err := pool.Path(e.Certificate, nil, nil); err == nil {
				e.Authentication = trustlist.IssuedUnderEntry
			}
		}
		if e.Dropped == "" && e.Authentication == trustlist.Transport && l.Proof.Signer != nil {
			e.Authentication = trustlist.SignedList
		}
	}
}
