package trustlist

// A LoadError says why a trust source could not be used, and which.
type LoadError struct {
	Source string
	Err    error
}

func (e *LoadError) Error() string { return "trust list " + e.Source + ": " + e.Err.Error() }
func (e *LoadError) Unwrap() error { return e.Err }
