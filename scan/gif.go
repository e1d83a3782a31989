package scan

import (
	"image"
	"image/gif"
	"io"
)

// countFrames counts the image descriptors of a GIF89a file without decoding them. It walks the blocks exactly as
// image/gif does, so that it never counts fewer than are decoded. A damaged file is counted up to the damage.
func countFrames(data []byte) int {
	w := walker{data: data}
	w.skip(10)
	w.skipTable(w.byte())
	w.skip(2)
	frames := 0
	for {
		switch w.byte() {
		case 0x2C: // image descriptor
			frames++
			w.skip(8)
			w.skipTable(w.byte())
			w.skip(1) // code size
			w.skipBlocks()
		case 0x21: // extension
			w.skipExtension()
		default: // the trailer, or damage
			return frames
		}
	}
}

// A walker steps over the blocks of a GIF. Past the end it reads zeros, which end every list.
type walker struct {
	data []byte
	at   int
}

func (w *walker) byte() byte {
	if w.at >= len(w.data) {
		return 0
	}
	w.at++
	return w.data[w.at-1]
}

func (w *walker) skip(n int) { w.at += n }

// skipTable steps over a colour table of the size that a packed field gives.
func (w *walker) skipTable(packed byte) {
	if packed&0x80 != 0 {
		w.skip(3 << (1 + packed&7))
	}
}

func (w *walker) skipBlocks() {
	for n := w.byte(); n != 0; n = w.byte() {
		w.skip(int(n))
	}
}

func (w *walker) skipExtension() {
	switch w.byte() {
	case 0xF9: // graphic control: always of the one size
		w.skip(6)
	case 0x01: // plain text: a header of fixed size, then blocks
		w.skip(13)
		w.skipBlocks()
	default:
		w.skipBlocks()
	}
}

// gifFrames draws the frames of an animation one over the other, as a viewer shows them.
func gifFrames(r io.Reader) ([]gray, error) {
	g, err := gif.DecodeAll(r)
	if err != nil {
		return nil, err
	}
	canvas := newGray(g.Config.Width, g.Config.Height)
	canvas.fill(image.Rect(0, 0, canvas.w, canvas.h))
	frames := make([]gray, len(g.Image))
	for i, m := range g.Image {
		frames[i] = canvas.clone()
		frames[i].overlay(m)
		switch g.Disposal[i] {
		case gif.DisposalBackground:
			canvas = frames[i].clone()
			canvas.fill(m.Rect)
		case gif.DisposalPrevious: // the canvas stays
		default:
			canvas = frames[i]
		}
	}
	return frames, nil
}

// overlay draws the opaque pixels of one frame.
func (g gray) overlay(m *image.Paletted) {
	lut := paletteGray(m.Palette)
	var opaque [256]bool
	for i, c := range m.Palette {
		_, _, _, a := c.RGBA()
		opaque[i] = a != 0
	}
	for y := range m.Rect.Dy() {
		out := g.row(m.Rect.Min.Y + y)[m.Rect.Min.X:]
		for x, index := range m.Pix[y*m.Stride:][:m.Rect.Dx()] {
			if opaque[index] {
				out[x] = lut[index]
			}
		}
	}
}

// fill makes a part white again, as viewers do with a disposed frame.
func (g gray) fill(part image.Rectangle) {
	for y := part.Min.Y; y < part.Max.Y; y++ {
		row := g.row(y)[part.Min.X:part.Max.X]
		for x := range row {
			row[x] = 255
		}
	}
}
