package scan

import "math"

const (
	blockSide = 16
	// inkRange is the least difference of light within a block that a code could be read from: gozxing's local
	// binarizer wants more than 24 levels of 256, its global one 16.
	inkRange = 16
	// inkBlocks is how many such blocks may be dirt: the smallest code of 21 modules covers more at a pixel a module.
	inkBlocks = 1
)

// blankBeside reports whether a picture shows nothing beside the codes that were read from it.
func (g gray) blankBeside(symbols []Symbol) bool {
	inked := 0
	for top := 0; top < g.h; top += blockSide {
		for left := 0; left < g.w; left += blockSide {
			if g.contrast(left, top) < inkRange || onCode(symbols, left+blockSide/2, top+blockSide/2) {
				continue
			}
			if inked++; inked > inkBlocks {
				return false
			}
		}
	}
	return true
}

func (g gray) contrast(left, top int) int {
	low, high := g.extremes(left, top)
	return int(high) - int(low)
}

// extremes are the darkest and the lightest pixel of a block.
func (g gray) extremes(left, top int) (low, high byte) {
	low, high = 255, 0
	for y := top; y < min(top+blockSide, g.h); y++ {
		for _, v := range g.row(y)[left:min(left+blockSide, g.w)] {
			low, high = min(low, v), max(high, v)
		}
	}
	return low, high
}

// onCode reports whether a block around (x, y) lies on or touches one of the codes. Their edges are known to about a
// module, which is a twentieth of the side at most.
func onCode(symbols []Symbol, x, y int) bool {
	for _, s := range symbols {
		origin, right, down := s.Points[0], s.Points[1], s.Points[3]
		ux, uy := float64(right.X-origin.X), float64(right.Y-origin.Y)
		vx, vy := float64(down.X-origin.X), float64(down.Y-origin.Y)
		px, py := float64(x-origin.X), float64(y-origin.Y)
		area := ux*vy - uy*vx
		margin := 0.05 + blockSide*math.Sqrt2/2/math.Sqrt(math.Abs(area))
		a, b := (px*vy-py*vx)/area, (ux*py-uy*px)/area
		if -margin <= a && a <= 1+margin && -margin <= b && b <= 1+margin {
			return true
		}
	}
	return false
}
