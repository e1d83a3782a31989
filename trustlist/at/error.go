package at

import (
	"errors"

	"github.com/travelseal/travelseal/trustlist"
)

// The reasons for which a list is refused as a whole. They come within a *trustlist.LoadError.
var (
	// ErrFormat means that the source is something else, such as the page of a web server in place of the file.
	ErrFormat = errors.New("SOURCE_FORMAT: this is no Austrian trust list")
	// ErrUnpinned means that the caller has neither pinned a certificate nor said that the list need not be authentic.
	ErrUnpinned = errors.New("no certificate of the Austrian list is pinned")
	// ErrEnvelope means that no message beside the list is one about it, of version 2, made as it must be.
	ErrEnvelope = errors.New("no message beside the list is about it")
	// ErrSignature means that the message about the list is not what a pinned key signed.
	ErrSignature = errors.New("no pinned key has signed the list")
	// ErrTime means that the list does not count at the moment that the caller states.
	ErrTime = errors.New("SOURCE_STALE: the list does not count at this moment")
	// ErrOlder means that the list was made before the last one seen.
	ErrOlder = errors.New("SOURCE_STALE: the list is older than one seen before")
	// ErrEmpty means that nothing is left of the list.
	ErrEmpty = errors.New("SOURCE_EMPTY: the list holds no certificate that can be used")
	// ErrLimit means that a list exceeds one of the limits of this package.
	ErrLimit = errors.New("the list exceeds a limit")
)

func refuse(source string, err error) error { return &trustlist.LoadError{Source: source, Err: err} }
