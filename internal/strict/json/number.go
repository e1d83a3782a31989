package json

func (c *checker) literal(at int, word string) (int, *Error) {
	for i := range len(word) {
		if at+i == len(c.b) {
			return 0, fault(at+i, "input ends within a literal", ErrTruncated)
		}
		if c.b[at+i] != word[i] {
			return 0, fault(at, "not a value (RFC 8259 §3)", ErrMalformed)
		}
	}
	return at + len(word), nil
}

// number checks a number of RFC 8259 §6: no leading zeros, no plus sign before it, digits on both sides of the point.
func (c *checker) number(at int) (int, *Error) {
	start := at
	if c.b[at] == '-' {
		at++
	}
	first := at
	at, err := c.digits(at, start)
	if err != nil {
		return 0, err
	}
	if c.b[first] == '0' && at-first > 1 {
		return 0, fault(start, "number with a leading zero (RFC 8259 §6)", ErrMalformed)
	}
	if at < len(c.b) && c.b[at] == '.' {
		if at, err = c.digits(at+1, start); err != nil {
			return 0, err
		}
	}
	if at < len(c.b) && (c.b[at] == 'e' || c.b[at] == 'E') {
		at++
		if at < len(c.b) && (c.b[at] == '+' || c.b[at] == '-') {
			at++
		}
		return c.digits(at, start)
	}
	return at, nil
}

// digits checks for one digit or more.
func (c *checker) digits(at, start int) (int, *Error) {
	first := at
	for at < len(c.b) && c.b[at] >= '0' && c.b[at] <= '9' {
		at++
	}
	switch {
	case at > first:
		return at, nil
	case at == len(c.b):
		return 0, fault(at, "input ends within a number", ErrTruncated)
	case first == start:
		return 0, fault(at, "not a value (RFC 8259 §3)", ErrMalformed)
	}
	return 0, fault(at, "digit missing in a number (RFC 8259 §6)", ErrMalformed)
}
