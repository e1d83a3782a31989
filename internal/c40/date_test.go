package c40_test

import (
	"errors"
	"testing"

	"github.com/travelseal/travelseal/internal/c40"
)

// number writes a date's number, with a mask in front where there is one.
func number(n int, mask ...byte) []byte { return append(mask, byte(n>>16), byte(n>>8), byte(n)) }

func TestDatesAreRead(t *testing.T) {
	for want, encoded := range map[string]string{
		"1957-03-25": "319ef5", // the example of BSI TR-03137-1 §3.2.3
		"2020-01-01": "0f7134",
	} {
		d, err := c40.Date(unhex(t, encoded))
		if err != nil || d.String() != want {
			t.Errorf("%s: %s, %v, want %s", encoded, d, err, want)
		}
	}
}

func TestEveryDayOfACenturyIsReadAndNoOther(t *testing.T) {
	read := 0
	for n := range 1 << 24 {
		if year := n % 1_0000; year < 2000 || year > 2099 {
			continue
		}
		d, err := c40.Date(number(n))
		if err != nil {
			continue
		}
		if read++; int(d.Month)*1_00_0000+d.Day*1_0000+d.Year != n || d.Earliest().Day() != d.Day {
			t.Fatalf("%08d is read as %s", n, d)
		}
	}
	if read != 36525 {
		t.Errorf("%d days", read)
	}
}

func TestADateHasThreeBytesAndADayOfTheCalendar(t *testing.T) {
	for _, b := range [][]byte{nil, {0x0F, 0x71}, {0, 0x0F, 0x71, 0x34}, number(0), number(1<<24 - 1), number(2_29_2023), number(1_01_0000)} {
		var e *c40.Error
		if d, err := c40.Date(b); !errors.As(err, &e) {
			t.Errorf("%x: %s, %v", b, d, err)
		}
	}
}

func TestPartsOfADateMayBeMasked(t *testing.T) {
	for _, c := range []struct {
		mask byte
		n    int
		want string
	}{
		{0x00, 3_25_1957, "1957-03-25"},
		{0x30, 3_00_1957, "1957-03"},
		{0x10, 3_20_1957, "1957-03"}, // one numeral of the day
		{0xF0, 1957, "1957"},
		{0x70, 10_00_1957, "1957"},
		{0xC0, 25_1957, "1957"}, // a day without a month
		{0x01, 3_25_1950, ""},
		{0xFF, 0, ""},
	} {
		d, err := c40.Masked(number(c.n, c.mask))
		if err != nil || d.String() != c.want {
			t.Errorf("%02x %08d: %q, %v, want %q", c.mask, c.n, d, err, c.want)
		}
	}
}

func TestAMaskedDateMustAgreeWithItsMask(t *testing.T) {
	for what, b := range map[string][]byte{
		"a month of 13":               number(13_00_1957, 0x30),
		"no day":                      number(3_00_1957, 0x00),
		"a numeral under the mask":    number(3_25_1957, 0x30),
		"a month of 0 that is known":  number(1957, 0x30),
		"the thirtieth of February":   number(2_30_2000, 0x00),
		"a year of 0":                 number(3_00_0000, 0x30),
		"three bytes":                 number(3_25_1957),
		"five bytes":                  number(3_25_1957, 0, 0),
		"nothing":                     nil,
		"a numeral in every position": number(11_11_1111, 0xFF),
	} {
		var e *c40.Error
		if d, err := c40.Masked(b); !errors.As(err, &e) {
			t.Errorf("%s: %s, %v", what, d, err)
		}
	}
}
