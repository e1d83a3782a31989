package c40

// Zone reads a machine readable zone of so many characters, whose fillers are written as blanks (Doc 9303-13 §2.3.1). The
// error is an *Error.
func Zone(b []byte, characters int) (string, error) {
	var room [maxText]byte
	text, err := appendText(room[:0], b)
	switch {
	case err != nil:
		return "", err
	case len(text) != characters:
		return "", &Error{len(b), "a machine readable zone of another size"}
	}
	for i, c := range text {
		if c == ' ' {
			text[i] = '<'
		}
	}
	return string(text), nil
}
