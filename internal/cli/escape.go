package cli

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/travelseal/travelseal/internal/display"
)

// escape makes a text of a stranger safe to print on a terminal: whatever could move the cursor, hide or turn around
// other characters is spelled out as \u{202E}. Letters of every script stay, and so do the joiners that some need.
func escape(s string) string {
	clean := true
	for i := 0; i < len(s) && clean; i++ {
		clean = s[i] >= 0x20 && s[i] < 0x7f
	}
	if clean {
		return s
	}
	var b strings.Builder
	marks := 0
	for _, r := range s {
		joiner := r == 0x200c || r == 0x200d // does not end a pile of marks
		if display.Mark(r) {
			marks++
		} else if !joiner {
			marks = 0
		}
		if joiner || unicode.IsPrint(r) && !display.Hides(r) && r != unicode.ReplacementChar && marks <= display.MaxMarks {
			b.WriteRune(r)
			continue
		}
		fmt.Fprintf(&b, "\\u{%04X}", r)
	}
	return b.String()
}
