package icao

import (
	"errors"

	"github.com/travelseal/travelseal/trustlist"
)

// The reasons for which a source is refused as a whole. They come within a *trustlist.LoadError.
var (
	// ErrFormat means that the source is something else, such as the page of a web server in place of the file.
	ErrFormat = errors.New("this is no list of certificates")
	// ErrMasterList means a master list that is not made as Doc 9303-12 §9 wants it.
	ErrMasterList = errors.New("the master list is not made as Doc 9303-12 wants it")
	// ErrUnpinned means that the caller has neither pinned a publisher nor said that the list need not be authentic.
	ErrUnpinned = errors.New("no publisher of the master list is pinned")
	// ErrSigner means that no pinned publisher answers for the list's signer, or that its certificate is for other uses.
	ErrSigner = errors.New("the signer of the master list is not one of the pinned publisher")
	// ErrSignature means that the list is not what its signer signed.
	ErrSignature = errors.New("the signature of the master list does not hold")
	// ErrOlder means that the list was signed before the last one seen.
	ErrOlder = errors.New("the master list is older than one seen before")
	// ErrEmpty means that a source holds nothing usable. A relying party who takes it trusts nobody from then on.
	ErrEmpty = errors.New("the source holds no usable certificate")
	// ErrPrivateKey means that a file holds a private key, and must not be handed around.
	ErrPrivateKey = errors.New("the file holds a private key")
	// ErrLimit means that a source exceeds one of the limits of this package.
	ErrLimit = errors.New("the source exceeds a limit")
)

func refuse(source string, err error) error { return &trustlist.LoadError{Source: source, Err: err} }
