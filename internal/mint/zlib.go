package mint

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/adler32"
	"math/bits"
)

// Zlib compresses with fixed Huffman codes (RFC 1950, RFC 1951 §3.2.6). The standard library's compressor may choose
// other codes in another version of Go, which would change every document; this one never changes.
func Zlib(data []byte) []byte {
	w := bitWriter{out: []byte{0x78, 0x9c}}
	w.bits(1, 1) // the last block
	w.bits(1, 2) // of fixed Huffman codes
	seen := map[[3]byte]int{}
	for i := 0; i < len(data); {
		length, distance := match(data, i, seen)
		if length == 0 {
			w.symbol(int(data[i]))
			length = 1
		} else {
			w.length(length)
			w.distance(distance)
		}
		for end := i + length; i < end; i++ {
			if i+3 <= len(data) {
				seen[[3]byte(data[i:])] = i
			}
		}
	}
	w.symbol(endOfBlock)
	return binary.BigEndian.AppendUint32(w.flush(), adler32.Checksum(data))
}

// ZlibLevel compresses with the standard library at a level of package compress/flate, for what need not be the same
// in every version of Go. Level 0 stores.
func ZlibLevel(level int) func([]byte) []byte {
	return func(data []byte) []byte {
		var out bytes.Buffer
		w, err := zlib.NewWriterLevel(&out, level)
		must(err)
		_, err = w.Write(data)
		must(err)
		must(w.Close())
		return out.Bytes()
	}
}

const (
	endOfBlock  = 256
	maxMatch    = 258
	maxDistance = 32 << 10
)

// match gives the length of the newest repetition that ends before i, and how far back it starts; 0 if there is none
// of three bytes or more.
func match(data []byte, i int, seen map[[3]byte]int) (length, distance int) {
	if i+3 > len(data) {
		return 0, 0
	}
	from, ok := seen[[3]byte(data[i:])]
	if !ok || i-from > maxDistance {
		return 0, 0
	}
	for length < maxMatch && i+length < len(data) && data[from+length] == data[i+length] {
		length++
	}
	return length, i - from
}

// A bitWriter packs bits from the least significant bit of each byte (RFC 1951 §3.1.1).
type bitWriter struct {
	out     []byte
	pending uint64
	count   int
}

func (w *bitWriter) bits(value, n int) {
	w.pending |= uint64(value) << w.count
	for w.count += n; w.count >= 8; w.count -= 8 {
		w.out = append(w.out, byte(w.pending))
		w.pending >>= 8
	}
}

// code writes a Huffman code, which is packed from its most significant bit.
func (w *bitWriter) code(value, n int) {
	w.bits(int(bits.Reverse16(uint16(value))>>(16-n)), n)
}

// symbol writes a literal, the end of the block or a length code (the table of RFC 1951 §3.2.6).
func (w *bitWriter) symbol(s int) {
	switch {
	case s < 144:
		w.code(0x30+s, 8)
	case s < 256:
		w.code(0x190+s-144, 9)
	case s < 280:
		w.code(s-256, 7)
	default:
		w.code(0xc0+s-280, 8)
	}
}

// length writes a match length of 3 to 258. From 11 on, each group of four codes has one more extra bit (§3.2.5).
func (w *bitWriter) length(n int) {
	if n == maxMatch {
		w.symbol(285)
		return
	}
	n -= 3
	extra := max(bits.Len(uint(n))-3, 0)
	w.symbol(257 + 4*extra + n>>extra)
	w.bits(n&(1<<extra-1), extra)
}

// distance writes a distance of 1 to 32,768. From 5 on, each pair of codes has one more extra bit (§3.2.5).
func (w *bitWriter) distance(n int) {
	n--
	extra := max(bits.Len(uint(n))-2, 0)
	w.code(2*extra+n>>extra, 5)
	w.bits(n&(1<<extra-1), extra)
}

func (w *bitWriter) flush() []byte {
	if w.count > 0 {
		w.out = append(w.out, byte(w.pending))
	}
	return w.out
}
