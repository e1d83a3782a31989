package scan

import (
	"context"
	"math"

	"github.com/makiuchi-d/gozxing"
)

// A view is one way of looking at a picture.
type view struct {
	scale  scale
	filter func(gray) gray // nil is none
	// global binarizes with one threshold for the whole picture, which suits screens and even light; otherwise each
	// neighbourhood has its own.
	global bool
}

// A scale is the size of a view in quarters of the picture's.
type scale int

const (
	quarter scale = 1
	half    scale = 2
	full    scale = 4
	double  scale = 8
)

// A picture whose longer side is more than largeSide pixels is worked on at half its size, and one whose longer side
// is less than smallSide is also seen at twice its size.
const (
	largeSide = 1500
	smallSide = 1100
)

// ladder lists the views of a picture whose longer side is given, the most telling first.
func ladder(side int) []view {
	views := []view{{scale: full}, {scale: full, global: true}}
	working, smaller := full, half
	if side > largeSide {
		views = append(views, view{scale: half})
		working, smaller = half, quarter
	}
	if side < smallSide {
		views = append(views, view{scale: double}, view{scale: double, global: true}, view{scale: double, filter: gray.sharpened})
	}
	return append(views,
		view{scale: working, filter: gray.evened},
		view{scale: working, filter: gray.evened, global: true},
		view{scale: working, filter: gray.smoothed},
		view{scale: working, filter: gray.sharpened},
		view{scale: working, filter: gray.inverted},
		view{scale: working, filter: gray.inverted, global: true},
		view{scale: smaller})
}

// factor converts a length in the view to pixels of the picture.
func (s scale) factor() float64 { return float64(full) / float64(s) }

func (s scale) of(g gray) gray {
	switch s {
	case quarter:
		return g.halved().halved()
	case half:
		return g.halved()
	case double:
		return g.doubled()
	}
	return g
}

// find gives the codes of one view, with places in pixels of the picture, and covers them in it. Clean means that none
// of them needed correction.
func (v view) find(ctx context.Context, picture gray) (symbols []Symbol, clean bool, err error) {
	g := v.scale.of(picture)
	if g.w == 0 || g.h == 0 {
		return nil, true, nil
	}
	if v.filter != nil {
		g = v.filter(g)
	}
	matrix, err := v.binarize(g)
	if err != nil {
		return nil, true, nil // all of one shade
	}
	hits, err := detect(ctx, matrix)
	clean = true
	for _, h := range hits {
		symbols = append(symbols, h.symbol(v.scale.factor()))
		h.cover(picture, v.scale.factor())
		clean = clean && h.code.errors == 0
	}
	return symbols, clean, err
}

func (v view) binarize(g gray) (*gozxing.BitMatrix, error) {
	source, err := gozxing.NewPlanarYUVLuminanceSource(g.pix, g.w, g.h, 0, 0, g.w, g.h, false)
	if err != nil {
		return nil, err
	}
	if v.global {
		return gozxing.NewGlobalHistgramBinarizer(source).GetBlackMatrix()
	}
	return gozxing.NewHybridBinarizer(source).GetBlackMatrix()
}

// symbol reads the content of a code and places its corners: the finder patterns are centred 3.5 modules in.
func (h hit) symbol(factor float64) Symbol {
	content, err := parseSegments(h.code.data, h.code.version)
	s := Symbol{Kind: "qr", Text: string(content.text), Bytes: content.bytes, Append: content.append, Err: err}
	n := float64(h.modules)
	for _, corner := range [4][2]float64{{0, 0}, {n, 0}, {n, n}, {0, n}} {
		right, down := (corner[0]-3.5)/(n-7), (corner[1]-3.5)/(n-7)
		place := func(tl, tr, bl float64) int {
			return int(math.Round(factor * (tl + right*(tr-tl) + down*(bl-tl))))
		}
		s.Points = append(s.Points, Point{
			X: place(h.topLeft.GetX(), h.topRight.GetX(), h.bottomLeft.GetX()),
			Y: place(h.topLeft.GetY(), h.topRight.GetY(), h.bottomLeft.GetY()),
		})
	}
	return s
}

// cover paints out the inner rings of the finder patterns, so that later views do not find the code again, nor mistake
// its finder patterns for those of another. Everything else stays, in case a code lies within a code.
func (h hit) cover(picture gray, factor float64) {
	module := gozxing.ResultPoint_Distance(h.topLeft, h.topRight) / float64(h.modules-7)
	for _, p := range h.finders() {
		picture.whiten(factor*p.GetX(), factor*p.GetY(), factor*2.5*module)
	}
}
