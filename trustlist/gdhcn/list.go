package gdhcn

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/strict/json"
	"github.com/travelseal/travelseal/trustlist"
)

// MaxEntries bounds the entries of a list; the longest published has some 500.
const MaxEntries = 10_000

var listLimits = json.Limits{Depth: 8, Items: 50 * MaxEntries}

// A Trust says what a list is held against. The zero Trust takes none.
type Trust struct {
	// Roots are the pinned certificates: the root of WHO's trust network, or the authorities below it.
	Roots []*cert.Certificate
	// Between are certificates that may lead from a signer to a root. Nothing rests on them.
	Between []*cert.Certificate
	// Authorities are the files TNG_TA.signed.SCA.json, in any order.
	Authorities []trustlist.File
	// Signers are the pinned keys that make the linked data proof. They come to the caller on another way than the list: the
	// document that publishes them lies on the same servers.
	Signers []trustlist.Anchor
	// Unauthenticated takes a list without roots and signers. None of its entries is authenticated then, and each says so.
	Unauthenticated bool
	// Since is the date of the last list seen. One whose proof holds and was made before is refused. Without a proof that
	// holds nothing tells an old list.
	Since time.Time
}

// A List is one trust list. It is not changed after it was read.
type List struct {
	// Source has the name given by the caller and the digest of the file. Its date is when the proof was made, where a pinned
	// key has made it, and zero otherwise: nothing else that is checked says when the list was made.
	Source trustlist.Source
	ID     string // the DID of the list
	// Created is what the list itself says; zero where it does not.
	Created time.Time
	// Proof is the second check, beside the trust anchor's signatures.
	Proof   Proof
	Entries []Entry
	// Authorities are the certificates that the trust anchor has signed, whether the list has them or not.
	Authorities []*cert.Certificate
	// Refused are the files beside the list that are no such authorities.
	Refused []trustlist.Dropped
}

// ReadList reads a trust list and holds it against what the caller trusts. The name is for messages. The error is a
// *trustlist.LoadError around one of this package's errors; what is wrong with one entry alone stands in the entry.
func ReadList(name string, data []byte, trust Trust) (*List, error) {
	if len(trust.Roots) == 0 && len(trust.Signers) == 0 && !trust.Unauthenticated {
		return nil, refuse(name, ErrUnpinned)
	}
	l := &List{Source: trustlist.Source{Name: name, SHA256: sha256.Sum256(data)}}
	if err := l.read(data, trust); err != nil {
		return nil, refuse(name, err)
	}
	l.authorities(trust)
	l.authenticate()
	for _, e := range l.Entries {
		if e.Dropped == "" {
			return l, nil
		}
	}
	return nil, refuse(name, ErrEmpty)
}

func (l *List) read(data []byte, trust Trust) error {
	if !bytes.HasPrefix(bytes.TrimLeft(data, " \t\r\n"), []byte("{")) {
		return ErrFormat
	}
	document, err := json.Parse(data, listLimits)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrFormat, err)
	}
	var methods json.Value
	for name, v := range document.Members() {
		switch name {
		case "id":
			l.ID, _ = v.Text()
		case "verificationMethod":
			methods = v
		}
	}
	if l.ID == "" || methods.Kind() != json.Array {
		return ErrFormat
	}
	r := reader{list: l.ID, seen: make(map[string]bool)}
	for i, v := range methods.Elements() {
		if i == MaxEntries {
			return fmt.Errorf("%w: more than %d entries", ErrLimit, MaxEntries)
		}
		l.Entries = append(l.Entries, r.entry(i, v))
	}
	if len(l.Entries) == 0 {
		return ErrEmpty
	}
	l.prove(document, trust.Signers)
	l.Created = l.Proof.Created
	if l.Proof.Signer != nil {
		l.Source.Date = l.Proof.Created
		if l.Source.Date.Before(trust.Since) {
			return ErrOlder
		}
	}
	return nil
}
