package scan

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
)

// A gray is a picture of 8-bit luminance, row by row without gaps; 255 is white.
type gray struct {
	w, h int
	pix  []byte
}

func newGray(w, h int) gray { return gray{w, h, make([]byte, w*h)} }

// toGray converts a decoded picture. The luminance of a JPEG or lossy WebP is taken as it is stored; transparency is
// seen on white paper.
func toGray(m image.Image) gray {
	g := newGray(m.Bounds().Dx(), m.Bounds().Dy())
	switch m := m.(type) {
	case *image.Gray:
		for y := range g.h {
			copy(g.row(y), m.Pix[y*m.Stride:])
		}
	case *image.YCbCr:
		for y := range g.h {
			copy(g.row(y), m.Y[y*m.YStride:])
		}
	case *image.Paletted:
		lut := paletteGray(m.Palette)
		for y := range g.h {
			for x, index := range m.Pix[y*m.Stride:][:g.w] {
				g.pix[y*g.w+x] = lut[index]
			}
		}
	default:
		g.drawn(m)
	}
	return g
}

func (g gray) row(y int) []byte { return g.pix[y*g.w:][:g.w] }

// drawn fills g from any kind of picture, a strip at a time so that no second picture in full colour is held.
func (g gray) drawn(m image.Image) {
	const rows = 64
	strip := image.NewRGBA(image.Rect(0, 0, g.w, min(rows, g.h)))
	for top := 0; top < g.h; top += rows {
		draw.Draw(strip, strip.Rect, image.White, image.Point{}, draw.Src)
		draw.Draw(strip, strip.Rect, m, m.Bounds().Min.Add(image.Pt(0, top)), draw.Over)
		for y := range min(rows, g.h-top) {
			in := strip.Pix[y*strip.Stride:]
			out := g.row(top + y)
			for x := range out {
				out[x] = luminance(in[4*x], in[4*x+1], in[4*x+2])
			}
		}
	}
}

// luminance is Y' of ITU-R BT.601, as JPEG uses it.
func luminance(r, g, b byte) byte {
	return byte((19595*uint32(r) + 38470*uint32(g) + 7471*uint32(b) + 1<<15) >> 16)
}

// paletteGray is the luminance of every palette entry on white paper. Entries that do not exist are white.
func paletteGray(p color.Palette) (lut [256]byte) {
	for i := range lut {
		lut[i] = 255
		if i < len(p) {
			c := color.NRGBAModel.Convert(p[i]).(color.NRGBA)
			y, a := int(luminance(c.R, c.G, c.B)), int(c.A)
			lut[i] = byte((y*a + 255*(255-a) + 127) / 255)
		}
	}
	return lut
}

// halved is the picture at half the size, four pixels averaged into one.
func (g gray) halved() gray {
	out := newGray(g.w/2, g.h/2)
	for y := range out.h {
		upper, lower := g.row(2*y), g.row(2*y+1)
		for x := range out.w {
			sum := int(upper[2*x]) + int(upper[2*x+1]) + int(lower[2*x]) + int(lower[2*x+1])
			out.pix[y*out.w+x] = byte((sum + 2) / 4)
		}
	}
	return out
}

// doubled is the picture at twice the size, interpolated linearly: each new pixel lies a quarter of an old one off.
func (g gray) doubled() gray {
	out := newGray(2*g.w, 2*g.h)
	for y := range out.h {
		near := g.row(y / 2)
		far := g.row(min(max(y/2+2*(y&1)-1, 0), g.h-1))
		for x := range out.w {
			x0 := x / 2
			x1 := min(max(x0+2*(x&1)-1, 0), g.w-1)
			sum := 3*(3*int(near[x0])+int(near[x1])) + 3*int(far[x0]) + int(far[x1])
			out.pix[y*out.w+x] = byte((sum + 8) / 16)
		}
	}
	return out
}

// inverted is the negative, in which light codes on dark ground are dark on light.
func (g gray) inverted() gray {
	out := newGray(g.w, g.h)
	for i, v := range g.pix {
		out.pix[i] = 255 - v
	}
	return out
}

// smoothed averages each pixel with its neighbours, weighted 1-2-1 in both directions, against noise and moiré. The
// outermost pixels stay.
func (g gray) smoothed() gray {
	out := g.clone()
	for y := 1; y < g.h-1; y++ {
		above, here, below, smooth := g.row(y-1), g.row(y), g.row(y+1), out.row(y)
		for x := 1; x < g.w-1; x++ {
			sum := int(above[x-1]) + int(above[x+1]) + int(below[x-1]) + int(below[x+1]) +
				2*(int(above[x])+int(below[x])+int(here[x-1])+int(here[x+1])) + 4*int(here[x])
			smooth[x] = byte((sum + 8) / 16)
		}
	}
	return out
}

// sharpened is an unsharp mask against blur: it adds twice the difference from the smoothed picture.
func (g gray) sharpened() gray {
	out := g.smoothed().smoothed()
	for i, v := range g.pix {
		out.pix[i] = byte(min(max(3*int(v)-2*int(out.pix[i]), 0), 255))
	}
	return out
}

func (g gray) clone() gray { return gray{g.w, g.h, bytes.Clone(g.pix)} }

// whiten paints a square around a point, as far as it lies within the picture.
func (g gray) whiten(cx, cy, radius float64) {
	x0, x1 := max(int(cx-radius), 0), min(int(cx+radius)+1, g.w)
	for y := max(int(cy-radius), 0); y < min(int(cy+radius)+1, g.h); y++ {
		for x := x0; x < x1; x++ {
			g.pix[y*g.w+x] = 255
		}
	}
}
