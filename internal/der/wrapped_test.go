package der_test

import (
	"errors"
	"testing"

	"github.com/travelseal/travelseal/internal/der"
)

func TestInBits(t *testing.T) {
	for _, c := range []struct {
		name string
		raw  []byte
		want error
	}{
		{"a value", []byte{3, 4, 0, 2, 1, 7}, nil},
		{"an octet string", []byte{4, 4, 0, 2, 1, 7}, der.ErrTag},
		{"bits that are no whole octets", []byte{3, 4, 1, 2, 1, 6}, der.ErrValue},
		{"a value of another type", []byte{3, 4, 0, 4, 1, 7}, der.ErrTag},
		{"a byte behind the value", []byte{3, 5, 0, 2, 1, 7, 0}, der.ErrTrailing},
		{"nothing", []byte{3, 1, 0}, der.ErrTruncated},
	} {
		v, err := der.Only(c.raw, der.Tag(c.raw[0]), "the string")
		if err != nil {
			t.Fatal(err)
		}
		in, err := v.InBits(der.Integer, "the number")
		if !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		}
		if c.want == nil && (in.Offset != 3 || string(in.Content) != "\x07") {
			t.Errorf("%s: %x at %d", c.name, in.Content, in.Offset)
		}
	}
}
