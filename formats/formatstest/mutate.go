package formatstest

import (
	"errors"
	"fmt"
	"testing"

	"github.com/travelseal/travelseal/formats"
)

// A view is a document seen inside some of its layers.
type view struct {
	name string
	data []byte
	wrap func([]byte) []byte
}

// views gives the document as it stands, and as it is inside each layer.
func (s Suite) views(t *testing.T, data []byte) []view {
	list := []view{{name: "text", data: data, wrap: func(b []byte) []byte { return b }}}
	for _, l := range s.Layers {
		outer := list[len(list)-1]
		inner, err := l.Unwrap(outer.data)
		if err != nil {
			t.Fatalf("layer %s: %v", l.Name, err)
		}
		list = append(list, view{name: l.Name, data: inner, wrap: func(b []byte) []byte { return outer.wrap(l.Wrap(b)) }})
	}
	return list
}

// flip flips every bit, one at a time, inside every layer.
func (s Suite) flip(t *testing.T, corpus Corpus, c Case) {
	want := says(corpus.inspect(formats.Bytes(c.Data)))
	for _, v := range s.views(t, c.Data) {
		if got := v.wrap(v.data); !corpus.harmless(t, want, v.name+" rewrapped", formats.Bytes(got)) {
			t.Fatalf("layer %s: the document is not accepted after wrapping it again unchanged", v.name)
		}
		mutated := make([]byte, len(v.data))
		for bit := range 8 * len(v.data) {
			copy(mutated, v.data)
			mutated[bit/8] ^= 1 << (bit % 8)
			what := fmt.Sprintf("layer %s, byte %d, bit %d", v.name, bit/8, bit%8)
			s.placed(t, what, v.wrap(mutated))
			idle := s.idle(v.name, v.data, bit)
			switch accepted := corpus.harmless(t, want, what, formats.Bytes(v.wrap(mutated))); {
			case accepted && idle == "":
				t.Errorf("%s: the change had no effect, and the bit is not named as idle", what)
			}
		}
	}
}

func (s Suite) idle(layer string, data []byte, bit int) string {
	if s.Idle == nil {
		return ""
	}
	return s.Idle(layer, data, bit)
}

// cut takes every number of bytes off the end, doubles the document, and adds one byte, inside every layer.
func (s Suite) cut(t *testing.T, corpus Corpus, c Case) {
	want := says(corpus.inspect(formats.Bytes(c.Data)))
	for _, v := range s.views(t, c.Data) {
		for n := range v.data {
			s.placed(t, fmt.Sprintf("layer %s, first %d bytes", v.name, n), v.wrap(v.data[:n]))
			if corpus.harmless(t, want, fmt.Sprintf("layer %s, first %d bytes", v.name, n), formats.Bytes(v.wrap(v.data[:n]))) {
				t.Errorf("layer %s: accepted with the first %d of %d bytes", v.name, n, len(v.data))
			}
		}
		for _, tail := range [][]byte{{0}, {' '}, v.data} {
			longer := append(append([]byte(nil), v.data...), tail...)
			s.placed(t, "layer "+v.name+" lengthened", v.wrap(longer))
			if corpus.harmless(t, want, "layer "+v.name+" lengthened", formats.Bytes(v.wrap(longer))) {
				t.Errorf("layer %s: accepted with %d bytes after the end", v.name, len(tail))
			}
		}
	}
}

// placed demands of a refusal that it says where: the step that found it, and the byte.
func (s Suite) placed(t *testing.T, what string, data []byte) {
	if !s.Places {
		return
	}
	_, err := s.Format.Decode(formats.Bytes(data), formats.Options{})
	var fe *formats.Error
	if err != nil && (!errors.As(err, &fe) || fe.Step == "" || fe.Offset < 0 || fe.Err == nil) {
		t.Errorf("%s: refused without its step and byte: %v", what, err)
	}
}
