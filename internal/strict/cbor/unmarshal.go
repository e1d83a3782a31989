package cbor

import (
	"errors"
	"io"

	"github.com/fxamacker/cbor/v2"
)

// These bound what Check has not seen. They lie above every sensible Limits: Check is what bounds a document.
const (
	maxNested  = 64
	maxEntries = 1 << 16
)

var strict, lenient = mode(cbor.IndefLengthForbidden), mode(cbor.IndefLengthAllowed)

func mode(indefinite cbor.IndefLengthMode) cbor.DecMode {
	m, err := cbor.DecOptions{
		DupMapKey:         cbor.DupMapKeyEnforcedAPF,
		FieldNameMatching: cbor.FieldNameMatchingCaseSensitive,
		IndefLength:       indefinite,
		MaxNestedLevels:   maxNested,
		MaxArrayElements:  maxEntries,
		MaxMapPairs:       maxEntries,
		UTF8:              cbor.UTF8RejectInvalid,
		TagsMd:            cbor.TagsAllowed,
		TimeTag:           cbor.DecTagRequired, // a bare number or text is never silently a time
		BinaryUnmarshaler: cbor.BinaryUnmarshalerNone,
	}.DecMode()
	if err != nil {
		panic(err) // the options are constants, and a test builds them
	}
	return m
}

// Unmarshal fills v, a pointer to a struct, map or slice as fxamacker/cbor describes them, from the one item that b is.
// Names and integer keys of struct fields match exactly; keys without a field are passed over.
//
// Check judges the form of a text and must have accepted b before: Unmarshal alone does not look for long heads, nor for
// repeated keys in what it passes over. What it leaves to the caller is in the nature of structs: null leaves a field as
// it was, and a tag before a value is passed over. A field for which that matters is a Value.
//
// The error is an *Error, with the offset -1 where the library does not tell, and without the content of b.
func Unmarshal(b []byte, v any) error { return refusal(strict.Unmarshal(b, v)) }

// UnmarshalLenient is Unmarshal for a text that CheckLenient accepted with Leniency.Indefinite.
func UnmarshalLenient(b []byte, v any) error { return refusal(lenient.Unmarshal(b, v)) }

// refusal turns an error of the library, which may quote the document, into an *Error that does not.
func refusal(err error) error {
	var own *Error
	switch e := err.(type) {
	case nil:
		return nil
	case *cbor.InvalidUnmarshalError:
		return err // the caller's mistake, and about its own type
	case *cbor.UnmarshalTypeError:
		where := e.StructFieldName
		if where == "" {
			where = e.GoType
		}
		return &Error{-1, e.CBORType + " where " + where + " needs another type", ErrType}
	case *cbor.DupMapKeyError:
		return &Error{-1, "duplicate map key (RFC 8949 §5.6)", ErrDuplicateKey}
	case *cbor.ExtraneousDataError:
		return &Error{-1, "data after the item", ErrTrailing}
	case *cbor.IndefiniteLengthError:
		return &Error{-1, "indefinite length (RFC 8949 §4.2.1)", ErrNonCanonical}
	case *cbor.MaxNestedLevelError, *cbor.MaxArrayElementsError, *cbor.MaxMapPairsError:
		return &Error{-1, "nesting or length beyond the limit", ErrLimit}
	case *cbor.SemanticError:
		return &Error{-1, "text is not UTF-8 (RFC 8949 §3.1)", ErrUTF8}
	}
	switch {
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return &Error{-1, "input ends within an item", ErrTruncated}
	case errors.As(err, &own):
		return own
	}
	return &Error{-1, "not well-formed, or not what a tag or field asks for", ErrMalformed}
}
