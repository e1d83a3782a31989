package cli

import (
	"fmt"
	"strings"
	"unicode"
)

// escape makes a text of a stranger safe to print on a terminal: whatever could move the cursor, hide or turn around
// other characters is spelled out as \u{202E}. Letters of every script stay, and so do the joiners that some need.
func escape(s string) string {
	clean := true
	for _, r := range s {
		if r < 0x20 || r > 0x7e {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	var b strings.Builder
	marks := 0
	for _, r := range s {
		joiner := r == 0x200c || r == 0x200d // does not end a pile of marks
		if unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Me, r) {
			marks++
		} else if !joiner {
			marks = 0
		}
		switch {
		case joiner:
			b.WriteRune(r)
		case r == unicode.ReplacementChar, marks > 8, !unicode.IsPrint(r):
			fmt.Fprintf(&b, "\\u{%04X}", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
