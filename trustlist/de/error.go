package de

import (
	"errors"

	"github.com/travelseal/travelseal/trustlist"
)

// The reasons for which a list is refused as a whole, beside those of package dgcg for its items. They come within a
// *trustlist.LoadError.
var (
	// ErrFormat means that the source is something else, such as the page of a web server in place of the file.
	ErrFormat = errors.New("SOURCE_FORMAT: this is no German list of document signers")
	// ErrUnpinned means that the caller has neither pinned a key nor said that the list need not be authentic.
	ErrUnpinned = errors.New("no key of the German list is pinned")
	// ErrSignature means that the list is not what a pinned key signed.
	ErrSignature = errors.New("no pinned key has signed the list")
	// ErrOlder means that the list was made before the last one seen.
	ErrOlder = errors.New("SOURCE_STALE: the list is older than one seen before")
)

func refuse(source string, err error) error { return &trustlist.LoadError{Source: source, Err: err} }
