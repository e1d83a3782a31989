package c40

import "strconv"

// An Error says where a value is not of its encoding. It holds none of the value.
type Error struct {
	Offset int
	Reason string
}

func (e *Error) Error() string { return "c40: " + e.Reason + " at byte " + strconv.Itoa(e.Offset) }

// Bare is the reason without the place, for those who name the place themselves.
func (e *Error) Bare() string { return e.Reason }

const (
	// unlatch ends the C40; what follows is ASCII, each character one more than its number (ISO/IEC 16022 §5.2.3).
	unlatch = 0xFE
	// tail is how many characters can be left over after the pairs.
	tail = 2
	// shift is how many of the 40 values are shifts to other sets, which the barcodes have no use for. The first of them fills
	// up the last pair of a text.
	shift = 3
	base  = 40
	// maxText is a machine readable zone of the longest kind.
	maxText = 90
)

// basic is the basic set from the value after the shifts on (BSI TR-03137-1, table 8).
const basic = " 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// Decode reads a text of capitals, numerals and blanks, three in two bytes. The empty text is no bytes. The error is an
// *Error.
func Decode(b []byte) (string, error) {
	var room [maxText]byte // what is longer goes to the heap
	text, err := appendText(room[:0], b)
	return string(text), err
}

// appendText appends what Decode gives; nil where there is an error.
func appendText(text, b []byte) ([]byte, error) {
	for at := 0; at < len(b); at += 2 {
		switch {
		case b[at] == unlatch:
			return ascii(text, b, at+1)
		case at+1 == len(b):
			return nil, &Error{at, "half of a pair"}
		}
		n := int(b[at])<<8 | int(b[at+1])
		if n == 0 || n > base*base*base {
			return nil, &Error{at, "not a pair that three characters make"}
		}
		n--
		for i, v := range [3]int{n / (base * base), n / base % base, n % base} {
			switch {
			case v >= shift:
				text = append(text, basic[v-shift])
			case v != 0 || i != 2 || at+2 != len(b): // two characters were left, and the third fills them up
				return nil, &Error{at, "a shift to a set of characters that is not used"}
			}
		}
	}
	return text, nil
}

// ascii reads the characters that were left over. Doc 9303-13 leaves one; an encoder of ISO/IEC 16022 §5.2.5.2 may leave two
// where the other fills up a pair.
func ascii(text, b []byte, at int) ([]byte, error) {
	switch n := len(b) - at; {
	case n == 0:
		return nil, &Error{at, "nothing after the end of C40"}
	case n > tail:
		return nil, &Error{at + tail, "more than two characters after the end of C40"}
	}
	for i, c := range b[at:] {
		c--
		if !(c == ' ' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z') {
			return nil, &Error{at + i, "a character other than A to Z, 0 to 9 and the blank"}
		}
		text = append(text, c)
	}
	return text, nil
}

// Size is how many bytes a text of so many characters takes.
func Size(characters int) int { return (characters + 2) / 3 * 2 }
