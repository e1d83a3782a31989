package formats

import (
	"errors"
	"strconv"
	"strings"
)

// An Error says why an Input could not be decoded: the format, a code of package verify, the step and place where
// decoding stopped, and the cause. It holds no content of the document.
type Error struct {
	Format ID
	Code   string // "decode.encoding"
	Step   string // "base45", "claim 4 (exp)"
	Offset int    // byte offset within the step's input, or -1 where there is none
	Err    error
}

func (e *Error) Error() string {
	var b strings.Builder
	if e.Format != "" {
		b.WriteString(string(e.Format))
		b.WriteString(": ")
	}
	if e.Step != "" {
		b.WriteString(e.Step)
		if e.Offset >= 0 {
			b.WriteString(" at byte ")
			b.WriteString(strconv.Itoa(e.Offset))
		}
		b.WriteString(": ")
	}
	b.WriteString(reason(e.Err))
	return b.String()
}

// reason is the text of a cause. The strict readers' errors say where they stand by themselves; that is said already.
func reason(err error) string {
	if bare, ok := err.(interface{ Bare() string }); ok {
		return bare.Bare()
	}
	return err.Error()
}

func (e *Error) Unwrap() error { return e.Err }

// The codes that an Error can carry. Package verify gives each its sentence, citation and next step.
const (
	CodeUnknownFormat = "decode.unknown_format"
	CodeAmbiguous     = "decode.ambiguous"
	CodeVersion       = "decode.version"
	CodeTruncated     = "decode.truncated"
	CodeEncoding      = "decode.encoding"
	CodeEnvelope      = "decode.envelope"
	CodePayload       = "decode.payload"
	CodeNonCanonical  = "decode.noncanonical"
	CodeTrailing      = "decode.trailing"
	CodeLimit         = "decode.limit"
	CodePanic         = "decode.internal"
)

// The codes that a Problem can carry.
const (
	CodeSealHeader      = "seal.header"
	CodeSealUnsupported = "seal.unsupported"
)

var (
	// ErrUnknown means that no format of the Set recognises the Input.
	ErrUnknown = errors.New("no known format recognises this")
	// ErrAmbiguous means that more than one format claims the Input.
	ErrAmbiguous = errors.New("more than one format recognises this")
)
