package formats

import (
	"bytes"
	"crypto"
	"crypto/fips140"
	"time"
)

// An ID names a format or a profile of one ("eu-dcc"). It is stable for ever: policies, trust lists and reports hold it.
type ID string

// A Document is one decoded document: what it says (Parts), who is said to vouch for it (Seals), and what it can tell
// about itself without any key (Checks). Nothing in it has been authenticated.
//
// A Document points into the bytes of its Input and must not outlive them.
type Document struct {
	Format ID // the profile that the content names; usually, but not always, the ID of the Format that decoded it
	Parts  []Part
	Seals  []Seal
	Checks []Check

	// Needs lists the parts without which the document means nothing, such as "DG1" of a passport chip. Wants lists those
	// without which it is genuine and not enough: its holder cannot be compared with a portrait that is not there.
	Needs, Wants []string
	// Carrier is what held the document.
	Carrier Carrier
	// Purpose is what a signer must be allowed to vouch for to seal this document; 0 where the format has no such notion.
	Purpose Uses
	// Validity is what the document says of its own dates; unverified like the rest.
	Validity Validity
	// Handles are the values by which issuers revoke this kind of document.
	Handles []Handle
}

// A Carrier is what held a document, and so what its being genuine leaves open.
type Carrier int

const (
	// Code is a printed or shown code or text. Anyone can copy it.
	Code Carrier = iota
	// Chip is a chip whose files were read. They can be copied to another chip, which only the chip's own key can rule out.
	Chip
	// Copy is what a chip holds, made to be handed on as a file. The chip, or the device that it is bound to, was not read.
	Copy
)

// A Part is a piece of a document that is sealed, or not, as a whole.
type Part struct {
	Name       string
	Unverified Claims    // nobody has vouched for this yet
	Seal       int       // index into Seals, or NoSeal
	Path       []Binding // digests that lead from the sealed bytes to this part; empty where the seal covers it directly
}

// NoSeal is the Seal of a Part that no signature covers.
const NoSeal = -1

// A Binding says that sealed content names Digest as the hash of Data.
type Binding struct {
	Hash         crypto.Hash
	Digest, Data []byte
}

// Holds reports whether Digest is the hash of Data. That the digest stands in sealed content is for others to see.
func (b Binding) Holds() bool {
	if !b.Hash.Available() || b.Hash == crypto.SHA1 && fips140.Enforced() { // crypto/sha1 panics then
		return false
	}
	h := b.Hash.New()
	h.Write(b.Data)
	return bytes.Equal(h.Sum(nil), b.Digest)
}

// Validity holds the dates that a document states for itself. A zero time means that the document does not say.
type Validity struct {
	IssuedAt, NotBefore, NotAfter time.Time
	// IssuedUntil is the last moment that IssuedAt can mean, where the document gives a day and no zone; IssuedAt is then the
	// first. Zero means IssuedAt itself.
	IssuedUntil time.Time
	// AtSigning is set by formats whose signers are judged at the time of signing and may expire before the documents that
	// they have sealed do (Doc 9303-12 §5). IssuedAt is then the time that the signer's own message states.
	AtSigning bool
	// MustExpire is set by formats whose specification requires an end of validity; a missing one is then a finding.
	MustExpire bool
}

// A Handle is one value by which an issuer can revoke a document without a list of names: Kind says which value of
// which scheme it is ("dcc.uci"), Data is what the scheme hashes.
type Handle struct {
	Kind string
	Data []byte
}
