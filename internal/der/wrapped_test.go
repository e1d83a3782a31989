package der_test

import (
	"testing"

	"github.com/travelseal/travelseal/internal/der"
)

func TestAValueInsideABitString(t *testing.T) {
	v, err := value(t, "03 04 00 02 01 05").InBits(der.Integer, "the key")
	if err != nil || v.Offset != 3 || string(v.Content) != "\x05" {
		t.Fatalf("%+v, %v", v, err)
	}
	for text, c := range map[string]struct {
		kind   error
		offset int
	}{
		"03 04 01 02 01 04":       {der.ErrValue, 0}, // a bit less than whole octets
		"04 03 02 01 05":          {der.ErrTag, 0},
		"03 01 00":                {der.ErrTruncated, 3},
		"03 04 00 04 01 05":       {der.ErrTag, 3},
		"03 06 00 02 01 05 05 00": {der.ErrTrailing, 6},
	} {
		_, err := value(t, text).InBits(der.Integer, "the key")
		wrong(t, text, err, c.kind, "the key", c.offset)
	}
}
