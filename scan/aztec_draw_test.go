package scan_test

import (
	"image"
	"testing"

	"github.com/makiuchi-d/gozxing/common/reedsolomon"
)

// drawnAztec is a full-range Aztec code (ISO/IEC 24778) of bytes in one binary shift, on a quiet zone of two modules: gozxing
// reads such codes and does not write them.
func drawnAztec(t testing.TB, payload []byte, module int) *image.Gray {
	t.Helper()
	bits := appendBits(nil, 31, 5) // binary shift, from the upper-case table
	if n := len(payload); n < 32 {
		bits = appendBits(bits, n, 5)
	} else {
		bits = appendBits(appendBits(bits, 0, 5), n-31, 11)
	}
	for _, b := range payload {
		bits = appendBits(bits, int(b), 8)
	}
	const word = 8 // bits of a codeword where there are three to eight layers
	words := stuffed(bits, word)
	for layers := 3; layers <= 8; layers++ {
		capacity := (112 + 16*layers) * layers
		if total := capacity / word; len(words)*9/8+3 <= total {
			message := appendBits(nil, 0, capacity%word)
			for _, w := range corrected(t, reedsolomon.GenericGF_AZTEC_DATA_8, words, total) {
				message = appendBits(message, w, word)
			}
			size := appendBits(appendBits(nil, layers-1, 5), len(words)-1, 11)
			var mode []bool
			for _, w := range corrected(t, reedsolomon.GenericGF_AZTEC_PARAM, gathered(size, 4), 10) {
				mode = appendBits(mode, w, 4)
			}
			return aztecGrid(layers, message, mode, module)
		}
	}
	t.Fatalf("%d bytes are too many for eight layers", len(payload))
	return nil
}

func appendBits(bits []bool, value, n int) []bool {
	for i := n - 1; i >= 0; i-- {
		bits = append(bits, value>>i&1 == 1)
	}
	return bits
}

func gathered(bits []bool, size int) []int {
	words := make([]int, len(bits)/size)
	for i, b := range bits {
		if b {
			words[i/size] |= 1 << (size - 1 - i%size)
		}
	}
	return words
}

// stuffed divides bits into codewords none of which has bits of one kind only (§7.3.1.2): where all but the last would be
// alike, the last is the other.
func stuffed(bits []bool, size int) []int {
	var words []int
	for at := 0; at < len(bits); {
		w := 0
		for i := range size {
			if at+i >= len(bits) || bits[at+i] {
				w |= 1 << (size - 1 - i)
			}
		}
		switch w >> 1 {
		case 0:
			w, at = 1, at+size-1
		case 1<<(size-1) - 1:
			w, at = w&^1, at+size-1
		default:
			at += size
		}
		words = append(words, w)
	}
	return words
}

func corrected(t testing.TB, field *reedsolomon.GenericGF, words []int, total int) []int {
	t.Helper()
	all := make([]int, total)
	copy(all, words)
	if err := reedsolomon.NewReedSolomonEncoder(field).Encode(all, total-len(words)); err != nil {
		t.Fatal(err)
	}
	return all
}

// aztecGrid places the message in layers from the outside in, the mode message about the bull's eye, and the reference grid.
// All four sides are alike but for a quarter turn.
func aztecGrid(layers int, message, mode []bool, module int) *image.Gray {
	base := 14 + 4*layers // without the reference grid
	side := base + 1 + 2*((base/2-1)/15)
	middle := side / 2
	spread := func(i int) int { // leaves room for the lines of the reference grid
		if d := i - base/2; d >= 0 {
			return middle + 1 + d + d/15
		}
		d := base/2 - 1 - i
		return middle - 1 - d - d/15
	}
	dark := make(map[image.Point]bool)
	next := 0
	for layer := range layers {
		length := (layers-layer)*4 + 12
		for turn := range 4 {
			for along := range length {
				for across := range 2 {
					x, y := 2*layer+across, 2*layer+along
					for range turn {
						x, y = y, base-1-x
					}
					if message[next] {
						dark[image.Pt(spread(x), spread(y))] = true
					}
					next++
				}
			}
		}
	}
	at := func(x, y, turn int) image.Point {
		for range turn {
			x, y = -y, x
		}
		return image.Pt(middle+x, middle+y)
	}
	for i, b := range mode {
		if x := i%10 - 5; b {
			if x >= 0 {
				x++ // the reference grid runs through the middle of the side
			}
			dark[at(x, -7, i/10)] = true
		}
	}
	for i := -middle; i <= middle; i++ {
		for line := 0; line <= middle; line += 16 {
			if (i+middle)%2 == middle%2 {
				for turn := range 4 {
					dark[at(i, line, turn)] = true
				}
			}
		}
	}
	for x := -6; x <= 6; x++ { // the bull's eye: rings of light and dark modules
		for y := -6; y <= 6; y++ {
			dark[image.Pt(middle+x, middle+y)] = max(x, -x, y, -y)%2 == 0
		}
	}
	for _, p := range []image.Point{{-7, -7}, {-6, -7}, {-7, -6}, {7, -7}, {7, -6}, {7, 6}} { // the marks of orientation
		dark[image.Pt(middle+p.X, middle+p.Y)] = true
	}
	return enlarged(side+4, module, func(x, y int) bool { return dark[image.Pt(x-2, y-2)] })
}
