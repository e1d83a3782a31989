package scan_test

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/scan"
)

// A stream is the content of a code as it is being written, the most significant bit first.
type stream struct {
	version int
	bits    []byte // one a byte
}

func (s *stream) put(v, n int) *stream {
	for i := n - 1; i >= 0; i-- {
		s.bits = append(s.bits, byte(v>>i&1))
	}
	return s
}

// count writes a mode and a character count, whose width ISO/IEC 18004:2015 table 3 gives by version.
func (s *stream) count(mode, n int, widths [3]int) *stream {
	column := 2
	if s.version < 27 {
		column = 1
	}
	if s.version < 10 {
		column = 0
	}
	return s.put(mode, 4).put(n, widths[column])
}

func (s *stream) numeric(digits string) *stream {
	s.count(1, len(digits), [3]int{10, 12, 14})
	for len(digits) > 0 {
		n := min(3, len(digits))
		v := 0
		for _, d := range digits[:n] {
			v = 10*v + int(d-'0')
		}
		s.put(v, 1+3*n)
		digits = digits[n:]
	}
	return s
}

func (s *stream) alphanumeric(text string) *stream {
	const values = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
	s.count(2, len(text), [3]int{9, 11, 13})
	for ; len(text) > 1; text = text[2:] {
		s.put(45*strings.IndexByte(values, text[0])+strings.IndexByte(values, text[1]), 11)
	}
	if len(text) == 1 {
		s.put(strings.IndexByte(values, text[0]), 6)
	}
	return s
}

func (s *stream) bytes(data string) *stream {
	s.count(4, len(data), [3]int{8, 16, 16})
	for i := range len(data) {
		s.put(int(data[i]), 8)
	}
	return s
}

func (s *stream) kanji(shiftJIS string) *stream {
	s.count(8, len(shiftJIS)/2, [3]int{8, 10, 12})
	for i := 0; i < len(shiftJIS); i += 2 {
		c := int(shiftJIS[i])<<8 | int(shiftJIS[i+1])
		if c < 0xE040 {
			c -= 0x8140
		} else {
			c -= 0xC140
		}
		s.put(c>>8*0xC0+c&0xFF, 13)
	}
	return s
}

func (s *stream) eci(designator, bits int) *stream { return s.put(7, 4).put(designator, bits) }

// codewords fills the last byte with zeros.
func (s *stream) codewords() []byte {
	out := make([]byte, (len(s.bits)+7)/8)
	for i, b := range s.bits {
		out[i/8] |= b << (7 - i%8)
	}
	return out
}

