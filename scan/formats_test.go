package scan_test

import (
	"context"
	"image"
	"image/color"
	"image/color/palette"
	"image/draw"
	"image/gif"
	"testing"

	"github.com/travelseal/travelseal/scan"
)

func TestJPEGIsReadAtEveryQuality(t *testing.T) {
	for _, quality := range []int{100, 75, 40, 20} {
		mustRead(t, jpegOf(t, drawn(t, first, 5, nil), quality), first)
	}
}

func TestLosslessWebPIsRead(t *testing.T) {
	for _, module := range []int{3, 6} {
		mustRead(t, webpOf(drawn(t, first, module, nil)), first)
	}
}

func TestEveryColourModelIsRead(t *testing.T) {
	code := drawn(t, first, 4, nil)
	for name, m := range map[string]draw.Image{
		"RGBA": image.NewRGBA(code.Rect), "NRGBA": image.NewNRGBA(code.Rect),
		"RGBA64": image.NewRGBA64(code.Rect), "Gray16": image.NewGray16(code.Rect),
		"palette": image.NewPaletted(code.Rect, palette.Plan9),
	} {
		t.Run(name, func(t *testing.T) {
			draw.Draw(m, m.Bounds(), code, image.Point{}, draw.Src)
			mustRead(t, pngOf(t, m), first)
			mustRead(t, jpegOf(t, m, 80), first)
		})
	}
}

func TestTransparencyIsSeenOnWhitePaper(t *testing.T) {
	code := drawn(t, first, 4, nil)
	clear := image.NewNRGBA(code.Rect) // black throughout, and opaque where the code is dark
	for i, v := range code.Pix {
		clear.Pix[4*i+3] = 255 - v
	}
	mustRead(t, pngOf(t, clear), first)

	indexed := image.NewPaletted(code.Rect, color.Palette{color.NRGBA{}, color.Black})
	for i, v := range code.Pix {
		indexed.Pix[i] = 1 - v/255
	}
	mustRead(t, pngOf(t, indexed), first)
}

func TestLuminanceIsThatOfThePicture(t *testing.T) {
	for _, c := range []struct {
		name string
		in   color.Color
		want byte
	}{
		{"black", color.Black, 0},
		{"white", color.White, 255},
		{"red", color.RGBA{255, 0, 0, 255}, 76},
		{"half-clear black", color.NRGBA{0, 0, 0, 128}, 127},
		{"clear", color.NRGBA{0, 0, 0, 0}, 255},
	} {
		for _, m := range []draw.Image{image.NewNRGBA(image.Rect(0, 0, 3, 100)), image.NewPaletted(image.Rect(0, 0, 3, 100), color.Palette{c.in})} {
			draw.Draw(m, m.Bounds(), image.NewUniform(c.in), image.Point{}, draw.Src)
			pix, err := scan.Grays(pngOf(t, m))
			if err != nil {
				t.Fatal(err)
			}
			if len(pix[0]) != 300 || pix[0][0] != c.want || pix[0][299] != c.want {
				t.Errorf("%s in %T: %d pixels, first %d, last %d, want %d", c.name, m, len(pix[0]), pix[0][0], pix[0][299], c.want)
			}
		}
	}
}

func TestEveryFrameOfAGIFIsRead(t *testing.T) {
	a, b := drawn(t, first, 4, nil), drawn(t, second, 4, nil)
	symbols, err := scan.Read(context.Background(), gifOf(t, a, b, a, white(a.Rect.Dx(), a.Rect.Dy())), scan.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if len(symbols) != 2 || string(symbols[0].Bytes) != first || string(symbols[1].Bytes) != second ||
		symbols[0].Frame != 0 || symbols[1].Frame != 1 || symbols[1].Index != 2 {
		t.Errorf("got %+v", symbols)
	}
}

func TestFramesAreDrawnOverOneAnotherAsDisposalSays(t *testing.T) {
	// A code cut in halves that are shown one after the other is whole only where the first half stays.
	code := drawn(t, first, 4, nil)
	side := code.Rect.Dx()
	halves := func(disposal byte) []byte {
		g := gif.GIF{Config: image.Config{Width: side, Height: side}}
		for _, part := range []image.Rectangle{image.Rect(0, 0, side, side/2), image.Rect(0, side/2, side, side)} {
			m := image.NewPaletted(part, color.Palette{color.Black, color.White})
			draw.Draw(m, part, code, part.Min, draw.Src)
			g.Image, g.Delay, g.Disposal = append(g.Image, m), append(g.Delay, 10), append(g.Disposal, disposal)
		}
		return gifBytes(t, &g)
	}
	symbols, err := scan.Read(context.Background(), halves(gif.DisposalNone), scan.Limits{})
	if err != nil || len(symbols) != 1 || symbols[0].Frame != 1 {
		t.Errorf("kept: %d symbols, error %v", len(symbols), err)
	}
	for _, disposal := range []byte{gif.DisposalBackground, gif.DisposalPrevious} {
		if symbols, err := scan.Read(context.Background(), halves(disposal), scan.Limits{}); err == nil {
			t.Errorf("disposal %d: %d symbols", disposal, len(symbols))
		}
	}
}
