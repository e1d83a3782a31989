package der

// Integer gives the content of an INTEGER (X.690 §8.3): two's complement, big-endian, in the shortest form.
func (v Value) Integer(what string) ([]byte, error) {
	c := v.Content
	switch {
	case v.Tag != Integer && v.Tag != Enumerated:
		return nil, v.Fail(what, ErrTag)
	case len(c) == 0 || len(c) > 1 && (c[0] == 0 && c[1] < 0x80 || c[0] == 0xFF && c[1] >= 0x80):
		return nil, v.Fail(what, ErrValue)
	}
	return c, nil
}

// Unsigned gives the magnitude of an INTEGER that is not negative: big-endian, without leading zeros, empty for zero.
func (v Value) Unsigned(what string) ([]byte, error) {
	c, err := v.Integer(what)
	switch {
	case err != nil:
		return nil, err
	case c[0] >= 0x80:
		return nil, v.Fail(what, ErrRange)
	case c[0] == 0:
		return c[1:], nil
	}
	return c, nil
}

// Small gives an INTEGER between 0 and limit.
func (v Value) Small(limit int, what string) (int, error) {
	c, err := v.Unsigned(what)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, b := range c {
		if n > limit>>8 {
			return 0, v.Fail(what, ErrRange)
		}
		n = n<<8 | int(b)
	}
	if n > limit {
		return 0, v.Fail(what, ErrRange)
	}
	return n, nil
}

// Bool gives a BOOLEAN. DER knows two, 00 and FF (X.690 §11.1); BER's other spellings of true are told by strict being
// false, for the caller to note or to refuse.
func (v Value) Bool(what string) (value, strict bool, err error) {
	if v.Tag != Boolean {
		return false, false, v.Fail(what, ErrTag)
	}
	if len(v.Content) != 1 {
		return false, false, v.Fail(what, ErrValue)
	}
	b := v.Content[0]
	return b != 0, b == 0 || b == 0xFF, nil
}

// Bits gives a BIT STRING: its octets, and how many of the last one's low bits do not count.
func (v Value) Bits(what string) (octets []byte, unused int, err error) {
	if v.Tag != BitString {
		return nil, 0, v.Fail(what, ErrTag)
	}
	if len(v.Content) == 0 {
		return nil, 0, v.Fail(what, ErrTruncated)
	}
	unused, octets = int(v.Content[0]), v.Content[1:]
	if unused > 7 || unused > 0 && len(octets) == 0 || unused > 0 && octets[len(octets)-1]&(1<<unused-1) != 0 {
		return nil, 0, v.Fail(what, ErrValue) // X.690 §11.2.1: the bits that do not count are zero
	}
	return octets, unused, nil
}

// Octets gives the octets of a BIT STRING that must be whole ones, as keys and signatures are.
func (v Value) Octets(what string) ([]byte, error) {
	b, unused, err := v.Bits(what)
	if err != nil {
		return nil, err
	}
	if unused != 0 {
		return nil, v.Fail(what, ErrValue)
	}
	return b, nil
}
