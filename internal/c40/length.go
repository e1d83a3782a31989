package c40

import "errors"

// Errors of Length.
var (
	ErrShort  = errors.New("ends within a length")
	ErrLength = errors.New("not a length of DER")
)

// Length reads the length at the beginning of b, and says how many bytes it takes: as few as it can (X.690 §10.1), and three at
// most, as no barcode has room for what needs more. The error is ErrShort or ErrLength.
func Length(b []byte) (length, n int, err error) {
	switch {
	case len(b) == 0:
		return 0, 0, ErrShort
	case b[0] < 0x80:
		return int(b[0]), 1, nil
	case b[0] == 0x81 && len(b) > 1 && b[1] >= 0x80:
		return int(b[1]), 2, nil
	case b[0] == 0x82 && len(b) > 2 && b[1] > 0:
		return int(b[1])<<8 | int(b[2]), 3, nil
	case (b[0] == 0x81 || b[0] == 0x82) && len(b) < int(b[0]&0x7F)+1:
		return 0, 0, ErrShort
	}
	return 0, 0, ErrLength
}
