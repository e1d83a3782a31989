package nl

import (
	"crypto"
	"crypto/x509"
	"fmt"
	"strings"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/states"
	"github.com/travelseal/travelseal/internal/strict/base64"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// A Key is one key of a list, whether it can be used or not.
type Key struct {
	Place   string // eu_keys[…][0], nl_keys[…]
	KeyID   []byte
	Public  crypto.PublicKey // nil where it cannot be read
	Uses    formats.Uses
	Country string // ISO 3166-1 alpha-2; "" where the list does not say
	Dropped string // why it is left out; "" where it is not
}

// The reasons for which a key is left out.
const (
	isUnreadable = "it cannot be read"
	isDomestic   = "it is for domestic proofs (Idemix), which are not read here"
	badKeyID     = "its key ID is not the base64 of eight bytes"
	otherUse     = "one of its uses is not known here"
	isRepeated   = "it stands under its key ID twice"
)

// keyIDSize is the length of the kid (eHealth Network, "Digital Green Certificates, volume 1", §3.2.2).
const keyIDSize = 8

var keyLimits = json.Limits{Depth: 3, Items: 32}

func (l *List) readKeys(payload json.Value) error {
	var european json.Value
	for name, member := range payload.Members() {
		switch name {
		case "eu_keys":
			european = member
		case "nl_keys":
			for id := range member.Members() {
				l.Keys = append(l.Keys, Key{Place: name + "[" + id + "]", Dropped: isDomestic})
			}
		case "cl_keys":
			for i := range member.Elements() {
				l.Keys = append(l.Keys, Key{Place: fmt.Sprintf("%s[%d]", name, i), Dropped: isDomestic})
			}
		}
		if len(l.Keys) > MaxKeys {
			return fmt.Errorf("%w: more than %d keys", ErrLimit, MaxKeys)
		}
	}
	if european.Kind() != json.Object {
		return fmt.Errorf("%w: it has no eu_keys", ErrFormat)
	}
	usable := false
	for id, keys := range european.Members() {
		if keys.Kind() != json.Array {
			return fmt.Errorf("%w: what stands under a key ID is no list", ErrFormat)
		}
		seen := make(map[string]bool)
		for i, v := range keys.Elements() {
			if len(l.Keys) == MaxKeys {
				return fmt.Errorf("%w: more than %d keys", ErrLimit, MaxKeys)
			}
			k := readKey(id, v, seen)
			k.Place = fmt.Sprintf("eu_keys[%s][%d]", id, i)
			usable = usable || k.Dropped == ""
			l.Keys = append(l.Keys, k)
		}
	}
	if !usable {
		return ErrEmpty
	}
	return nil
}

// readKey reads one key under its key ID, where several may stand: the ID is a hint.
func readKey(id string, v json.Value, seen map[string]bool) Key {
	var k Key
	var err error
	if k.KeyID, err = base64.Decode(base64.StdPadded, []byte(id)); err != nil || len(k.KeyID) != keyIDSize {
		k.Dropped = badKeyID
		return k
	}
	var j struct {
		Key     string   `json:"subjectPk"`
		Uses    []string `json:"keyUsage"`
		Subject string   `json:"san"`
		Issuer  string   `json:"ian"`
	}
	if err := json.Unmarshal(v.Raw(), &j, keyLimits); err != nil {
		k.Dropped = fmt.Sprintf("%s: %v", isUnreadable, err)
		return k
	}
	spki, err := base64.Decode(base64.StdPadded, []byte(j.Key))
	if err == nil {
		k.Public, err = x509.ParsePKIXPublicKey(spki)
	}
	if err != nil {
		k.Public, k.Dropped = nil, fmt.Sprintf("%s: subjectPk: %v", isUnreadable, err)
		return k
	}
	if k.Uses = usesOf(j.Uses); k.Uses == 0 {
		k.Dropped = otherUse
	}
	if seen[string(spki)] {
		k.Dropped = isRepeated
	}
	seen[string(spki)] = true
	if k.Country = countryOf(j.Subject); k.Country == "" {
		k.Country = countryOf(j.Issuer)
	}
	return k
}

// usesOf gives what a key may vouch for: everything where the list names nothing (EU certificate governance §4.3), and nothing
// where it names what is not known.
func usesOf(letters []string) formats.Uses {
	if len(letters) == 0 {
		return formats.AllUses
	}
	var uses formats.Uses
	for _, l := range letters {
		u := map[string]formats.Uses{"v": formats.Vaccination, "t": formats.Test, "r": formats.Recovery}[l]
		if u == 0 {
			return 0
		}
		uses |= u
	}
	return uses
}

// countryOf takes an alternative name that is the code of a country.
func countryOf(name string) string {
	if len(name) == 2 && strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
		return name
	}
	short, _ := states.Alpha2(name)
	return short
}
