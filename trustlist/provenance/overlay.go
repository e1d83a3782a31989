package provenance

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/diff"
)

// Removed are the keys that an overlay withdraws, by the SHA-256 of their SubjectPublicKeyInfo in hexadecimal.
func Removed(o *trustlist.Overlay) map[string]bool {
	keys := make(map[string]bool, len(o.Tombstones))
	for _, t := range o.Tombstones {
		if !lifted(o, t) {
			keys[hex.EncodeToString(t.Key[:])] = true
		}
	}
	return keys
}

// lifted reports whether somebody has let a key back in since a tombstone.
func lifted(o *trustlist.Overlay, t trustlist.Tombstone) bool {
	return slices.ContainsFunc(o.Restored, func(r trustlist.Restoration) bool { return r.Key == t.Key && !r.At.Before(t.Since) })
}

// Restore gives the overlay in which a key that it withdraws counts again. The tombstone stays, as a record.
func Restore(o *trustlist.Overlay, spki, reason string, at time.Time) (*trustlist.Overlay, error) {
	if !Removed(o)[spki] {
		return nil, fmt.Errorf("there is no removed key %s", spki)
	}
	var key [32]byte
	if _, err := hex.Decode(key[:], []byte(spki)); err != nil {
		return nil, fmt.Errorf("there is no removed key %s", spki)
	}
	c := clone(o)
	c.Restored = append(c.Restored, trustlist.Restoration{Key: key, At: at, Reason: reason})
	if Removed(c)[spki] {
		return nil, fmt.Errorf("the key %s was removed later than %s", spki, Stamp(at))
	}
	return sorted(c), nil
}

// Bury gives the overlay with a tombstone on every key that a comparison found removed. One that was let back in and is removed
// again is removed.
func Bury(o *trustlist.Overlay, removed []diff.Key, at time.Time) (*trustlist.Overlay, error) {
	c := clone(o)
	has := Removed(o)
	for _, k := range removed {
		if has[k.SPKI] {
			continue
		}
		var key [32]byte
		if n, err := hex.Decode(key[:], []byte(k.SPKI)); err != nil || n != len(key) {
			return nil, fmt.Errorf("the key %q is not 32 bytes in hexadecimal", k.SPKI)
		}
		has[k.SPKI] = true
		t := trustlist.Tombstone{Key: key, Since: at, Reason: "removed from " + strings.Join(k.Sources, ", ")}
		c.Restored = slices.DeleteFunc(c.Restored, func(r trustlist.Restoration) bool { return r.Key == key && !r.At.Before(at) })
		c.Tombstones = append(c.Tombstones, t)
	}
	return sorted(c), nil
}

func clone(o *trustlist.Overlay) *trustlist.Overlay {
	return &trustlist.Overlay{Tombstones: slices.Clone(o.Tombstones), Restored: slices.Clone(o.Restored), Abuse: slices.Clone(o.Abuse)}
}

func sorted(o *trustlist.Overlay) *trustlist.Overlay {
	slices.SortStableFunc(o.Tombstones, func(a, b trustlist.Tombstone) int {
		return cmp.Or(slices.Compare(a.Key[:], b.Key[:]), a.Since.Compare(b.Since))
	})
	slices.SortStableFunc(o.Restored, func(a, b trustlist.Restoration) int {
		return cmp.Or(slices.Compare(a.Key[:], b.Key[:]), a.At.Compare(b.At))
	})
	return o
}
