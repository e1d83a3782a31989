package scan

import (
	"bytes"
	"context"
	"image"
	"unicode/utf8"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/aztec"
	"github.com/makiuchi-d/gozxing/datamatrix"
)

// The kinds of code beside QR, as Symbol.Kind has them.
const (
	kindDataMatrix = "datamatrix" // ISO/IEC 16022: 2D-Doc, visible digital seals
	kindAztec      = "aztec"      // ISO/IEC 24778: boarding passes on screens
)

// workingSide is the longest side of a region that is looked at. Of larger ones every second pixel is taken, or every third
// and so on: codes of 144 modules still have several pixels a module.
const workingSide = 800

// readOthers finds DataMatrix and Aztec codes. gozxing looks for them about the middle of a picture alone, so that each
// region that may be one is cut out and put on an empty sheet of its own. What lies close against other print is not found.
func readOthers(ctx context.Context, g gray, found []Symbol) ([]Symbol, error) {
	var symbols []Symbol
	for _, r := range g.regions(found) {
		if onCode(symbols, (r.Min.X+r.Max.X)/2, (r.Min.Y+r.Max.Y)/2) {
			continue
		}
		s, ok, err := readRegion(ctx, g, r)
		if err != nil {
			return nil, err
		}
		if ok {
			symbols = append(symbols, s)
		}
	}
	return symbols, nil
}

// readRegion tries the region under both thresholds, and at twice its size where it is small.
func readRegion(ctx context.Context, g gray, r image.Rectangle) (Symbol, bool, error) {
	sheet := g.cut(r, (max(r.Dx(), r.Dy())+workingSide-1)/workingSide)
	views := []view{{scale: full}, {scale: full, global: true}}
	if max(sheet.w, sheet.h) <= workingSide/4 {
		views = append(views, view{scale: double, global: true})
	}
	for _, v := range views {
		if err := ended(ctx); err != nil {
			return Symbol{}, false, err
		}
		matrix, err := v.binarize(v.scale.of(sheet))
		if err != nil {
			continue // all of one shade
		}
		for _, kind := range []string{kindDataMatrix, kindAztec} {
			if payload, ok := decodeMatrix(kind, matrix); ok {
				return otherSymbol(kind, payload, r), true, nil
			}
		}
	}
	return Symbol{}, false, nil
}

// cut gives every so many pixels of a region, with an edge of its lightest shade about it, as wide as no code's modules are.
func (g gray) cut(r image.Rectangle, every int) gray {
	w, h := r.Dx()/every, r.Dy()/every
	edge := max(16, max(w, h)/8)
	out, light := newGray(w+2*edge, h+2*edge), byte(0)
	for y := range h {
		from, to := g.row(r.Min.Y + y*every)[r.Min.X:], out.row(y + edge)[edge:]
		for x := range w {
			v := from[x*every]
			to[x], light = v, max(light, v)
		}
	}
	for y := range out.h {
		row := out.row(y)
		if y < edge || y >= edge+h {
			fill(row, light)
			continue
		}
		fill(row[:edge], light)
		fill(row[edge+w:], light)
	}
	return out
}

func fill(row []byte, v byte) {
	for i := range row {
		row[i] = v
	}
}

// otherSymbol places a code by the upright box that it was found in.
func otherSymbol(kind string, payload []byte, r image.Rectangle) Symbol {
	s := Symbol{Kind: kind, Bytes: payload, Text: asText(payload)}
	for _, p := range []image.Point{r.Min, {r.Max.X, r.Min.Y}, r.Max, {r.Min.X, r.Max.Y}} {
		s.Points = append(s.Points, Point(p))
	}
	return s
}

// asText is UTF-8 where the bytes are, and ISO 8859-1 where they are not.
func asText(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	runes := make([]rune, len(b))
	for i, c := range b {
		runes[i] = rune(c)
	}
	return string(runes)
}

// decodeMatrix reads a code about the middle of a view. These decoders are tried on what may be anything; one that fails over
// it has found nothing, and must not take the codes with it that were read.
func decodeMatrix(kind string, matrix *gozxing.BitMatrix) (payload []byte, ok bool) {
	defer func() {
		if recover() != nil {
			payload, ok = nil, false
		}
	}()
	bitmap, err := gozxing.NewBinaryBitmap(fixed{matrix})
	if err != nil {
		return nil, false
	}
	var reader gozxing.Reader = datamatrix.NewDataMatrixReader()
	if kind == kindAztec {
		reader = aztec.NewAztecReader()
	}
	result, err := reader.DecodeWithoutHints(bitmap)
	if err != nil || result.GetText() == "" {
		return nil, false
	}
	if kind == kindAztec {
		return latin1(result.GetText()), true
	}
	segments, _ := result.GetResultMetadata()[gozxing.ResultMetadataType_BYTE_SEGMENTS].([][]byte)
	return unconverted(result.GetText(), segments), true
}

// latin1 turns back gozxing's reading of bytes as ISO 8859-1. A text that a code declares to be in a charset with other
// characters stays in UTF-8.
func latin1(text string) []byte {
	b := make([]byte, 0, len(text))
	for _, r := range text {
		if r > 0xFF {
			return []byte(text)
		}
		b = append(b, byte(r))
	}
	return b
}

// unconverted gives the bytes of a DataMatrix code. gozxing has everything as it stands but the segments of base 256, which it
// reads as ISO 8859-1 and gives beside the text as bytes.
func unconverted(text string, segments [][]byte) []byte {
	out, rest := make([]byte, 0, len(text)), []byte(text)
	for _, s := range segments {
		var converted []byte
		for _, c := range s {
			converted = utf8.AppendRune(converted, rune(c))
		}
		before, after, found := bytes.Cut(rest, converted)
		if !found {
			break
		}
		out, rest = append(append(out, before...), s...), after
	}
	return append(out, rest...)
}

// fixed is a Binarizer that gives a matrix that is there already.
type fixed struct{ matrix *gozxing.BitMatrix }

func (f fixed) GetLuminanceSource() gozxing.LuminanceSource { return nil }

func (f fixed) GetBlackRow(int, *gozxing.BitArray) (*gozxing.BitArray, error) {
	return nil, gozxing.NewNotFoundException()
}

func (f fixed) GetBlackMatrix() (*gozxing.BitMatrix, error) { return f.matrix, nil }

func (f fixed) CreateBinarizer(gozxing.LuminanceSource) gozxing.Binarizer { return f }

func (f fixed) GetWidth() int { return f.matrix.GetWidth() }

func (f fixed) GetHeight() int { return f.matrix.GetHeight() }
