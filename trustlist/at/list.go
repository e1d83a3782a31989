package at

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/strict/cbor"
	"github.com/travelseal/travelseal/trustlist"
)

// MaxEntries bounds the certificates of a list.
const MaxEntries = 20_000

// Skew is by how much the clocks of the publisher and the caller may differ.
const Skew = 300 * time.Second

// A Trust says from whom a list is taken. The zero Trust takes none.
type Trust struct {
	// Publisher are the pinned certificates or keys. They come to the caller on another way than the list.
	Publisher []trustlist.Anchor
	// Envelopes are what may be the message about the list, COSE_Sign1. At most 16 are looked at.
	Envelopes [][]byte
	// Unauthenticated takes a list from anybody. The messages are then not looked at.
	Unauthenticated bool
	// At is the moment at which the list must count; zero asks for none.
	At time.Time
	// Since is the date of the last list seen. One that counts from before is refused.
	Since time.Time
}

// A List is one trust list. It is not changed after it was read.
type List struct {
	// Source has the name given by the caller, the moment from which the list counts, and the digest of the file.
	Source trustlist.Source
	// NotAfter is until when the list counts; zero where it is not authenticated.
	NotAfter time.Time
	Entries  []Entry
	// Signer is the pinned anchor that answers for the list; nil where it is not authenticated.
	Signer *trustlist.Anchor
}

// An Entry is one certificate of a list, whether it can be used or not.
type Entry struct {
	Index       int // its place in the list, from 0
	KeyID       []byte
	Certificate *cert.Certificate // nil where it cannot be read
	Dropped     string            // why it is left out; "" where it is not
}

// ReadList reads a list and holds it against whom the caller trusts. The name is for messages. The error is a
// *trustlist.LoadError around one of this package's errors; what is wrong with one entry alone stands in the entry.
func ReadList(name string, data []byte, trust Trust) (*List, error) {
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
	v, err := cbor.Parse(data, cbor.Limits{Depth: 4, Items: 4 * MaxEntries})
	if err != nil {
		return fmt.Errorf("%w: %w", ErrFormat, err)
	}
	if !trust.Unauthenticated {
		if err := l.authenticate(data, trust); err != nil {
			return err
		}
	}
	if err := l.content(v); err != nil {
		return err
	}
	for _, e := range l.Entries {
		if e.Dropped == "" {
			return nil
		}
	}
	return ErrEmpty
}

// authenticate demands that a pinned key answers for the list, at a time when its certificate was valid.
func (l *List) authenticate(data []byte, trust Trust) error {
	e, signer, err := find(data, trust)
	if err != nil {
		return err
	}
	switch {
	case !signer.ValidAt(e.notBefore):
		return fmt.Errorf("%w at a time when its certificate was valid", ErrSignature)
	case !trust.At.IsZero() && (trust.At.Before(e.notBefore.Add(-Skew)) || trust.At.After(e.notAfter.Add(Skew))):
		return ErrTime
	case e.notBefore.Before(trust.Since):
		return ErrOlder
	}
	l.Signer, l.NotAfter = signer, e.notAfter
	l.Source.Date, l.Source.Authentication = e.notBefore, trustlist.SignedList
	return nil
}

// content reads {"c": [{"i": key ID, "c": certificate}, …]}.
func (l *List) content(v cbor.Value) error {
	certificates := member(v, "c")
	n, ok := certificates.Len()
	switch {
	case certificates.Kind() != cbor.Array || !ok:
		return fmt.Errorf("%w: it has no certificates", ErrFormat)
	case n > MaxEntries:
		return fmt.Errorf("%w: more than %d certificates", ErrLimit, MaxEntries)
	}
	seen := make(map[string]bool)
	for i, element := range certificates.Elements() {
		e := Entry{Index: i}
		e.Dropped = e.read(element, seen)
		l.Entries = append(l.Entries, e)
	}
	return nil
}

// The reasons for which an entry is left out, beside those of package cert.
const (
	isUnreadable = "it cannot be read"
	otherKeyID   = "its key ID is not the beginning of the digest of its certificate"
	isRepeated   = "its certificate stands in the list twice"
)

// read reads one entry, and says why it is left out.
func (e *Entry) read(v cbor.Value, seen map[string]bool) string {
	e.KeyID, _ = member(v, "i").Bytes()
	raw, ok := member(v, "c").Bytes()
	if !ok {
		return isUnreadable + ": it has no certificate"
	}
	var err error
	if e.Certificate, err = cert.Parse(raw); err != nil {
		return fmt.Sprintf("%s: %v", isUnreadable, err)
	}
	if err := e.Certificate.Usable(); err != nil {
		return err.Error()
	}
	sum := sha256.Sum256(raw)
	if !bytes.Equal(e.KeyID, sum[:8]) {
		return otherKeyID
	}
	if seen[string(raw)] {
		return isRepeated
	}
	seen[string(raw)] = true
	return ""
}

// member gives the value that a map has under a text.
func member(v cbor.Value, name string) cbor.Value {
	for key, value := range v.Entries() {
		if text, ok := key.Text(); ok && text == name {
			return value
		}
	}
	return cbor.Value{}
}

// String names the entry by its place and, where it can be read, its subject.
func (e Entry) String() string {
	if e.Certificate == nil {
		return fmt.Sprintf("certificate %d", e.Index+1)
	}
	return fmt.Sprintf("certificate %d, %s", e.Index+1, e.Certificate.Subject)
}
