package base32_test

import (
	"bytes"
	lib "encoding/base32"
	"errors"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/strict/base32"
)

var rawStd = lib.StdEncoding.WithPadding(lib.NoPadding)

func TestVectorsOfRFC4648(t *testing.T) {
	for plain, text := range map[string]string{
		"": "", "f": "MY======", "fo": "MZXQ====", "foo": "MZXW6===", "foob": "MZXW6YQ=", "fooba": "MZXW6YTB",
		"foobar": "MZXW6YTBOI======",
	} {
		if got, err := base32.Decode(true, []byte(text)); err != nil || string(got) != plain {
			t.Errorf("Decode(padded, %q) = %q, %v; want %q", text, got, err, plain)
		}
		text = strings.TrimRight(text, "=")
		if got, err := base32.Decode(false, []byte(text)); err != nil || string(got) != plain {
			t.Errorf("Decode(raw, %q) = %q, %v; want %q", text, got, err, plain)
		}
	}
}

func TestEverythingElseIsRefusedWithItsOffset(t *testing.T) {
	const raw, padded = false, true
	for name, c := range map[string]struct {
		padded bool
		text   string
		offset int
		reason string
	}{
		"lower case":                   {raw, "mzxw6ytb", 0, "alphabet"},
		"lower case at the end":        {padded, "MZXW6YTb", 7, "alphabet"},
		"digit one":                    {raw, "MZX1", 3, "alphabet"},
		"digit eight":                  {raw, "8Y", 0, "alphabet"},
		"line feed":                    {raw, "MZXW6YTB\nMY", 8, "alphabet"},
		"line feeds of a whole group":  {padded, "MZXW6YTB\n\n\n\n\n\n\n\n", 8, "alphabet"},
		"space":                        {raw, "M Y", 1, "alphabet"},
		"zero byte":                    {raw, "\x00Y", 0, "alphabet"},
		"high byte":                    {raw, "M\xff", 1, "alphabet"},
		"padding missing":              {padded, "MY", 2, "padding missing"},
		"padding short by one":         {padded, "MY=====", 7, "padding missing"},
		"padding on raw":               {raw, "MY======", 2, "padding where none"},
		"seven of padding":             {padded, "M=======", 1, "padding where none"},
		"only padding":                 {padded, "========", 0, "padding where none"},
		"padding in the middle":        {padded, "MY======MY======", 2, "padding where none"},
		"group of padding at the end":  {padded, "MZXW6YTB========", 8, "padding where none"},
		"one character":                {raw, "M", 0, "one, three or six"},
		"three characters":             {raw, "MZX", 2, "one, three or six"},
		"six characters":               {raw, "MZXW6Y", 5, "one, three or six"},
		"nine characters":              {raw, "MZXW6YTBM", 8, "one, three or six"},
		"three characters, padded":     {padded, "MZX=====", 2, "one, three or six"},
		"six characters, padded":       {padded, "MZXW6Y==", 5, "one, three or six"},
		"unused bits of two":           {raw, "MZ", 1, "unused bits"},
		"unused bits of four, padded":  {padded, "MZXR====", 3, "unused bits"},
		"unused bits of five":          {raw, "MZXW7", 4, "unused bits"},
		"unused bits of seven, padded": {padded, "MZXW6YR=", 6, "unused bits"},
	} {
		out, err := base32.Decode(c.padded, []byte(c.text))
		var e *base32.Error
		if !errors.As(err, &e) || out != nil {
			t.Errorf("%s: %q, %v; want *Error", name, out, err)
			continue
		}
		if e.Offset != c.offset || !strings.Contains(e.Reason, c.reason) {
			t.Errorf("%s: offset %d (%s), want %d (%s)", name, e.Offset, e.Reason, c.offset, c.reason)
		}
	}
}

func TestErrorNamesThePlace(t *testing.T) {
	_, err := base32.Decode(false, []byte("MZXW6YTBm"))
	if got, want := err.Error(), "base32: a character outside the alphabet (RFC 4648 §3.3) at byte 8"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{"", "MY======", "MY", "MZ", "MZXQ====", "MZXW6YTB", "mzxw6ytb", "M=======", "MZXW6YTB\nMY"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, s []byte) {
		for padded, std := range map[bool]*lib.Encoding{true: lib.StdEncoding, false: rawStd} {
			plain, err := base32.Decode(padded, s)
			if err != nil {
				var e *base32.Error
				if !errors.As(err, &e) || e.Offset < 0 || e.Offset > len(s) {
					t.Fatalf("error %v has no place in a text of %d bytes", err, len(s))
				}
				if loose, err := std.DecodeString(string(s)); err == nil && std.EncodeToString(loose) == string(s) {
					t.Fatalf("%q is refused, but is what the standard library writes", s)
				}
				continue
			}
			if got := std.EncodeToString(plain); got != string(s) {
				t.Fatalf("%q is a second spelling of %q", s, got)
			}
		}
	})
}

func FuzzRoundTrip(f *testing.F) {
	f.Add([]byte("foobar"))
	f.Add([]byte{0xff, 0xff})
	f.Fuzz(func(t *testing.T, b []byte) {
		for padded, std := range map[bool]*lib.Encoding{true: lib.StdEncoding, false: rawStd} {
			got, err := base32.Decode(padded, []byte(std.EncodeToString(b)))
			if err != nil || !bytes.Equal(got, b) {
				t.Fatalf("%x came back as %x, %v", b, got, err)
			}
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	text := []byte(rawStd.EncodeToString(bytes.Repeat([]byte{0xD2, 0x84, 0x43, 0xA1}, 100)))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := base32.Decode(false, text); err != nil {
			b.Fatal(err)
		}
	}
}
