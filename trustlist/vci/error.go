package vci

import (
	"errors"

	"github.com/travelseal/travelseal/trustlist"
)

// The reasons for which a snapshot is refused as a whole. They come within a *trustlist.LoadError.
var (
	// ErrFormat means that the source is something else, such as the page of a web server in place of the file.
	ErrFormat = errors.New("SOURCE_FORMAT: this is no snapshot of the directory")
	// ErrUnpinned means that the caller has neither pinned a key nor said that the snapshot need not be authentic.
	ErrUnpinned = errors.New("no key of the directory is pinned")
	// ErrSignature means that the snapshot is not what a pinned key signed.
	ErrSignature = errors.New("no pinned key has signed the snapshot")
	// ErrOlder means that the snapshot was made before the last one seen.
	ErrOlder = errors.New("SOURCE_STALE: the snapshot is older than one seen before")
	// ErrEmpty means that nothing is left of the snapshot.
	ErrEmpty = errors.New("SOURCE_EMPTY: the snapshot holds no key that can be used")
	// ErrLimit means that a snapshot exceeds one of the limits of this package.
	ErrLimit = errors.New("the snapshot exceeds a limit")
)

func refuse(source string, err error) error { return &trustlist.LoadError{Source: source, Err: err} }
