package scan

import "context"

// ParseSegments gives the parser of segments to the tests without a picture around it.
func ParseSegments(codewords []byte, version int) (Symbol, error) {
	p, err := parseSegments(codewords, version)
	return Symbol{Bytes: p.bytes, Text: string(p.text), Append: p.append}, err
}

var (
	Guarded     = guarded
	CountFrames = countFrames
	CountScans  = countScans
)

// Grays gives the luminance of every frame, row by row.
func Grays(data []byte) (pix [][]byte, err error) {
	frames, err := openPicture(context.Background(), data, DefaultLimits)
	for _, g := range frames {
		pix = append(pix, g.pix)
	}
	return pix, err
}
