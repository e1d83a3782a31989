package vical

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/cose"
	"github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/trustlist"
)

// A Trust says from whom a list is taken. The zero Trust takes none.
type Trust struct {
	// Provider are the pinned certificates: the authorities under which the provider's list signers are, or list signers
	// themselves. They come to the caller on another way than the list.
	Provider []*cert.Certificate
	// Unauthenticated takes a list from anybody. The signature is then not looked at, and the list says so.
	Unauthenticated bool
	// Since and IssueID are the date and the number of the last list seen of this provider. A list of an earlier date, or with
	// a lower number, is refused; the same one may be read again.
	Since   time.Time
	IssueID int64
}

// A List is one VICAL. It is not changed after it was read.
type List struct {
	// Source has the name given by the caller, the date of the list, and the digest of the whole file.
	Source   trustlist.Source
	Provider string // as the list calls it
	IssueID  int64  // vicalIssueID; 0 where the list has none
	// NextUpdate is when the provider will have issued the next list; zero where it does not say.
	NextUpdate time.Time
	Entries    []Entry
	// Signer leads from the signer's certificate to the pinned one; nil where the list is not authenticated.
	Signer []*cert.Certificate
	// Authenticated says that a pinned provider answers for the list.
	Authenticated bool
	// Deviations are those of the signer's certificates, not those of the certificates in the list.
	Deviations []der.Deviation

	path cert.Path
}

// CAs are the certificates that are not left out.
func (l *List) CAs() []*cert.Certificate {
	list := make([]*cert.Certificate, 0, len(l.Entries))
	for _, e := range l.Entries {
		if e.Dropped == "" {
			list = append(list, e.Certificate)
		}
	}
	return list
}

// Dropped lists the certificates that are left out, and why.
func (l *List) Dropped() []trustlist.Dropped {
	var list []trustlist.Dropped
	for _, e := range l.Entries {
		if e.Dropped != "" {
			list = append(list, trustlist.Dropped{Source: l.Source.Name, Item: e.String(), Reason: e.Dropped})
		}
	}
	return list
}

// CheckAt says whether the list is one of a moment: the certificates of its signer are valid then (ISO/IEC 18013-5 §C.1.7.2),
// it is of no later date, and the next one is not due. The error is [ErrOutdated].
func (l *List) CheckAt(t time.Time) error {
	switch {
	case l.Authenticated && !l.path.ValidAt(t):
		return fmt.Errorf("%w: a certificate of its signer is not valid", ErrOutdated)
	case t.Before(l.Source.Date):
		return fmt.Errorf("%w: it is dated later", ErrOutdated)
	case !l.NextUpdate.IsZero() && t.After(l.NextUpdate):
		return fmt.Errorf("%w: the next one is due", ErrOutdated)
	}
	return nil
}

// The bounds of a list: the certificates, and what CBOR holds besides. The longest published list has 35.
const (
	MaxCertificates = 5000
	maxItems        = 40 * MaxCertificates
	maxDepth        = 16
)

// ReadList reads a list and holds it against whom the caller trusts. The name is for messages. The error is a
// *trustlist.LoadError around one of this package's errors.
func ReadList(name string, data []byte, trust Trust) (*List, error) {
	if len(trust.Provider) == 0 && !trust.Unauthenticated {
		return nil, refuse(name, ErrUnpinned)
	}
	l := &List{Source: trustlist.Source{Name: name, SHA256: sha256.Sum256(data)}}
	if err := l.read(data, trust); err != nil {
		return nil, refuse(name, err)
	}
	return l, nil
}

func (l *List) read(data []byte, trust Trust) error {
	if !Detect(data) {
		return ErrFormat
	}
	m, err := cose.Parse(data, formats.Options{
		Limits: formats.Limits{Depth: maxDepth, Items: maxItems},
		Refuse: []string{cose.CWTTag.Name, cose.AlgUnprotected.Name, cose.LongHeads.Name},
	})
	var fe *formats.Error
	switch {
	case errors.As(err, &fe) && fe.Code == formats.CodeLimit:
		return fmt.Errorf("%w: %w", ErrLimit, err)
	case err != nil:
		return fmt.Errorf("%w: %w", ErrVICAL, err)
	}
	content, err := readContent(m.Payload)
	if err != nil {
		return err
	}
	l.Source.Date, l.Provider, l.IssueID, l.NextUpdate = content.date, content.provider, content.issueID, content.next
	if !trust.Unauthenticated {
		if err := l.authenticate(m.Seal, trust.Provider); err != nil {
			return err
		}
	}
	if l.Source.Date.Before(trust.Since) || l.IssueID != 0 && l.IssueID < trust.IssueID {
		return ErrOlder
	}
	if err := l.readEntries(content.infos); err != nil {
		return err
	}
	if len(l.CAs()) == 0 {
		return ErrEmpty
	}
	return nil
}

// Detect reports whether a file begins as a COSE_Sign1, with its tag or without: an array of four, and a byte string for the
// protected header.
func Detect(data []byte) bool {
	if len(data) > 1 && data[0] == 0xd2 { // tag 18
		data = data[1:]
	}
	return len(data) > 1 && data[0] == 0x84 && data[1] > 0x40 && data[1] <= 0x58
}
