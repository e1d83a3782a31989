package cert

import (
	"strings"

	"github.com/travelseal/travelseal/internal/der"
)

// SoleCommonName gives the common name where the name leaves no doubt which it is: there is exactly one, it stands in a
// relative name by itself, and it is text without control characters. A name is compared as it was parsed and never within
// its text: "O=x,CN=good" is an organization.
func (n Name) SoleCommonName() (string, bool) {
	const what = "the subject"
	v, err := der.Only(n.Raw, der.Sequence, what)
	if err != nil {
		return "", false
	}
	found, own := "", -1
	count, members := 0, make(map[int]int)
	err = eachAttribute(v, what, func(a attribute) error {
		members[a.rdn]++
		if a.oid != oidCommonName {
			return nil
		}
		count++
		text, ok := a.text()
		if !ok || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			return a.value.Fail(what, der.ErrValue)
		}
		found, own = text, a.rdn
		return nil
	})
	if err != nil || count != 1 || members[own] != 1 || found == "" {
		return "", false
	}
	return found, true
}
