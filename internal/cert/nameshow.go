package cert

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/travelseal/travelseal/internal/der"
)

// attributeNames are the short names of RFC 4514 §3, and those that certificates of states use besides.
var attributeNames = map[der.OID]string{
	oidCommonName: "CN", oidSerialNumber: "serialNumber", oidCountry: "C", oidLocality: "L", oidState: "ST",
	oidOrganization: "O", oidUnit: "OU",
	der.MustOID("2.5.4.9"):                    "STREET",
	der.MustOID("2.5.4.97"):                   "organizationIdentifier",
	der.MustOID("0.9.2342.19200300.100.1.25"): "DC",
	der.MustOID("0.9.2342.19200300.100.1.1"):  "UID",
	der.MustOID("1.2.840.113549.1.9.1"):       "emailAddress",
}

// String is the name in the form of RFC 4514, for people: the last part first. Whatever could hide, turn around or be
// taken for markup is written as the hexadecimal of its UTF-8 bytes, so that a name may be put into any output.
func (n Name) String() string {
	v, err := der.Only(n.Raw, der.Sequence, "the name")
	if err != nil {
		return ""
	}
	var parts []string
	last := -1
	if eachAttribute(v, "the name", func(a attribute) error {
		shown := a.show()
		if a.rdn == last {
			shown = parts[len(parts)-1] + "+" + shown
			parts = parts[:len(parts)-1]
		}
		last = a.rdn
		parts = append(parts, shown)
		return nil
	}) != nil {
		return ""
	}
	var b strings.Builder
	for i := len(parts) - 1; i >= 0; i-- {
		b.WriteString(parts[i])
		if i > 0 {
			b.WriteByte(',')
		}
	}
	return b.String()
}

func (a attribute) show() string {
	name, known := attributeNames[a.oid]
	if !known {
		name = a.oid.String()
	}
	text, ok := a.text()
	if !ok {
		return fmt.Sprintf("%s=#%x", name, a.value.Raw)
	}
	var b strings.Builder
	b.WriteString(name + "=")
	for i, r := range text {
		escape(&b, r, i == 0 || i+utf8.RuneLen(r) == len(text))
	}
	return b.String()
}

// escape writes a character, with a backslash where RFC 4514 §2.4 wants one, or as hexadecimal.
func escape(b *strings.Builder, r rune, atEnd bool) {
	switch {
	case strings.ContainsRune(",+;=#", r), r == '\\':
		b.WriteByte('\\')
		b.WriteRune(r)
	case r == ' ' && !atEnd, r < utf8.RuneSelf && plainASCII(r), r >= utf8.RuneSelf && plainLetter(r):
		b.WriteRune(r)
	default:
		for _, x := range []byte(string(r)) {
			fmt.Fprintf(b, "\\%02X", x)
		}
	}
}

// plainASCII holds for what is visible and means nothing to HTML, to a shell's quotes or to RFC 4514.
func plainASCII(r rune) bool { return r > ' ' && r < 0x7F && !strings.ContainsRune("<>&\"'`", r) }

// plainLetter holds for letters, their marks and digits. What has no look of its own, such as the Hangul fillers, counts as
// none (Unicode, Default_Ignorable_Code_Point).
func plainLetter(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)) &&
		!unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}
