package icao

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/cms"
	"github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/trustlist"
)

// A Trust says from whom a master list is taken. The zero Trust takes none.
type Trust struct {
	// Publisher are the pinned certificates: the CSCAs under which the publisher's list signers are, or list signers
	// themselves. They come to the caller on another way than the list.
	Publisher []*cert.Certificate
	// Unauthenticated takes a list from anybody. The signature is then not looked at, and the list says so.
	Unauthenticated bool
	// Since is the signing time of the last list seen of this publisher. A list that was signed before is refused; the
	// same one may be read again.
	Since time.Time
}

// A List is one master list. It is not changed after it was read.
type List struct {
	// Source has the name given by the caller, the signing time, and the digest of the whole file.
	Source  trustlist.Source
	Entries []Entry
	// Signer leads from the signer's certificate to the pinned one; nil where the list is not authenticated.
	Signer []*cert.Certificate
	// Authenticated says that a pinned publisher answers for the list.
	Authenticated bool
	// SigningTime is when the signer says that it signed; zero only where the list is not authenticated.
	SigningTime time.Time
	// Deviations are those of the envelope and of the way from its signer to the pinned certificate. Each certificate has
	// its own.
	Deviations []der.Deviation
}

// CAs are the certificates that are not left out.
func (l *List) CAs() []*cert.Certificate { return kept(l.Entries) }

// Dropped lists the certificates that are left out, and why.
func (l *List) Dropped() []trustlist.Dropped { return dropped(l.Source.Name, l.Entries) }

var profile = cms.Profile{ContentType: der.MustOID("2.23.136.1.1.2"), SHA1: true} // Doc 9303-12 §9

// ReadMasterList reads a master list and holds it against whom the caller trusts. The name is for messages. The error is a
// *trustlist.LoadError around one of this package's errors.
func ReadMasterList(name string, data []byte, trust Trust) (*List, error) {
	if len(trust.Publisher) == 0 && !trust.Unauthenticated {
		return nil, refuse(name, ErrUnpinned)
	}
	l := &List{Source: trustlist.Source{Name: name, SHA256: sha256.Sum256(data)}}
	if err := l.read(data, trust); err != nil {
		return nil, refuse(name, err)
	}
	return l, nil
}

func (l *List) read(data []byte, trust Trust) error {
	if !bytes.HasPrefix(data, []byte{byte(der.Sequence)}) {
		return ErrFormat
	}
	sd, err := cms.Parse(data, cms.ListLimits)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrFormat, err)
	}
	seal, binding, err := sd.Seal(profile)
	switch {
	case err != nil:
		return fmt.Errorf("%w: %w", ErrMasterList, err)
	case seal.Problem != formats.Problem{}:
		return fmt.Errorf("%w: %s", ErrMasterList, seal.Problem.Text)
	}
	l.SigningTime, l.Deviations = sd.Signers[0].SigningTime, sd.Deviations
	l.Source.Date = l.SigningTime
	if !trust.Unauthenticated {
		if err := l.authenticate(seal, binding, trust.Publisher); err != nil {
			return err
		}
	}
	if l.SigningTime.Before(trust.Since) {
		return ErrOlder
	}
	if err := l.content(sd.Content); err != nil {
		return err
	}
	for _, e := range l.Entries {
		if e.Dropped == "" {
			return nil
		}
	}
	return ErrEmpty
}

// content reads CscaMasterList ::= SEQUENCE { version INTEGER { v0(0) }, certList SET OF Certificate } (Doc 9303-12 §9).
func (l *List) content(data []byte) error {
	wrap := func(err error) error { return fmt.Errorf("%w: %w", ErrMasterList, err) }
	list, err := der.Only(data, der.Sequence, "the list")
	if err != nil {
		return wrap(err)
	}
	r := list.Reader()
	version, err := r.Read(der.Integer, "the version of the list")
	if err != nil {
		return wrap(err)
	}
	if _, err := version.Small(0, "the version of the list"); err != nil {
		return wrap(err)
	}
	set, err := r.Read(der.Set, "the certificates")
	if err != nil {
		return wrap(err)
	}
	if err := r.End("the list"); err != nil {
		return wrap(err)
	}
	certificates := reader{seen: make(map[string]bool), onlyCAs: true}
	for in := set.Reader(); !in.Empty(); {
		v, err := in.Read(der.Sequence, "a certificate")
		if err != nil {
			return wrap(err)
		}
		if len(certificates.entries) == MaxCertificates {
			return fmt.Errorf("%w: more than %d certificates", ErrLimit, MaxCertificates)
		}
		certificates.add(v.Raw)
	}
	l.Entries = certificates.entries
	return nil
}
