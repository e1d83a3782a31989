package scan

import (
	"cmp"
	"image"
	"slices"
)

// The shape of a region that may be a code of another kind than QR.
const (
	regionBlock  = 8   // pixels along a side of the finest blocks
	regionLevels = 4   // sizes of blocks, each twice the one before: a block must span the white between two dark modules
	regionRange  = 48  // the least difference of light in a block of print
	regionSide   = 20  // the smallest code has ten modules
	regionAspect = 2.5 // codes are squares; those of DataMatrix that are not are longer, and are not looked for
	regionInk    = 0.5 // codes are print everywhere
	maxRegions   = 12  // the largest are looked at
)

// A lattice is the print of a picture in blocks: a bit for each.
type lattice struct {
	w, h, side int
	low, high  []byte // the darkest and the lightest pixel of each block
}

// regions are the boxes of a picture that have the shape of a code, the largest first, away from the codes that were found.
func (g gray) regions(found []Symbol) []image.Rectangle {
	var boxes []image.Rectangle
	l := g.lattice()
	for range regionLevels {
		boxes = append(boxes, l.boxes(found)...)
		l = l.coarser()
	}
	slices.SortFunc(boxes, func(a, b image.Rectangle) int {
		return cmp.Or(cmp.Compare(area(b), area(a)), cmp.Compare(a.Min.Y, b.Min.Y), cmp.Compare(a.Min.X, b.Min.X))
	})
	var kept []image.Rectangle
	whole := image.Rect(0, 0, g.w, g.h)
	for _, b := range boxes {
		b = b.Intersect(whole)
		if len(kept) < maxRegions && b.Dx() >= regionSide && b.Dy() >= regionSide && !slices.ContainsFunc(kept, func(k image.Rectangle) bool { return overlap(k, b) }) {
			kept = append(kept, b)
		}
	}
	return kept
}

func area(r image.Rectangle) int { return r.Dx() * r.Dy() }

// overlap reports whether the smaller box b fills nearly all of k.
func overlap(k, b image.Rectangle) bool {
	return 10*area(k.Intersect(b)) >= 9*area(b) && 10*area(b) >= 8*area(k)
}

func (g gray) lattice() lattice {
	l := lattice{w: (g.w + regionBlock - 1) / regionBlock, h: (g.h + regionBlock - 1) / regionBlock, side: regionBlock}
	l.low, l.high = make([]byte, l.w*l.h), make([]byte, l.w*l.h)
	for i := range l.low {
		l.low[i] = 255
	}
	for y := range g.h {
		low, high := l.low[y/regionBlock*l.w:][:l.w], l.high[y/regionBlock*l.w:][:l.w]
		row := g.row(y)
		for i := range low {
			for _, v := range row[i*regionBlock : min((i+1)*regionBlock, g.w)] {
				low[i], high[i] = min(low[i], v), max(high[i], v)
			}
		}
	}
	return l
}

// coarser joins four blocks to one.
func (l lattice) coarser() lattice {
	c := lattice{w: (l.w + 1) / 2, h: (l.h + 1) / 2, side: 2 * l.side}
	c.low, c.high = make([]byte, c.w*c.h), make([]byte, c.w*c.h)
	for i := range c.low {
		c.low[i] = 255
	}
	for y := range l.h {
		for x := range l.w {
			from, to := y*l.w+x, y/2*c.w+x/2
			c.low[to], c.high[to] = min(c.low[to], l.low[from]), max(c.high[to], l.high[from])
		}
	}
	return c
}

// boxes gives the boxes around connected print, where they have the shape of a code.
func (l lattice) boxes(found []Symbol) []image.Rectangle {
	print := make([]bool, l.w*l.h)
	for i := range print {
		x, y := i%l.w*l.side+l.side/2, i/l.w*l.side+l.side/2
		print[i] = int(l.high[i])-int(l.low[i]) >= regionRange && !onCode(found, x, y)
	}
	var boxes []image.Rectangle
	var stack []int
	for i := range print {
		if !print[i] {
			continue
		}
		box, blocks := image.Rectangle{}, 0
		print[i] = false
		stack = append(stack[:0], i)
		for len(stack) > 0 {
			at := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			x, y := at%l.w, at/l.w
			box, blocks = box.Union(image.Rect(x, y, x+1, y+1)), blocks+1
			for v := max(0, y-1); v <= min(l.h-1, y+1); v++ {
				for u := max(0, x-1); u <= min(l.w-1, x+1); u++ {
					if n := v*l.w + u; print[n] {
						print[n] = false
						stack = append(stack, n)
					}
				}
			}
		}
		long, short := float64(max(box.Dx(), box.Dy())), float64(min(box.Dx(), box.Dy()))
		if short > 1 && long <= regionAspect*short && float64(blocks) >= regionInk*long*short {
			boxes = append(boxes, image.Rect(box.Min.X*l.side, box.Min.Y*l.side, box.Max.X*l.side, box.Max.Y*l.side))
		}
	}
	return boxes
}
