package scan

import (
	"context"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode/detector"
)

// maxTries bounds the threes of finder patterns that are sampled in vain in one view.
const maxTries = 100

// A hit is one code that was sampled and corrected, in pixels of the view.
type hit struct {
	code    codewords
	modules int // along one side
	// The finder patterns as the code itself is turned, also where it is mirrored.
	topLeft, topRight, bottomLeft *centre
}

// detect finds the codes in a binarized view.
func detect(ctx context.Context, matrix *gozxing.BitMatrix) ([]hit, error) {
	centres, err := findCentres(ctx, matrix)
	if err != nil {
		return nil, err
	}
	var hits []hit
	tries := 0
	for _, t := range triplesOf(centres) {
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

// used reports whether a finder pattern of t belongs to a code that has been read.
func used(hits []hit, t triple) bool {
	for _, h := range hits {
		for _, c := range h.finders() {
			if c == t.topLeft || c == t.topRight || c == t.bottomLeft {
				return true
			}
		}
	}
	return false
}

func (h hit) finders() [3]*centre { return [3]*centre{h.topLeft, h.topRight, h.bottomLeft} }

// sample reads the grid of modules that three finder patterns span.
func sample(matrix *gozxing.BitMatrix, t triple) (hit, bool) {
	sampled, err := detector.NewDetector(matrix).ProcessFinderPatternInfo(t.info())
	if err != nil {
		return hit{}, false
	}
	grid := sampled.GetBits()
	code, mirrored, err := readGrid(grid)
	if err != nil {
		return hit{}, false
	}
	h := hit{code, grid.GetHeight(), t.topLeft, t.topRight, t.bottomLeft}
	if mirrored {
		h.topRight, h.bottomLeft = h.bottomLeft, h.topRight
	}
	return h, true
}
