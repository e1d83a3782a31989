package scan

import (
	"bytes"
	"cmp"
	"slices"
)

// merge adds a symbol unless it is already there: the same bytes at the same place. Two printed copies of one code
// lie at different places and are both reported.
func merge(found []Symbol, s Symbol) []Symbol {
	for _, f := range found {
		if bytes.Equal(f.Bytes, s.Bytes) && f.samePlace(s) {
			return found
		}
	}
	return append(found, s)
}

// samePlace reports whether the centre of s lies within the middle half of f.
func (f Symbol) samePlace(s Symbol) bool {
	a, b := f.box(), s.box()
	dx := (a.left + a.right) - (b.left + b.right)
	dy := (a.top + a.bottom) - (b.top + b.bottom)
	return 2*max(dx, -dx) <= a.right-a.left && 2*max(dy, -dy) <= a.bottom-a.top
}

// inReadingOrder sorts by frame and then as one reads a page, and numbers the symbols. A row is what begins above the
// middle of its topmost code, so that two codes side by side are read left to right though one sits a pixel lower.
func inReadingOrder(symbols []Symbol) []Symbol {
	slices.SortFunc(symbols, func(a, b Symbol) int {
		x, y := a.box(), b.box()
		return cmp.Or(cmp.Compare(a.Frame, b.Frame), cmp.Compare(x.top, y.top), cmp.Compare(x.left, y.left),
			bytes.Compare(a.Bytes, b.Bytes))
	})
	for start := 0; start < len(symbols); {
		frame, first := symbols[start].Frame, symbols[start].box()
		end := start
		for end < len(symbols) && symbols[end].Frame == frame && symbols[end].box().top <= (first.top+first.bottom)/2 {
			end++
		}
		slices.SortStableFunc(symbols[start:end], func(a, b Symbol) int { return cmp.Compare(a.box().left, b.box().left) })
		start = end
	}
	for i := range symbols {
		symbols[i].Index = i + 1
	}
	return symbols
}

type box struct{ left, top, right, bottom int }

func (f Symbol) box() box {
	b := box{f.Points[0].X, f.Points[0].Y, f.Points[0].X, f.Points[0].Y}
	for _, p := range f.Points[1:] {
		b.left, b.right = min(b.left, p.X), max(b.right, p.X)
		b.top, b.bottom = min(b.top, p.Y), max(b.bottom, p.Y)
	}
	return b
}
