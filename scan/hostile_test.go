package scan_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/travelseal/travelseal/scan"
)

// mustFailWell wants an error of a known code, or symbols, and never both.
func mustFailWell(t testing.TB, data []byte) {
	t.Helper()
	symbols, err := scan.Read(context.Background(), data, scan.Limits{Pixels: 1_000_000})
	if err == nil {
		if len(symbols) == 0 {
			t.Error("no symbols and no error")
		}
		return
	}
	var e *scan.Error
	if symbols != nil || !errors.As(err, &e) {
		t.Fatalf("%d symbols, error %T %v", len(symbols), err, err)
	}
	switch e.Code {
	case scan.CodeTooLarge, scan.CodeNoSymbol, scan.CodeUnreadable, scan.CodeMediaType:
	default:
		t.Errorf("code %q", e.Code)
	}
}

func pictures(t testing.TB) map[string][]byte {
	code := drawn(t, "HC1:6BF", 3, nil)
	return map[string][]byte{
		"PNG": pngOf(t, code), "JPEG": jpegOf(t, code, 90), "GIF": gifOf(t, code, negative(code)), "WebP": webpOf(code),
	}
}

func TestATruncatedPictureIsUnreadable(t *testing.T) {
	for name, data := range pictures(t) {
		t.Run(name, func(t *testing.T) {
			for n := 0; n < len(data); n += min(100, 1+n/4) {
				mustFailWell(t, data[:n])
			}
			_, err := scan.Read(context.Background(), data[:len(data)/2], scan.Limits{})
			var e *scan.Error
			if !errors.As(err, &e) || e.Code != scan.CodeUnreadable {
				t.Errorf("half a file: error %v", err)
			}
		})
	}
}

func TestADamagedPictureNeverBreaksTheReader(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for name, data := range pictures(t) {
		t.Run(name, func(t *testing.T) {
			for range 150 {
				damaged := bytes.Clone(data)
				for range 1 + random.IntN(4) {
					damaged[random.IntN(len(damaged))] = byte(random.Uint32())
				}
				mustFailWell(t, damaged)
			}
		})
	}
}

func TestAPanicOfADecoderIsAnError(t *testing.T) {
	var none []int
	for _, c := range []struct {
		name string
		read func() ([]scan.Symbol, error)
	}{
		{"index", func() ([]scan.Symbol, error) { return make([]scan.Symbol, none[len(none)]), nil }},
		{"any value", func() ([]scan.Symbol, error) { panic("content of the picture") }},
	} {
		symbols, err := scan.Guarded(c.read)
		var e *scan.Error
		if symbols != nil || !errors.As(err, &e) || e.Code != scan.CodeUnreadable || bytes.Contains([]byte(e.Error()), []byte("content")) {
			t.Errorf("%s: %d symbols, error %v", c.name, len(symbols), err)
		}
	}
}

func TestPagesMadeToWasteTimeTakeBoundedTime(t *testing.T) {
	// ring gives the shade of a finder pattern at a distance from its middle.
	ring := func(distance int) byte {
		if distance == 3 || distance <= 1 {
			return 0
		}
		return 255
	}
	distance := func(x, pitch int) int { // in modules, of which a pattern has seven
		d := x%pitch/max(1, pitch/16) - 3
		return max(d, -d)
	}
	noise := rand.New(rand.NewPCG(3, 4))
	for _, c := range []struct {
		name string
		draw func(x, y int, v byte) byte
	}{
		{"finder patterns of a pixel a module", func(x, y int, _ byte) byte { return ring(max(distance(x, 9), distance(y, 9))) }},
		{"more finder patterns than are tried", func(x, y int, _ byte) byte { return ring(max(distance(x, 200), distance(y, 200))) }},
		{"large finder patterns", func(x, y int, _ byte) byte { return ring(max(distance(x, 500), distance(y, 500))) }},
		{"stripes down", func(x, _ int, _ byte) byte { return ring(distance(x, 9)) }},
		{"stripes across", func(_, y int, _ byte) byte { return ring(distance(y, 9)) }},
		{"lattice", func(x, y int, _ byte) byte { return ring(distance(x, 9)) & ring(distance(y, 9)) }},
		{"noise", func(_, _ int, _ byte) byte { return byte(noise.Uint32()) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := jpegOf(t, mapped(white(2480, 3508), c.draw), 95)
			start := time.Now()
			_, err := scan.Read(context.Background(), data, scan.Limits{})
			took := time.Since(start)
			t.Log(took)
			if !errors.Is(err, scan.ErrNoSymbol) || took > 30*time.Second {
				t.Errorf("%v, error %v", took, err)
			}
		})
	}
}

// A countdown is a context that ends when it has been asked a number of times.
type countdown struct {
	context.Context
	left *int
}

func (c countdown) Err() error {
	if *c.left--; *c.left < 0 {
		return context.DeadlineExceeded
	}
	return nil
}

func TestReadStopsWhereverTheContextEnds(t *testing.T) {
	stain := negative(white(50, 50)) // so that the ladder is climbed to its end
	data := jpegOf(t, page(700, 400, map[image.Point]*image.Gray{{20, 20}: drawn(t, first, 4, nil), {400, 20}: drawn(t, second, 4, nil), {640, 340}: stain}), 60)
	for questions := 0; ; questions += 1 + questions/4 {
		left := questions
		symbols, err := scan.Read(countdown{context.Background(), &left}, data, scan.Limits{})
		if err == nil {
			if len(symbols) != 2 {
				t.Errorf("%d symbols", len(symbols))
			}
			if questions < 100 {
				t.Errorf("the context was asked %d times only", questions)
			}
			return
		}
		if symbols != nil || !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("ended at question %d: %d symbols, error %v", questions, len(symbols), err)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, data := range pictures(f) {
		f.Add(data)
	}
	f.Add(pngOf(f, drawn(f, "A", 1, nil)))
	f.Add(pngOf(f, white(1, 1)))
	f.Add([]byte("\x89PNG\r\n\x1a\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		symbols, err := scan.Read(context.Background(), data, scan.Limits{Pixels: 40_000, Frames: 4, FileBytes: 1 << 16})
		if (err == nil) != (len(symbols) > 0) {
			t.Fatalf("%d symbols, error %v", len(symbols), err)
		}
		for _, in := range scan.Inputs("f", symbols) {
			if in.Size() > 7089 { // the digits of a version 40-L code
				t.Fatalf("a payload of %d bytes", in.Size())
			}
		}
	})
}
