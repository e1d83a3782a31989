package verify

import (
	"cmp"
	"slices"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/trustlist"
)

// Verified is what one trusted issuer vouched for. Only this package makes one: a function that admits someone takes a
// *Verified, and so cannot be handed a stranger's claims. The methods of a Verified that was made elsewhere panic.
type Verified struct {
	format formats.ID
	claims formats.Claims
	anchor *trustlist.Anchor
	parts  []string
}

// Format is the kind of document.
func (v *Verified) Format() formats.ID { return v.made().format }

// Claims is what the issuer sealed; of documents with several seals, what the anchor's seal covers.
func (v *Verified) Claims() formats.Claims { return v.made().claims }

// Anchor is the trusted key that made the seal.
func (v *Verified) Anchor() trustlist.Anchor { return *v.made().anchor }

// Parts names the sealed parts, in the document's order.
func (v *Verified) Parts() []string { return append([]string(nil), v.made().parts...) }

func (v *Verified) made() *Verified {
	if v == nil || v.anchor == nil {
		panic("verify: this Verified was not made by a Verifier")
	}
	return v
}

// A VerifiedCase is what trusted issuers vouched for in several documents that one traveller presented. Claims of
// different documents are never joined.
type VerifiedCase struct{ documents []*Verified }

// Documents gives one Verified a document, in the order of the inputs. Companions that never carry a seal, such as a printed
// MRZ, are not among them: nobody vouches for them.
func (c *VerifiedCase) Documents() []*Verified { return append([]*Verified(nil), c.documents...) }

// joinClaims puts the claims of several parts together. Parts under one seal that each describe one person, and do not
// contradict each other, describe the same one: the names are listed together. In every other case nobody is merged, so
// that claims of different seals, or of different people, never become one person's.
func joinClaims(parts []formats.Part) formats.Claims {
	if len(parts) == 1 {
		return parts[0].Unverified
	}
	var all formats.Claims
	single, extra := true, 0
	for i := range parts {
		p := &parts[i]
		single = single && len(p.Unverified.Subjects) <= 1 && p.Seal == parts[0].Seal
		extra += len(p.Unverified.Extra)
	}
	if extra > 0 {
		all.Extra = make([]formats.Field, 0, extra)
	}
	for i := range parts {
		c := &parts[i].Unverified
		for _, s := range c.Subjects {
			if single && len(all.Subjects) == 1 && mayBeOne(all.Subjects[0], s) {
				mergeSubject(&all.Subjects[0], s)
				continue
			}
			if single {
				s.Names = slices.Clone(s.Names) // further parts may add to them
			}
			all.Subjects = append(all.Subjects, s)
		}
		for _, d := range c.Documents {
			all.Documents = joinDocument(all.Documents, d, single)
		}
		all.Events = append(all.Events, c.Events...)
		all.Extra = append(all.Extra, c.Extra...)
		if all.Portrait == nil {
			all.Portrait = c.Portrait
		}
	}
	return all
}

// mayBeOne reports whether two descriptions can be of one person: nothing that both state differs. Names are not
// compared, because one part may hold them in another script.
func mayBeOne(a, b formats.Subject) bool {
	return (a.Birth.IsZero() || b.Birth.IsZero() || a.Birth.Agrees(b.Birth)) &&
		(a.Sex == "" || b.Sex == "" || a.Sex == b.Sex) &&
		(a.Nationality == "" || b.Nationality == "" || a.Nationality == b.Nationality)
}

// mergeSubject adds what a further part says of the same person; what the first part says stands. The names of the first are
// its own.
func mergeSubject(to *formats.Subject, s formats.Subject) {
	for _, n := range s.Names {
		to.Names = joinName(to.Names, n)
	}
	// A whole date settles the century of one that has two digits of its year, as a machine readable zone has.
	if to.Birth.IsZero() || to.Birth.TwoDigitYear && !s.Birth.IsZero() && !s.Birth.TwoDigitYear {
		to.Birth = s.Birth
	}
	if to.Sex == "" {
		to.Sex = s.Sex
	}
	if to.Nationality == "" {
		to.Nationality = s.Nationality
	}
}

// joinName adds a name. The family name and the given name that two parts give from one place are one name.
func joinName(list []formats.Name, n formats.Name) []formats.Name {
	for i := range list {
		k := &list[i]
		if n.Source == "" || k.Source != n.Source || k.Script != n.Script || k.Full+n.Full != "" {
			continue
		}
		switch {
		case k.Given == "" && n.Family == "":
			k.Given = n.Given
			return list
		case k.Family == "" && n.Given == "":
			k.Family = n.Family
			return list
		}
	}
	return append(list, n)
}

// joinDocument adds a document. Where everything is of one seal and one person, what several parts say of a document of one
// type, and nothing that both say differs, is of one document.
func joinDocument(list []formats.DocRef, d formats.DocRef, single bool) []formats.DocRef {
	agree := func(a, b string) bool { return a == "" || b == "" || a == b }
	same := func(a, b formats.Date) bool { return a.IsZero() || b.IsZero() || a == b }
	for i := range list {
		k := &list[i]
		if !single || d.Type == "" || k.Type != d.Type || !agree(k.Number, d.Number) || !agree(k.IssuingState, d.IssuingState) ||
			!same(k.Issued, d.Issued) || !same(k.Expires, d.Expires) {
			continue
		}
		k.Number, k.IssuingState = cmp.Or(k.Number, d.Number), cmp.Or(k.IssuingState, d.IssuingState)
		k.Issued, k.Expires = cmp.Or(k.Issued, d.Issued), cmp.Or(k.Expires, d.Expires)
		return list
	}
	return append(list, d)
}
