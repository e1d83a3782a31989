package scan

// evened stretches the light of every neighbourhood to the whole range, so that a code in shadow or in faint print
// looks like any other. The neighbourhood of a block is the 5 by 5 blocks around it; where that has no ink the block
// becomes white.
func (g gray) evened() gray {
	const reach = 2
	columns, rows := (g.w+blockSide-1)/blockSide, (g.h+blockSide-1)/blockSide
	low, high := newGray(columns, rows), newGray(columns, rows)
	for y := range rows {
		for x := range columns {
			low.row(y)[x], high.row(y)[x] = g.extremes(x*blockSide, y*blockSide)
		}
	}
	out := newGray(g.w, g.h)
	for y := range rows {
		for x := range columns {
			darkest, lightest := byte(255), byte(0)
			for v := max(y-reach, 0); v <= min(y+reach, rows-1); v++ {
				for u := max(x-reach, 0); u <= min(x+reach, columns-1); u++ {
					darkest, lightest = min(darkest, low.row(v)[u]), max(lightest, high.row(v)[u])
				}
			}
			out.stretch(g, x*blockSide, y*blockSide, darkest, lightest)
		}
	}
	return out
}

// stretch fills a block with that of another picture, scaled so that the two given shades become black and white.
func (g gray) stretch(from gray, left, top int, darkest, lightest byte) {
	span := int(lightest) - int(darkest)
	for y := top; y < min(top+blockSide, g.h); y++ {
		in, out := from.row(y), g.row(y)
		for x := left; x < min(left+blockSide, g.w); x++ {
			out[x] = 255
			if span >= inkRange {
				out[x] = byte((int(in[x]) - int(darkest)) * 255 / span)
			}
		}
	}
}
