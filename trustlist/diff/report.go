package diff

import "time"

// Schema names the JSON form of a Report.
const Schema = "travelseal.trustdiff/1"

// A Report is what differs between two lists. All its lists are in order.
type Report struct {
	Schema    string   `json:"schema"`
	Old       List     `json:"old"`
	New       List     `json:"new"`
	Keys      Count    `json:"keys"`
	Sources   []Group  `json:"sources"`
	Countries []Group  `json:"countries"`
	Roles     []Group  `json:"roles"`
	Added     []Key    `json:"added"`
	Removed   []Key    `json:"removed"`
	Changed   []Change `json:"changed"`
	// Revocations are the revoked documents by the kind of handle, and the certificates on the lists of authorities as "crl".
	Revocations []Group `json:"revocations"`
	Alarms      []Alarm `json:"alarms"`
}

// A List names one of the two.
type List struct {
	Name    string     `json:"name"`
	Version int64      `json:"version,omitempty"`
	Created *time.Time `json:"created,omitempty"`
	SHA256  string     `json:"sha256"`
	Anchors int        `json:"anchors"`
	Dropped int        `json:"dropped"`
}

// A Count is how many there were and are.
type Count struct {
	Old     int64 `json:"old"`
	New     int64 `json:"new"`
	Added   int64 `json:"added"`
	Removed int64 `json:"removed"`
}

// A Group is the keys of one source, country or role, or the revocations of one kind.
type Group struct {
	Name string `json:"name"`
	Count
	// OldAuthentication and NewAuthentication are the least that vouches for a key of a source.
	OldAuthentication string `json:"old_authentication,omitempty"`
	NewAuthentication string `json:"new_authentication,omitempty"`
}

// A Key is one key, and where it stands.
type Key struct {
	SPKI     string   `json:"spki_sha256"`
	Country  string   `json:"country,omitempty"`
	Role     string   `json:"role"`
	Issuer   string   `json:"issuer,omitempty"`
	KeyIDs   []string `json:"key_ids,omitempty"`
	Sources  []string `json:"sources"`
	NotAfter string   `json:"not_after,omitempty"`
}

// A Change is a key that stands on both lists and is not the same.
type Change struct {
	Key
	// Fields name what differs: authentication, certificate, country, issuer, key_id, not_after, not_before, revoked_at, role,
	// scope, sources, uses.
	Fields []string `json:"fields"`
}

// A Code says what kind of alarm it is. Codes are an interface.
type Code string

// The alarms.
const (
	// KeysShrunk: the list, a source or a country has lost so many of its keys that it may have been cut.
	KeysShrunk Code = "keys_shrunk"
	// KeysGrown: the list, a source or a country has many times the keys it had.
	KeysGrown Code = "keys_grown"
	// CountryNew: there are keys of a country that had none.
	CountryNew Code = "country_new"
	// SourceEmpty: nothing was taken from a source, though it may be signed.
	SourceEmpty Code = "source_empty"
	// SourceVanished: a source that had keys is not there any more.
	SourceVanished Code = "source_vanished"
	// SourceOlder: the newest date in a source is before the newest that it had.
	SourceOlder Code = "source_older"
	// RevocationsShrunk: there are fewer revoked documents of a kind.
	RevocationsShrunk Code = "revocations_shrunk"
	// RevocationsGrown: there are many more revoked documents of a kind.
	RevocationsGrown Code = "revocations_grown"
	// KeyReturned: a key that had been removed is back.
	KeyReturned Code = "key_returned"
	// AuthenticationFell: less vouches for a source than before.
	AuthenticationFell Code = "authentication_fell"
)

// An Alarm is something that a person must look at before the list is taken.
type Alarm struct {
	Code Code   `json:"code"`
	Of   string `json:"of"` // "list", "source NAME", "country UT", "kind dcc.uci" or "key HEX"
	Old  int64  `json:"old"`
	New  int64  `json:"new"`
	Text string `json:"text"`
}
