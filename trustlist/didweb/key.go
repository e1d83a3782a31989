package didweb

import (
	"fmt"
	"strings"

	"github.com/travelseal/travelseal/internal/strict/json"
	"github.com/travelseal/travelseal/trustlist"
)

// The reasons for which a key is left out, beside those of package trustlist.
const (
	isReference    = "it is a reference to another document, which is not followed"
	isUnreadable   = "it cannot be read"
	isElsewhere    = "its name or its controller is another's"
	isNoJWK        = "it is not of the type JsonWebKey2020"
	isNoAssertions = "it is not for assertions"
	isTwice        = "its name stands in the document twice"
)

// method is a verification method (DID Core §5.2).
type method struct {
	ID         string        `json:"id"`
	Type       string        `json:"type"`
	Controller string        `json:"controller"`
	Key        trustlist.JWK `json:"publicKeyJwk"`
}

func (d *Document) readKeys(methods json.Value, asserts map[string]bool) error {
	seen := make(map[string]bool)
	usable := false
	for i, v := range methods.Elements() {
		if i == MaxKeys {
			return fmt.Errorf("%w: more than %d keys", ErrLimit, MaxKeys)
		}
		k := d.readKey(v, asserts)
		if k.Dropped == "" && seen[k.KeyID] {
			k.Dropped, k.Public = isTwice, nil
		}
		seen[k.KeyID] = true
		usable = usable || k.Dropped == ""
		d.Keys = append(d.Keys, k)
	}
	if !usable {
		return ErrEmpty
	}
	return nil
}

func (d *Document) readKey(v json.Value, asserts map[string]bool) Key {
	if v.Kind() == json.Text {
		return Key{Dropped: isReference}
	}
	var m method
	if err := json.Unmarshal(v.Raw(), &m, json.Limits{Depth: 4, Items: 64}); err != nil {
		return Key{Dropped: fmt.Sprintf("%s: %v", isUnreadable, err)}
	}
	name := d.full(m.ID)
	fragment, own := strings.CutPrefix(name, d.DID+"#")
	k := Key{KeyID: fragment}
	switch {
	case !own || fragment == "" || m.Controller != d.DID:
		k = Key{Dropped: isElsewhere}
	case m.Type != "JsonWebKey2020":
		k.Dropped = isNoJWK
	case !asserts[name]:
		k.Dropped = isNoAssertions
	default:
		public, err := m.Key.PublicKey()
		if err != nil {
			k.Dropped = fmt.Sprintf("%s: %v", isUnreadable, err)
			return k
		}
		k.Public = public
	}
	return k
}
