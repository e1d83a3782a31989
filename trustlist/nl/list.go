package nl

import (
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/strict/base64"
	"github.com/travelseal/travelseal/internal/strict/json"
	"github.com/travelseal/travelseal/trustlist"
)

// MaxKeys bounds the keys of a list. Published lists have some 900.
const MaxKeys = 20_000

var (
	outerLimits = json.Limits{Depth: 1, Items: 8}
	listLimits  = json.Limits{Depth: 6, Items: 30 * MaxKeys}
)

// A Trust says from whom a list is taken. The zero Trust takes none.
type Trust struct {
	// Roots are the pinned authorities. They, and the name, come to the caller on another way than the list.
	Roots []*cert.Certificate
	// Between are certificates that may lead from the signer to a root. Nothing rests on them.
	Between []*cert.Certificate
	// CommonNames are the names of signers under the roots: the whole common name of the subject. Without one nobody is.
	CommonNames []string
	// Country is that of the root's subject; "" asks for none.
	Country string
	// Unauthenticated takes a list from anybody. The signature is then not looked at, and the list says so.
	Unauthenticated bool
	// Since is the date of the last list seen. One that was signed before is refused.
	Since time.Time
}

// A List is one list. It is not changed after it was read.
type List struct {
	// Source has the name given by the caller, the moment at which the list was signed, and the digest of the file.
	Source trustlist.Source
	Keys   []Key
	// Signer is the certificate of the signer and those above it; nil where the list is not authenticated.
	Signer []*cert.Certificate
}

// ReadList reads a list and holds it against whom the caller trusts. The name is for messages. The error is a
// *trustlist.LoadError around one of this package's errors; what is wrong with one key alone stands there.
func ReadList(name string, data []byte, trust Trust) (*List, error) {
	if (len(trust.Roots) == 0 || len(trust.CommonNames) == 0) && !trust.Unauthenticated {
		return nil, refuse(name, ErrUnpinned)
	}
	l := &List{Source: trustlist.Source{Name: name, SHA256: sha256.Sum256(data)}}
	if err := l.read(data, trust); err != nil {
		return nil, refuse(name, err)
	}
	return l, nil
}

func (l *List) read(data []byte, trust Trust) error {
	var outer struct {
		Payload   string `json:"payload"`
		Signature string `json:"signature"`
	}
	if err := json.Unmarshal(data, &outer, outerLimits); err != nil {
		return fmt.Errorf("%w: %w", ErrFormat, err)
	}
	if outer.Payload == "" || outer.Signature == "" {
		return fmt.Errorf("%w: payload and signature are needed", ErrFormat)
	}
	payload, err := base64.Decode(base64.StdPadded, []byte(outer.Payload))
	if err != nil {
		return fmt.Errorf("%w: payload: %w", ErrFormat, err)
	}
	message, err := base64.Decode(base64.StdPadded, []byte(outer.Signature))
	if err != nil {
		return fmt.Errorf("%w: signature: %w", ErrFormat, err)
	}
	if !trust.Unauthenticated {
		if err := l.authenticate(message, payload, trust); err != nil {
			return err
		}
		if l.Source.Date.Before(trust.Since) {
			return ErrOlder
		}
	}
	v, err := json.Parse(payload, listLimits)
	if err != nil {
		return fmt.Errorf("%w: the payload: %w", ErrFormat, err)
	}
	return l.readKeys(v)
}
