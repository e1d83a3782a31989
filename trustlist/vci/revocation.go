package vci

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/travelseal/travelseal/internal/strict/json"
)

// A RevocationList is an issuer's list of revoked cards that one of its keys has signed (Revocation).
type RevocationList struct {
	KeyID   string
	Revoked []Revoked
	Dropped string // why the list is left out; "" where it is not
}

// Revoked is one identifier of cards, and the moment before which they are revoked; zero revokes all.
type Revoked struct {
	ID     string
	Before time.Time
}

const (
	otherKey    = "its key is none of the issuer's"
	otherMethod = "its method is not rid"
	badID       = "an entry is not of the form that the framework has"
)

// maxRID is the longest revocation identifier (Revocation).
const maxRID = 24

// list reads one revocation list, after the issuer's keys. A list that is wrong in one entry may be wrong in others, and is
// left out.
func (i *Issuer) list(v json.Value) RevocationList {
	var j struct {
		KeyID  string   `json:"kid"`
		Method string   `json:"method"`
		IDs    []string `json:"rids"`
	}
	if err := json.Unmarshal(v.Raw(), &j, itemLimits); err != nil {
		return RevocationList{Dropped: fmt.Sprintf("%s: %v", isUnreadable, err)}
	}
	l := RevocationList{KeyID: j.KeyID}
	switch {
	case !i.has(j.KeyID):
		l.Dropped = otherKey
	case j.Method != "rid":
		l.Dropped = otherMethod
	}
	for _, id := range j.IDs {
		r, ok := readID(id)
		if !ok && l.Dropped == "" {
			l.Dropped = badID
		}
		l.Revoked = append(l.Revoked, r)
	}
	return l
}

// has reports whether a key is one of the issuer's that are not left out.
func (i *Issuer) has(keyID string) bool {
	for _, k := range i.Keys {
		if k.KeyID == keyID && k.Dropped == "" {
			return true
		}
	}
	return false
}

// readID reads an identifier in base64url, with the Unix time of the revocation behind a dot or without.
func readID(text string) (Revoked, bool) {
	id, moment, dated := strings.Cut(text, ".")
	r := Revoked{ID: id}
	if dated {
		n, err := strconv.ParseInt(moment, 10, 64)
		if err != nil || n <= 0 {
			return r, false
		}
		r.Before = time.Unix(n, 0).UTC()
	}
	plain := strings.Trim(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") == ""
	return r, plain && id != "" && len(id) <= maxRID
}
