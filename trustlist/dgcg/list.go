package dgcg

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/strict/json"
	"github.com/travelseal/travelseal/trustlist"
)

// MaxItems bounds the items of a list. Published lists have some 900.
const MaxItems = 20_000

var listLimits = json.Limits{Depth: 4, Items: 20 * MaxItems}

// A Trust says what a list is held against. The zero Trust takes none.
type Trust struct {
	// Anchors are the pinned certificates of the gateway's trust anchor.
	Anchors []*cert.Certificate
	// Unauthenticated takes a list without anchors. None of its items is authenticated then, and each says so.
	Unauthenticated bool
}

// A List is one trust list. It is not changed after it was read.
type List struct {
	// Source has the name given by the caller and the digest of the file. Its date is zero: nobody signs when the list was
	// made.
	Source trustlist.Source
	Items  []Item
}

// ReadList reads a list of the gateway and holds it against what the caller trusts. The name is for messages. The error is a
// *trustlist.LoadError around one of this package's errors; what is wrong with one item alone stands in the item.
func ReadList(name string, data []byte, trust Trust) (*List, error) {
	if len(trust.Anchors) == 0 && !trust.Unauthenticated {
		return nil, refuse(name, ErrUnpinned)
	}
	l := &List{Source: trustlist.Source{Name: name, SHA256: sha256.Sum256(data)}}
	v, err := json.Parse(data, listLimits)
	if err == nil {
		l.Items, err = ReadItems(v)
	} else {
		err = fmt.Errorf("%w: %w", ErrFormat, err)
	}
	if err != nil {
		return nil, refuse(name, err)
	}
	l.authenticate(trust)
	return l, nil
}

// ReadItems reads an array of items, for lists that have them within another envelope. No item is authenticated. The error is
// one of this package's: that nothing is left is one.
func ReadItems(v json.Value) ([]Item, error) {
	if v.Kind() != json.Array {
		return nil, ErrFormat
	}
	r := reader{seen: make(map[string]bool)}
	var items []Item
	for i, element := range v.Elements() {
		if i == MaxItems {
			return nil, fmt.Errorf("%w: more than %d items", ErrLimit, MaxItems)
		}
		items = append(items, r.item(i, element))
	}
	for _, i := range items {
		if i.Dropped == "" {
			return items, nil
		}
	}
	return nil, ErrEmpty
}

// Latest is when the last of the items came to the gateway: the list was made no earlier. It is zero where none says so.
func Latest(items []Item) time.Time {
	var latest time.Time
	for _, i := range items {
		if i.Timestamp.After(latest) {
			latest = i.Timestamp
		}
	}
	return latest
}

// scope are the formats whose documents the members sign: those of the EU, and with the same keys those of the WHO.
var scope = []formats.ID{"eu-dcc", "who-ddcc", "who-dvc"}

// Material makes anchors of the items that are not left out. Each has the authentication of its item.
func Material(items []Item, src trustlist.Source) trustlist.Material {
	var m trustlist.Material
	for _, i := range items {
		a, err := i.anchor(src)
		if err != nil {
			m.Dropped = append(m.Dropped, trustlist.Dropped{Source: src.Name, Item: i.String(), Reason: err.Error()})
			continue
		}
		m.Anchors = append(m.Anchors, a)
	}
	return m
}

func (i Item) anchor(src trustlist.Source) (trustlist.Anchor, error) {
	switch {
	case i.Dropped != "":
		return trustlist.Anchor{}, errors.New(i.Dropped)
	case i.Type == Upload:
		return trustlist.Anchor{}, errors.New(isOffice)
	}
	src.Authentication = i.Authentication
	a, err := trustlist.FromCertificate(i.Certificate, src)
	if err != nil {
		return trustlist.Anchor{}, err
	}
	a.KeyID, a.Country = bytes.Clone(i.KeyID), i.Country
	var permitted []formats.ID
	for _, id := range scope {
		if a.Permits(id) {
			permitted = append(permitted, id)
		}
	}
	a.Scope = permitted
	return a, nil
}
