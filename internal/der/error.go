package der

import (
	"errors"
	"fmt"
)

// An Error says what was being read, at which byte of the data first given to [New], and what is wrong with it.
type Error struct {
	What   string // "the serial number"
	Offset int
	Err    error
}

func (e *Error) Error() string { return fmt.Sprintf("%s at byte %d: %v", e.What, e.Offset, e.Err) }

func (e *Error) Unwrap() error { return e.Err }

// The ways in which data can be wrong.
var (
	ErrTruncated = errors.New("ends too early")
	ErrTrailing  = errors.New("something follows it")
	ErrTag       = errors.New("another type of value stands here")
	ErrLength    = errors.New("its length is not written as DER wants it")
	ErrValue     = errors.New("its value is not written as DER wants it")
	ErrRange     = errors.New("its value is out of range")
	ErrLimit     = errors.New("it exceeds a limit")
)

// A Deviation is one departure from the rules of encoding that was read nevertheless, because genuine issuers make it.
type Deviation struct {
	Code   string // stable, such as "ber.indefinite_length"
	Where  string // what it was found in: "the basic constraints"
	Offset int
}
