package trustlist

import "slices"

// An Authentication says what vouches for an Anchor, so that a relying party can ask for more than its list gives. The zero
// Authentication is nothing.
type Authentication int

const (
	// Transport is nothing but the way on which the list came: whoever could change it on the way could add a key.
	Transport Authentication = iota
	// ByHand is a key that the relying party has named itself.
	ByHand
	// PinnedHash is a list whose digest the relying party has named.
	PinnedHash
	// SignedList is a list that a pinned publisher has signed as a whole.
	SignedList
	// SignedEntry is an entry that a pinned publisher has signed by itself. It says nothing of entries that are missing.
	SignedEntry
	// IssuedUnderEntry is a certificate that an authority issued whose own certificate is a SignedEntry.
	IssuedUnderEntry
)

var authenticationNames = [...]string{
	Transport: "transport only", ByHand: "by hand", PinnedHash: "pinned hash", SignedList: "signed list", SignedEntry: "signed entry",
	IssuedUnderEntry: "issued under a signed entry",
}

func (a Authentication) String() string {
	if a < 0 || int(a) >= len(authenticationNames) {
		return "unknown"
	}
	return authenticationNames[a]
}

// ParseAuthentication gives the Authentication of a name that String prints.
func ParseAuthentication(name string) (Authentication, bool) {
	i := slices.Index(authenticationNames[:], name)
	return Authentication(max(i, 0)), i >= 0
}
