// Package diff compares two trust lists, before the newer takes the place of the older.
//
// A list that is genuine can still be wrong: cut short on the way, made by a publisher who was misled, or signed by somebody
// with the publisher's key. Nothing in the list itself tells. What tells is how much of it is new, and that is for a person to
// see: the package says what differs, and which differences are large enough that a second person should look before the list
// is used. It decides nothing, and knows no list's form.
//
// An omission is otherwise invisible in lists whose entries are signed one by one (EU gateway, WHO), and a key that was
// withdrawn and is back is never an ordinary change.
package diff

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"github.com/travelseal/travelseal/internal/ec"
	"github.com/travelseal/travelseal/trustlist"
)

// An Entry is one key of a list: what it may seal, and whose it is.
type Entry struct {
	Role    string
	Country string // "" where the list does not say
	Issuer  string
	KeyID   string // in hexadecimal digits
	Scope   string // the formats, joined by commas
	Source  string // the list that named it
}

func (e Entry) String() string {
	var parts []string
	for _, p := range []string{e.Role, e.Country, e.Issuer, e.KeyID, e.Scope} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, " ")
}

// A Diff says how a list differs from the one before it. A key whose country, issuer, formats or uses have changed is removed
// and added.
type Diff struct {
	Before, After int // how many keys they have
	Added         []Entry
	Removed       []Entry
	// Withdrawn are keys that are revoked in the newer list and were not, and Restored those that were and are not.
	Withdrawn, Restored []Entry
	// NewCountries have a key in the newer list only, and LostCountries in the older only.
	NewCountries, LostCountries []string
}

// Compare gives the difference, in the order of the lists. Either may be nil, which is an empty list.
func Compare(before, after *trustlist.Snapshot) Diff {
	old, young := before.Anchors(), after.Anchors()
	d := Diff{Before: len(old), After: len(young)}
	wasThere, isThere := byIdentity(old), byIdentity(young)
	for i := range young {
		a, found := &young[i], wasThere[identity(&young[i])]
		switch {
		case found == nil:
			d.Added = append(d.Added, entry(a))
		case found.RevokedAt.IsZero() && !a.RevokedAt.IsZero():
			d.Withdrawn = append(d.Withdrawn, entry(a))
		case !found.RevokedAt.IsZero() && (a.RevokedAt.IsZero() || a.RevokedAt.After(found.RevokedAt)):
			d.Restored = append(d.Restored, entry(a))
		}
	}
	for i := range old {
		if isThere[identity(&old[i])] == nil {
			d.Removed = append(d.Removed, entry(&old[i]))
		}
	}
	d.NewCountries, d.LostCountries = without(countries(young), countries(old)), without(countries(old), countries(young))
	return d
}

// Empty reports whether both lists are the same.
func (d Diff) Empty() bool { return len(d.Added)+len(d.Removed)+len(d.Withdrawn)+len(d.Restored) == 0 }

func byIdentity(list []trustlist.Anchor) map[[sha256.Size]byte]*trustlist.Anchor {
	index := make(map[[sha256.Size]byte]*trustlist.Anchor, len(list))
	for i := range list {
		if id := identity(&list[i]); index[id] == nil {
			index[id] = &list[i]
		}
	}
	return index
}

// identity is what makes a key the same: itself, and what it may do.
func identity(a *trustlist.Anchor) [sha256.Size]byte {
	h := sha256.New()
	fmt.Fprintf(h, "%d %q %q %x %q %d\n", a.Role, a.Issuer, a.Country, a.KeyID, a.Scope, a.Uses)
	if a.Certificate != nil {
		h.Write(a.Certificate)
	} else {
		writeKey(h, a.Key)
	}
	return [sha256.Size]byte(h.Sum(nil))
}

func writeKey(h interface{ Write([]byte) (int, error) }, key crypto.PublicKey) {
	var b []byte
	name := ""
	switch k := key.(type) {
	case *ecdsa.PublicKey:
		name = k.Params().Name
		b, _ = k.Bytes()
	case *ec.PublicKey:
		name, b = k.Curve().Name(), k.Bytes()
	case *rsa.PublicKey:
		name, b = fmt.Sprintf("RSA %d", k.E), k.N.Bytes()
	case ed25519.PublicKey:
		name, b = "Ed25519", k
	default:
		name = fmt.Sprintf("%T", key)
	}
	_, _ = h.Write([]byte(name))
	_, _ = h.Write(b)
}

func entry(a *trustlist.Anchor) Entry {
	var scope []string
	for _, id := range a.Scope {
		scope = append(scope, string(id))
	}
	keyID := a.KeyID
	if len(keyID) == 0 && a.Certificate != nil { // as the EU and WHO name a key
		sum := sha256.Sum256(a.Certificate)
		keyID = sum[:8]
	}
	return Entry{
		Role: a.Role.String(), Country: a.Country, Issuer: a.Issuer, KeyID: fmt.Sprintf("%x", keyID), Scope: strings.Join(scope, ","), Source: a.Source.Name,
	}
}

func countries(list []trustlist.Anchor) []string {
	var all []string
	for i := range list {
		if c := list[i].Country; c != "" && list[i].RevokedAt.IsZero() {
			all = append(all, c)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// without gives the elements of a sorted list that another one does not have.
func without(list, other []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { _, found := slices.BinarySearch(other, s); return found })
}