func TestSegmentsOfEveryModeGiveTheirBytes(t *testing.T) {
	for _, c := range []struct {
		name        string
		s           func(*stream) *stream
		bytes, text string
	}{
		{"nothing", func(s *stream) *stream { return s.put(0, 4) }, "", ""},
		{"no digits", func(s *stream) *stream { return s.numeric("") }, "", ""},
		{"one digit", func(s *stream) *stream { return s.numeric("7") }, "7", "7"},
		{"two digits", func(s *stream) *stream { return s.numeric("07") }, "07", "07"},
		{"three digits", func(s *stream) *stream { return s.numeric("007") }, "007", "007"},
		{"four digits", func(s *stream) *stream { return s.numeric("9990") }, "9990", "9990"},
		{"one character", func(s *stream) *stream { return s.alphanumeric(":") }, ":", ":"},
		{"every character", func(s *stream) *stream { return s.alphanumeric("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:") },
			"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"},
		{"no bytes", func(s *stream) *stream { return s.bytes("") }, "", ""},
		{"UTF-8 bytes", func(s *stream) *stream { return s.bytes("Zo\xc3\xab") }, "Zo\xc3\xab", "Zoë"},
		{"bytes that are not UTF-8", func(s *stream) *stream { return s.bytes("Zo\xeb") }, "Zo\xeb", "Zoë"},
		{"binary", func(s *stream) *stream { return s.bytes("\xdc\x03\x00\xff") }, "\xdc\x03\x00\xff", "Ü\x03\x00ÿ"},
		{"kanji", func(s *stream) *stream { return s.kanji("\x93\x5f\xe4\xaa") }, "\x93\x5f\xe4\xaa", "点茗"},
		{"mixed", func(s *stream) *stream { return s.bytes("shc:/").numeric("5676290").alphanumeric("A:").put(0, 4) }, "shc:/5676290A:", "shc:/5676290A:"},
		{"after the terminator", func(s *stream) *stream { return s.numeric("1").put(0, 4).numeric("2") }, "1", "1"},
		{"ECI Latin-1", func(s *stream) *stream { return s.eci(3, 8).bytes("\xc3\xab") }, "\xc3\xab", "Ã«"},
		{"ECI Shift JIS", func(s *stream) *stream { return s.eci(20, 8).bytes("\x93\x5fA") }, "\x93\x5fA", "点A"},
		{"ECI US-ASCII", func(s *stream) *stream { return s.eci(27, 8).bytes("A") }, "A", "A"},
		{"ECI UTF-8 in two bytes", func(s *stream) *stream { return s.eci(0x8000|26, 16).bytes("é") }, "é", "é"},
		{"ECI unknown, three bytes", func(s *stream) *stream { return s.eci(0xC00000|899, 24).bytes("\xeb") }, "\xeb", "ë"},
		{"ECI beyond charsets", func(s *stream) *stream { return s.eci(0xC00000|999999, 24).bytes("é") }, "é", "é"},
		{"ECI changes", func(s *stream) *stream { return s.eci(5, 8).bytes("\xa1").eci(3, 8).bytes("\xa1") }, "\xa1\xa1", "Ħ¡"},
		{"FNC1 first", func(s *stream) *stream { return s.put(5, 4).alphanumeric("01%%2%3").bytes("%") }, "01%2\x1d3%", "01%2\x1d3%"},
		{"FNC1 second, digits", func(s *stream) *stream { return s.put(9, 4).put(7, 8).alphanumeric("A%") }, "07A\x1d", "07A\x1d"},
		{"FNC1 second, letter", func(s *stream) *stream { return s.put(9, 4).put('a'+100, 8).numeric("1") }, "a1", "a1"},
	} {
		for _, version := range []int{1, 9, 10, 26, 27, 40} {
			got, err := scan.ParseSegments(c.s(&stream{version: version}).codewords(), version)
			if err != nil || string(got.Bytes) != c.bytes || got.Text != c.text || got.Append != (scan.Append{}) {
				t.Errorf("%s, version %d: bytes %q, text %q, append %v, error %v", c.name, version, got.Bytes, got.Text, got.Append, err)
			}
		}
	}
}

func TestStructuredAppendIsStatedAndNotJoined(t *testing.T) {
	got, err := scan.ParseSegments((&stream{version: 1}).put(3, 4).put(1, 4).put(3, 4).put(0xA5, 8).bytes("part").codewords(), 1)
	if want := (scan.Append{Part: 2, Parts: 4, Parity: 0xA5}); err != nil || got.Append != want || string(got.Bytes) != "part" {
		t.Errorf("%+v, bytes %q, error %v", got.Append, got.Bytes, err)
	}
}

func TestContentThatBreaksTheStandardIsRefused(t *testing.T) {
	s := func() *stream { return &stream{version: 1} }
	for name, c := range map[string]*stream{
		"Hanzi mode":                     s().put(13, 4).put(1, 4).put(1, 8),
		"unassigned mode":                s().put(15, 4),
		"three digits of 1000":           s().put(1, 4).put(3, 10).put(1000, 10),
		"two digits of 100":              s().put(1, 4).put(2, 10).put(100, 7),
		"one digit of 10":                s().put(1, 4).put(1, 10).put(10, 4),
		"a pair of 2025":                 s().put(2, 4).put(2, 9).put(2025, 11),
		"a character of 45":              s().put(2, 4).put(1, 9).put(45, 6),
		"ECI of four bytes":              s().put(7, 4).put(0xE0, 8).put(0, 24),
		"application indicator":          s().put(9, 4).put(150, 8),
		"part 4 of 2":                    s().put(3, 4).put(3, 4).put(1, 4).put(0, 8),
		"structured append in the midst": s().numeric("1").put(3, 4).put(0, 4).put(1, 4).put(0, 8),
		"more bytes than there are":      s().put(4, 4).put(200, 8).put(1, 8),
		"more digits than there are":     s().put(1, 4).put(1000, 10).put(1, 10),
		"more pairs than there are":      s().put(2, 4).put(500, 9).put(1, 11),
		"more kanji than there are":      s().put(8, 4).put(200, 8).put(1, 13),
		"no count":                       s().put(4, 4),
		"no ECI":                         s().put(7, 4).put(0x80, 4),
	} {
		got, err := scan.ParseSegments(c.codewords(), 1)
		if err == nil || got.Bytes != nil || got.Text != "" {
			t.Errorf("%s: bytes %q, error %v", name, got.Bytes, err)
		}
	}
}

