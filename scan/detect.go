package scan

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/makiuchi-d/gozxing"
	multi "github.com/makiuchi-d/gozxing/multi/qrcode/detector"
	"github.com/makiuchi-d/gozxing/qrcode/detector"
)

const (
	// maxCentres bounds the finder patterns in one view, because gozxing tries every three of them. 32 codes have 96;
	// much more than that is texture.
	maxCentres = 150
	// maxTries bounds the threes that are sampled in vain in one view.
	maxTries = 100
)

// A hit is one code that was sampled and corrected, in pixels of the view.
type hit struct {
	code    codewords
	modules int // along one side
	// The centres of the finder patterns as the code itself is turned, also where it is mirrored.
	topLeft, topRight, bottomLeft *detector.FinderPattern
}

// A triple is three finder patterns that may belong to one code.
type triple = detector.FinderPatternInfo

// detect finds the codes in a binarized view.
func detect(ctx context.Context, matrix *gozxing.BitMatrix) ([]hit, error) {
	triples, err := findTriples(ctx, matrix)
	if err != nil {
		return nil, err
	}
	var hits []hit
	tries := 0
	for _, t := range triples {
		if err := ended(ctx); err != nil {
			return nil, err
		}
		if used(hits, t) {
			continue
		}
		if h, ok := sample(matrix, t); ok {
			hits = append(hits, h)
		} else if tries++; tries == maxTries {
			break
		}
	}
	return hits, nil
}

// A halt is the panic that ends gozxing's search from within its callback, which is the only way out of it. Its error
// is nil where there were more finder patterns than are tried.
type halt struct{ err error }

// findTriples gives the threes of finder patterns that span a square, the squarest first, and none where there are too
// many. It looks at every third row (gozxing's "try harder"), without which small codes on large pages are missed.
func findTriples(ctx context.Context, matrix *gozxing.BitMatrix) (triples []*triple, err error) {
	defer func() {
		if v := recover(); v != nil {
			h, ours := v.(halt)
			if !ours {
				panic(v)
			}
			triples, err = nil, h.err
		}
	}()
	centres := 0
	finder := multi.NewMultiFinderPatternFinder(matrix, func(gozxing.ResultPoint) {
		if err := ended(ctx); err != nil {
			panic(halt{err})
		}
		if centres++; centres > maxCentres {
			panic(halt{})
		}
	})
	// An error means that no three pass its test of squareness, which a code seen at a slant does not.
	triples, _ = finder.FindMulti(map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true})
	slices.SortStableFunc(triples, func(a, b *triple) int { return cmp.Compare(skew(a), skew(b)) })
	if best, err := finder.SelectBestPatterns(); err == nil {
		bl, tl, tr := gozxing.ResultPoint_OrderBestPatterns(best[0], best[1], best[2])
		triples = append(triples, detector.NewFinderPatternInfo(
			bl.(*detector.FinderPattern), tl.(*detector.FinderPattern), tr.(*detector.FinderPattern)))
	}
	return triples, nil
}

// skew is 0 for three corners of a square and grows with the difference of its sides and the error of its diagonal.
func skew(t *triple) float64 {
	a := gozxing.ResultPoint_Distance(t.GetTopLeft(), t.GetTopRight())
	b := gozxing.ResultPoint_Distance(t.GetTopLeft(), t.GetBottomLeft())
	c := gozxing.ResultPoint_Distance(t.GetTopRight(), t.GetBottomLeft())
	return (math.Abs(a-b) + math.Abs(c-math.Hypot(a, b))) / (a + b)
}

// used reports whether a finder pattern of t belongs to a code that has been read.
func used(hits []hit, t *triple) bool {
	for _, h := range hits {
		for _, p := range h.finders() {
			if p == t.GetTopLeft() || p == t.GetTopRight() || p == t.GetBottomLeft() {
				return true
			}
		}
	}
	return false
}

func (h hit) finders() [3]*detector.FinderPattern {
	return [3]*detector.FinderPattern{h.topLeft, h.topRight, h.bottomLeft}
}

// sample reads the grid of modules that three finder patterns span.
func sample(matrix *gozxing.BitMatrix, t *triple) (hit, bool) {
	sampled, err := detector.NewDetector(matrix).ProcessFinderPatternInfo(t)
	if err != nil {
		return hit{}, false
	}
	grid := sampled.GetBits()
	code, mirrored, err := readGrid(grid)
	if err != nil {
		return hit{}, false
	}
	h := hit{code, grid.GetHeight(), t.GetTopLeft(), t.GetTopRight(), t.GetBottomLeft()}
	if mirrored {
		h.topRight, h.bottomLeft = h.bottomLeft, h.topRight
	}
	return h, true
}
