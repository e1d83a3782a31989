package json

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
)

// Unmarshal fills v, a pointer as encoding/json takes it, from the one value that b is, after Check. The names of
// members match those of fields exactly: a member that matches one in all but case is refused with ErrFieldCase, and one
// that matches none is passed over.
//
// Fields of types that decode themselves, such as json.RawMessage, are checked but not looked into; what they hold must
// be read with this package again. The same holds for an interface that holds a pointer. Types that encoding/json reads
// loosely are refused as the programmer's mistake: []byte, arrays, maps with keys that are not strings. A null leaves a field as it was.
//
// A text that is refused gives an *Error; v may then be partly filled.
func Unmarshal(b []byte, v any, l Limits) error { return unmarshal(b, v, l, false) }

// UnmarshalClosed is Unmarshal that refuses members without a field, with ErrUnknownField.
func UnmarshalClosed(b []byte, v any, l Limits) error { return unmarshal(b, v, l, true) }

func unmarshal(b []byte, v any, l Limits, closed bool) error {
	if p := reflect.ValueOf(v); p.Kind() != reflect.Pointer || p.IsNil() {
		return &json.InvalidUnmarshalError{Type: reflect.TypeOf(v)}
	}
	s, err := shapeOf(reflect.TypeOf(v))
	if err != nil {
		return err
	}
	if err := check(b, l, s, closed); err != nil {
		return err
	}
	return refusal(json.Unmarshal(b, v))
}

// refusal turns an error of encoding/json, which may quote the document, into an *Error that does not.
func refusal(err error) error {
	if err == nil {
		return nil
	}
	var own *Error
	if errors.As(err, &own) {
		return own
	}
	var mismatch *json.UnmarshalTypeError
	if errors.As(err, &mismatch) {
		kind, _, _ := strings.Cut(mismatch.Value, " ") // behind the space is the number itself
		reason := kind + " where " + mismatch.Type.String() + " is needed"
		return &Error{Offset: int(mismatch.Offset), Path: mismatch.Field, Reason: reason, Err: ErrType}
	}
	return &Error{Offset: -1, Reason: "value refused by the type that it is for", Err: ErrType}
}
