package vci

import (
	"crypto/ecdsa"
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	"github.com/travelseal/travelseal/internal/strict/base64"
	"github.com/travelseal/travelseal/internal/strict/json"
	"github.com/travelseal/travelseal/trustlist"
)

// An Issuer is one issuer of a snapshot, whether it can be used or not.
type Issuer struct {
	Index     int    // its place in the snapshot, from 0
	Address   string // iss, by which cards name it
	Name      string // as the directory shows it
	Canonical string // the address under which the directory groups it; "" where it stands for itself
	// Retrieved is when the directory last had its keys; zero where the snapshot does not say.
	Retrieved time.Time
	Keys      []Key
	Lists     []RevocationList
	// Dropped says why the issuer is left out with all its keys; "" where it is not. Stale reports that it is for its age alone:
	// what it has revoked stays revoked.
	Dropped string
	Stale   bool
}

// A Key is one key of an issuer, whether it can be used or not.
type Key struct {
	KeyID   string
	Public  *ecdsa.PublicKey // nil where it cannot be read
	Dropped string           // why it is left out; "" where it is not
}

// The reasons for which an issuer or a key is left out, beside those of package trustlist.
const (
	isUnreadable  = "it cannot be read"
	isNoAddress   = "its address does not begin with https://, or ends in a slash"
	isTwice       = "its address stands in the snapshot twice"
	hasNoKeys     = "it has no keys"
	isStale       = "SOURCE_STALE: the directory has not had its keys for 90 days before it made the snapshot"
	notES256      = "it is no key on P-256, the only kind that signs health cards"
	notThumbprint = "its key ID is not its thumbprint (RFC 7638)"
	keyTwice      = "its key ID stands under the issuer twice"
)

// MaxAge is for how long before a snapshot the directory may last have had an issuer's keys. What an issuer withdraws, a
// snapshot keeps for as long as the issuer does not answer. Published snapshots have issuers of every day, and some that have
// not answered for years.
const MaxAge = 90 * 24 * time.Hour

// A reader makes issuers of the entries of one snapshot, which was made at a moment.
type reader struct {
	seen  map[string]bool
	made  time.Time
	stale bool // take issuers of any age
}

var itemLimits = json.Limits{Depth: 6, Items: 500_000}

func (r *reader) issuer(index int, v json.Value) Issuer {
	i := Issuer{Index: index}
	var named struct {
		Address   string `json:"iss"`
		Name      string `json:"name"`
		Canonical string `json:"canonical_iss"`
	}
	var keys, lists json.Value
	for name, member := range v.Members() {
		switch name {
		case "issuer":
			if err := json.Unmarshal(member.Raw(), &named, itemLimits); err != nil {
				i.Dropped = fmt.Sprintf("%s: %v", isUnreadable, err)
				return i
			}
		case "keys":
			keys = member
		case "crls":
			lists = member
		case "lastRetrieved":
			i.Retrieved, _ = instant(member)
		}
	}
	i.Address, i.Name, i.Canonical = named.Address, named.Name, named.Canonical
	seen := make(map[string]bool)
	for _, k := range keys.Elements() {
		i.Keys = append(i.Keys, readKey(k, seen))
	}
	for _, l := range lists.Elements() {
		i.Lists = append(i.Lists, i.list(l))
	}
	switch {
	case !strings.HasPrefix(i.Address, "https://") || strings.HasSuffix(i.Address, "/"):
		i.Dropped = isNoAddress
	case r.seen[i.Address]:
		i.Dropped = isTwice
	case len(i.Keys) == 0:
		i.Dropped = hasNoKeys
	case !r.stale && i.Retrieved.Before(r.made.Add(-MaxAge)): // or does not say when
		i.Dropped, i.Stale = isStale, true
	}
	r.seen[i.Address] = true
	return i
}

// readKey reads one key. The framework has one algorithm and makes the key ID follow from the key ("Signing health cards").
func readKey(v json.Value, seen map[string]bool) Key {
	var j trustlist.JWK
	if err := json.Unmarshal(v.Raw(), &j, itemLimits); err != nil {
		return Key{Dropped: fmt.Sprintf("%s: %v", isUnreadable, err)}
	}
	k := Key{KeyID: j.KID}
	public, err := j.PublicKey()
	if err != nil {
		k.Dropped = fmt.Sprintf("%s: %v", isUnreadable, err)
		return k
	}
	key, ok := public.(*ecdsa.PublicKey)
	switch {
	case !ok || j.CRV != "P-256" || j.Alg != "ES256":
		k.Dropped = notES256
	case !isThumbprint(&j):
		k.Dropped = notThumbprint
	case seen[j.KID]:
		k.Dropped = keyTwice
	default:
		seen[j.KID], k.Public = true, key
	}
	return k
}

// isThumbprint compares the key ID with the thumbprint of the key: the digest of its members in the order of their names
// (RFC 7638 §3.2). Their values are base64url, which JSON writes as it stands.
func isThumbprint(j *trustlist.JWK) bool {
	sum := sha256.Sum256([]byte(`{"crv":"` + j.CRV + `","kty":"` + j.KTY + `","x":"` + j.X + `","y":"` + j.Y + `"}`))
	id, err := base64.Decode(base64.URLRaw, []byte(j.KID))
	return err == nil && string(id) == string(sum[:])
}

// String names the issuer by its place and, where it is known, its address.
func (i Issuer) String() string {
	if i.Address == "" {
		return fmt.Sprintf("issuer %d", i.Index+1)
	}
	return fmt.Sprintf("issuer %d, %s", i.Index+1, i.Address)
}
