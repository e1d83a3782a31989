package scan

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode/detector"
)

const (
	// rowStep is how many rows apart a view is searched. The centre of a finder pattern is three modules high.
	rowStep = 3
	// maxSeen bounds the finder patterns that are told apart in one view, and maxCentres those that are combined, which
	// costs the cube of their number. 32 codes have 96; more than that is texture.
	maxSeen    = 400
	maxCentres = 120
)

// A centre is the place of one finder pattern, its module size and how often it was seen.
type centre = detector.FinderPattern

// A finder looks for finder patterns: dark, light, dark, light, dark in the ratio 1:1:3:1:1 in every direction through
// their centre (ISO/IEC 18004:2015 §6.3.3). It stands in for the finder of gozxing, which on a picture of stripes
// walks along whole stripes from every pixel, and which nothing can stop.
type finder struct {
	matrix *gozxing.BitMatrix
	w, h   int
	seen   []*centre
}

// findCentres gives the finder patterns of a view, the most often seen first.
func findCentres(ctx context.Context, matrix *gozxing.BitMatrix) ([]*centre, error) {
	f := finder{matrix: matrix, w: matrix.GetWidth(), h: matrix.GetHeight()}
	for y := rowStep / 2; y < f.h; y += rowStep {
		if err := ended(ctx); err != nil {
			return nil, err
		}
		f.searchRow(y)
	}
	slices.SortStableFunc(f.seen, func(a, b *centre) int { return cmp.Compare(b.GetCount(), a.GetCount()) })
	return f.seen[:min(len(f.seen), maxCentres)], nil
}

// searchRow looks at every five runs of a row that begin and end dark.
func (f *finder) searchRow(y int) {
	var r runs
	dark, length := false, 0
	for x := 0; x <= f.w; x++ {
		now := x < f.w && f.matrix.Get(x, y)
		if now == dark && x < f.w {
			length++
			continue
		}
		r = runs{r[1], r[2], r[3], r[4], length}
		if dark && r.finder(2) {
			f.check(float64(x)-r.afterCentre()-float64(r[2])/2, y, r.total())
		}
		dark, length = now, 1
	}
}

// check looks at a finder pattern in the other directions, down, across again where its middle is now known to be, and
// along both diagonals, and notes it.
func (f *finder) check(x float64, y, total int) {
	down, middle := f.cross(int(x), y, 0, 1, total)
	if !down.finder(2) || !similar(down.total(), total) {
		return
	}
	centreY := float64(y) + middle
	across, middle := f.cross(int(x), int(centreY), 1, 0, total)
	if !across.finder(2) || !similar(across.total(), total) {
		return
	}
	centreX := math.Floor(x) + middle
	for _, dy := range [2]int{1, -1} {
		if diagonal, _ := f.cross(int(centreX), int(centreY), 1, dy, total); !diagonal.finder(3) {
			return
		}
	}
	f.note(centreX, centreY, float64(across.total()+down.total())/14)
}

// note joins a sighting with those of the same pattern.
func (f *finder) note(x, y, module float64) {
	for i, c := range f.seen {
		if c.AboutEquals(module, y, x) {
			f.seen[i] = c.CombineEstimate(y, x, module)
			return
		}
	}
	if len(f.seen) < maxSeen {
		f.seen = append(f.seen, detector.NewFinderPattern1(x, y, module))
	}
}

// cross measures the five runs through a dark pixel in a direction, and how far the middle of the centre one lies
// from the pixel's start. No run is followed further than the limit.
func (f *finder) cross(x, y, dx, dy, limit int) (r runs, middle float64) {
	if !f.dark(x, y) {
		return runs{}, 0
	}
	back, ahead := 0, 1
	for back < limit && f.dark(x-(back+1)*dx, y-(back+1)*dy) {
		back++
	}
	for ahead < limit && f.dark(x+ahead*dx, y+ahead*dy) {
		ahead++
	}
	r[2] = back + ahead
	r[1] = f.run(x-(back+1)*dx, y-(back+1)*dy, -dx, -dy, false, limit)
	r[0] = f.run(x-(back+1+r[1])*dx, y-(back+1+r[1])*dy, -dx, -dy, true, limit)
	r[3] = f.run(x+ahead*dx, y+ahead*dy, dx, dy, false, limit)
	r[4] = f.run(x+(ahead+r[3])*dx, y+(ahead+r[3])*dy, dx, dy, true, limit)
	return r, float64(ahead-back) / 2
}

// run is the length of one shade from a pixel on. Outside of the view there is neither.
func (f *finder) run(x, y, dx, dy int, dark bool, limit int) int {
	n := 0
	for n < limit && f.inside(x, y) && f.matrix.Get(x, y) == dark {
		x, y, n = x+dx, y+dy, n+1
	}
	return n
}

func (f *finder) inside(x, y int) bool { return 0 <= x && x < f.w && 0 <= y && y < f.h }

func (f *finder) dark(x, y int) bool { return f.inside(x, y) && f.matrix.Get(x, y) }

// runs are the lengths of five runs in a line, the outer ones and the centre dark.
type runs [5]int

func (r runs) total() int { return r[0] + r[1] + r[2] + r[3] + r[4] }

func (r runs) afterCentre() float64 { return float64(r[3] + r[4]) }

// finder reports whether the runs are in the ratio 1:1:3:1:1, each within some quarters of its length.
func (r runs) finder(quarters int) bool {
	total := r.total()
	if total < 7 {
		return false
	}
	for i, modules := range [5]int{1, 1, 3, 1, 1} {
		if off := 7*r[i] - modules*total; r[i] == 0 || 4*max(off, -off) >= quarters*modules*total {
			return false
		}
	}
	return true
}

// similar reports whether two lengths differ by less than two fifths, as those of a code seen at a slant do.
func similar(a, b int) bool { return 5*max(a-b, b-a) < 2*b }
