package diff

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/trustlist"
)

// An entry is everything that a list says of one key.
type entry struct {
	key  Key
	seen map[string][]string // field → its values on the anchors of the key, sorted
	auth map[string]trustlist.Authentication
	date map[string]time.Time // the newest of each source
}

// entries gathers the anchors of a list by their keys.
func entries(s *trustlist.Snapshot) map[string]*entry {
	all := make(map[string]*entry)
	for _, a := range s.Anchors() {
		sum := a.Fingerprint()
		id := hex.EncodeToString(sum[:])
		e := all[id]
		if e == nil {
			e = &entry{key: Key{SPKI: id, Country: a.Country, Role: a.Role.String(), Issuer: a.Issuer, NotAfter: stamp(a.NotAfter)}, seen: make(map[string][]string), auth: make(map[string]trustlist.Authentication), date: make(map[string]time.Time)}
			all[id] = e
		}
		e.note(&a)
	}
	for _, e := range all {
		for field, values := range e.seen {
			slices.Sort(values)
			e.seen[field] = slices.Compact(values)
		}
		e.key.KeyIDs, e.key.Sources = e.seen["key_id"], e.seen["sources"]
	}
	return all
}

// note takes in one anchor of the key.
func (e *entry) note(a *trustlist.Anchor) {
	scope := make([]string, 0, len(a.Scope))
	for _, id := range a.Scope {
		scope = append(scope, string(id))
	}
	slices.Sort(scope)
	certificate := ""
	if a.Certificate != nil {
		sum := sha256.Sum256(a.Certificate)
		certificate = hex.EncodeToString(sum[:])
	}
	for field, value := range map[string]string{
		"authentication": a.Source.Authentication.String(), "certificate": certificate, "country": a.Country, "issuer": a.Issuer,
		"key_id": hex.EncodeToString(a.KeyID), "not_after": stamp(a.NotAfter), "not_before": stamp(a.NotBefore), "revoked_at": stamp(a.RevokedAt),
		"role": a.Role.String(), "scope": strings.Join(scope, " "), "sources": a.Source.Name, "uses": strings.Join(usesOf(a.Uses), " "),
	} {
		if value != "" {
			e.seen[field] = append(e.seen[field], value)
		}
	}
	if known, twice := e.auth[a.Source.Name]; !twice || a.Source.Authentication < known {
		e.auth[a.Source.Name] = a.Source.Authentication
	}
	if a.Source.Date.After(e.date[a.Source.Name]) {
		e.date[a.Source.Name] = a.Source.Date
	}
}

func usesOf(u formats.Uses) []string { return u.Names() }

// changed names the fields in which two entries of one key differ.
func (e *entry) changed(o *entry) []string {
	var fields []string
	for _, field := range []string{
		"authentication", "certificate", "country", "issuer", "key_id", "not_after", "not_before", "revoked_at", "role", "scope", "sources", "uses",
	} {
		if !slices.Equal(e.seen[field], o.seen[field]) {
			fields = append(fields, field)
		}
	}
	return fields
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
