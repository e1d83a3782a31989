package gdhcn

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/strict/base64"
	"github.com/travelseal/travelseal/internal/strict/json"
	"github.com/travelseal/travelseal/trustlist"
)

// An Entry is one verification method of a list, whether it can be used or not.
type Entry struct {
	Index       int    // its place in the list, from 0
	ID          string // its DID
	Domain      string // "DCC", "DDCC"
	Participant string // as ISO 3166-1 alpha-3 writes it: "UTO"
	Usage       string // SCA, DSC, DECA or DESC
	KeyID       []byte
	// Certificate is nil where it cannot be read.
	Certificate    *cert.Certificate
	Authentication trustlist.Authentication
	// Dropped says why the entry is left out; "" where it is not.
	Dropped string
}

// The usages of the list that the package takes, and what others call them.
const (
	SCA = "SCA" // an authority that issues the certificates of document signers; the list writes CSCA
	DSC = "DSC" // a document signer
)

// The reasons for which an entry is left out, beside those of package cert.
const (
	isReference   = "it is a reference to another list, which is not followed"
	isUnreadable  = "it cannot be read"
	isElsewhere   = "its name is not one of this list"
	isContrary    = "its name and its members say different things"
	isTest        = "TEST_ISSUER_DROPPED: its participant is a test and no country"
	isNoCountry   = "its participant is no country that is known"
	isOtherDomain = "its domain has no documents that are read here"
	isOtherUse    = "it is for the exchange of data, and seals no document"
	isOtherCert   = "its certificate cannot be read"
	keyConflict   = "KEY_CONFLICT: its certificate holds another key"
	otherKeyID    = "its key ID is not the beginning of the digest of its certificate"
	otherCountry  = "its certificate is of another country than its participant"
	otherRole     = "its certificate is not of the usage that the list gives"
	isRepeated    = "its certificate stands in the list twice"
)

// method is a verification method of the list (DID Core §5.2, with the members that version 2 adds).
type method struct {
	ID          string `json:"id"`
	Type        string `json:"type"`
	Controller  string `json:"controller"`
	Key         jwk    `json:"publicKeyJwk"`
	Domain      code   `json:"domain"`
	Participant code   `json:"participant"`
	Usage       code   `json:"keyusage"`
}

type code struct {
	Code string `json:"code"`
}

// fragment is the code without the "#" before it.
func (c code) fragment() string { return strings.TrimPrefix(c.Code, "#") }

// A reader makes entries of the verification methods of one list.
type reader struct {
	list string
	seen map[string]bool
}

var entryLimits = json.Limits{Depth: 4, Items: 64}

func (r *reader) entry(index int, v json.Value) Entry {
	e := Entry{Index: index}
	if v.Kind() == json.Text {
		e.Dropped = isReference
		return e
	}
	var m method
	if err := json.Unmarshal(v.Raw(), &m, entryLimits); err != nil {
		e.Dropped = fmt.Sprintf("%s: %v", isUnreadable, err)
		return e
	}
	e.ID, e.Domain, e.Participant, e.Usage = m.ID, m.Domain.fragment(), m.Participant.fragment(), m.Usage.fragment()
	if e.Usage == "CSCA" { // what the list's own addresses call SCA
		e.Usage = SCA
	}
	e.Dropped = r.objection(&e, m)
	return e
}

// objection reads the certificate of an entry, and says why the entry is left out.
func (r *reader) objection(e *Entry, m method) string {
	unread := e.read(m.Key.X5C)
	if reason := r.named(e, m); reason != "" {
		return reason
	}
	if unread != "" {
		return unread
	}
	if r.seen[string(e.Certificate.Raw)] {
		return isRepeated
	}
	r.seen[string(e.Certificate.Raw)] = true
	return e.unfit(&m.Key)
}

// read takes the certificate, which stands first (RFC 7517 §4.7), and says why it cannot.
func (e *Entry) read(x5c []string) string {
	if len(x5c) == 0 {
		return isOtherCert + ": there is none"
	}
	raw, err := base64.Decode(base64.StdPadded, []byte(x5c[0]))
	if err == nil {
		e.Certificate, err = cert.Parse(raw)
	}
	if err != nil {
		return fmt.Sprintf("%s: %v", isOtherCert, err)
	}
	return ""
}

// named holds the names of an entry against each other: did:web:…:domain:participant:usage#kid, under the list's own name.
func (r *reader) named(e *Entry, m method) string {
	if m.Type != "JsonWebKey2020" || m.Controller != r.list || !strings.HasPrefix(m.ID, r.list+":") {
		return isElsewhere
	}
	kid, err := base64.Decode(base64.StdPadded, []byte(m.Key.KID))
	if err != nil {
		return fmt.Sprintf("%s: its key ID: %v", isUnreadable, err)
	}
	e.KeyID = kid
	if m.ID != fmt.Sprintf("%s:%s:%s:%s#%s", r.list, e.Domain, e.Participant, e.Usage, m.Key.KID) {
		return isContrary
	}
	switch {
	// ISO 3166-1 leaves XAA to XZZ to its users, and the network takes its test participants from there.
	case strings.HasPrefix(e.Participant, "X"):
		return isTest
	case domains[e.Domain] == nil:
		return isOtherDomain
	case e.Usage != SCA && e.Usage != DSC:
		return isOtherUse
	}
	if countryCode(e.Participant) == "" {
		return isNoCountry
	}
	return ""
}

// unfit holds the certificate of an entry against its other members.
func (e *Entry) unfit(key *jwk) string {
	c := e.Certificate
	if err := c.Usable(); err != nil {
		return err.Error()
	}
	if !key.fits(c.Key) {
		return keyConflict
	}
	if digest := digestOf(c); len(e.KeyID) < minKeyID || !bytes.HasPrefix(digest, e.KeyID) {
		return otherKeyID
	}
	if countryOf(c) != countryCode(e.Participant) {
		return otherCountry
	}
	if isCA := issues(c); isCA != (e.Usage == SCA) {
		return otherRole
	}
	return ""
}

// String names the entry by its place and, where it is known, its DID.
func (e Entry) String() string {
	if e.ID == "" {
		return fmt.Sprintf("entry %d", e.Index+1)
	}
	return fmt.Sprintf("entry %d, %s", e.Index+1, e.ID)
}
