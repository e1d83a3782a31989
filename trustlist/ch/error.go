package ch

import (
	"errors"

	"github.com/travelseal/travelseal/trustlist"
)

// The reasons for which a list is refused as a whole. They come within a *trustlist.LoadError.
var (
	// ErrFormat means that the source is something else, such as the page of a web server in place of the file.
	ErrFormat = errors.New("SOURCE_FORMAT: this is no Swiss list of keys")
	// ErrUnpinned means that the caller has not pinned a root and a signer's name, nor said that the list need not be authentic.
	ErrUnpinned = errors.New("no root and signer's name of the Swiss list are pinned")
	// ErrSigner means that no pinned root answers for who signed the list, or that it is somebody else.
	ErrSigner = errors.New("the signer of the list is not the one of the pinned root and name")
	// ErrNotCA means that a certificate under the root was used as an authority that is none.
	ErrNotCA = errors.New("CHAIN_NOT_CA: a certificate on the way from the signer to the pinned root may not issue certificates")
	// ErrSignature means that the list is not what its signer signed.
	ErrSignature = errors.New("the signature of the list does not hold")
	// ErrActive means that no list beside says which keys are in force, signed as it must be.
	ErrActive = errors.New("no list beside says which of the keys are in force (keys/list)")
	// ErrStale means that the list does not count at the moment that the caller states, by what its signer has signed.
	ErrStale = errors.New("SOURCE_STALE: the list does not count at this moment")
	// ErrOlder means that the list was made before the last one seen.
	ErrOlder = errors.New("SOURCE_STALE: the list is older than one seen before")
	// ErrEmpty means that nothing is left of the list.
	ErrEmpty = errors.New("SOURCE_EMPTY: the list holds no key that can be used")
	// ErrLimit means that a list exceeds one of the limits of this package.
	ErrLimit = errors.New("the list exceeds a limit")
)

func refuse(source string, err error) error { return &trustlist.LoadError{Source: source, Err: err} }
