package attacks_test

import (
	"image"
	"image/color"
	"image/draw"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/common/reedsolomon"
	"github.com/makiuchi-d/gozxing/qrcode/decoder"
	"github.com/makiuchi-d/gozxing/qrcode/encoder"
)

// qrVersion is the size of the codes that are written bit by bit: 85 modules, 647 bytes with error correction L.
const qrVersion = 17

// A segment writes one piece of a code's data (ISO/IEC 18004:2015 §7.4).
type segment func(*gozxing.BitArray)

// bits writes numbers one after another: value, width, value, width.
func bits(pairs ...int) segment {
	return func(b *gozxing.BitArray) {
		for i := 0; i < len(pairs); i += 2 {
			_ = b.AppendBits(pairs[i], pairs[i+1]) // fails for a width above 32 only
		}
	}
}

// alphanumeric is a segment of mode 0010: two characters in eleven bits.
func alphanumeric(text string) segment {
	const table = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
	pairs := []int{0b0010, 4, len(text), 11}
	for ; len(text) > 1; text = text[2:] {
		pairs = append(pairs, 45*strings.IndexByte(table, text[0])+strings.IndexByte(table, text[1]), 11)
	}
	if text != "" {
		pairs = append(pairs, strings.IndexByte(table, text[0]), 6)
	}
	return bits(pairs...)
}

// plain is a segment of mode 0100: bytes.
func plain(text string) segment {
	pairs := []int{0b0100, 4, len(text), 16}
	for i := range len(text) {
		pairs = append(pairs, int(text[i]), 8)
	}
	return bits(pairs...)
}

// drawn is a code of these segments, four pixels a module.
func drawn(t *testing.T, segments ...segment) *image.Paletted {
	t.Helper()
	version, err := decoder.Version_GetVersionForNumber(qrVersion)
	if err != nil {
		t.Fatal(err)
	}
	b := gozxing.NewEmptyBitArray()
	for _, s := range segments {
		s(b)
	}
	grid := encoder.NewByteMatrix(version.GetDimensionForVersion(), version.GetDimensionForVersion())
	if err := encoder.MatrixUtil_buildMatrix(interleaved(t, b, version), decoder.ErrorCorrectionLevel_L, version, 3, grid); err != nil {
		t.Fatal(err)
	}
	const module, quiet = 4, 4
	side := module * (grid.GetWidth() + 2*quiet)
	m := image.NewPaletted(image.Rect(0, 0, side, side), color.Palette{color.White, color.Black})
	for y := range grid.GetHeight() {
		for x := range grid.GetWidth() {
			if grid.Get(x, y) == 1 {
				at := image.Pt(module*(x+quiet), module*(y+quiet))
				draw.Draw(m, image.Rectangle{at, at.Add(image.Pt(module, module))}, image.Black, image.Point{}, draw.Src)
			}
		}
	}
	return m
}

// interleaved fills the data up, divides it into blocks, corrects each and takes their bytes by turns (§7.5 and §7.6).
func interleaved(t *testing.T, b *gozxing.BitArray, version *decoder.Version) *gozxing.BitArray {
	t.Helper()
	level := version.GetECBlocksForLevel(decoder.ErrorCorrectionLevel_L)
	var blocks [][]int
	correction, longest, at := level.GetECCodewordsPerBlock(), 0, 0
	_ = b.AppendBits(0, 4)
	for _, group := range level.GetECBlocks() {
		for range group.GetCount() {
			block := make([]int, group.GetDataCodewords()+correction)
			for i := range group.GetDataCodewords() {
				for bit := range 8 {
					block[i] <<= 1
					if n := 8*at + bit; n < b.GetSize() && b.Get(n) {
						block[i] |= 1
					}
				}
				at++
			}
			if err := reedsolomon.NewReedSolomonEncoder(reedsolomon.GenericGF_QR_CODE_FIELD_256).Encode(block, correction); err != nil {
				t.Fatal(err)
			}
			blocks, longest = append(blocks, block), max(longest, len(block)-correction)
		}
	}
	if b.GetSize() > 8*at+4 {
		t.Fatalf("%d bits do not fit %d bytes", b.GetSize(), at)
	}
	out := gozxing.NewEmptyBitArray()
	for i := range longest + correction {
		for _, block := range blocks {
			data := len(block) - correction
			switch {
			case i < longest && i < data:
				_ = out.AppendBits(block[i], 8)
			case i >= longest:
				_ = out.AppendBits(block[data+i-longest], 8)
			}
		}
	}
	return out
}

func sideBySide(left, right *image.Paletted) *image.Paletted {
	m := image.NewPaletted(image.Rect(0, 0, left.Rect.Dx()+right.Rect.Dx(), left.Rect.Dy()), left.Palette)
	draw.Draw(m, left.Rect, left, image.Point{}, draw.Src)
	draw.Draw(m, right.Rect.Add(image.Pt(left.Rect.Dx(), 0)), right, image.Point{}, draw.Src)
	return m
}
