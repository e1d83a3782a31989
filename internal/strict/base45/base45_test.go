package base45_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/strict/base45"
)

func TestExamplesOfRFC9285(t *testing.T) {
	for _, c := range []struct{ plain, text string }{
		{"", ""},
		{"AB", "BB8"},
		{"Hello!!", "%69 VD92EX0"},
		{"base-45", "UJCLQE7W581"},
		{"ietf!", "QED8WEX0"},
		{"\x00", "00"},
		{"\x00\x00", "000"},
		{"\xff", "U5"},
		{"\xff\xff", "FGW"},
	} {
		if got := base45.Encode([]byte(c.plain)); got != c.text {
			t.Errorf("Encode(%q) = %q, want %q", c.plain, got, c.text)
		}
		got, err := base45.Decode([]byte(c.text))
		if err != nil || string(got) != c.plain {
			t.Errorf("Decode(%q) = %q, %v; want %q", c.text, got, err, c.plain)
		}
	}
}

func TestEverythingElseIsRefusedWithItsOffset(t *testing.T) {
	for name, c := range map[string]struct {
		text   string
		offset int
		reason string
	}{
		"one character":                   {"0", 0, "lone"},
		"one character after a group":     {"BB80", 3, "lone"},
		"triplet of 65536":                {"GGW", 0, "65535"},
		"highest triplet":                 {":::", 0, "65535"},
		"second triplet of 65536":         {"BB8GGW", 3, "65535"},
		"pair of 256":                     {"V5", 0, "255"},
		"highest pair":                    {"BB8::", 3, "255"},
		"lower case":                      {"Bb8", 1, "alphabet"},
		"lower case at the end":           {"BB8bB", 3, "alphabet"},
		"second of a pair":                {"BB80b", 4, "alphabet"},
		"line feed":                       {"BB8\nBB8AB", 3, "alphabet"},
		"comma, next to the alphabet":     {"BB,", 2, "alphabet"},
		"zero byte":                       {"\x00BB", 0, "alphabet"},
		"high byte":                       {"BB8BB\xff", 5, "alphabet"},
		"foreign before too high a group": {":::b::", 0, "65535"},
	} {
		dst := []byte("kept")
		out, err := base45.AppendDecode(dst, []byte(c.text))
		var e *base45.Error
		if !errors.As(err, &e) {
			t.Errorf("%s: error %v, want *Error", name, err)
			continue
		}
		if e.Offset != c.offset || !strings.Contains(e.Reason, c.reason) {
			t.Errorf("%s: offset %d (%s), want %d (%s)", name, e.Offset, e.Reason, c.offset, c.reason)
		}
		if string(out) != "kept" {
			t.Errorf("%s: dst became %q", name, out)
		}
		if out, err := base45.Decode([]byte(c.text)); err == nil || len(out) != 0 {
			t.Errorf("%s: Decode gave %q, %v", name, out, err)
		}
	}
}

func TestEveryShortTextHasOneMeaningOrNone(t *testing.T) {
	text := make([]byte, 3)
	seen := 0
	for a := range 256 {
		for b := range 256 {
			text[0], text[1], text[2] = byte(a), byte(b), '0'
			for _, s := range [][]byte{text[:2], text} {
				plain, err := base45.Decode(s)
				if err != nil {
					continue
				}
				seen++
				if got := base45.Encode(plain); got != string(s) {
					t.Fatalf("%q means %x, which is written %q", s, plain, got)
				}
			}
		}
	}
	if want := 256 + 45*45; seen != want {
		t.Errorf("%d texts accepted, want %d", seen, want)
	}
}

func TestErrorNamesThePlaceAndNotTheContent(t *testing.T) {
	_, err := base45.Decode([]byte("BB8secret"))
	if got, want := err.Error(), "base45: a character outside the alphabet (RFC 9285 §6) at byte 3"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAppendDecodeAllocatesNothingWithRoom(t *testing.T) {
	text := base45.AppendEncode(nil, bytes.Repeat([]byte{0xA5, 0x17, 0x00}, 100))
	dst := make([]byte, 0, 300)
	if n := testing.AllocsPerRun(100, func() {
		if _, err := base45.AppendDecode(dst, text); err != nil {
			t.Fatal(err)
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{"", "BB8", "%69 VD92EX0", "QED8WEX0", ":::", "GGW", "V5", "Bb8", "0", "NCFOXN*TS0BI$ZD"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, s []byte) {
		plain, err := base45.Decode(s)
		if err != nil {
			var e *base45.Error
			if !errors.As(err, &e) || e.Offset < 0 || e.Offset >= len(s) {
				t.Fatalf("error %v has no place in a text of %d bytes", err, len(s))
			}
			return
		}
		if got := base45.AppendEncode(nil, plain); !bytes.Equal(got, s) {
			t.Fatalf("%q is a second spelling of %q", s, got)
		}
	})
}

func FuzzRoundTrip(f *testing.F) {
	f.Add([]byte("Hello!!"))
	f.Add([]byte{0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := base45.Decode([]byte(base45.Encode(b)))
		if err != nil || !bytes.Equal(got, b) {
			t.Fatalf("%x came back as %x, %v", b, got, err)
		}
	})
}

func BenchmarkAppendDecode(b *testing.B) {
	text := base45.AppendEncode(nil, bytes.Repeat([]byte{0xD2, 0x84, 0x43, 0xA1}, 100))
	dst := make([]byte, 0, 400)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := base45.AppendDecode(dst, text); err != nil {
			b.Fatal(err)
		}
	}
}
