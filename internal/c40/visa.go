package c40

import "strconv"

// Entries reads the number of entries of a visa, one byte of which 0 is any (Doc 9303-13 §3.2); ok is false for a value of
// another size.
func Entries(value []byte) (text string, ok bool) {
	switch {
	case len(value) != 1:
		return "", false
	case value[0] == 0:
		return "unlimited", true
	}
	return strconv.Itoa(int(value[0])), true
}

// Stay reads how long the holder of a visa may stay: a byte each for days, months and years, of which three of 254 and three of
// 255 have meanings of their own (Doc 9303-13 §3.2); ok is false for a value of another size.
func Stay(value []byte) (text string, ok bool) {
	if len(value) != 3 {
		return "", false
	}
	switch [3]byte(value) {
	case [3]byte{0xFE, 0xFE, 0xFE}:
		return "as long as the visa is valid", true
	case [3]byte{0xFF, 0xFF, 0xFF}:
		return "defined by the visa itself", true
	}
	return strconv.Itoa(int(value[0])) + " days, " + strconv.Itoa(int(value[1])) + " months, " + strconv.Itoa(int(value[2])) + " years", true
}
