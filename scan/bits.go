package scan

// A bitReader reads numbers from bytes, the most significant bit first. Past the end it gives zeros and says so.
type bitReader struct {
	data  []byte
	at    int // bits read
	short bool
}

func (r *bitReader) left() int { return 8*len(r.data) - r.at }

// read gives the next n bits, n at most 16.
func (r *bitReader) read(n int) int {
	if n > r.left() {
		r.at, r.short = 8*len(r.data), true
		return 0
	}
	v := 0
	for range n {
		v = v<<1 | int(r.data[r.at>>3]>>(7-r.at&7)&1)
		r.at++
	}
	return v
}
