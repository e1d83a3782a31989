package scan_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"runtime"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/scan"
)

// mustBeTooLarge wants the refusal to name what was too much, and the value and limit of it.
func mustBeTooLarge(t *testing.T, data []byte, l scan.Limits, words ...string) {
	t.Helper()
	symbols, err := scan.Read(context.Background(), data, l)
	var e *scan.Error
	if symbols != nil || !errors.As(err, &e) || e.Code != scan.CodeTooLarge {
		t.Fatalf("%d symbols, error %v", len(symbols), err)
	}
	for _, w := range words {
		if !strings.Contains(e.Error(), w) {
			t.Errorf("%q does not say %q", e, w)
		}
	}
}

func TestEachLimitHoldsAtItsValueAndRefusesBeyond(t *testing.T) {
	code := drawn(t, first, 4, nil)
	side := code.Rect.Dx()
	data := pngOf(t, code)
	three := gifOf(t, code, code, code)
	two := pngOf(t, page(2*side, side, map[image.Point]*image.Gray{{}: code, {X: side}: drawn(t, second, 4, nil)}))
	for _, c := range []struct {
		name       string
		data       []byte
		at, beyond scan.Limits
		words      []string
	}{
		{"bytes", data, scan.Limits{FileBytes: len(data)}, scan.Limits{FileBytes: len(data) - 1}, []string{"bytes of the file"}},
		{"pixels", data, scan.Limits{Pixels: side * side}, scan.Limits{Pixels: side*side - 1}, []string{"pixels:"}},
		{"frames", three, scan.Limits{Frames: 3}, scan.Limits{Frames: 2}, []string{"frames: 3, limit 2"}},
		{"pixels of all frames", three, scan.Limits{Pixels: 3 * side * side}, scan.Limits{Pixels: 3*side*side - 1}, []string{"pixels of all frames"}},
		{"codes", two, scan.Limits{Symbols: 2}, scan.Limits{Symbols: 1}, []string{"codes in the picture: 2, limit 1"}},
		{"codes of several frames", gifOf(t, code, drawn(t, second, 4, nil)), scan.Limits{Symbols: 2}, scan.Limits{Symbols: 1}, []string{"codes in the picture"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := scan.Read(context.Background(), c.data, c.at); err != nil {
				t.Errorf("at the limit: %v", err)
			}
			mustBeTooLarge(t, c.data, c.beyond, c.words...)
		})
	}
}

func TestAnnouncedSizesAreRefusedBeforeMemoryIsTaken(t *testing.T) {
	ihdr := append([]byte("IHDR"), binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, 65000), 65000)...)
	ihdr = append(ihdr, 1, 0, 0, 0, 0) // one bit of gray
	png := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), ihdr...)
	png = binary.BigEndian.AppendUint32(png, crc32.ChecksumIEEE(ihdr))
	png = append(png, "\x00\x00\x00\x00IDAT\x35\xaf\x06\x1e"...)

	jpeg := jpegOf(t, white(16, 16), 50)
	copy(jpeg[bytes.Index(jpeg, []byte{0xFF, 0xC0})+5:], "\xff\xff\xff\xff")

	webp := webpOf(white(16, 16))
	copy(webp[21:], "\xff\xff\xff\x0f") // 16384 x 16384

	gif := gifOf(t, white(16, 16))
	copy(gif[6:], "\xff\xff\xff\xff")

	for name, data := range map[string][]byte{"PNG": png, "JPEG": jpeg, "WebP": webp, "GIF": gif} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			mustBeTooLarge(t, data, scan.Limits{}, "pixels: ", "limit 40000000")
			runtime.ReadMemStats(&after)
			if taken := after.TotalAlloc - before.TotalAlloc; taken > 1<<20 {
				t.Errorf("%d bytes were allocated", taken)
			}
		})
	}
}

func TestAnimationsOfTenThousandFramesAreRefusedUndecoded(t *testing.T) {
	one := gifOf(t, white(8, 8))
	frame := one[13 : len(one)-1] // a graphic control and an image with its own colours
	data := append([]byte(nil), one[:len(one)-1]...)
	for range 9_999 {
		data = append(data, frame...)
	}
	data = append(data, 0x3B)
	mustBeTooLarge(t, data, scan.Limits{}, "frames: 10000, limit 16")
}

func TestFramesAreCountedThroughEveryKindOfBlock(t *testing.T) {
	const (
		head    = "GIF89a\x01\x00\x01\x00\x00\x00\x00"
		control = "\x21\xf9\x04\x00\x00\x00\x00\x00"
		comment = "\x21\xfe\x03abc\x02\x2c\x2c\x00"
		loop    = "\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"
		text    = "\x21\x01\x0c\x2c\x2c\x2c\x2c\x2c\x2c\x2c\x2c\x2c\x2c\x2c\x2c\x01\x2c\x00"
		picture = "\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x80\x00\x00\x00\xff\xff\xff\x02\x02\x4c\x01\x00"
	)
	for _, c := range []struct {
		data string
		want int
	}{
		{head + "\x3b", 0},
		{head + picture + "\x3b", 1},
		{head + control + picture + comment + picture + loop + text + picture + "\x3b", 3},
		{head + picture + picture, 2},             // no trailer
		{head + picture + "\x3b" + picture, 1},    // behind the trailer
		{head + picture + "\x00" + picture, 1},    // damage
		{head + picture[:14], 1},                  // cut
		{"GIF89a\x01\x00\x01\x00\x80\x00\x00", 0}, // cut within the colour table
		{"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff" + picture + "\x3b", 1},
	} {
		if got := scan.CountFrames([]byte(c.data)); got != c.want {
			t.Errorf("%q: %d frames, want %d", c.data, got, c.want)
		}
	}
}

func TestScansAreCountedOutsideOfOtherSegmentsOnly(t *testing.T) {
	const (
		soi  = "\xff\xd8"
		app  = "\xff\xe1\x00\x06\xff\xda\xff\xda"
		scn  = "\xff\xda\x00\x04\x01\x00"
		data = "\x12\xff\x00\xda\xff\xd0\xda\x34"
		eoi  = "\xff\xd9"
	)
	for _, c := range []struct {
		data string
		want int
	}{
		{soi + eoi, 0},
		{soi + app + scn + data + eoi, 1},
		{soi + scn + data + scn + data + "\xff\xff\xff" + scn[1:] + data + eoi, 3},
		{soi + scn + data + eoi + scn, 1},
		{soi + scn, 1},
		{soi + "\xff\xda", 0},
		{soi + "\xff", 0},
		{"", 0},
	} {
		if got := scan.CountScans([]byte(c.data)); got != c.want {
			t.Errorf("%q: %d scans, want %d", c.data, got, c.want)
		}
	}
	picture := jpegOf(t, drawn(t, first, 4, nil), 80)
	if got := scan.CountScans(picture); got != 1 {
		t.Errorf("a JPEG of one scan has %d", got)
	}
	sos := bytes.Index(picture, []byte{0xFF, 0xDA})
	passes := append([]byte(nil), picture[:len(picture)-2]...)
	for range 50 {
		passes = append(passes, picture[sos:len(picture)-2]...)
	}
	mustBeTooLarge(t, append(passes, picture[len(picture)-2:]...), scan.Limits{}, "scans of a JPEG: 51, limit 50")
}
