package emrtd

import (
	"strconv"
	"strings"

	"github.com/travelseal/travelseal/internal/lds"
)

// A kind says what a file of an Input is.
type kind int

const (
	foreignFile kind = iota // none of a chip's, or not known here
	sodFile
	comFile
	groupFile
	besideFile // a file of the chip that holds nothing about the holder
)

// A File says which file of a chip a name means. Its String is the name that Doc 9303 gives it, or "".
type File struct {
	kind  kind
	group lds.Group
	name  string
}

func (f File) String() string { return f.name }

// prefixes, extensions and the table below are the spellings of a file's name that readers and dumps use. Capitals and
// small letters are the same.
var (
	prefixes   = []string{"EF.", "EF_", "EF-", "EF", ""}
	extensions = []string{".BIN", ".DAT", ".DER", ".CMS", ".TLV", ".RAW", ""}
)

// files lists the names without prefix and extension, and the identifiers of Doc 9303-10 §4.6 and §4.7.
var files = func() map[string]File {
	table := map[string]File{
		"SOD": {kind: sodFile, name: "EF.SOD"}, "011D": {kind: sodFile, name: "EF.SOD"},
		"COM": {kind: comFile, name: "EF.COM"}, "011E": {kind: comFile, name: "EF.COM"},
		"CARDACCESS": {kind: besideFile, name: "EF.CardAccess"}, "011C": {kind: besideFile, name: "EF.CardAccess"},
		"CARDSECURITY": {kind: besideFile, name: "EF.CardSecurity"},
		"ATR":          {kind: besideFile, name: "EF.ATR/INFO"}, "ATR_INFO": {kind: besideFile, name: "EF.ATR/INFO"},
		"DIR": {kind: besideFile, name: "EF.DIR"}, "CVCA": {kind: besideFile, name: "EF.CVCA"},
	}
	for g := lds.Group(1); g <= lds.Groups; g++ {
		f := File{kind: groupFile, group: g, name: g.String()}
		n := strconv.Itoa(int(g))
		for _, s := range []string{"DG" + n, "DG_" + n, "DG-" + n, "01" + hexadecimal(g)} {
			table[s] = f
		}
		if g < 10 {
			table["DG0"+n] = f
		}
	}
	return table
}()

// hexadecimal writes the short file identifier of a group, which is its number.
func hexadecimal(g lds.Group) string {
	const digits = "0123456789ABCDEF"
	return string([]byte{digits[g>>4], digits[g&0x0F]})
}

// maxName is longer than any spelling of a name.
const maxName = 24

// FileName gives the file of a chip that a name means: "EF.SOD", "ef_sod.bin", "SOD.cms" and "011D" all mean EF.SOD. The zero
// File is none.
func FileName(name string) File {
	if len(name) > maxName {
		return File{}
	}
	s := strings.ToUpper(name)
	for _, e := range extensions {
		base, ok := strings.CutSuffix(s, e)
		if !ok {
			continue
		}
		for _, p := range prefixes {
			if rest, ok := strings.CutPrefix(base, p); ok {
				if f, known := files[rest]; known {
					return f
				}
			}
		}
	}
	return File{}
}
