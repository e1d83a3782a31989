package c40_test

import (
	"testing"

	"github.com/travelseal/travelseal/internal/c40"
)

func TestTheWordsOfAVisa(t *testing.T) {
	for _, c := range []struct {
		read  func([]byte) (string, bool)
		value string
		want  string
	}{
		{c40.Entries, "\x00", "unlimited"}, {c40.Entries, "\x01", "1"}, {c40.Entries, "\xFF", "255"}, {c40.Entries, "", ""}, {c40.Entries, "\x01\x01", ""},
		{c40.Stay, "\x5A\x00\x01", "90 days, 0 months, 1 years"}, {c40.Stay, "\xFE\xFE\xFE", "as long as the visa is valid"},
		{c40.Stay, "\xFF\xFF\xFF", "defined by the visa itself"}, {c40.Stay, "\xFE\xFF\xFE", "254 days, 255 months, 254 years"}, {c40.Stay, "\x01\x02", ""}, {c40.Stay, "", ""},
	} {
		if got, ok := c.read([]byte(c.value)); got != c.want || ok != (c.want != "") {
			t.Errorf("%x: %q, %v; want %q", c.value, got, ok, c.want)
		}
	}
}
