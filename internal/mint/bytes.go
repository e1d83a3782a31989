package mint

// must stops a test whose material cannot be made; the cause is always in the test, never in what it reads.
func must(err error) {
	if err != nil {
		panic("mint: " + err.Error())
	}
}

// FlipBit gives a copy in which one bit is the other way round; bit 0 is the highest bit of the first byte.
func FlipBit[T ~[]byte | ~string](data T, bit int) T {
	flipped := []byte(string(data))
	flipped[bit/8] ^= 0x80 >> (bit % 8)
	return T(flipped)
}
