package batch

import (
	"errors"
	"fmt"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/base64"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// maxTexts bounds the codes of one line.
const maxTexts = 64

// recordLimits bound one line as JSON.
var recordLimits = json.Limits{Depth: 4, Items: maxTexts + 8}

// A record is one line of the input: {"id":"…","text":"…"}, with "base64" instead of "text" for binary codes, or "texts"
// for several codes of one traveller.
type record struct {
	id     string
	inputs []formats.Input
}

// parseRecord reads one line. The Inputs point into it. The id is given as far as it could be read, also with an error.
func parseRecord(line []byte) (r record, err error) {
	v, err := json.Parse(line, recordLimits)
	if err != nil {
		return r, err
	}
	if v.Kind() != json.Object {
		return r, errors.New("not an object")
	}
	given := 0
	for name, m := range v.Members() {
		switch name {
		case "id":
			if r.id, err = identifier(m); err != nil {
				return r, err
			}
		case "text":
			b, ok := m.TextBytes()
			if !ok {
				return r, errors.New("text: not a string")
			}
			r.inputs = append(r.inputs, formats.Bytes(b))
			given++
		case "base64":
			b, _ := m.TextBytes()
			raw, err := base64.Decode(base64.StdPadded, b)
			if err != nil || m.Kind() != json.Text {
				return r, errors.New("base64: not a string of padded base64")
			}
			r.inputs = append(r.inputs, formats.Bytes(raw))
			given++
		case "texts":
			if err := r.texts(m); err != nil {
				return r, err
			}
			given++
		default:
			return r, fmt.Errorf("member %d is not id, text, base64 or texts", given+1)
		}
	}
	if given != 1 {
		return r, fmt.Errorf("one of text, base64 and texts is needed, %d are given", given)
	}
	return r, nil
}

func (r *record) texts(m json.Value) error {
	if m.Kind() != json.Array {
		return errors.New("texts: not an array")
	}
	for _, e := range m.Elements() {
		b, ok := e.TextBytes()
		if !ok || len(r.inputs) == maxTexts {
			return fmt.Errorf("texts: not an array of at most %d strings", maxTexts)
		}
		r.inputs = append(r.inputs, formats.Bytes(b))
	}
	if len(r.inputs) == 0 {
		return errors.New("texts: empty")
	}
	return nil
}

// maxID bounds the identifier of a line in bytes.
const maxID = 512

// identifier takes a string, or a number as it is written.
func identifier(m json.Value) (string, error) {
	s, ok := m.Text()
	if m.Kind() == json.Number {
		s, ok = string(m.Raw()), true
	}
	if !ok || len(s) > maxID {
		return "", fmt.Errorf("id: not a string or number of at most %d bytes", maxID)
	}
	return s, nil
}
