package scan

import (
	"errors"
	"fmt"
)

// Limits bound the work that one picture can cause. A field that is not positive means the default.
type Limits struct {
	Pixels    int // width times height, of all frames together; default 40,000,000
	FileBytes int // bytes of the file; default 64 MiB
	Frames    int // frames of an animation; default 16
	Symbols   int // codes in one picture; default 32
}

// DefaultLimits are the limits that a zero Limits means.
var DefaultLimits = Limits{Pixels: 40_000_000, FileBytes: 64 << 20, Frames: 16, Symbols: 32}

func (l Limits) orDefault() Limits {
	d := DefaultLimits
	if l.Pixels > 0 {
		d.Pixels = l.Pixels
	}
	if l.FileBytes > 0 {
		d.FileBytes = l.FileBytes
	}
	if l.Frames > 0 {
		d.Frames = l.Frames
	}
	if l.Symbols > 0 {
		d.Symbols = l.Symbols
	}
	return d
}

// An Error says why a picture gave no symbols. It holds nothing of what the picture shows.
type Error struct {
	Code string // one of the codes below; package verify gives each its sentence and next step
	Err  error
}

func (e *Error) Error() string { return "scan: " + e.Err.Error() }

func (e *Error) Unwrap() error { return e.Err }

// The codes that an Error can carry.
const (
	// CodeTooLarge means that a limit was reached; the error names it and the value.
	CodeTooLarge = "input.too_large"
	// CodeNoSymbol means that the picture is sound and no code was found in it.
	CodeNoSymbol = "input.no_symbol"
	// CodeUnreadable means that the picture is damaged.
	CodeUnreadable = "input.unreadable"
	// CodeMediaType means that the file is not a picture of a kind that is read; the error says what it looks like.
	CodeMediaType = "input.media_type"
)

// ErrNoSymbol means that no code was found in a picture.
var ErrNoSymbol = errors.New("no code was found in the picture")

// tooLarge is the error of a limit. Values beyond the limit are given as they were announced.
func tooLarge(what string, value int64, limit int) error {
	return &Error{CodeTooLarge, fmt.Errorf("%s: %d, limit %d", what, value, limit)}
}

func unreadable(err error) error { return &Error{CodeUnreadable, err} }
