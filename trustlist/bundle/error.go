package bundle

import (
	"errors"
	"strings"
)

// A Kind says what is wrong with a bundle. Kinds are stable: programs may compare them.
type Kind string

// The kinds.
const (
	// Rollback: the bundle, or a role of it, is older than what was seen before (TUF §5.4.3, §5.5.5).
	Rollback Kind = "rollback"
	// Mixed: its parts do not belong together (§5.5.2, §5.6.4).
	Mixed Kind = "mixed"
	// Signature: too few of the keys that a role needs have signed it, or one was counted twice.
	Signature Kind = "signature"
	// Rotation: a root does not follow from the one before it (§5.3).
	Rotation Kind = "rotation"
	// Path: a name that could lead out of its folder, or means two files on some systems.
	Path Kind = "path"
	// Limit: larger, longer or more than the limits of this package, or than what was signed.
	Limit Kind = "limit"
	// Hash: a data file is missing, or is not the one that was signed.
	Hash Kind = "hash"
	// Form: it is no bundle, or its metadata are not of the form that the specification and this package require.
	Form Kind = "form"
	// State: the memory of a post cannot be used.
	State Kind = "state"
	// Unsafe: others may change the store of a post.
	Unsafe Kind = "unsafe"
	// Busy: another process is at work in the same folder.
	Busy Kind = "busy"
	// Incomplete: a draft lacks signatures, or something to sign.
	Incomplete Kind = "incomplete"
	// Refused: the caller's own check has refused the content.
	Refused Kind = "refused"
)

// An Error says why a bundle cannot be used: of which kind it is, at which step, at which place, and what the limit was.
type Error struct {
	Kind  Kind
	Step  string // "root", "timestamp", "snapshot", "targets", "files", "install", "open", …
	Place string // the file within the bundle, or the role; "" where it is the whole
	Limit string // what would have been right, where that can be said in few words
	Err   error
}

func (e *Error) Error() string {
	var s strings.Builder
	s.WriteString("bundle: " + e.Step)
	if e.Place != "" {
		s.WriteString(": " + e.Place)
	}
	s.WriteString(": " + e.Err.Error())
	if e.Limit != "" {
		s.WriteString(" (" + e.Limit + ")")
	}
	return s.String()
}

func (e *Error) Unwrap() error { return e.Err }

// KindOf gives the kind of an error of this package, "" for any other.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

func refuse(kind Kind, step, place, limit, reason string) error {
	return &Error{Kind: kind, Step: step, Place: place, Limit: limit, Err: errors.New(reason)}
}

func wrap(kind Kind, step, place string, err error) error {
	return &Error{Kind: kind, Step: step, Place: place, Err: plain(err)}
}
