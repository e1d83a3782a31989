package c40

import "strings"

// Zone reads a machine readable zone of so many characters, whose fillers are written as blanks (Doc 9303-13 §2.3.1). The
// error is an *Error.
func Zone(b []byte, characters int) (string, error) {
	s, err := Decode(b)
	switch {
	case err != nil:
		return "", err
	case len(s) != characters:
		return "", &Error{len(b), "a machine readable zone of another size"}
	}
	return strings.ReplaceAll(s, " ", "<"), nil
}
