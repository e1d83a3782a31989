package dgcg

import (
	"errors"

	"github.com/travelseal/travelseal/trustlist"
)

// The reasons for which a list is refused as a whole. They come within a *trustlist.LoadError.
var (
	// ErrFormat means that the source is something else, such as the page of a web server in place of the file.
	ErrFormat = errors.New("SOURCE_FORMAT: this is no trust list of the gateway")
	// ErrUnpinned means that the caller has neither pinned a trust anchor nor said that the list need not be authentic.
	ErrUnpinned = errors.New("no trust anchor of the gateway is pinned")
	// ErrEmpty means that nothing is left of the list.
	ErrEmpty = errors.New("SOURCE_EMPTY: the list holds no certificate that can be used")
	// ErrLimit means that a list exceeds one of the limits of this package.
	ErrLimit = errors.New("the list exceeds a limit")
)

func refuse(source string, err error) error { return &trustlist.LoadError{Source: source, Err: err} }
