package scan_test

import (
	"context"
	"image"
	"math/rand/v2"
	"testing"

	"github.com/travelseal/travelseal/scan"
)

// written is a page with something like lines of text on it.
func written(m *image.Gray) *image.Gray {
	random := rand.New(rand.NewPCG(7, 8))
	for y := 300; y < m.Rect.Dy()-300; y += 60 {
		for x := 200; x < m.Rect.Dx()-200; x += 8 + random.IntN(20) {
			for v := range 24 {
				for u := range 4 {
					if m.Pix[(y+v)*m.Stride+x+u] == 255 && random.IntN(5) > 0 {
						m.Pix[(y+v)*m.Stride+x+u] = 40
					}
				}
			}
		}
	}
	return m
}

func BenchmarkRead(b *testing.B) {
	code := drawn(b, first, 4, nil)
	for _, c := range []struct {
		name string
		data []byte
	}{
		{"a clean code", pngOf(b, code)},
		{"a page with a code and text", jpegOf(b, written(page(2480, 3508, map[image.Point]*image.Gray{{1500, 2000}: drawn(b, first, 8, nil)})), 85)},
		{"a page with text only", jpegOf(b, written(white(2480, 3508)), 85)},
		{"a screen of 1080 by 2400", jpegOf(b, written(page(1080, 2400, map[image.Point]*image.Gray{{200, 800}: drawn(b, first, 10, nil)})), 85)},
		{"a clean DataMatrix code", pngOf(b, drawnDataMatrix(b, []byte(first), 4))},
		{"a page with a DataMatrix code", jpegOf(b, page(2480, 3508, map[image.Point]*image.Gray{{1500, 2000}: drawnDataMatrix(b, []byte(first), 8)}), 85)},
		{"a clean Aztec code", pngOf(b, drawnAztec(b, []byte(first), 4))},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = scan.Read(context.Background(), c.data, scan.Limits{})
			}
		})
	}
}
