package mint_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/mint"
)

func TestBase45WritesTheExamplesOfRFC9285(t *testing.T) {
	for in, want := range map[string]string{
		"":         "",
		"AB":       "BB8",
		"Hello!!":  "%69 VD92EX0",
		"base-45":  "UJCLQE7W581",
		"ietf!":    "QED8WEX0",
		"\xff\xff": "FGW",
		"\x00":     "00",
		"\xff":     "U5",
	} {
		if got := mint.Base45([]byte(in)); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// inflate reads a zlib stream with the standard library and demands that nothing follows it.
func inflate(t testing.TB, data []byte) []byte {
	t.Helper()
	in := bytes.NewReader(data)
	r, err := zlib.NewReader(in)
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	if in.Len() != 0 {
		t.Fatalf("%d bytes follow the stream", in.Len())
	}
	return out
}

func TestZlibComesBackForEveryLengthAndDistance(t *testing.T) {
	noise := mint.NewDRBG([]byte("noise")).Bytes(40 << 10)
	for length := range 600 {
		// The second run of the noise is one match, or two, of this length.
		data := append(bytes.Clone(noise[:300+length]), noise[:length]...)
		if got := inflate(t, mint.Zlib(data)); !bytes.Equal(got, data) {
			t.Fatalf("a match of %d bytes came back changed", length)
		}
		run := bytes.Repeat([]byte{'x'}, length)
		if got := inflate(t, mint.Zlib(run)); !bytes.Equal(got, run) {
			t.Fatalf("a run of %d bytes came back changed", length)
		}
	}
	for _, distance := range []int{255, 256, 257, 1 << 12, 1<<13 + 1, 32<<10 - 1, 32 << 10, 32<<10 + 1} {
		data := append(bytes.Clone(noise[:distance]), noise[:64]...)
		if got := inflate(t, mint.Zlib(data)); !bytes.Equal(got, data) {
			t.Errorf("a match %d bytes back came back changed", distance)
		}
	}
}

func TestZlibCompresses(t *testing.T) {
	data := []byte(strings.Repeat("travelseal ", 100))
	if n := len(mint.Zlib(data)); n > len(data)/10 {
		t.Errorf("%d bytes became %d", len(data), n)
	}
}

func TestZlibLevelsComeBack(t *testing.T) {
	data := mint.NewDRBG([]byte("levels")).Bytes(1000)
	for level := range 10 {
		if got := inflate(t, mint.ZlibLevel(level)(data)); !bytes.Equal(got, data) {
			t.Errorf("level %d came back changed", level)
		}
	}
}

func FuzzZlibComesBack(f *testing.F) {
	f.Add([]byte(""))
	f.Add([]byte("aaaaaaaaaaaaaaaaaaaaaaaaaaaa"))
	f.Add([]byte("abcabcabdabcabcabd\xff\xfe\x90"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if got := inflate(t, mint.Zlib(data)); !bytes.Equal(got, data) {
			t.Errorf("%x came back as %x", data, got)
		}
	})
}

func FuzzBase45ComesBack(f *testing.F) {
	f.Add([]byte(""))
	f.Add([]byte("\x00\x00\x00"))
	f.Add([]byte("\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if got := unbase45(t, mint.Base45(data)); !bytes.Equal(got, data) {
			t.Errorf("%x came back as %x", data, got)
		}
	})
}

// unbase45 reads base45 back by arithmetic, for texts that are known to be sound (RFC 9285 §4).
func unbase45(t testing.TB, text string) []byte {
	t.Helper()
	var out []byte
	for len(text) > 0 {
		group := text[:min(3, len(text))]
		text = text[len(group):]
		n, power := 0, 1
		for _, c := range group {
			digit := strings.IndexRune("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", c)
			if digit < 0 {
				t.Fatalf("%q is not of the alphabet", c)
			}
			n += digit * power
			power *= 45
		}
		if len(group) == 3 {
			out = binary.BigEndian.AppendUint16(out, uint16(n))
		} else {
			out = append(out, byte(n))
		}
	}
	return out
}
