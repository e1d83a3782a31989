package bundle

import (
	"crypto/sha256"
	"time"

	"github.com/travelseal/travelseal/trustlist"
)

// Name is the name of a bundle in reports.
const Name = "bundle"

// Info says what a bundle is, of what age, and what its post remembers. All of it is verified or, of the last part, the
// post's own.
type Info struct {
	Version int64             // of the timestamp: each publication has a higher one
	Created time.Time         // when the headquarters made it, by its own word
	Expires time.Time         // the earliest expiry of a role
	Expired bool              // whether that has passed
	SHA256  [sha256.Size]byte // of the timestamp, which names every other byte
	Roles   []RoleInfo        // in the order of Roles

	// Seen is the latest moment that the post has seen; zero where there is no store.
	Seen time.Time
	// ClockSuspect says that the clock is earlier than Seen or than Created, by more than five minutes.
	ClockSuspect bool
	// StateReset says that the post has lost its memory: an older bundle put back since then was not noticed.
	StateReset bool
	// Unremembered says that the store could not be written to, so that it does not remember this moment.
	Unremembered bool
}

// A RoleInfo is one role of a bundle.
type RoleInfo struct {
	Name      string
	Version   int64
	Expires   time.Time
	Threshold int      // how many of its keys must sign
	Keys      []string // their IDs
	Files     int      // data files that it names
}

// skew is by how much two clocks may differ before one is suspected.
const skew = 5 * time.Minute

// judge fills in what depends on the moment.
func (i *Info) judge(now time.Time) {
	i.Expired = now.After(i.Expires)
	i.ClockSuspect = now.Add(skew).Before(i.Created) || now.Add(skew).Before(i.Seen)
}

// Trust is what the Info of a Snapshot says of the bundle. The roles that a headquarters signs every week say when a newer
// bundle was due; those that say whom to trust, and by what rules, say when nothing may rest on this one any more. A post that
// nobody has visited for ten days goes on with an old list, and says so.
func (i Info) Trust() trustlist.Info {
	t := trustlist.Info{Name: Name, Version: i.Version, Created: i.Created, SHA256: i.SHA256, Seen: i.Seen, StateReset: i.StateReset}
	for _, r := range i.Roles {
		to := &t.Expires
		if r.Name == Timestamp || r.Name == Snapshot || r.Name == Revocation {
			to = &t.Due
		}
		if to.IsZero() || r.Expires.Before(*to) {
			*to = r.Expires
		}
	}
	return t
}

// Role gives the role of a name; a zero RoleInfo for one that is not known.
func (i Info) Role(name string) RoleInfo {
	for _, r := range i.Roles {
		if r.Name == name {
			return r
		}
	}
	return RoleInfo{}
}

// Content is a verified bundle.
type Content struct {
	Info  Info
	Files []File   // all data files, in the order of their names
	Extra []string // files that no metadata names; nobody has vouched for them, and nothing reads them
}

// A File is one data file, as it was signed.
type File struct {
	Name   string // "keys.cbor", "rev/eu.srt"
	Role   string // the role that has signed it
	Size   int64
	SHA256 [sha256.Size]byte
	Store  [sha256.Size]byte // of a store of revoked documents, the digest that package revstore names it by; else zero
}
