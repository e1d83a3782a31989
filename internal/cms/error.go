package cms

import (
	"errors"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/der"
)

// fail makes a *formats.Error of one of package der.
func fail(err error) error {
	var de *der.Error
	if !errors.As(err, &de) {
		return &formats.Error{Code: formats.CodeEnvelope, Step: Envelope, Offset: -1, Err: err}
	}
	code := formats.CodeEnvelope
	switch {
	case errors.Is(err, der.ErrTruncated):
		code = formats.CodeTruncated
	case errors.Is(err, der.ErrTrailing):
		code = formats.CodeTrailing
	case errors.Is(err, der.ErrLimit):
		code = formats.CodeLimit
	case errors.Is(err, der.ErrLength):
		code = formats.CodeNonCanonical
	}
	return &formats.Error{Code: code, Step: Envelope + ", " + de.What, Offset: de.Offset, Err: de.Err}
}

// isEncoding reports whether err is about how something is written, rather than what it says.
func isEncoding(err error) bool {
	var de *der.Error
	return errors.As(err, &de)
}
