package trustlist

import "errors"

// ErrRevocations is within the error of an importer that cannot take a list of revoked documents. It stops the loading, also of
// a folder: a list that is passed over would make revoked documents look good.
var ErrRevocations = errors.New("a list of revoked documents cannot be used")

// A LoadError says why a trust source could not be used, and which.
type LoadError struct {
	Source string
	Err    error
}

func (e *LoadError) Error() string { return "trust list " + e.Source + ": " + e.Err.Error() }
func (e *LoadError) Unwrap() error { return e.Err }
