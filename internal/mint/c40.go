package mint

import (
	"fmt"
	"strings"
)

// c40Basic is the basic set of C40 from its value 3 on (BSI TR-03137-1, table 8).
const c40Basic = " 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// C40 writes a text of capitals, numerals and blanks as barcodes do (ICAO Doc 9303-13 §2.3.1). A filler of a machine readable
// zone becomes a blank. It panics for other characters.
func C40(text string) []byte {
	text = strings.ReplaceAll(text, "<", " ")
	var out []byte
	value := func(i int) int {
		v := strings.IndexByte(c40Basic, text[i])
		if v < 0 {
			panic(fmt.Sprintf("mint: %q is not in the basic set of C40", text[i]))
		}
		return v + 3
	}
	pair := func(a, b, c int) {
		n := 1600*a + 40*b + c + 1
		out = append(out, byte(n>>8), byte(n))
	}
	for len(text) > 0 {
		switch len(text) {
		case 1:
			return append(out, 0xFE, text[0]+1)
		case 2:
			pair(value(0), value(1), 0)
			return out
		}
		pair(value(0), value(1), value(2))
		text = text[3:]
	}
	return out
}

// SealDate writes a day as month, day and year in three bytes.
func SealDate(year, month, day int) []byte {
	n := month*1_00_0000 + day*1_0000 + year
	return []byte{byte(n >> 16), byte(n >> 8), byte(n)}
}
