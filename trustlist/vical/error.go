package vical

import (
	"errors"

	"github.com/travelseal/travelseal/trustlist"
)

// The reasons for which a list is refused as a whole. They come within a *trustlist.LoadError.
var (
	// ErrFormat means that the file is something else, such as the page of a web server in place of the list.
	ErrFormat = errors.New("this is no list of issuers of mobile documents")
	// ErrVICAL means a list that is not made as ISO/IEC 18013-5 Annex C wants it.
	ErrVICAL = errors.New("the list is not made as ISO/IEC 18013-5 wants it")
	// ErrUnpinned means that the caller has neither pinned a provider nor said that the list need not be authentic.
	ErrUnpinned = errors.New("no provider of the list is pinned")
	// ErrSigner means that no pinned provider answers for the list's signer, or that its certificate is for other uses.
	ErrSigner = errors.New("the signer of the list is not one of the pinned provider")
	// ErrSignature means that the list is not what its signer signed.
	ErrSignature = errors.New("the signature of the list does not hold")
	// ErrOlder means that the list was issued before the last one seen.
	ErrOlder = errors.New("the list is older than one seen before")
	// ErrEmpty means that the list holds nothing usable. A relying party who takes it trusts nobody from then on.
	ErrEmpty = errors.New("the list holds no usable certificate")
	// ErrLimit means that the list exceeds one of the limits of this package.
	ErrLimit = errors.New("the list exceeds a limit")
	// ErrOutdated means that a list is not to be used at a moment any more, or not yet: see [List.CheckAt].
	ErrOutdated = errors.New("the list is not one of this time")
)

func refuse(source string, err error) error { return &trustlist.LoadError{Source: source, Err: err} }
