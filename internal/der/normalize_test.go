package der_test

import (
	"bytes"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/der"
)

var roomy = der.Limits{Size: 64 << 10, Elements: 1000}

func TestBERBecomesDER(t *testing.T) {
	const indefinite, long, pieces = der.IndefiniteLength, der.LongLength, der.ConstructedString
	for name, c := range map[string]struct {
		ber, der string
		found    string // code@offset
	}{
		"a sequence without its length":       {"30 80 02 01 05 00 00", "30 03 02 01 05", indefinite + "@0"},
		"one in another":                      {"30 80 A0 80 05 00 00 00 02 01 01 00 00", "30 07 A0 02 05 00 02 01 01", indefinite + "@0"},
		"one in one that states its length":   {"30 06 A0 80 05 00 00 00", "30 04 A0 02 05 00", indefinite + "@2"},
		"an empty one":                        {"30 80 00 00", "30 00", indefinite + "@0"},
		"a long length":                       {"30 81 02 05 00", "30 02 05 00", long + "@0"},
		"a long length of a primitive":        {"30 06 04 83 00 00 01 AA", "30 03 04 01 AA", long + "@2"},
		"eight octets of length":              {"04 88 00 00 00 00 00 00 00 01 AA", "04 01 AA", long + "@0"},
		"a string in pieces":                  {"24 07 04 02 AA BB 04 01 CC", "04 03 AA BB CC", pieces + "@0"},
		"a string in pieces without a length": {"24 80 04 01 AA 04 00 04 01 BB 00 00", "04 02 AA BB", pieces + "@0 " + indefinite + "@0"},
		"pieces in pieces":                    {"24 0A 24 05 04 01 AA 04 00 04 01 BB", "04 02 AA BB", pieces + "@0"},
		"pieces in pieces without a length":   {"24 80 24 80 04 01 AA 00 00 24 00 04 81 01 BB 00 00", "04 02 AA BB", pieces + "@0 " + indefinite + "@0 " + long + "@11"},
		"no pieces":                           {"24 00", "04 00", pieces + "@0"},
		"the content may look like an end":    {"30 80 04 02 00 00 00 00", "30 04 04 02 00 00", indefinite + "@0"},
		"a long tag":                          {"7F61 80 5F2E 01 00 00 00", "7F61 04 5F2E 01 00", indefinite + "@0"},
		"a set keeps its order":               {"31 80 02 01 05 01 01 01 00 00", "31 06 02 01 05 01 01 01", indefinite + "@0"},
		"lengths that grow":                   {"30 80 04 7F" + strings.Repeat("AA", 127) + "00 00", "30 81 81 04 7F" + strings.Repeat("AA", 127), indefinite + "@0"},
	} {
		for _, tail := range []string{"", "00 00 00", "30 80"} {
			got, rest, found, err := der.Normalize(b(t, c.ber+tail), roomy)
			if err != nil || !bytes.Equal(got, b(t, c.der)) || !bytes.Equal(rest, b(t, tail)) {
				t.Errorf("%s: %x, then %x, %v", name, got, rest, err)
				continue
			}
			for _, want := range strings.Fields(c.found) {
				if !has(found, want) || len(found) != len(strings.Fields(c.found)) {
					t.Errorf("%s: %+v, want %s", name, found, c.found)
				}
			}
		}
	}
}

func has(found []der.Deviation, want string) bool {
	for _, d := range found {
		if want == d.Code+"@"+strconv.Itoa(d.Offset) && strings.HasPrefix(d.Where, "tag ") {
			return true
		}
	}
	return false
}

