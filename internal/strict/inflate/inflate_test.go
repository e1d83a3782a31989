package inflate_test

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/strict/inflate"
)

const limit = 256 << 10

// deflated is plain as a raw DEFLATE stream.
func deflated(tb testing.TB, level int, plain []byte) []byte {
	tb.Helper()
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, level)
	if err != nil {
		tb.Fatal(err)
	}
	return finish(tb, &b, w, plain)
}

// zlibbed is plain as a zlib stream.
func zlibbed(tb testing.TB, level int, plain []byte) []byte {
	tb.Helper()
	var b bytes.Buffer
	w, err := zlib.NewWriterLevel(&b, level)
	if err != nil {
		tb.Fatal(err)
	}
	return finish(tb, &b, w, plain)
}

func finish(tb testing.TB, b *bytes.Buffer, w io.WriteCloser, plain []byte) []byte {
	tb.Helper()
	if _, err := w.Write(plain); err != nil {
		tb.Fatal(err)
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// document is n bytes that compress about as well as a signed certificate does: text around a random signature.
func document(n int) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	b := []byte(strings.Repeat(`{"v":[{"tg":"840539006","vp":"1119349007","dn":2,"sd":2,"co":"XX"}],"ver":"1.3.0"}`, 1+n/80))[:n-n/4]
	for len(b) < n {
		b = append(b, byte(r.Uint32()))
	}
	return b
}

var levels = []int{flate.HuffmanOnly, flate.NoCompression, flate.BestSpeed, flate.BestCompression}

func TestRoundTripOfEveryKindOfBlock(t *testing.T) {
	for _, n := range []int{0, 1, 2, 400, 3000, 40_000, limit} {
		var plain []byte
		if n > 0 {
			plain = document(n)
		}
		for _, level := range levels {
			if got, err := inflate.Raw(deflated(t, level, plain), limit); err != nil || !bytes.Equal(got, plain) {
				t.Errorf("Raw, %d bytes, level %d: %d bytes, %v", n, level, len(got), err)
			}
			if got, err := inflate.Zlib(zlibbed(t, level, plain), limit); err != nil || !bytes.Equal(got, plain) {
				t.Errorf("Zlib, %d bytes, level %d: %d bytes, %v", n, level, len(got), err)
			}
		}
	}
}

func TestLimitIsExact(t *testing.T) {
	plain := document(1000)
	for _, level := range levels {
		raw, z := deflated(t, level, plain), zlibbed(t, level, plain)
		for _, c := range []struct {
			limit int
			fits  bool
		}{{1000, true}, {1001, true}, {math.MaxInt, true}, {999, false}, {1, false}, {0, false}, {-1, false}, {math.MinInt, false}} {
			for name, expand := range map[string]func() ([]byte, error){
				"Raw":  func() ([]byte, error) { return inflate.Raw(raw, c.limit) },
				"Zlib": func() ([]byte, error) { return inflate.Zlib(z, c.limit) },
			} {
				out, err := expand()
				if c.fits && (err != nil || len(out) != 1000) {
					t.Errorf("%s, level %d, limit %d: %d bytes, %v", name, level, c.limit, len(out), err)
				}
				if !c.fits && (!errors.Is(err, inflate.ErrLimit) || out != nil) {
					t.Errorf("%s, level %d, limit %d: %d bytes, %v; want ErrLimit", name, level, c.limit, len(out), err)
				}
			}
		}
	}
	if out, err := inflate.Raw(deflated(t, 9, nil), 0); err != nil || len(out) != 0 {
		t.Errorf("nothing in a limit of nothing: %d bytes, %v", len(out), err)
	}
}

func TestBombStopsAtTheLimit(t *testing.T) {
	bomb := zlibbed(t, 9, make([]byte, 16<<20))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := inflate.Zlib(bomb, limit)
	runtime.ReadMemStats(&after)
	var e *inflate.Error
	if !errors.As(err, &e) || !errors.Is(err, inflate.ErrLimit) {
		t.Fatalf("error %v, want ErrLimit", err)
	}
	if e.Offset > len(bomb)/20 {
		t.Errorf("used %d of %d bytes before it stopped", e.Offset, len(bomb))
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 3*limit {
		t.Errorf("%d bytes allocated for a limit of %d", used, limit)
	}
}

func TestRefusalsNameTheirReasonAndOffset(t *testing.T) {
	plain := document(500)
	z, raw := zlibbed(t, 9, plain), deflated(t, 9, plain)
	with := func(b []byte, at int, x byte) []byte {
		b = slices.Clone(b)
		b[at] ^= x
		return b
	}
	header := func(a, b byte) []byte { return append([]byte{a, b}, z[2:]...) }
	stored := deflated(t, flate.NoCompression, plain)
	for name, c := range map[string]struct {
		raw    bool
		src    []byte
		want   error
		offset int
	}{
		"nothing":                         {false, nil, inflate.ErrTruncated, 0},
		"half a header":                   {false, z[:1], inflate.ErrTruncated, 1},
		"header alone":                    {false, z[:2], inflate.ErrTruncated, 2},
		"method 7":                        {false, header(0x77, 0x85), inflate.ErrCorrupt, 0},
		"window of 64 kB":                 {false, header(0x88, 0x1C), inflate.ErrCorrupt, 0},
		"header check":                    {false, header(0x78, 0xDB), inflate.ErrCorrupt, 0},
		"gzip header":                     {false, []byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"), inflate.ErrCorrupt, 0},
		"preset dictionary":               {false, header(0x78, 0xBB), inflate.ErrDictionary, 1},
		"reserved kind of block":          {false, []byte{0x78, 0x9C, 0x07, 0, 0, 0, 0, 0}, inflate.ErrCorrupt, 3},
		"wrong checksum":                  {false, with(z, len(z)-1, 1), inflate.ErrChecksum, len(z) - 4},
		"checksum missing":                {false, z[:len(z)-4], inflate.ErrTruncated, len(z) - 4},
		"checksum cut short":              {false, z[:len(z)-1], inflate.ErrTruncated, len(z) - 4},
		"one byte after":                  {false, append(slices.Clone(z), 0), inflate.ErrTrailing, len(z)},
		"second stream after":             {false, slices.Concat(z, z), inflate.ErrTrailing, len(z)},
		"stream cut short":                {false, z[:len(z)/2], inflate.ErrTruncated, len(z) / 2},
		"raw: nothing":                    {true, nil, inflate.ErrTruncated, 0},
		"raw: reserved kind of block":     {true, []byte{0x06}, inflate.ErrCorrupt, 1},
		"raw: cut short by one byte":      {true, raw[:len(raw)-1], inflate.ErrTruncated, len(raw) - 1},
		"raw: one byte after":             {true, append(slices.Clone(raw), 0), inflate.ErrTrailing, len(raw)},
		"raw: second stream after":        {true, slices.Concat(raw, raw), inflate.ErrTrailing, len(raw)},
		"raw: stored block cut short":     {true, stored[:100], inflate.ErrTruncated, 100},
		"raw: stored length check":        {true, with(stored, 3, 1), inflate.ErrCorrupt, 5},
		"raw: distance before the output": {true, []byte{0x03, 0x02, 0x00}, inflate.ErrCorrupt, 2},
	} {
		expand := inflate.Zlib
		if c.raw {
			expand = inflate.Raw
		}
		out, err := expand(c.src, limit)
		var e *inflate.Error
		if !errors.As(err, &e) || !errors.Is(err, c.want) || out != nil {
			t.Errorf("%s: %d bytes, %v; want %v", name, len(out), err, c.want)
			continue
		}
		if e.Offset != c.offset {
			t.Errorf("%s: offset %d, want %d (%v)", name, e.Offset, c.offset, err)
		}
	}
}

func TestErrorNamesThePlace(t *testing.T) {
	_, err := inflate.Raw(append(deflated(t, 9, []byte("secret")), 'x'), limit)
	if got, want := err.Error(), "inflate: data after the end of the stream at byte 12"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestEveryTruncationOfZlibIsRefused(t *testing.T) {
	z := zlibbed(t, 9, document(600))
	for n := range z {
		if _, err := inflate.Zlib(z[:n], limit); !errors.Is(err, inflate.ErrTruncated) {
			t.Errorf("first %d of %d bytes: %v", n, len(z), err)
		}
	}
}

func TestResultsDoNotShareMemory(t *testing.T) {
	a, b := document(700), bytes.Repeat([]byte("b"), 700)
	za, zb := zlibbed(t, 9, a), zlibbed(t, 9, b)
	first, err := inflate.Zlib(za, limit)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := inflate.Zlib(zb, limit); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, a) {
		t.Error("the second document overwrote the first")
	}
}

func FuzzZlib(f *testing.F) {
	f.Add(zlibbed(f, 9, document(400)), 1000)
	f.Add(zlibbed(f, 0, []byte("stored")), 6)
	f.Add(append(zlibbed(f, 1, []byte("trailing")), 0), 100)
	f.Add([]byte{0x78, 0xBB, 0, 0, 0, 0}, 10)
	f.Fuzz(func(t *testing.T, src []byte, limit int) {
		limit = min(limit, 1<<20)
		out, err := inflate.Zlib(src, limit)
		if err != nil {
			refused(t, src, err)
			return
		}
		r, err := zlib.NewReader(bytes.NewReader(src))
		if err != nil {
			t.Fatalf("the standard library refuses the header: %v", err)
		}
		if want, err := io.ReadAll(r); err != nil || !bytes.Equal(out, want) || len(out) > max(limit, 0) {
			t.Fatalf("%d bytes within %d, the standard library has %d, %v", len(out), limit, len(want), err)
		}
	})
}

func FuzzRaw(f *testing.F) {
	f.Add(deflated(f, 9, document(400)), 1000)
	f.Add(deflated(f, 0, []byte("stored")), 6)
	f.Add(deflated(f, 1, make([]byte, 5000)), 4999)
	f.Add([]byte{0x06}, 10)
	f.Add([]byte{0x03, 0x30}, -108)
	f.Fuzz(func(t *testing.T, src []byte, limit int) {
		limit = min(limit, 1<<20)
		out, err := inflate.Raw(src, limit)
		if err != nil {
			refused(t, src, err)
			return
		}
		r := bytes.NewReader(src)
		if want, err := io.ReadAll(flate.NewReader(r)); err != nil || !bytes.Equal(out, want) || len(out) > max(limit, 0) || r.Len() != 0 {
			t.Fatalf("%d bytes within %d, the standard library has %d and %d left over, %v", len(out), limit, len(want), r.Len(), err)
		}
	})
}

func refused(t *testing.T, src []byte, err error) {
	t.Helper()
	var e *inflate.Error
	if !errors.As(err, &e) || e.Err == nil || e.Offset < 0 || e.Offset > len(src) {
		t.Fatalf("error %v has no cause or no place in %d bytes", err, len(src))
	}
}

func benchmark(b *testing.B, n int, compress func(testing.TB, int, []byte) []byte, expand func([]byte, int) ([]byte, error)) {
	plain := document(n)
	src := compress(b, 9, plain)
	b.SetBytes(int64(n))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := expand(src, limit); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkZlib400(b *testing.B)  { benchmark(b, 400, zlibbed, inflate.Zlib) }
func BenchmarkZlib4000(b *testing.B) { benchmark(b, 4000, zlibbed, inflate.Zlib) }
func BenchmarkRaw4000(b *testing.B)  { benchmark(b, 4000, deflated, inflate.Raw) }

// BenchmarkStandardLibrary400 is what Zlib400 is to be compared with.
func BenchmarkStandardLibrary400(b *testing.B) {
	benchmark(b, 400, zlibbed, func(src []byte, _ int) ([]byte, error) {
		r, err := zlib.NewReader(bytes.NewReader(src))
		if err != nil {
			return nil, err
		}
		return io.ReadAll(r)
	})
}
