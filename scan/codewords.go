package scan

import (
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/common/reedsolomon"
	"github.com/makiuchi-d/gozxing/qrcode/decoder"
)

// codewords are the data of one code after error correction.
type codewords struct {
	data    []byte
	version int // 1 to 40
	// errors is the number of codewords that were wrong. A code drawn by a computer has none.
	errors int
}

// readGrid corrects the codewords of a sampled grid of modules. It stops short of gozxing's own text decoding, which
// guesses charsets and fails on one that it does not know. A grid that reads only with rows and columns swapped is a
// code seen from behind or in a mirror.
func readGrid(grid *gozxing.BitMatrix) (c codewords, mirrored bool, err error) {
	parser, err := decoder.NewBitMatrixParser(grid)
	if err != nil {
		return codewords{}, false, err
	}
	if c, err = correct(parser); err == nil {
		return c, false, nil
	}
	parser.Remask() // the first attempt lifted the mask off the grid
	if parser, err = decoder.NewBitMatrixParser(transpose(grid)); err != nil {
		return codewords{}, false, err
	}
	c, err = correct(parser)
	return c, true, err
}

// correct reads the version, the format and the codewords (ISO/IEC 18004:2015 §7.5 to 7.10) and corrects each block.
func correct(parser *decoder.BitMatrixParser) (codewords, error) {
	version, err := parser.ReadVersion()
	if err != nil {
		return codewords{}, err
	}
	format, err := parser.ReadFormatInformation()
	if err != nil {
		return codewords{}, err
	}
	raw, err := parser.ReadCodewords()
	if err != nil {
		return codewords{}, err
	}
	blocks, err := decoder.DataBlock_GetDataBlocks(raw, version, format.GetErrorCorrectionLevel())
	if err != nil {
		return codewords{}, err
	}
	c := codewords{data: make([]byte, 0, len(raw)), version: version.GetVersionNumber()}
	for _, block := range blocks {
		if err := c.addBlock(block); err != nil {
			return codewords{}, err
		}
	}
	return c, nil
}

func (c *codewords) addBlock(block *decoder.DataBlock) error {
	received := block.GetCodewords()
	symbols := make([]int, len(received))
	for i, b := range received {
		symbols[i] = int(b)
	}
	rs := reedsolomon.NewReedSolomonDecoder(reedsolomon.GenericGF_QR_CODE_FIELD_256)
	if err := rs.Decode(symbols, len(symbols)-block.GetNumDataCodewords()); err != nil {
		return err
	}
	for i, s := range symbols {
		if byte(s) != received[i] {
			c.errors++
		}
		if i < block.GetNumDataCodewords() {
			c.data = append(c.data, byte(s))
		}
	}
	return nil
}

func transpose(grid *gozxing.BitMatrix) *gozxing.BitMatrix {
	n := grid.GetHeight()
	swapped, _ := gozxing.NewSquareBitMatrix(n) // fails for n < 1 only, and the parser wants 21
	for y := range n {
		for x := range n {
			if grid.Get(x, y) {
				swapped.Set(y, x)
			}
		}
	}
	return swapped
}
