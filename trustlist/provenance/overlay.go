package provenance

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/travelseal/travelseal/internal/strict/json"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/diff"
)

// OverlaySchema names the JSON form of an Overlay.
const OverlaySchema = "travelseal.overlay/1"

// An Overlay is what lies over a list and outlasts it: keys that were removed, those that somebody has let back in, and the times
// in which a key was misused.
type Overlay struct {
	Schema     string      `json:"schema"`
	Tombstones []Tombstone `json:"tombstones"`
	Restored   []Restored  `json:"restored"`
	Abuse      []Abuse     `json:"abuse"`
}

// A Tombstone is a key that was removed and does not come back by itself.
type Tombstone struct {
	SPKI   string `json:"spki_sha256"`
	Since  string `json:"since"`
	Reason string `json:"reason"`
}

// Restored is a key whose tombstone somebody has lifted.
type Restored struct {
	SPKI   string `json:"spki_sha256"`
	At     string `json:"at"`
	Reason string `json:"reason"`
}

// Abuse is a time in which somebody else signed with a key, and the documents of that time that are known to be his.
type Abuse struct {
	SPKI  string `json:"spki_sha256"`
	From  string `json:"from"`
	Until string `json:"until"`
	// Documents are the first 16 bytes of the SHA-256 of the seals, in hexadecimal.
	Documents []string `json:"documents"`
	Reason    string   `json:"reason"`
}

// NewOverlay is one without entries.
func NewOverlay() Overlay {
	return Overlay{Schema: OverlaySchema, Tombstones: []Tombstone{}, Restored: []Restored{}, Abuse: []Abuse{}}
}

// MaxEntries bounds the entries of an overlay.
const MaxEntries = 500_000

// ReadOverlay reads the JSON form. Unknown members, and entries that are wrong, are errors: an overlay that is read in part would
// let a removed key back in.
func ReadOverlay(data []byte) (Overlay, error) {
	o := NewOverlay()
	if err := json.UnmarshalClosed(data, &o, json.Limits{Depth: 5, Items: 8 * MaxEntries}); err != nil {
		return Overlay{}, fmt.Errorf("overlay: %w", err)
	}
	if o.Schema != OverlaySchema {
		return Overlay{}, fmt.Errorf("overlay: schema %q is not %q", o.Schema, OverlaySchema)
	}
	check := func(where string, digest string, size int, moments ...string) error {
		if b, err := hex.DecodeString(digest); err != nil || len(b) != size || strings.ToLower(digest) != digest {
			return fmt.Errorf("overlay: %s: not %d bytes in hexadecimal", where, size)
		}
		for _, m := range moments {
			if _, err := time.Parse(time.RFC3339, m); err != nil {
				return fmt.Errorf("overlay: %s: not an RFC 3339 time", where)
			}
		}
		return nil
	}
	for i, t := range o.Tombstones {
		if err := check(fmt.Sprintf("tombstones[%d]", i), t.SPKI, 32, t.Since); err != nil {
			return Overlay{}, err
		}
	}
	for i, t := range o.Restored {
		if err := check(fmt.Sprintf("restored[%d]", i), t.SPKI, 32, t.At); err != nil {
			return Overlay{}, err
		}
	}
	for i, t := range o.Abuse {
		where := fmt.Sprintf("abuse[%d]", i)
		if err := check(where, t.SPKI, 32, t.From, t.Until); err != nil {
			return Overlay{}, err
		}
		for _, d := range t.Documents {
			if err := check(where+".documents", d, trustlist.HashSize); err != nil {
				return Overlay{}, err
			}
		}
	}
	return o, nil
}

// Removed are the keys with a tombstone.
func (o *Overlay) Removed() map[string]bool {
	keys := make(map[string]bool, len(o.Tombstones))
	for _, t := range o.Tombstones {
		keys[t.SPKI] = true
	}
	return keys
}

// Restore lifts the tombstone of a key, given as the SHA-256 of its SubjectPublicKeyInfo in hexadecimal.
func (o *Overlay) Restore(spki, reason string, at time.Time) error {
	i := slices.IndexFunc(o.Tombstones, func(t Tombstone) bool { return t.SPKI == spki })
	if i < 0 {
		return fmt.Errorf("there is no removed key %s", spki)
	}
	o.Tombstones = slices.Delete(slices.Clone(o.Tombstones), i, i+1)
	o.Restored = append(slices.Clone(o.Restored), Restored{SPKI: spki, At: Stamp(at), Reason: reason})
	o.sort()
	return nil
}

// Bury puts a tombstone on every key that a comparison found removed. One that was let back in and is removed again is removed.
func (o *Overlay) Bury(removed []diff.Key, at time.Time) {
	has := o.Removed()
	for _, k := range removed {
		if has[k.SPKI] {
			continue
		}
		has[k.SPKI] = true
		o.Tombstones = append(o.Tombstones, Tombstone{SPKI: k.SPKI, Since: Stamp(at), Reason: "removed from " + strings.Join(k.Sources, ", ")})
		o.Restored = slices.DeleteFunc(o.Restored, func(r Restored) bool { return r.SPKI == k.SPKI })
	}
	o.sort()
}

func (o *Overlay) sort() {
	slices.SortFunc(o.Tombstones, func(a, b Tombstone) int { return strings.Compare(a.SPKI, b.SPKI) })
	slices.SortFunc(o.Restored, func(a, b Restored) int { return strings.Compare(a.SPKI+a.At, b.SPKI+b.At) })
}