func TestDERIsReturnedAsItIs(t *testing.T) {
	data := b(t, "30 0A 04 02 00 00 A0 00 31 02 05 00 00 00")
	var got, rest []byte
	if n := testing.AllocsPerRun(100, func() {
		var found []der.Deviation
		var err error
		if got, rest, found, err = der.Normalize(data, roomy); err != nil || found != nil {
			t.Fatal(found, err)
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
	if &got[0] != &data[0] || len(got) != 12 || cap(got) != 12 || len(rest) != 2 {
		t.Errorf("%x, then %x", got, rest)
	}
}

func TestWhatNoIssuerNeedsIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		ber    string
		kind   error
		offset int
	}{
		"nothing":                            {"", der.ErrTruncated, 0},
		"an end of contents alone":           {"00 00", der.ErrTag, 0},
		"an end of contents in a length":     {"30 02 00 00", der.ErrTag, 2},
		"no end of contents":                 {"30 80 05 00", der.ErrTruncated, 4},
		"half an end of contents":            {"30 80 05 00 00", der.ErrTag, 4},
		"an end that states a length":        {"30 80 05 00 00 01 00", der.ErrTag, 4},
		"a primitive without its length":     {"04 80 00 00", der.ErrLength, 0},
		"a string of bits in pieces":         {"23 03 03 01 00", der.ErrTag, 0},
		"a text in pieces":                   {"2C 03 04 01 41", der.ErrTag, 0},
		"a number in pieces":                 {"22 03 02 01 00", der.ErrTag, 0},
		"a primitive sequence":               {"10 00", der.ErrTag, 0},
		"a primitive set":                    {"11 00", der.ErrTag, 0},
		"pieces of another type":             {"24 03 02 01 00", der.ErrTag, 2},
		"pieces within pieces, another type": {"24 05 24 03 0C 01 41", der.ErrTag, 4},
		"nine octets of length":              {"04 89 00 00 00 00 00 00 00 00 00", der.ErrLength, 0},
		"the reserved length":                {"04 FF 00", der.ErrLength, 0},
		"half a long length":                 {"30 88 00", der.ErrTruncated, 0},
		"more than there is":                 {"30 82 00 05 05 00", der.ErrTruncated, 0},
		"far more than there is":             {"30 88 FF FF FF FF FF FF FF FF", der.ErrTruncated, 0},
		"2 GiB in a long length":             {"30 86 00 00 80 00 00 00 05 00", der.ErrTruncated, 0},
		"a value that leaves its own":        {"30 04 30 81 05 00 00 00", der.ErrTruncated, 2},
		"one in a sequence without length":   {"30 80 04 05 00 00", der.ErrTruncated, 2},
		"half a tag":                         {"30 01 7F", der.ErrTag, 2},
		"a tag of four octets":               {"7F 81 81 01 00", der.ErrTag, 0},
	} {
		got, rest, found, err := der.Normalize(b(t, c.ber), roomy)
		wrong(t, name, err, c.kind, "the encoding", c.offset)
		if got != nil || rest != nil || found != nil {
			t.Errorf("%s: refused, and gives %x all the same", name, got)
		}
	}
}

// nest is a number of values in one another.
func nest(depth int, indefinite bool) []byte {
	var data []byte
	for range depth {
		if indefinite {
			data = append(append([]byte{0x30, 0x80}, data...), 0, 0)
		} else {
			data = encode(der.Sequence, data)
		}
	}
	return data
}

func TestLimitsHold(t *testing.T) {
	for _, indefinite := range []bool{false, true} {
		deepest := nest(der.MaxDepth, indefinite)
		if _, _, _, err := der.Normalize(deepest, der.Limits{Size: len(deepest), Elements: der.MaxDepth}); err != nil {
			t.Error(err)
		}
		for name, c := range map[string]struct {
			data   []byte
			limits der.Limits
		}{
			"depth":               {nest(der.MaxDepth+1, indefinite), roomy},
			"ten thousand levels": {nest(10_000, indefinite), roomy},
			"size":                {deepest, der.Limits{Size: len(deepest) - 1, Elements: 1000}},
			"elements":            {deepest, der.Limits{Size: len(deepest), Elements: der.MaxDepth - 1}},
			"no limits":           {deepest, der.Limits{}},
		} {
			if _, _, _, err := der.Normalize(c.data, c.limits); !strings.Contains(err.Error(), der.ErrLimit.Error()) {
				t.Errorf("%s, indefinite %t: %v", name, indefinite, err)
			}
		}
	}
	deep := bytes.Repeat([]byte{0x24, 0x80}, 10_000)
	_, _, _, err := der.Normalize(deep, roomy)
	wrong(t, "pieces in pieces", err, der.ErrLimit, "the encoding", 2*der.MaxDepth)
}

// hostile are files of 64 KiB that are all heads and no content.
func hostile() map[string][]byte {
	wrap := func(inner ...byte) []byte {
		out := bytes.Repeat(inner, (64<<10-4)/len(inner))
		return append(append([]byte{0x30, 0x80}, out...), 0, 0)
	}
	return map[string][]byte{
		"empty sequences": wrap(0x30, 0), "open sequences": wrap(0x30, 0x80, 0, 0), "empty pieces": wrap(0x24, 0), "long lengths": wrap(4, 0x81, 0),
		"open for ever": bytes.Repeat([]byte{0x30, 0x80}, 32<<10), "zeros": make([]byte, 64<<10), "one torn string": append(bytes.Repeat([]byte{0x24, 0x80}, 20), make([]byte, 65000)...),
	}
}

func TestAHostileFileCostsLittle(t *testing.T) {
	for name, data := range hostile() {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		_, _, _, _ = der.Normalize(data, der.Limits{Size: 64 << 10, Elements: 16 << 10})
		runtime.ReadMemStats(&after)
		if n := after.TotalAlloc - before.TotalAlloc; n > 1<<20 {
			t.Errorf("%s: %d bytes are allocated for %d", name, n, len(data))
		}
	}
}

func FuzzNormalize(f *testing.F) {
	for _, seed := range []string{
		"30 80 24 80 04 01 AA 24 03 04 01 BB 00 00 A0 81 02 05 00 00 00 00", "30 03 02 01 05", "24 00", "7F61 80 5F2E 01 00 00 00", "04 88 00 00 00 00 00 00 00 01 AA",
		"30 80 00 00 00 00", "30 83 00 00 80", "24 80 24 80 00 00 04 00 00 00",
	} {
		f.Add(b(f, seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		given := bytes.Clone(data)
		out, rest, found, err := der.Normalize(data, roomy)
		if !bytes.Equal(given, data) {
			t.Fatal("the data was written to")
		}
		if err != nil {
			return
		}
		used := len(data) - len(rest)
		if len(found) == 0 != (len(out) == used && bytes.Equal(out, data[:used])) {
			t.Fatalf("%x became %x, with %+v", data[:used], out, found)
		}
		if len(out) > used+der.MaxDepth { // a length takes at most one octet more than an end of contents
			t.Fatalf("%d bytes became %d", used, len(out))
		}
		again, rest, found, err := der.Normalize(out, der.Limits{Size: len(out), Elements: roomy.Elements})
		if err != nil || len(found) != 0 || len(rest) != 0 || !bytes.Equal(again, out) {
			t.Fatalf("%x became %x: %+v, %v", out, again, found, err)
		}
		if got, want := octets(t, out), loose(data[:used]); !bytes.Equal(got, want) {
			t.Fatalf("%x became %x: the contents differ, %x and %x", data, out, want, got)
		}
	})
}

// octets are the contents of all primitive values of DER, one after the other.
func octets(t *testing.T, data []byte) (all []byte) {
	for r := der.New(data); !r.Empty(); {
		v, err := r.Next("a value of what was normalised")
		switch {
		case err != nil:
			t.Fatal(err)
		case v.Tag.Constructed():
			all = append(all, octets(t, v.Content)...)
		default:
			all = append(all, v.Content...)
		}
	}
	return all
}

// loose are the contents of all primitive values of BER that was found sound, read without the rules of this package.
func loose(data []byte) (all []byte) {
	for at := 0; at < len(data); {
		constructed := data[at]&0x20 != 0
		end := data[at] == 0 // the end of contents: a tag of 00 and a length of 00
		if at++; data[at-1]&0x1F == 0x1F {
			for data[at]&0x80 != 0 {
				at++
			}
			at++
		}
		length := int(data[at])
		at++
		if length > 0x80 {
			n := length - 0x80
			length = 0
			for _, x := range data[at : at+n] {
				length = length<<8 | int(x)
			}
			at += n
		}
		if !constructed && !end {
			all = append(all, data[at:at+length]...)
			at += length
		}
	}
	return all
}

func BenchmarkNormalize(b *testing.B) {
	strict := encode(der.Sequence, bytes.Repeat(encode(der.Sequence, encode(der.OctetString, make([]byte, 20))), 60))
	ber := append(append([]byte{0x30, 0x80}, bytes.Repeat(encode(der.Sequence, encode(der.OctetString, make([]byte, 20))), 60)...), 0, 0)
	for name, data := range map[string][]byte{"DER": strict, "BER": ber} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, _, _, err := der.Normalize(data, roomy); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
