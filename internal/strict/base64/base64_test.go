package base64_test

import (
	"bytes"
	lib "encoding/base64"
	"errors"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/strict/base64"
)

var encodings = map[base64.Encoding]*lib.Encoding{
	base64.StdPadded: lib.StdEncoding,
	base64.StdRaw:    lib.RawStdEncoding,
	base64.URLPadded: lib.URLEncoding,
	base64.URLRaw:    lib.RawURLEncoding,
}

func TestVectorsOfRFC4648(t *testing.T) {
	for plain, text := range map[string]string{
		"": "", "f": "Zg==", "fo": "Zm8=", "foo": "Zm9v", "foob": "Zm9vYg==", "fooba": "Zm9vYmE=", "foobar": "Zm9vYmFy",
	} {
		for _, c := range []struct {
			enc  base64.Encoding
			text string
		}{
			{base64.StdPadded, text}, {base64.URLPadded, text},
			{base64.StdRaw, strings.TrimRight(text, "=")}, {base64.URLRaw, strings.TrimRight(text, "=")},
		} {
			got, err := base64.Decode(c.enc, []byte(c.text))
			if err != nil || string(got) != plain {
				t.Errorf("Decode(%d, %q) = %q, %v; want %q", c.enc, c.text, got, err, plain)
			}
		}
	}
}

func TestEverythingElseIsRefusedWithItsOffset(t *testing.T) {
	for name, c := range map[string]struct {
		enc    base64.Encoding
		text   string
		offset int
		reason string
	}{
		"line feed between groups":     {base64.StdPadded, "Zm9v\nZm9v", 9, "multiple of four"},
		"line feeds of whole groups":   {base64.StdPadded, "Zm9v\n\n\n\n", 4, "alphabet"},
		"line feed, raw":               {base64.URLRaw, "Zm9v\nZm9", 4, "alphabet"},
		"carriage return at the end":   {base64.URLRaw, "Zm9vZ\r", 5, "alphabet"},
		"space":                        {base64.StdRaw, "Zm 9", 2, "alphabet"},
		"URL alphabet in std":          {base64.StdRaw, "Zm-_", 2, "alphabet"},
		"std alphabet in URL":          {base64.URLRaw, "Zm9vZm+/", 6, "alphabet"},
		"std alphabet in URL tail":     {base64.URLPadded, "Z/==", 1, "alphabet"},
		"padding missing":              {base64.StdPadded, "Zg", 2, "padding missing"},
		"half of the padding missing":  {base64.URLPadded, "Zg=", 3, "padding missing"},
		"padding on raw":               {base64.URLRaw, "Zg==", 2, "padding where none"},
		"half padding on raw":          {base64.StdRaw, "Zg=", 2, "padding where none"},
		"too much padding":             {base64.StdPadded, "Z===", 1, "padding where none"},
		"only padding":                 {base64.StdPadded, "====", 0, "padding where none"},
		"padding in the middle":        {base64.StdPadded, "Zg==Zg==", 2, "padding where none"},
		"padding before the end":       {base64.StdPadded, "Zm=v", 2, "padding where none"},
		"group of padding at the end":  {base64.StdPadded, "Zm9v====", 4, "padding where none"},
		"lone character":               {base64.StdRaw, "Zm9vZ", 4, "lone"},
		"unused bits of two":           {base64.URLRaw, "Zh", 1, "unused bits"},
		"unused bits of two, padded":   {base64.StdPadded, "Zm9vZh==", 5, "unused bits"},
		"unused bits of three":         {base64.URLRaw, "Zm9", 2, "unused bits"},
		"unused bits of three, padded": {base64.URLPadded, "Zm9=", 2, "unused bits"},
		"zero byte":                    {base64.StdRaw, "\x00m9v", 0, "alphabet"},
		"high byte":                    {base64.StdRaw, "Zm9\xff", 3, "alphabet"},
		"no such encoding":             {base64.Encoding(4), "Zm9v", 0, "unknown encoding"},
	} {
		out, err := base64.Decode(c.enc, []byte(c.text))
		var e *base64.Error
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
	_, err := base64.Decode(base64.URLRaw, []byte("Zm9v!"+"m9"))
	if got, want := err.Error(), "base64: a character outside the alphabet (RFC 4648 §3.3) at byte 4"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{"", "Zg==", "Zg", "Zm8=", "Zm9v", "Zm9v\n", "Z===", "Zh==", "-_+/", "Zm9vYmFy"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, s []byte) {
		for enc, std := range encodings {
			plain, err := base64.Decode(enc, s)
			if err != nil {
				var e *base64.Error
				if !errors.As(err, &e) || e.Offset < 0 || e.Offset > len(s) {
					t.Fatalf("%d: error %v has no place in a text of %d bytes", enc, err, len(s))
				}
				strict, err := std.Strict().DecodeString(string(s))
				if err == nil && std.EncodeToString(strict) == string(s) {
					t.Fatalf("%d: %q is refused, but is what the standard library writes", enc, s)
				}
				continue
			}
			if got := std.EncodeToString(plain); got != string(s) {
				t.Fatalf("%d: %q is a second spelling of %q", enc, s, got)
			}
		}
	})
}

func FuzzRoundTrip(f *testing.F) {
	f.Add([]byte("foobar"))
	f.Add([]byte{0xff, 0xef, 0xbe, 0xff})
	f.Fuzz(func(t *testing.T, b []byte) {
		for enc, std := range encodings {
			got, err := base64.Decode(enc, []byte(std.EncodeToString(b)))
			if err != nil || !bytes.Equal(got, b) {
				t.Fatalf("%d: %x came back as %x, %v", enc, b, got, err)
			}
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	text := []byte(lib.RawURLEncoding.EncodeToString(bytes.Repeat([]byte{0xD2, 0x84, 0x43, 0xA1}, 100)))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := base64.Decode(base64.URLRaw, text); err != nil {
			b.Fatal(err)
		}
	}
}

func TestWhatIsEncodedIsDecoded(t *testing.T) {
	for n := range 70 {
		b := bytes.Repeat([]byte{0xFB, 0xEF, 0x00}, n)[:n]
		back, err := base64.Decode(base64.StdPadded, []byte(base64.Encode(b)))
		if err != nil || !bytes.Equal(back, b) {
			t.Errorf("%x: %x, %v", b, back, err)
		}
	}
}
