package ch

import (
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/strict/json"
	"github.com/travelseal/travelseal/trustlist"
)

// MaxKeys bounds the keys of a list, and maxActive the lists beside that are looked at.
const (
	MaxKeys   = 20_000
	maxActive = 16
)

// Skew is by how much the clocks of the publisher and the caller may differ.
const Skew = 300 * time.Second

// CommonName is that of the certificate that signs the published lists.
const CommonName = "CH01-AppContentCertificate"

var listLimits = json.Limits{Depth: 6, Items: 30 * MaxKeys}

// A Trust says from whom a list is taken. The zero Trust takes none.
type Trust struct {
	// Roots are the pinned authorities. They come to the caller on another way than the list.
	Roots []*cert.Certificate
	// CommonNames are the names of signers under the roots: the whole common name of the subject. Without one nobody is.
	CommonNames []string
	// Country is that of the root's subject; "" asks for none.
	Country string
	// Active are what may be the signed list of the key IDs that are in force (keys/list). At most 16 are looked at.
	Active []trustlist.File
	// Unauthenticated takes lists from anybody. The signatures are then not looked at, and the list says so.
	Unauthenticated bool
	// At is the moment at which the lists must count, by what is signed; zero asks for none.
	At time.Time
	// Since is the date of the last list seen. One that says that it was made before is refused, and so is one that does not
	// say when.
	Since time.Time
}

// A List is the keys of one signed list, and which of them are in force. It is not changed after it was read.
type List struct {
	// Source has the name given by the caller, the earlier of the moments at which the two lists were made where both say so,
	// and the digest of the file of the keys.
	Source trustlist.Source
	// NotAfter is the end by what is signed: of the lists, or of the certificates of their signers. Zero where the list is not
	// authenticated.
	NotAfter time.Time
	Keys     []Key
	// Signer is the certificate of the signer and those above it; nil where the list is not authenticated.
	Signer []*cert.Certificate
	// Active names the list beside that says which keys are in force.
	Active string
}

// ReadList reads a list of keys and holds it against whom the caller trusts. The name is for messages. The error is a
// *trustlist.LoadError around one of this package's errors; what is wrong with one key alone stands there.
func ReadList(name string, data []byte, trust Trust) (*List, error) {
	if (len(trust.Roots) == 0 || len(trust.CommonNames) == 0) && !trust.Unauthenticated {
		return nil, refuse(name, ErrUnpinned)
	}
	l := &List{Source: trustlist.Source{Name: name, SHA256: sha256.Sum256(data)}}
	if err := l.read(data, trust); err != nil {
		return nil, refuse(name, err)
	}
	return l, nil
}

func (l *List) read(data []byte, trust Trust) error {
	e, err := open(data, trust)
	if err != nil {
		return err
	}
	keys := member(e.payload, "certs")
	if keys.Kind() != json.Array {
		return fmt.Errorf("%w: it has no certs", ErrFormat)
	}
	active, inForce, err := l.active(trust)
	if err != nil {
		return err
	}
	if !trust.Unauthenticated {
		l.Signer, l.Source.Authentication = e.path.Certificates, trustlist.SignedList
		l.dates(e, active)
		if l.Source.Date.Before(trust.Since) {
			return ErrOlder
		}
	}
	return l.readKeys(keys, inForce)
}

// dates takes what is signed of the time of both lists: together they are as old as the older, and end with the first.
func (l *List) dates(lists ...*envelope) {
	for i, e := range lists {
		_, end := reach(e.path)
		if !e.expires.IsZero() && e.expires.Before(end) {
			end = e.expires
		}
		if i == 0 || end.Before(l.NotAfter) {
			l.NotAfter = end
		}
		if i == 0 || e.issued.Before(l.Source.Date) { // a list that does not say when is of the zero time
			l.Source.Date = e.issued
		}
	}
}

// active finds the list of the key IDs that are in force. Where several count, the one that was made last is taken: an older
// one may name keys that were taken back since.
func (l *List) active(trust Trust) (*envelope, map[string]bool, error) {
	var found *envelope
	why := ErrActive
	for _, f := range trust.Active[:min(len(trust.Active), maxActive)] {
		e, err := open(f.Data, trust)
		if err != nil {
			why = fmt.Errorf("%w: %s: %w", ErrActive, f.Name, err)
			continue
		}
		ids := member(e.payload, "activeKeyIds")
		if ids.Kind() != json.Array {
			continue
		}
		switch {
		case found == nil || e.issued.After(found.issued):
			found, l.Active = e, f.Name
		case e.issued.IsZero() || e.issued.Equal(found.issued):
			return nil, nil, fmt.Errorf("%w: %s and %s do not say which of them is newer", ErrActive, l.Active, f.Name)
		}
	}
	if found == nil {
		return nil, nil, why
	}
	inForce := make(map[string]bool)
	for _, v := range member(found.payload, "activeKeyIds").Elements() {
		id, ok := v.Text()
		if !ok {
			return nil, nil, fmt.Errorf("%w: a key ID of %s is no text", ErrFormat, l.Active)
		}
		inForce[id] = true
	}
	return found, inForce, nil
}

// member gives a member of an object.
func member(v json.Value, name string) json.Value {
	for n, m := range v.Members() {
		if n == name {
			return m
		}
	}
	return json.Value{}
}
