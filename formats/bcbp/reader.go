package bcbp

import (
	"errors"
	"fmt"

	"github.com/travelseal/travelseal/formats"
)

// A reader walks over a text once. Its end may be that of a field within the text, so that no item reaches beyond the
// length that was stated for it.
type reader struct {
	text []byte // the whole text
	at   int
	end  int
}

func (r *reader) left() int { return r.end - r.at }

// take gives the next characters. field says within what they must stand.
func (r *reader) take(name string, size int) (string, error) {
	if size > r.left() {
		if r.end < len(r.text) {
			return "", fail(formats.CodePayload, name, r.at, fmt.Errorf("its %d characters reach beyond the field that it stands in, of which %d are left", size, r.left()))
		}
		return "", fail(formats.CodeTruncated, name, r.at, fmt.Errorf("%d characters, of which %d are there", size, r.left()))
	}
	r.at += size
	return string(r.text[r.at-size : r.at]), nil
}

// hex reads two hexadecimal digits. The resolution writes capital letters.
func (r *reader) hex(name string) (int, error) {
	at := r.at
	text, err := r.take(name, 2)
	if err != nil {
		return 0, err
	}
	n := 0
	for i := range len(text) {
		switch c := text[i]; {
		case digit(c):
			n = n<<4 | int(c-'0')
		case c >= 'A' && c <= 'F':
			n = n<<4 | int(c-'A'+10)
		default:
			return 0, fail(formats.CodePayload, name, at+i, errors.New("not a hexadecimal digit in capitals"))
		}
	}
	return n, nil
}

// field reads a length and gives a reader of what it covers, which this one then has behind it.
func (r *reader) field(size item) (reader, error) {
	at := r.at
	n, err := r.hex(size.name)
	if err != nil {
		return reader{}, err
	}
	if n > r.left() {
		code := formats.CodePayload
		if r.end == len(r.text) {
			code = formats.CodeTruncated
		}
		return reader{}, fail(code, size.name, at, fmt.Errorf("%d characters are announced, and %d are left", n, r.left()))
	}
	inner := reader{text: r.text, at: r.at, end: r.at + n}
	r.at += n
	return inner, nil
}

func fail(code, step string, offset int, err error) error {
	return &formats.Error{Format: ID, Code: code, Step: step, Offset: offset, Err: err}
}
