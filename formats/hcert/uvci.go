package hcert

import (
	"iter"
	"slices"
	"strings"
)

// uvciPrefix may stand before an identifier and may be left out (eHealth Network, "Verifiable vaccination certificates –
// basic interoperability elements", release 2, annex 2).
const uvciPrefix = "URN:UVCI:"

// spellings gives the forms in which a revocation list may have hashed an identifier, each as a prefix and what follows it:
// as it is written, and, where it is a UVCI, the others that annex 2 makes the same identifier. It has capital letters only,
// though countries write small ones all the same; the prefix is optional, and so is the check character behind "#", which
// follows from the rest. Lists hold hashes, so that each form must be asked for.
//
// A check character that somebody has left out is not added: countries compute it in different ways.
func spellings(id string) iter.Seq2[string, string] {
	return func(yield func(prefix, rest string) bool) {
		if !yield("", id) || !isUVCI(id) {
			return
		}
		body := id
		if hasPrefixFold(id, uvciPrefix) {
			body = id[len(uvciPrefix):]
		}
		capitals := strings.ToUpper(body)
		bodies := [...]string{capitals, withoutCheck(capitals), body, withoutCheck(body)}
		for i, b := range bodies {
			if slices.Contains(bodies[:i], b) {
				continue
			}
			for _, prefix := range [...]string{uvciPrefix, "", "urn:uvci:"} { // RFC 8141 §3.1; Switzerland and the Netherlands write the last
				written := len(prefix)+len(b) == len(id) && strings.HasPrefix(id, prefix) && strings.HasSuffix(id, b)
				if !written && !yield(prefix, b) {
					return
				}
			}
		}
	}
}

// withoutCheck drops "#" and the one check character behind it.
func withoutCheck(body string) string {
	if n := len(body) - 2; n >= 0 && body[n] == '#' {
		return body[:n]
	}
	return body
}

// isUVCI reports whether an identifier has the form of annex 2 but for the case of its letters: its characters, and a
// version of two digits in front. What has not is some other identifier, of which nobody says that two spellings are one.
func isUVCI(id string) bool {
	body := id
	if hasPrefixFold(id, uvciPrefix) {
		body = id[len(uvciPrefix):]
	}
	if len(body) < 5 || !isDigit(body[0]) || !isDigit(body[1]) {
		return false
	}
	for _, c := range []byte(body) {
		if !isDigit(c) && (c|0x20 < 'a' || c|0x20 > 'z') && c != '/' && c != ':' && c != '#' {
			return false
		}
	}
	return true
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}
