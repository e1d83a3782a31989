package didweb

import (
	"crypto"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/json"
	"github.com/travelseal/travelseal/trustlist"
)

// The reasons for which a document is refused as a whole. They come within a *trustlist.LoadError.
var (
	// ErrFormat means that the source is something else, such as the page of a web server in place of the file.
	ErrFormat = errors.New("SOURCE_FORMAT: this is no DID document")
	// ErrUnpinned means that the caller has neither pinned the digest of the file nor said that it need not be authentic.
	ErrUnpinned = errors.New("the digest of the DID document is not pinned, and nothing else vouches for it")
	// ErrName means that the document is not that of a did:web, or not of the address that was pinned.
	ErrName = errors.New("the document is of another name")
	// ErrEmpty means that no key of the document can be used.
	ErrEmpty = errors.New("SOURCE_EMPTY: the document holds no key for assertions that can be used")
	// ErrLimit means that a document exceeds one of the limits of this package.
	ErrLimit = errors.New("the document exceeds a limit")
)

func refuse(source string, err error) error { return &trustlist.LoadError{Source: source, Err: err} }

// MaxKeys bounds the verification methods of a document.
const MaxKeys = 1000

// A Trust says what a document is held against. The zero Trust takes none.
type Trust struct {
	// Digests are what the caller has pinned: the file must be one of them.
	Digests []trustlist.DigestPin
	// Unauthenticated takes a document without a digest. It is not authenticated then, and says so.
	Unauthenticated bool
	// Scope lists the formats that the keys may seal; an empty Scope none.
	Scope []formats.ID
}

// A Document is one DID document. It is not changed after it was read.
type Document struct {
	// Source has the name given by the caller and the digest of the file. Its date is zero: the document has none.
	Source trustlist.Source
	DID    string // whose document it is
	Scope  []formats.ID
	Keys   []Key
}

// A Key is one verification method of a document, whether it can be used or not.
type Key struct {
	KeyID   string           // the fragment of its name: "key-1"
	Public  crypto.PublicKey // nil where it cannot be read
	Dropped string           // why it is left out; "" where it is not
}

// ReadDocument reads a DID document and holds it against what the caller trusts. The name is for messages. The error is a
// *trustlist.LoadError around one of this package's errors; what is wrong with one key alone stands there.
func ReadDocument(name string, data []byte, trust Trust) (*Document, error) {
	d := &Document{Source: trustlist.Source{Name: name, SHA256: sha256.Sum256(data)}, Scope: trust.Scope}
	if err := d.read(data, trust); err != nil {
		return nil, refuse(name, err)
	}
	return d, nil
}

func (d *Document) read(data []byte, trust Trust) error {
	var pin *trustlist.DigestPin
	for _, p := range trust.Digests {
		if p.SHA256 == d.Source.SHA256 {
			pin, d.Source.Authentication = &p, trustlist.PinnedHash
		}
	}
	if pin == nil && !trust.Unauthenticated {
		return ErrUnpinned
	}
	v, err := json.Parse(data, json.Limits{Depth: 8, Items: 40 * MaxKeys})
	if err != nil {
		return fmt.Errorf("%w: %w", ErrFormat, err)
	}
	var methods, assertions json.Value
	for name, member := range v.Members() {
		switch name {
		case "id":
			d.DID, _ = member.Text()
		case "verificationMethod":
			methods = member
		case "assertionMethod":
			assertions = member
		}
	}
	if methods.Kind() != json.Array || assertions.Kind() != json.Array {
		return ErrFormat
	}
	where, ok := address(d.DID)
	if !ok || pin != nil && strings.Contains(pin.Name, "://") && pin.Name != where {
		return ErrName
	}
	return d.readKeys(methods, d.references(assertions))
}

// address is where the document of a did:web lies (did:web method specification §3.2). Encoded characters, with which a DID
// writes a port, are not read here.
func address(did string) (string, bool) {
	name, ok := strings.CutPrefix(did, "did:web:")
	if !ok || name == "" || strings.ContainsAny(name, "/%?#@ \\") || strings.Contains(name, "::") || strings.HasSuffix(name, ":") || name[0] == ':' {
		return "", false
	}
	host, path, isPath := strings.Cut(name, ":")
	if !isPath {
		return "https://" + host + "/.well-known/did.json", true
	}
	return "https://" + host + "/" + strings.ReplaceAll(path, ":", "/") + "/did.json", true
}

// references are the names of the methods that are for assertions, in full. A method that stands there itself (DID Core
// §5.3) is not read.
func (d *Document) references(assertions json.Value) map[string]bool {
	names := make(map[string]bool)
	for _, v := range assertions.Elements() {
		if name, ok := v.Text(); ok {
			names[d.full(name)] = true
		}
	}
	return names
}

// full gives a name that may be a fragment alone in full (DID Core §3.2.2).
func (d *Document) full(name string) string {
	if strings.HasPrefix(name, "#") {
		return d.DID + name
	}
	return name
}
