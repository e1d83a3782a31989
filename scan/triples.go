package scan

import (
	"cmp"
	"math"
	"slices"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode/detector"
)

const (
	// maxSkew is how far three finder patterns may be from the corners of a square, as skew measures it; a code seen at
	// 45 degrees has about 0.4.
	maxSkew = 0.5
	// maxSizes is the most that the module sizes of three finder patterns of one code may differ, as a ratio.
	maxSizes = 1.5
	// minSpan and maxSpan are the modules between two finder patterns of one code: 14 to 170, and room for slant.
	minSpan, maxSpan = 9, 200
)

// A triple is three finder patterns that may belong to one code.
type triple struct {
	topLeft, topRight, bottomLeft *centre
	score                         float64 // 0 is perfect
}

// triplesOf gives the threes of centres that may be codes, the best first.
func triplesOf(centres []*centre) []triple {
	var triples []triple
	for i, a := range centres {
		for j, b := range centres[:i] {
			if !alike(a, b) {
				continue
			}
			for _, c := range centres[:j] {
				if alike(a, c) && alike(b, c) {
					if t := newTriple(a, b, c); t.plausible() {
						triples = append(triples, t)
					}
				}
			}
		}
	}
	slices.SortStableFunc(triples, func(a, b triple) int { return cmp.Compare(a.score, b.score) })
	return triples
}

// alike reports whether two finder patterns have modules of about one size and lie as far apart as two corners of a
// code; the diagonal is the longest.
func alike(a, b *centre) bool {
	m, n := a.GetEstimatedModuleSize(), b.GetEstimatedModuleSize()
	span := gozxing.ResultPoint_Distance(a, b) / min(m, n)
	return max(m, n) <= maxSizes*min(m, n) && minSpan <= span && span <= maxSpan*math.Sqrt2
}

// newTriple puts three finder patterns in their places: the one opposite of the longest side is the top left, and the
// others go round clockwise.
func newTriple(a, b, c *centre) triple {
	bl, tl, tr := gozxing.ResultPoint_OrderBestPatterns(a, b, c)
	t := triple{topLeft: tl.(*centre), topRight: tr.(*centre), bottomLeft: bl.(*centre)}
	sizes := []float64{a.GetEstimatedModuleSize(), b.GetEstimatedModuleSize(), c.GetEstimatedModuleSize()}
	t.score = t.skew() + (slices.Max(sizes)-slices.Min(sizes))/slices.Min(sizes)/4
	return t
}

func (t triple) plausible() bool { return t.skew() <= maxSkew }

// skew is 0 for three corners of a square and grows with the difference of its sides and the error of its diagonal.
func (t triple) skew() float64 {
	a := gozxing.ResultPoint_Distance(t.topLeft, t.topRight)
	b := gozxing.ResultPoint_Distance(t.topLeft, t.bottomLeft)
	c := gozxing.ResultPoint_Distance(t.topRight, t.bottomLeft)
	return (math.Abs(a-b) + math.Abs(c-math.Hypot(a, b))) / (a + b)
}

func (t triple) info() *detector.FinderPatternInfo {
	return detector.NewFinderPatternInfo(t.bottomLeft, t.topLeft, t.topRight)
}
