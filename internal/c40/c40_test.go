package c40_test

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/c40"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/vectors"
)

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The first two are worked examples of BSI TR-03137-1, Annex B.
func TestTextsAreRead(t *testing.T) {
	for encoded, want := range map[string]string{
		"":                  "",
		"eb0466a9":          "XK CD",
		"eb11fe45":          "XKCD",
		"62d719c9":          "BSI01",
		"fe42":              "A",
		"fe2145":            " D", // two characters, which another encoder would fill up
		"133c 133c":         "      ",
		"d9c5":              "UTO",
		"fa00":              "ZZZ",
		"59e9 fe3a":         "ABC9",
		"59e9 fe21":         "ABC ",
		"59e9 fe5b":         "ABCZ",
		"59e9 59e9 59d9":    "ABCABCAB",
		"59e9 59e9 fe31 5b": "ABCABC0Z",
	} {
		got, err := c40.Decode(unhex(t, encoded))
		if err != nil || got != want {
			t.Errorf("%s: %q, %v, want %q", encoded, got, err, want)
		}
	}
}

func TestEveryTextComesBack(t *testing.T) {
	const alphabet = " 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	d := mint.NewDRBG([]byte("c40"))
	for n := range 200 {
		text := make([]byte, n)
		for i, b := range d.Bytes(n) {
			text[i] = alphabet[int(b)%len(alphabet)]
		}
		encoded := mint.C40(string(text))
		got, err := c40.Decode(encoded)
		if err != nil || got != string(text) || len(encoded) != c40.Size(n) {
			t.Fatalf("%q became %x and %q, %v", text, encoded, got, err)
		}
	}
}

func TestWhatIsNoC40IsRefused(t *testing.T) {
	for encoded, want := range map[string]struct {
		offset int
		reason string
	}{
		"59":               {0, "half of a pair"},
		"59e9 59":          {2, "half of a pair"},
		"0000":             {0, "not a pair"},
		"fa01":             {0, "not a pair"},
		"ffff":             {0, "not a pair"},
		"59e9 fb00":        {2, "not a pair"},
		"fe":               {1, "nothing after"},
		"59e9 fe":          {3, "nothing after"},
		"fe42 43 44":       {3, "more than two"},
		"fe42 59e9":        {3, "more than two"},
		"fe3d":             {1, "a character"}, // <
		"fe62":             {1, "a character"}, // a
		"fe00":             {1, "a character"},
		"fe43 ff":          {2, "a character"},
		"0001":             {0, "a shift"}, // three shifts
		"59d9 59e9":        {0, "a shift"}, // filled up, and more follows
		"59da":             {0, "a shift"}, // the second shift at the end
		"59db":             {0, "a shift"},
		"5791":             {0, "a shift"}, // a shift in the middle
		"0881":             {0, "a shift"}, // in front
		"59e9 59e9 fe3d42": {5, "a character"},
	} {
		got, err := c40.Decode(unhex(t, encoded))
		var e *c40.Error
		if !errors.As(err, &e) || got != "" || e.Offset != want.offset || !strings.HasPrefix(e.Bare(), want.reason) {
			t.Errorf("%s: %q, %v; want %q at %d", encoded, got, err, want.reason, want.offset)
		}
	}
}

func TestVectors(t *testing.T) {
	for _, vc := range vectors.Travel(t, "c40") {
		var want string
		if err := json.Unmarshal(vc.Expect.Fields["text"], &want); err != nil {
			t.Fatal(err)
		}
		got, err := c40.Decode(unhex(t, vc.Input.Hex))
		if err != nil || got != want {
			t.Errorf("%s: %q, %v", vc.ID, got, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{"", "eb0466a9", "fe2145", "59d9", "0000", "fe"} {
		f.Add(unhex(f, s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		text, err := c40.Decode(b)
		if err != nil {
			if e := (*c40.Error)(nil); !errors.As(err, &e) || e.Offset < 0 || e.Offset > len(b) {
				t.Fatalf("%x: %v", b, err)
			}
			return
		}
		again := mint.C40(text)
		back, err := c40.Decode(again)
		if err != nil || back != text || len(again)-len(b) > 1 || len(b)-len(again) > 1 {
			t.Fatalf("%x is %q, which is written %x", b, text, again)
		}
	})
}

func TestZonesHaveFillersAndOneSize(t *testing.T) {
	encoded := mint.C40("AB<<CD<<")
	if got, err := c40.Zone(encoded, 8); err != nil || got != "AB<<CD<<" {
		t.Errorf("%q, %v", got, err)
	}
	for _, n := range []int{0, 7, 9} {
		if got, err := c40.Zone(encoded, n); err == nil {
			t.Errorf("%d: %q", n, got)
		}
	}
	if got, err := c40.Zone([]byte{0, 0}, 3); err == nil {
		t.Errorf("%q", got)
	}
}

func TestLengthsAreAsShortAsTheyCanBe(t *testing.T) {
	for _, c := range []struct {
		b         string
		length, n int
		err       error
	}{
		{"00", 0, 1, nil}, {"7f", 127, 1, nil}, {"8180", 128, 2, nil}, {"81ff", 255, 2, nil}, {"820100", 256, 3, nil}, {"82ffff", 65535, 3, nil},
		{"8180ff", 128, 2, nil}, {"", 0, 0, c40.ErrShort}, {"81", 0, 0, c40.ErrShort}, {"82", 0, 0, c40.ErrShort}, {"8201", 0, 0, c40.ErrShort},
		{"80", 0, 0, c40.ErrLength}, {"817f", 0, 0, c40.ErrLength}, {"8200ff", 0, 0, c40.ErrLength}, {"83010000", 0, 0, c40.ErrLength},
		{"ff", 0, 0, c40.ErrLength}, {"84", 0, 0, c40.ErrLength},
	} {
		length, n, err := c40.Length(unhex(t, c.b))
		if length != c.length || n != c.n || !errors.Is(err, c.err) {
			t.Errorf("%s: %d in %d, %v", c.b, length, n, err)
		}
	}
}
