package json

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Append writes a value as encoding/json does, in one line and without escapes for HTML. A text that is not UTF-8 is an error
// with ErrUTF8, where encoding/json would change it.
func Append(dst []byte, v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return dst, err
	}
	if mended(b.Bytes()) {
		return dst, fmt.Errorf("a text that is written: %w", ErrUTF8)
	}
	return append(dst, bytes.TrimSuffix(b.Bytes(), []byte("\n"))...), nil
}

// mended reports whether encoding/json has written its escape for bytes that are no text. The character U+FFFD itself it
// leaves as it is, and a backslash it writes twice.
func mended(b []byte) bool {
	for {
		at := bytes.IndexByte(b, '\\')
		if at < 0 {
			return false
		}
		if bytes.HasPrefix(b[at:], []byte(`\ufffd`)) {
			return true
		}
		b = b[at+2:]
	}
}
