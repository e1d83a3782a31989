package scan

import (
	"unicode/utf8"

	"github.com/makiuchi-d/gozxing/common"
)

// eciShiftJIS is the assignment number of Shift JIS among the extended channel interpretations (AIM ITS/04-023).
const eciShiftJIS = 20

// appendText appends b as UTF-8. The charset is the one that eci names. Where it names none, or one that is not known
// or does not fit, the bytes are UTF-8 if they are valid UTF-8, which is what issuers write without saying so, and
// otherwise ISO 8859-1, which is the default of ISO/IEC 18004:2015 §7.3.5.
func appendText(dst, b []byte, eci int) []byte {
	if charset, err := common.GetCharacterSetECIByValue(eci); err == nil && charset != nil && charset.GetCharset() != nil {
		if text, err := charset.GetCharset().NewDecoder().Bytes(b); err == nil {
			return append(dst, text...)
		}
	}
	if utf8.Valid(b) {
		return append(dst, b...)
	}
	for _, c := range b {
		dst = utf8.AppendRune(dst, rune(c))
	}
	return dst
}
