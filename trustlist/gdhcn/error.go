package gdhcn

import (
	"errors"

	"github.com/travelseal/travelseal/trustlist"
)

// The reasons for which a list or a file beside it is refused as a whole. They come within a *trustlist.LoadError.
var (
	// ErrFormat means that the source is something else, such as the page of a web server in place of the file.
	ErrFormat = errors.New("SOURCE_FORMAT: this is no trust list of the network (DID document, version 2)")
	// ErrUnpinned means that the caller has pinned neither a root nor a key of the lists, nor said that the list need not be authentic.
	ErrUnpinned = errors.New("no root of the trust network is pinned, and no key of its lists")
	// ErrOlder means that a list was made before the last one seen.
	ErrOlder = errors.New("SOURCE_STALE: the list is older than one seen before")
	// ErrEmpty means that nothing is left of the list.
	ErrEmpty = errors.New("SOURCE_EMPTY: the list holds no certificate that can be used")
	// ErrLimit means that a list exceeds one of the limits of this package.
	ErrLimit = errors.New("the list exceeds a limit")
	// ErrAuthority means a file that is no authority's certificate signed by the trust anchor.
	ErrAuthority = errors.New("this is no authority signed by the trust anchor")
	// ErrSigner means that no pinned root answers for who signed an authority.
	ErrSigner = errors.New("the signer is not the trust anchor of a pinned root")
	// ErrSignature means that an authority is not what its signer signed.
	ErrSignature = errors.New("the signature of the trust anchor does not hold")
)

func refuse(source string, err error) error { return &trustlist.LoadError{Source: source, Err: err} }
