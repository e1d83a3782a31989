package trustlist

import (
	"slices"
	"time"
)

// OverlaySchema names the JSON form of an Overlay.
const OverlaySchema = "travelseal.overlay/1"

// An Overlay is what a relying party has decided about keys, whatever the lists say that the keys come from. Keys are named by
// the SHA-256 of their SubjectPublicKeyInfo, so that no other certificate of a key escapes.
type Overlay struct {
	// Tombstones are keys that were on a list and are no more. Lists have brought revoked keys back on the next day; a key that
	// is named here stays withdrawn until somebody decides to restore it.
	Tombstones []Tombstone
	// Restored are such decisions. One counts against the tombstones that are not later than it.
	Restored []Restoration
	// Abuse are the times in which others had a key.
	Abuse []AbuseWindow
}

// A Tombstone is the withdrawal of a key.
type Tombstone struct {
	Key    [32]byte // SHA-256 of its SubjectPublicKeyInfo
	Since  time.Time
	Reason string
}

// A Restoration is the decision to let a key count again.
type Restoration struct {
	Key    [32]byte
	At     time.Time
	Reason string
}

// An AbuseWindow is a time in which others than its owner could make seals with a key. Documents that say they were issued in
// it prove nothing; those of which it is known that they were made so are named one by one.
type AbuseWindow struct {
	Key         [32]byte
	From, Until time.Time // both included; a zero time is no bound
	// Documents are known by their seals: the first bytes of the SHA-256 of the signature, and of an ECDSA signature of r
	// alone, because anyone can turn (r, s) into another that holds as well.
	Documents [][HashSize]byte
	Reason    string
}

// Covers reports whether a document that says it was issued between two moments may have been issued in the window. One that
// does not say when it was may have been.
func (w *AbuseWindow) Covers(from, until time.Time) bool {
	if from.IsZero() {
		return true
	}
	if until.IsZero() {
		until = from
	}
	return (w.From.IsZero() || !until.Before(w.From)) && (w.Until.IsZero() || !from.After(w.Until))
}

// Names reports whether a document is one of those that are known.
func (w *AbuseWindow) Names(seal [HashSize]byte) bool { return slices.Contains(w.Documents, seal) }

// decisions are the Overlays of all lists, by key.
type decisions struct {
	tombstones map[digest]Tombstone
	abuse      map[digest][]AbuseWindow
}

// decide puts Overlays together. What one withdraws, only a later decision restores.
func decide(overlays []*Overlay) decisions {
	d := decisions{make(map[digest]Tombstone), make(map[digest][]AbuseWindow)}
	restored := make(map[digest]time.Time)
	for _, o := range overlays {
		for _, r := range o.Restored {
			if r.At.After(restored[r.Key]) {
				restored[r.Key] = r.At
			}
		}
		for _, w := range o.Abuse {
			d.abuse[w.Key] = append(d.abuse[w.Key], w)
		}
	}
	for _, o := range overlays {
		for _, t := range o.Tombstones {
			if at, lifted := restored[t.Key]; lifted && !at.Before(t.Since) {
				continue
			}
			if known, twice := d.tombstones[t.Key]; !twice || t.Since.Before(known.Since) {
				d.tombstones[t.Key] = t
			}
		}
	}
	return d
}

// Abuse gives the times in which others than its owner had the key of an Anchor.
func (s *Snapshot) Abuse(a *Anchor) []AbuseWindow {
	if s == nil || len(s.decisions.abuse) == 0 {
		return nil
	}
	return s.decisions.abuse[a.digests.spki]
}

// Fingerprint is the SHA-256 of the Anchor's SubjectPublicKeyInfo, by which an Overlay names its key. It is zero for an Anchor
// that is on no list.
func (a *Anchor) Fingerprint() [32]byte { return a.digests.spki }
