package scan_test

import (
	"encoding/binary"
	"image"
)

// webpOf is a lossless WebP (RFC 9649 §3) of a black and white picture: the subtract-green transform makes red and
// blue constant, and green is a prefix code of the two symbols 0 and 255, one bit a pixel.
func webpOf(m *image.Gray) []byte {
	var w lsbWriter
	w.put(0x2F, 8)
	w.put(m.Rect.Dx()-1, 14)
	w.put(m.Rect.Dy()-1, 14)
	w.put(0, 1+3)      // no alpha, version 0
	w.put(0b0_10_1, 4) // one transform, subtract green; no other
	w.put(0b00, 2)     // no colour cache, no meta prefix codes
	w.put(0b1_1_1, 3)  // green: simple code, two symbols, 8 bits each
	w.put(0, 8)
	w.put(255, 8)
	w.put(0b0_0_0_1, 4) // red: simple code, one symbol, 1 bit: 0
	w.put(0b0_0_0_1, 4) // blue
	w.put(0b1_0_1, 3)   // alpha: simple code, one symbol, 8 bits
	w.put(255, 8)
	w.put(0b0_0_0_1, 4) // distance
	for _, v := range m.Pix {
		w.put(int(v>>7), 1)
	}
	w.put(0, 7) // whole bytes
	if len(w.bytes)%2 == 1 {
		w.bytes = append(w.bytes, 0)
	}
	out := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(12+len(w.bytes)))
	out = append(out, "WEBPVP8L"...)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(w.bytes)))
	return append(out, w.bytes...)
}

// An lsbWriter packs numbers, the least significant bit first.
type lsbWriter struct {
	bytes []byte
	bits  uint64
	n     int
}

func (w *lsbWriter) put(v, n int) {
	w.bits |= uint64(v) << w.n
	for w.n += n; w.n >= 8; w.n -= 8 {
		w.bytes = append(w.bytes, byte(w.bits))
		w.bits >>= 8
	}
}
