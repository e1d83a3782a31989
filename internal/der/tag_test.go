package der_test

import (
	"testing"

	"github.com/travelseal/travelseal/internal/der"
)

func TestTagsHoldClassAndForm(t *testing.T) {
	for tag, c := range map[der.Tag]struct {
		constructed bool
		text        string
	}{
		der.Sequence: {true, "tag 30"}, der.Set: {true, "tag 31"}, der.OctetString: {false, "tag 4"}, der.Context(0): {false, "tag 80"},
		der.Context(30): {false, "tag 9E"}, der.ContextOf(3): {true, "tag A3"}, 0x77: {true, "tag 77"},
		0x5F0E: {false, "tag 5F0E"}, 0x7F61: {true, "tag 7F61"}, 0x7F2E: {true, "tag 7F2E"}, 0xBF8101: {true, "tag BF8101"}, 0x9F8101: {false, "tag 9F8101"},
	} {
		if tag.Constructed() != c.constructed || tag.String() != c.text {
			t.Errorf("%s: constructed %t, want %q, %t", tag, tag.Constructed(), c.text, c.constructed)
		}
	}
}

// Tags of one to three octets are read as they stand, the data elements of a chip among them.
func TestTagsAreReadAsTheyStand(t *testing.T) {
	for text, want := range map[string]der.Tag{"30 00": 0x30, "5F0E 00": 0x5F0E, "5F01 00": 0x5F01, "7F61 00": 0x7F61, "7F2E 00": 0x7F2E, "9F8101 00": 0x9F8101} {
		if v := value(t, text); v.Tag != want {
			t.Errorf("%s: %s", text, v.Tag)
		}
	}
}
