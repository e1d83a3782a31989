package cert

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/travelseal/travelseal/internal/der"
)

// Equal compares two names as RFC 5280 §7.1 does: in the order of their parts, without regard to the case of letters, to
// the type of a string, and to how many spaces stand where one would do. Of the preparation that RFC 4518 asks for, the
// compatibility forms of Unicode are left out; no name on the lists needs them, and a signature decides in the end. Two
// names without a part are not equal: they name nobody.
func (n Name) Equal(o Name) bool {
	if n.Empty() || o.Empty() {
		return false
	}
	return bytes.Equal(n.Raw, o.Raw) || n.key() == o.key()
}

// key is the same for names that are equal, and for no others; "" for one without a part.
func (n Name) key() string {
	v, err := der.Only(n.Raw, der.Sequence, "the name")
	if err != nil || len(v.Content) == 0 {
		return ""
	}
	var key, rdn []string
	last := 0
	flush := func() {
		slices.Sort(rdn) // the members of a set have no order
		key = append(key, strings.Join(rdn, "\x01"))
		rdn = rdn[:0]
	}
	if eachAttribute(v, "the name", func(a attribute) error {
		if a.rdn != last {
			flush()
			last = a.rdn
		}
		rdn = append(rdn, a.key())
		return nil
	}) != nil {
		return ""
	}
	flush()
	return strings.Join(key, "\x00")
}

// key is the attribute's type and folded text in an unambiguous form. A value that is no string compares byte by byte.
func (a attribute) key() string {
	text, ok := a.text()
	if !ok {
		return quote(string(a.oid)) + "\x03" + quote(string(a.value.Raw))
	}
	return quote(string(a.oid)) + "\x02" + quote(fold(text))
}

// quote keeps the four separators apart from a text that contains them.
func quote(s string) string {
	if !strings.ContainsAny(s, "\x00\x01\x02\x03\x04") {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		if s[i] <= 4 {
			b.WriteByte(4)
			b.WriteByte(s[i] + '0')
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// fold takes spaces away at both ends, makes one of several between, and folds the case of letters (RFC 4518 §2.6.1, §2.2).
func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		if unicode.IsSpace(r) {
			space = b.Len() > 0
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(foldRune(r))
	}
	return b.String()
}

// foldRune gives one of the letters that differ in case only.
func foldRune(r rune) rune {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	least := r
	for o := unicode.SimpleFold(r); o != r; o = unicode.SimpleFold(o) {
		least = min(least, o)
	}
	return unicode.ToLower(least)
}
