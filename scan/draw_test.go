package scan_test

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/common/reedsolomon"
	"github.com/makiuchi-d/gozxing/qrcode"
	"github.com/makiuchi-d/gozxing/qrcode/decoder"
	"github.com/makiuchi-d/gozxing/qrcode/encoder"
)

// hints are the options of gozxing's writer.
type hints map[gozxing.EncodeHintType]any

// drawn is a code with a quiet zone of four modules, at a number of pixels a module.
func drawn(t testing.TB, text string, module int, h hints) *image.Gray {
	t.Helper()
	m, err := qrcode.NewQRCodeWriter().Encode(text, gozxing.BarcodeFormat_QR_CODE, 0, 0, h)
	if err != nil {
		t.Fatal(err)
	}
	return enlarged(m.GetWidth(), module, m.Get)
}

// drawnCodewords is a code of version 5-L with any data codewords, for what gozxing's writer does not write. Its 108
// data codewords are one block, so that nothing has to be interleaved.
func drawnCodewords(t testing.TB, data []byte, module int) *image.Gray {
	t.Helper()
	const size, correction = 108, 26
	symbols := make([]int, size+correction)
	for i := range size {
		symbols[i] = []int{0xEC, 0x11}[i%2]
	}
	for i, b := range data {
		symbols[i] = int(b)
	}
	if err := reedsolomon.NewReedSolomonEncoder(reedsolomon.GenericGF_QR_CODE_FIELD_256).Encode(symbols, correction); err != nil {
		t.Fatal(err)
	}
	bits := gozxing.NewEmptyBitArray()
	for _, s := range symbols {
		_ = bits.AppendBits(s, 8)
	}
	version, _ := decoder.Version_GetVersionForNumber(5)
	grid := encoder.NewByteMatrix(version.GetDimensionForVersion(), version.GetDimensionForVersion())
	if err := encoder.MatrixUtil_buildMatrix(bits, decoder.ErrorCorrectionLevel_L, version, 3, grid); err != nil {
		t.Fatal(err)
	}
	return enlarged(grid.GetWidth()+8, module, func(x, y int) bool {
		inside := x >= 4 && y >= 4 && x < grid.GetWidth()+4 && y < grid.GetHeight()+4
		return inside && grid.Get(x-4, y-4) == 1
	})
}

func enlarged(modules, module int, dark func(x, y int) bool) *image.Gray {
	m := white(modules*module, modules*module)
	for y := range m.Rect.Dy() {
		for x := range m.Rect.Dx() {
			if dark(x/module, y/module) {
				m.Pix[y*m.Stride+x] = 0
			}
		}
	}
	return m
}

func white(w, h int) *image.Gray {
	m := image.NewGray(image.Rect(0, 0, w, h))
	for i := range m.Pix {
		m.Pix[i] = 255
	}
	return m
}

// page puts pictures on white paper.
func page(w, h int, at map[image.Point]*image.Gray) *image.Gray {
	m := white(w, h)
	for p, part := range at {
		draw.Draw(m, part.Rect.Add(p), part, image.Point{}, draw.Src)
	}
	return m
}

// turned rotates a picture about its middle, on a canvas that holds it at any angle.
func turned(m *image.Gray, degrees float64) *image.Gray {
	side := int(math.Ceil(math.Hypot(float64(m.Rect.Dx()), float64(m.Rect.Dy()))))
	out := white(side, side)
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	for y := range side {
		for x := range side {
			dx, dy := float64(x)-float64(side)/2+0.5, float64(y)-float64(side)/2+0.5
			sx := int(math.Floor(cos*dx + sin*dy + float64(m.Rect.Dx())/2))
			sy := int(math.Floor(-sin*dx + cos*dy + float64(m.Rect.Dy())/2))
			if image.Pt(sx, sy).In(m.Rect) {
				out.Pix[y*out.Stride+x] = m.Pix[sy*m.Stride+sx]
			}
		}
	}
	return out
}

func mapped(m *image.Gray, f func(x, y int, v byte) byte) *image.Gray {
	out := image.NewGray(m.Rect)
	for i, v := range m.Pix {
		out.Pix[i] = f(i%m.Stride, i/m.Stride, v)
	}
	return out
}

func mirrored(m *image.Gray) *image.Gray {
	w := m.Rect.Dx()
	return mapped(m, func(x, y int, _ byte) byte { return m.Pix[y*m.Stride+w-1-x] })
}

func negative(m *image.Gray) *image.Gray {
	return mapped(m, func(_, _ int, v byte) byte { return 255 - v })
}

func pngOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jpegOf(t testing.TB, m image.Image, quality int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// gifOf is an animation of whole frames.
func gifOf(t testing.TB, frames ...*image.Gray) []byte {
	t.Helper()
	g := gif.GIF{}
	for _, f := range frames {
		m := image.NewPaletted(f.Rect, color.Palette{color.Black, color.White})
		draw.Draw(m, m.Rect, f, f.Rect.Min, draw.Src)
		g.Image, g.Delay = append(g.Image, m), append(g.Delay, 10)
	}
	return gifBytes(t, &g)
}

func gifBytes(t testing.TB, g *gif.GIF) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, g); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
