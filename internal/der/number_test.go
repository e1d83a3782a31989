package der_test

import (
	"bytes"
	"testing"

	"github.com/travelseal/travelseal/internal/der"
)

func TestIntegersHaveOneSpelling(t *testing.T) {
	for text, want := range map[string]string{
		"02 01 00": "00", "02 01 7F": "7F", "02 02 00 80": "0080", "02 01 80": "80", "02 02 FF 7F": "FF7F", "0A 01 05": "05", "02 03 01 00 00": "010000",
	} {
		if got, err := value(t, text).Integer("the number"); err != nil || !bytes.Equal(got, b(t, want)) {
			t.Errorf("%s: %x, %v", text, got, err)
		}
	}
	for text, kind := range map[string]error{
		"02 00": der.ErrValue, "02 02 00 7F": der.ErrValue, "02 02 00 00": der.ErrValue, "02 02 FF 80": der.ErrValue, "02 02 FF FF": der.ErrValue,
		"04 01 05": der.ErrTag,
	} {
		_, err := value(t, text).Integer("the number")
		wrong(t, text, err, kind, "the number", 0)
	}
}

func TestUnsignedIntegers(t *testing.T) {
	for text, want := range map[string]string{"02 01 00": "", "02 01 7F": "7F", "02 02 00 80": "80", "02 03 00 FF FF": "FFFF"} {
		if got, err := value(t, text).Unsigned("the number"); err != nil || !bytes.Equal(got, b(t, want)) {
			t.Errorf("%s: %x, %v", text, got, err)
		}
	}
	for text, kind := range map[string]error{"02 01 FF": der.ErrRange, "02 01 80": der.ErrRange, "02 00": der.ErrValue, "05 00": der.ErrTag} {
		_, err := value(t, text).Unsigned("the number")
		wrong(t, text, err, kind, "the number", 0)
	}
}

func TestSmallIntegersStayWithinTheirLimit(t *testing.T) {
	const most = int(^uint(0) >> 1)
	for _, c := range []struct {
		text  string
		limit int
		want  int // -1: refused
	}{
		{"02 01 00", 0, 0}, {"02 01 01", 0, -1}, {"02 01 05", 5, 5}, {"02 01 06", 5, -1}, {"02 02 01 00", 256, 256}, {"02 02 01 00", 255, -1},
		{"02 02 01 01", 256, -1}, {"02 01 FF", 5, -1}, {"02 08 7F FF FF FF FF FF FF FF", most, most}, {"02 09 00 FF FF FF FF FF FF FF FF", most, -1},
		{"02 09 01 00 00 00 00 00 00 00 00", most, -1}, {"02 10 7F FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF", most, -1},
	} {
		n, err := value(t, c.text).Small(c.limit, "the version")
		switch {
		case c.want >= 0 && (err != nil || n != c.want):
			t.Errorf("%s up to %d: %d, %v", c.text, c.limit, n, err)
		case c.want < 0:
			wrong(t, c.text, err, der.ErrRange, "the version", 0)
		}
	}
}

func TestBooleansTellTheirStrictness(t *testing.T) {
	for text, want := range map[string][2]bool{"01 01 00": {false, true}, "01 01 FF": {true, true}, "01 01 01": {true, false}, "01 01 80": {true, false}} {
		if value, strict, err := value(t, text).Bool("the flag"); err != nil || [2]bool{value, strict} != want {
			t.Errorf("%s: %t, %t, %v", text, value, strict, err)
		}
	}
	for text, kind := range map[string]error{"01 00": der.ErrValue, "01 02 00 00": der.ErrValue, "02 01 00": der.ErrTag} {
		_, _, err := value(t, text).Bool("the flag")
		wrong(t, text, err, kind, "the flag", 0)
	}
}

func TestBitStrings(t *testing.T) {
	for text, want := range map[string]struct {
		octets string
		unused int
	}{"03 01 00": {"", 0}, "03 02 00 FF": {"FF", 0}, "03 02 07 80": {"80", 7}, "03 03 01 FF FE": {"FFFE", 1}} {
		if octets, unused, err := value(t, text).Bits("the usage"); err != nil || unused != want.unused || !bytes.Equal(octets, b(t, want.octets)) {
			t.Errorf("%s: %x, %d, %v", text, octets, unused, err)
		}
	}
	for text, kind := range map[string]error{
		"03 00": der.ErrTruncated, "03 01 01": der.ErrValue, "03 02 08 00": der.ErrValue, "03 02 07 81": der.ErrValue, "03 02 01 FF": der.ErrValue, "04 01 00": der.ErrTag,
	} {
		_, _, err := value(t, text).Bits("the usage")
		wrong(t, text, err, kind, "the usage", 0)
		_, err = value(t, text).Octets("the usage")
		wrong(t, text, err, kind, "the usage", 0)
	}
	if octets, err := value(t, "03 02 00 AB").Octets("the key"); err != nil || !bytes.Equal(octets, []byte{0xAB}) {
		t.Error(octets, err)
	}
	_, err := value(t, "03 02 07 80").Octets("the key")
	wrong(t, "one bit", err, der.ErrValue, "the key", 0)
}
