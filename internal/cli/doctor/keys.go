package doctor

import (
	"fmt"
	"maps"
	"slices"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/trustlist"
)

// anchors names keys that have ended and that end soon.
func (r *Report) anchors(in Input) {
	expired, revoked, old := 0, 0, make(map[string]bool)
	for _, a := range in.Trust.Anchors() {
		if !a.Source.Date.IsZero() && in.Now.Sub(a.Source.Date) > Forgotten {
			old[a.Issuer+" ("+a.Source.Name+")"] = true
		}
		switch {
		case !a.RevokedAt.IsZero() && !a.RevokedAt.After(in.Now):
			revoked++
		case a.NotAfter.IsZero():
		case in.Now.After(a.NotAfter):
			expired++
		case in.Now.Add(Soon).After(a.NotAfter):
			days := int(a.NotAfter.Sub(in.Now) / day)
			r.add("key.ends_soon", Warning, keyName(&a), fmt.Sprintf("it ends in %d days, on %s", days, stamp(a.NotAfter)))
		}
	}
	if expired > 0 {
		r.add("key.ended", Note, "", fmt.Sprintf("%d keys have ended; what they sealed before may count all the same", expired))
	}
	if len(old) > 0 {
		names := slices.Sorted(maps.Keys(old))
		text := fmt.Sprintf("%d issuers or lists have not been seen for a year, the first is %s", len(old), names[0])
		r.add("key.source_old", Note, "", text)
	}
	if revoked > 0 {
		r.add("key.withdrawn", Note, "", fmt.Sprintf("%d keys are withdrawn", revoked))
	}
}

func keyName(a *trustlist.Anchor) string {
	name := a.Role.String()
	if a.Country != "" {
		name += " of " + a.Country
	}
	if len(a.KeyID) > 0 {
		name += fmt.Sprintf(" %x", a.KeyID)
	}
	return name + " (" + a.Source.Name + ")"
}

// revocations looks at the lists of revocations and the stores.
func (r *Report) revocations(in Input) {
	for _, s := range in.Stores {
		if s.Err != nil {
			r.add("revocations.damaged", Problem, s.Path, s.Err.Error())
		} else {
			r.add("revocations.self_test", Fine, s.Path, fmt.Sprintf("the store of %d entries is whole, and its self-test holds", s.Entries))
		}
	}
	lists := in.Trust.RevocationLists()
	documents := false
	for _, l := range lists {
		documents = documents || !l.Certificates
		level, what := Problem, "revoked documents"
		if l.Certificates { // it concerns the signers of one authority
			level, what = Warning, "revoked certificates"
		}
		switch {
		case l.NextUpdate.IsZero():
		case in.Now.After(l.NextUpdate):
			r.add("revocations.out_of_date", level, l.Name, "a newer list of "+what+" was due on "+stamp(l.NextUpdate))
		case in.Now.Add(SoonRevocation).After(l.NextUpdate):
			r.add("revocations.due_soon", Warning, l.Name, "a newer list of "+what+" is due on "+stamp(l.NextUpdate))
		default:
			r.add("revocations.current", Fine, l.Name, fmt.Sprintf("%d %s, until %s", l.Entries, what, stamp(l.NextUpdate)))
		}
	}
	if in.Trust != nil && !documents {
		r.add("revocations.none", Note, "", "there is no list of revoked documents, and none is asked")
	}
}

// formats says for each kind of document why all of them would be referred today.
func (r *Report) formats(in Input) {
	if in.Formats == nil {
		return
	}
	usable := 0
	for _, id := range in.Formats.IDs() {
		f := Format{ID: id, Refused: []string{}, Accepted: slices.Contains(in.Policy.Accept, id)}
		ended := false
		for _, a := range in.Trust.Anchors() {
			if !a.Permits(id) || a.Role == trustlist.ListSigner {
				continue
			}
			if !a.ValidAt(in.Now) || !a.RevokedAt.IsZero() && !a.RevokedAt.After(in.Now) {
				ended = true
				continue
			}
			if a.Role == trustlist.CA {
				f.CAs++
			} else {
				f.Signers++
			}
		}
		f.Refused = append(f.Refused, r.why(in, id, &f, ended)...)
		if len(f.Refused) == 0 {
			usable++
		}
		r.Formats = append(r.Formats, f)
	}
	if usable == 0 {
		r.add("formats.none", Problem, "", "no document of any kind would be accepted today")
	} else {
		r.add("formats.accepted", Fine, "", fmt.Sprintf("%d of %d kinds of document can be accepted today", usable, len(r.Formats)))
	}
}

// why gives the reasons for which every document of a format is referred.
func (r *Report) why(in Input, id formats.ID, f *Format, ended bool) []string {
	var reasons []string
	if !f.Accepted {
		reasons = append(reasons, "the policy does not accept it")
	}
	if in.Formats.Unsealed(id) && f.Signers+f.CAs == 0 {
		reasons = append(reasons, "it carries no seal, and proves nothing alone")
	} else if f.Signers+f.CAs == 0 && ended {
		reasons = append(reasons, "all keys that may seal it have ended or are withdrawn")
	} else if f.Signers+f.CAs == 0 {
		reasons = append(reasons, "no key on the list may seal it")
	}
	switch r.List.State {
	case "fresh", "none", "empty", "unloadable":
	case "undated":
		if !in.Policy.AllowUndated {
			reasons = append(reasons, "the list carries no date")
		}
	default:
		reasons = append(reasons, "the list is refused: "+r.List.State)
	}
	for _, c := range r.Checks {
		if c.Level == Problem && c.Code == "revocations.out_of_date" {
			reasons = append(reasons, "a list of revoked documents is out of date")
			break
		}
	}
	return reasons
}