func TestContentCutAnywhereIsAPrefixOrRefused(t *testing.T) {
	whole := (&stream{version: 1}).eci(26, 8).bytes("é%").numeric("1234567").alphanumeric("AB:").kanji("\x93\x5f").codewords()
	const all = "é%1234567AB:\x93\x5f"
	refused := 0
	for n := range whole {
		got, err := scan.ParseSegments(whole[:n], 1)
		if err != nil {
			refused++
		} else if !strings.HasPrefix(all, string(got.Bytes)) {
			t.Errorf("cut at byte %d: %q", n, got.Bytes)
		}
	}
	if refused < len(whole)/2 {
		t.Errorf("%d of %d cuts were refused", refused, len(whole))
	}
}

func TestAnySegmentsComeBackAsTheyWereWritten(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	pick := func(from string) string {
		out := make([]byte, random.IntN(12))
		for i := range out {
			out[i] = from[random.IntN(len(from))]
		}
		return string(out)
	}
	for range 2000 {
		version := 1 + random.IntN(40)
		s, want := &stream{version: version}, ""
		for range random.IntN(6) {
			var part string
			switch random.IntN(4) {
			case 0:
				part = pick("0123456789")
				s.numeric(part)
			case 1:
				part = pick("AZ09 $%*+-./:")
				s.alphanumeric(part)
			case 2:
				part = pick("az\x00\x80\xff\xc3")
				s.bytes(part)
			default:
				part = strings.Repeat("\x88\x9f", random.IntN(4))
				s.kanji(part)
			}
			want += part
		}
		if got, err := scan.ParseSegments(s.codewords(), version); err != nil || string(got.Bytes) != want {
			t.Fatalf("version %d: got %q, want %q, error %v", version, got.Bytes, want, err)
		}
	}
}

func TestMixedAndBrokenContentIsReadFromAPicture(t *testing.T) {
	mixed := (&stream{version: 5}).bytes("\xdc\x03").numeric("0123").alphanumeric("HC1:").put(0, 4)
	mustRead(t, pngOf(t, drawnCodewords(t, mixed.codewords(), 4)), "\xdc\x030123HC1:")
	mustRead(t, pngOf(t, drawnCodewords(t, (&stream{version: 5}).bytes("").put(0, 4).codewords(), 4)), "")

	hanzi := (&stream{version: 5}).numeric("12").put(13, 4).put(1, 4).put(1, 8)
	symbols, err := scan.Read(context.Background(), pngOf(t, drawnCodewords(t, hanzi.codewords(), 4)), scan.Limits{})
	if err != nil || len(symbols) != 1 {
		t.Fatal(len(symbols), err)
	}
	if s := symbols[0]; s.Err == nil || s.Bytes != nil || s.Text != "" || s.Index != 1 || !strings.Contains(s.Err.Error(), "mode 13 at bit 21") {
		t.Errorf("bytes %q, error %v", s.Bytes, s.Err)
	}
}

func FuzzParseSegments(f *testing.F) {
	f.Add((&stream{version: 1}).eci(26, 8).bytes("é").numeric("123").alphanumeric("A%").kanji("\x93\x5f").codewords(), 1)
	f.Add((&stream{version: 40}).put(3, 4).put(1, 4).put(3, 4).put(0xA5, 8).put(5, 4).alphanumeric("%%%").codewords(), 40)
	f.Add([]byte{0xEC, 0x11}, 27)
	f.Fuzz(func(t *testing.T, codewords []byte, version int) {
		got, err := scan.ParseSegments(codewords, version)
		if err != nil && (got.Bytes != nil || got.Text != "") {
			t.Fatal("content with an error")
		}
		if len(got.Bytes) > 3*len(codewords) { // ten bits hold three digits
			t.Fatalf("%d bytes from %d codewords", len(got.Bytes), len(codewords))
		}
	})
}
