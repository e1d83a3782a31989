package de

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/base64"
	"github.com/travelseal/travelseal/internal/strict/json"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/dgcg"
)

// A Trust says from whom a list is taken. The zero Trust takes none.
type Trust struct {
	// Publisher are the pinned keys. They come to the caller on another way than the list.
	Publisher []trustlist.Anchor
	// Unauthenticated takes a list from anybody. The signature is then not looked at, and the items say so.
	Unauthenticated bool
	// Since is the date of the last list seen. One that was made before is refused.
	Since time.Time
}

// A List is one list. It is not changed after it was read.
type List struct {
	// Source has the name given by the caller, the moment before which the list was not made, and the digest of the file.
	Source trustlist.Source
	Items  []dgcg.Item
	// Signer is the pinned anchor that answers for the list; nil where it is not authenticated.
	Signer *trustlist.Anchor
}

var listLimits = json.Limits{Depth: 6, Items: 20 * dgcg.MaxItems}

// ReadList reads a list and holds it against whom the caller trusts. The name is for messages. The error is a
// *trustlist.LoadError around one of the errors of this package or of package dgcg; what is wrong with one item alone stands
// in the item.
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
	first, content, two := bytes.Cut(data, []byte("\n"))
	if !two || !bytes.HasPrefix(content, []byte("{")) {
		return ErrFormat
	}
	signature, err := base64.Decode(base64.StdPadded, first)
	if err != nil {
		return fmt.Errorf("%w: the first line: %w", ErrFormat, err)
	}
	if !trust.Unauthenticated {
		l.Signer = trustlist.SignedBy(trust.Publisher, formats.ES256, content, signature)
		if l.Signer == nil {
			return ErrSignature
		}
		l.Source.Authentication = trustlist.SignedList
	}
	v, err := json.Parse(content, listLimits)
	if err != nil {
		return fmt.Errorf("%w: the second line: %w", ErrFormat, err)
	}
	var items json.Value
	for name, member := range v.Members() {
		if name == "certificates" {
			items = member
		}
	}
	if l.Items, err = dgcg.ReadItems(items); err != nil {
		return err
	}
	for i := range l.Items {
		l.Items[i].Authentication = l.Source.Authentication
	}
	l.Source.Date = dgcg.Latest(l.Items)
	if l.Source.Date.Before(trust.Since) {
		return ErrOlder
	}
	return nil
}
